package serpentarium.profile.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.pack.Unpacked;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.Warning;
import serpentarium.profile.format.Glimpses;
import serpentarium.profile.format.ProfileFormat;
import serpentarium.profile.format.RunFormat;
import serpentarium.task.TaskContext;

/// Reads a profile in whatever format its content calls for.
public final class ProfileReader {
    private static final Strings STRINGS = Strings.of(ProfileReader.class);

    private static final int NAMED = 8;

    private final List<ProfileFormat> formats;

    /// Over formats in the order in which equal bids win.
    public ProfileReader(List<ProfileFormat> formats) {
        this.formats = List.copyOf(formats);
    }

    /// The highest bid of all formats; where none bids, a no with the reason of each, a line each.
    public Bid sniff(Head head) {
        Bid.Yes best = null;
        var reasons = new ArrayList<String>();
        for (ProfileFormat format : formats) {
            switch (format.sniff(head)) {
                case Bid.Yes yes -> best = best == null || yes.strength() > best.strength() ? yes : best;
                case Bid.No(String reason) -> reasons.add(STRINGS.get("format.reason", format.id(), reason));
            }
        }
        return best != null ? best : new Bid.No(String.join("\n", reasons));
    }

    /// Reads a profile, unpacked where it is compressed.
    ///
    /// @throws ProblemException when no format bids, or when the content cannot be used
    /// @throws IOException      when the source cannot be read
    public Profile read(Source source, TaskContext context) throws IOException {
        return read(source, context, Glimpses.NONE);
    }

    /// The same, with first numbers on the way.
    ///
    /// @throws IOException when the source cannot be read
    public Profile read(Source source, TaskContext context, Glimpses glimpses) throws IOException {
        Source content = Unpacked.of(source);
        if (!(content instanceof Unpacked unpacked)) return content(source, context, glimpses);
        Profile profile;
        try {
            profile = content(unpacked, unpacked.progressOf(context), glimpses);
        } catch (ProblemException e) {
            if (unpacked.fault().isEmpty()) throw e;
            throw new ProblemException(damaged(unpacked.fault().get(), e.problem()));
        }
        return unpacked.fault().map(fault -> warned(profile, fault)).orElse(profile);
    }

    /// Reads several files of one run as one profile. Files are unpacked where they are compressed; empty ones count for nothing.
    ///
    /// @param files at least one
    /// @throws ProblemException when they are not all of one format, or of one that does not spread a run over files
    /// @throws IOException      when a source cannot be read
    public Profile readRun(List<Source> files, TaskContext context, Glimpses glimpses) throws IOException {
        if (files.size() == 1) return read(files.getFirst(), context, glimpses);
        List<Source> contents = new ArrayList<>();
        ProfileFormat format = null;
        for (Source file : files) {
            context.checkpoint();
            Source content = Unpacked.of(file);
            Head head = Head.of(content);
            if (head.bytes().length == 0) continue;
            ProfileFormat each = chosen(content, head);
            if (format != null && each != format)
                throw new ProblemException(Problem.of(STRINGS, "profile.run-mixed", Place.of(file.name()), format.id(), each.id()));
            format = each;
            contents.add(content);
        }
        Place first = Place.of(files.getFirst().name());
        if (format == null) throw new ProblemException(Problem.of(STRINGS, "profile.empty-file", first));
        if (!(format instanceof RunFormat runs)) throw new ProblemException(Problem.of(STRINGS, "profile.run-of-one", first, format.id()));
        context.message(STRINGS.get("profile.reading-run", format.id(), contents.size()));
        Profile profile = runs.readRun(contents, context, glimpses);
        for (Source content : contents)
            if (content instanceof Unpacked unpacked && unpacked.fault().isPresent()) profile = warned(profile, unpacked.fault().get());
        return profile;
    }

    /// What is wrong with the packing comes first: it explains why the content cannot be read.
    private static Problem damaged(Problem fault, Problem content) {
        String detail = STRINGS.get("profile.unpacked-part", fault.detail(), content.title());
        return new Problem(fault.id(), fault.title(), detail, fault.place(), fault.remedies(), fault.cause());
    }

    private static Profile warned(Profile profile, Problem fault) {
        ProfileInfo info = profile.info();
        List<Warning> warnings = new ArrayList<>(info.warnings());
        warnings.addFirst(new Warning(fault.id(), STRINGS.get("profile.unpacked-warning", fault.title(), fault.detail()), fault.place()));
        var told = new ProfileInfo(info.format(), info.creator(), info.command(), info.events(), info.threads(), warnings);
        return switch (profile) {
            case Profile.Stacks(_, var frames, var lines, var trees, var timelines, var sources) ->
                new Profile.Stacks(told, frames, lines, trees, timelines, sources);
            case Profile.Graph(_, var frames, var lines, var graphs) -> new Profile.Graph(told, frames, lines, graphs);
        };
    }

    private Profile content(Source source, TaskContext context, Glimpses glimpses) throws IOException {
        Head head = Head.of(source);
        if (head.bytes().length == 0) throw new ProblemException(empty(source));
        ProfileFormat chosen = chosen(source, head);
        context.message(STRINGS.get("profile.reading", chosen.id()));
        return chosen.read(source, context, glimpses);
    }

    private static Problem empty(Source source) {
        List<Path> run = source instanceof Source.File(Path path) ? RunFiles.of(path) : List.of();
        if (run.isEmpty()) return Problem.of(STRINGS, "profile.empty-file", Place.of(source.name()));
        String names = run.stream().limit(NAMED).map(path -> path.getFileName().toString()).collect(Collectors.joining(", "));
        return Problem.of(STRINGS, "profile.empty-of-run", Place.of(source.name()), run.size(), run.size() > NAMED ? names + " …" : names);
    }

    /// The format that bids most.
    private ProfileFormat chosen(Source source, Head head) {
        ProfileFormat chosen = null;
        int strength = 0;
        for (ProfileFormat format : formats) {
            if (format.sniff(head) instanceof Bid.Yes(int bid) && bid > strength) {
                chosen = format;
                strength = bid;
            }
        }
        if (chosen == null) {
            String reasons = sniff(head) instanceof Bid.No(String why) ? why : "";
            throw new ProblemException(Problem.of(STRINGS, "profile.unknown-format", Place.of(source.name()), reasons));
        }
        return chosen;
    }
}
