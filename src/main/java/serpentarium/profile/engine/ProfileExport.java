package serpentarium.profile.engine;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import serpentarium.base.AtomicMove;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.profile.Profile;
import serpentarium.profile.Warning;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.Slice;
import serpentarium.profile.analysis.TreeProfile;
import serpentarium.profile.format.ProfileWriter;
import serpentarium.task.TaskContext;

/// Writes profiles to files in the format that the file's name calls for.
///
/// A file is written beside its place first and moved there when it is whole, so that neither an error nor a cancelled task leaves half of
/// one under its name.
public final class ProfileExport {
    private static final Strings STRINGS = Strings.of(ProfileExport.class);
    private static final int BUFFER = 1 << 16;

    private final List<ProfileWriter> writers;

    /// Over writers in the order in which a person is offered them.
    public ProfileExport(List<ProfileWriter> writers) {
        this.writers = List.copyOf(writers);
    }

    /// The writers.
    public List<ProfileWriter> writers() {
        return writers;
    }

    /// The writer that a file's name calls for.
    ///
    /// @throws ProblemException when no format has names like this
    public ProfileWriter writerFor(Path out) {
        Path name = out.getFileName();
        for (ProfileWriter writer : writers) if (name != null && writer.writes(name.toString())) return writer;
        String known = String.join(", ", writers.stream().map(writer -> writer.endings().getFirst()).toList());
        throw new ProblemException(Problem.of(STRINGS, "export.unknown-name", Place.of(out.toString()), known));
    }

    /// Writes a profile.
    ///
    /// @param replace whether a file that is there already is to be replaced
    /// @return what the file does not say, or says otherwise, or only estimates
    /// @throws ProblemException when the file is there and is not to be replaced, or its folder is not
    /// @throws IOException      when it cannot be written
    public List<Warning> write(Profile profile, ProfileWriter writer, Path out, boolean replace, TaskContext context) throws IOException {
        context.checkpoint();
        Path file = Files.exists(out) ? out.toRealPath() : out.toAbsolutePath();
        if (Files.isDirectory(file)) throw problem("export.is-folder", out);
        if (Files.exists(file) && !replace) throw problem("export.exists", out);
        if (!Files.isDirectory(file.getParent())) throw problem("export.no-folder", out);
        List<Warning> notes = new ArrayList<>();
        Profile written = writable(profile, writer, notes, context);
        context.message(STRINGS.get("export.writing", out.getFileName()));
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            // A pipe or the terminal: there is no place beside it.
            try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
                notes.addAll(writer.write(written, stream, context));
            }
            return notes;
        }
        Path beside = file.resolveSibling(file.getFileName() + "." + Long.toHexString(System.nanoTime()) + ".part");
        try {
            try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), BUFFER)) {
                notes.addAll(writer.write(written, stream, context));
            }
            context.checkpoint();
            move(beside, file, replace, out);
        } finally {
            Files.deleteIfExists(beside);
        }
        return notes;
    }

    /// Where a format needs stacks and the profile has none, the estimate, with a note that says so.
    private static Profile writable(Profile profile, ProfileWriter writer, List<Warning> notes, TaskContext context) {
        if (!(profile instanceof Profile.Graph graph) || writer.says().sums()) return profile;
        notes.add(new Warning("export.estimated", STRINGS.get("export.estimated", graph.info().format(), writer.id()), Place.NOWHERE));
        if (graph.info().events().size() > 1)
            notes.add(new Warning("export.one-event", STRINGS.get("export.one-event", graph.info().events().getFirst().title()), Place.NOWHERE));
        return TreeProfile.of(Analysis.of(Slice.first(profile), context));
    }

    private static void move(Path beside, Path file, boolean replace, Path out) throws IOException {
        if (!replace && Files.exists(file)) throw problem("export.exists", out);
        AtomicMove.over(beside, file);
    }

    private static ProblemException problem(String id, Path out) {
        return new ProblemException(Problem.of(STRINGS, id, Place.of(out.toString()), String.valueOf(out.getFileName())));
    }
}
