package serpentarium.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.Event;
import serpentarium.profile.Profile;
import serpentarium.profile.analysis.Comparison;
import serpentarium.profile.analysis.ComparedEvents;
import serpentarium.profile.analysis.Slice;
import serpentarium.profile.analysis.Summary;
import serpentarium.profile.engine.ProfileReader;

/// `profile diff A B`: what changed from one profile to another, function by function. The two may be of different formats.
@Command(name = "diff", resourceBundle = "serpentarium.app.cli.strings", mixinStandardHelpOptions = true)
public final class DiffVerb implements Callable<Integer> {
    private static final Strings STRINGS = Strings.of(DiffVerb.class);

    private final Console console;
    private final ProfileReader reader;

    @Spec private CommandSpec spec;
    @Parameters(index = "0", paramLabel = "A", descriptionKey = "diff.a") private Path first;
    @Parameters(index = "1", paramLabel = "B", descriptionKey = "diff.b") private Path second;
    @Option(names = "--event", paramLabel = "NAME", descriptionKey = "diff.event") private String event;
    @Option(names = "--normalise", paramLabel = "none|total|calls", defaultValue = "none", descriptionKey = "diff.normalise") private String normalise;
    @Option(names = "--top", paramLabel = "N", defaultValue = "30", descriptionKey = "profile.top") private int top;
    @Option(names = "--json", descriptionKey = "profile.json") private boolean json;

    /// Reads with `reader`, writes to `console`.
    public DiffVerb(Console console, ProfileReader reader) {
        this.console = console;
        this.reader = reader;
    }

    @Override public Integer call() {
        if (top < 0) throw wrong(STRINGS.get("usage.top"));
        Comparison.Norm norm = norm();
        Profile a = console.run(STRINGS.get("task.read", first), context -> reader.read(Source.of(first), context));
        Profile b = console.run(STRINGS.get("task.read", second), context -> reader.read(Source.of(second), context));
        ComparedEvents events = events(a, b);
        Comparison comparison = console.run(STRINGS.get("task.compare"), context -> Comparison.of(
                Comparison.Side.of(Summary.of(new Slice(a, events.a()), context)), Comparison.Side.of(Summary.of(new Slice(b, events.b()), context)), norm));
        List<String> warnings = new ArrayList<>();
        a.info().warnings().forEach(warning -> warnings.add(warning.line()));
        b.info().warnings().forEach(warning -> warnings.add(warning.line()));
        if (comparison.forced()) {
            Event one = comparison.a().event();
            Event other = comparison.b().event();
            warnings.add(STRINGS.get("diff.forced", one.name() + " (" + one.unit().id() + ")", other.name() + " (" + other.unit().id() + ")"));
        }
        var compared = new DiffOutput(first, second, a, b, comparison, warnings);
        if (json) Json.document(console.out(), compared::json);
        else compared.text(console.out(), top);
        return 0;
    }

    private ComparedEvents events(Profile a, Profile b) {
        if (event == null) return ComparedEvents.of(a, b);
        return new ComparedEvents(Chosen.event(spec, a, event), Chosen.event(spec, b, event));
    }

    private Comparison.Norm norm() {
        for (Comparison.Norm norm : Comparison.Norm.values()) if (norm.name().toLowerCase(Locale.ROOT).equals(normalise)) return norm;
        throw wrong(STRINGS.get("usage.normalise"));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
