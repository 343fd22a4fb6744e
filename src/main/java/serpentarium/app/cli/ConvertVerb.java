package serpentarium.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.Profile;
import serpentarium.profile.Warning;
import serpentarium.profile.analysis.ProfilePart;
import serpentarium.profile.engine.ProfileExport;
import serpentarium.profile.engine.ProfileReader;
import serpentarium.profile.format.ProfileWriter;

/// `profile convert IN OUT`: writes a profile in the format that OUT's name calls for.
@Command(name = "convert", resourceBundle = "serpentarium.app.cli.strings", mixinStandardHelpOptions = true)
public final class ConvertVerb implements Callable<Integer> {
    private static final Strings STRINGS = Strings.of(ConvertVerb.class);

    private final Console console;
    private final ProfileReader reader;
    private final ProfileExport export;

    @Spec private CommandSpec spec;
    @Parameters(index = "0", paramLabel = "IN", descriptionKey = "convert.in") private Path in;
    @Parameters(index = "1", paramLabel = "OUT", descriptionKey = "convert.out") private Path out;
    @Option(names = "--event", paramLabel = "NAME", descriptionKey = "convert.event") private String event;
    @Option(names = "--thread", paramLabel = "NAME", descriptionKey = "convert.thread") private String thread;

    /// Reads with `reader`, writes with `export`.
    public ConvertVerb(Console console, ProfileReader reader, ProfileExport export) {
        this.console = console;
        this.reader = reader;
        this.export = export;
    }

    @Override public Integer call() throws IOException {
        ProfileWriter writer = writer();
        if (Files.exists(in) && Files.exists(out) && Files.isSameFile(in, out)) throw wrong(STRINGS.get("usage.same-file", out));
        Profile whole = console.run(STRINGS.get("task.read", in), context -> reader.read(Source.of(in), context));
        int eventIndex = event == null ? ProfilePart.ALL : Chosen.event(spec, whole, event);
        int threadIndex = thread == null ? ProfilePart.ALL : Chosen.thread(spec, whole, thread);
        Profile profile = ProfilePart.of(whole, eventIndex, threadIndex);
        List<Warning> notes = console.run(STRINGS.get("task.write", out), context -> export.write(profile, writer, out, true, context));
        console.progressDone();
        whole.info().warnings().forEach(warning -> console.err().println(STRINGS.get("text.warning", warning.line())));
        notes.forEach(note -> console.err().println(STRINGS.get("text.note", note.line())));
        console.err().println(STRINGS.get("render.written", out));
        console.err().flush();
        return 0;
    }

    private ProfileWriter writer() {
        try {
            return export.writerFor(out);
        } catch (ProblemException unknown) {
            throw wrong(unknown.problem().line());
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
