package serpentarium.app.cli;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.FrameTable;
import serpentarium.profile.Profile;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.Slice;
import serpentarium.profile.analysis.Summary;
import serpentarium.profile.engine.ProfileReader;
import serpentarium.profile.format.Glimpses;

/// `profile FILE`: what the profiler pane shows, without a window. Its subcommands convert and compare.
@Command(name = "profile", resourceBundle = "serpentarium.app.cli.strings", mixinStandardHelpOptions = true)
public final class ProfileVerb implements Callable<Integer> {
    private static final Strings STRINGS = Strings.of(ProfileVerb.class);

    private final Console console;
    private final ProfileReader reader;

    @Spec private CommandSpec spec;
    @Parameters(arity = "0..*", paramLabel = "FILE", descriptionKey = "profile.file") private List<Path> files;
    @Option(names = "--event", paramLabel = "NAME", descriptionKey = "profile.event") private String event;
    @Option(names = "--thread", paramLabel = "NAME", descriptionKey = "profile.thread") private String thread;
    @Option(names = "--top", paramLabel = "N", defaultValue = "30", descriptionKey = "profile.top") private int top;
    @Option(names = "--function", paramLabel = "REGEX", descriptionKey = "profile.function") private String function;
    @Option(names = "--json", descriptionKey = "profile.json") private boolean json;

    /// Reads with `reader`, writes to `console`.
    public ProfileVerb(Console console, ProfileReader reader) {
        this.console = console;
        this.reader = reader;
    }

    @Override public Integer call() {
        if (files == null || files.isEmpty()) throw wrong(STRINGS.get("usage.no-file"));
        if (top < 0) throw wrong(STRINGS.get("usage.top"));
        Pattern pattern = pattern();
        Profile profile = console.run(STRINGS.get("task.read", files.getFirst()),
                context -> reader.readRun(files.stream().map(Source::of).toList(), context, Glimpses.NONE));
        int eventIndex = event == null ? 0 : Chosen.event(spec, profile, event);
        Set<Integer> threads = thread == null ? Slice.allThreads(profile) : Set.of(Chosen.thread(spec, profile, thread));
        var slice = new Slice(profile, eventIndex, threads);
        BitSet only = pattern == null ? null : matching(profile.frames(), pattern);
        String analyse = STRINGS.get("task.analyse");
        if (json) Json.document(console.out(), new ProfileJson(console.run(analyse, context -> Summary.of(slice, context)), top, only));
        else new ProfileText(console.run(analyse, context -> Analysis.of(slice, context)), top, only).write(console.out());
        return 0;
    }

    private Pattern pattern() {
        if (function == null) return null;
        try {
            return Pattern.compile(function);
        } catch (PatternSyntaxException e) {
            throw wrong(STRINGS.get("usage.pattern", function, e.getDescription()));
        }
    }

    private static BitSet matching(FrameTable frames, Pattern pattern) {
        var found = new BitSet();
        for (int f = 0; f < frames.size(); f++) if (pattern.matcher(frames.name(f)).find()) found.set(f);
        return found;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
