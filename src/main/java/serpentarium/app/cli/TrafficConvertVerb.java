package serpentarium.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
import serpentarium.traffic.analysis.Secrets;
import serpentarium.traffic.engine.OpenTraffic;
import serpentarium.traffic.engine.SessionExport;
import serpentarium.traffic.engine.TrafficReader;
import serpentarium.traffic.format.ReadOptions;
import serpentarium.traffic.format.har.HarWriter;
import serpentarium.traffic.format.mitm.MitmWriter;

/// `traffic convert IN OUT`: writes captured traffic in the format that OUT's name calls for.
@Command(name = "convert", resourceBundle = "serpentarium.app.cli.strings", mixinStandardHelpOptions = true)
public final class TrafficConvertVerb implements Callable<Integer> {
    private static final Strings STRINGS = Strings.of(TrafficConvertVerb.class);

    private final Console console;
    private final TrafficReader reader;

    @Spec private CommandSpec spec;
    @Parameters(index = "0", paramLabel = "IN", descriptionKey = "traffic.convert.in") private Path in;
    @Parameters(index = "1", paramLabel = "OUT", descriptionKey = "traffic.convert.out") private Path out;
    @Option(names = "--keylog", paramLabel = "KEYS", descriptionKey = "traffic.keylog") private Path keys;
    @Option(names = "--filter", paramLabel = "EXPR", descriptionKey = "traffic.filter") private String filter;
    @Option(names = "--redact", negatable = true, defaultValue = Option.NULL_VALUE, fallbackValue = "true", descriptionKey = "traffic.convert.redact")
    private Boolean redact;
    @Option(names = "--secret", paramLabel = "NAME", descriptionKey = "traffic.convert.secret") private List<String> secret;
    @Option(names = "--no-secret", paramLabel = "NAME", descriptionKey = "traffic.convert.no-secret") private List<String> noSecret;
    @Option(names = "--mitmproxy", paramLabel = "VERSION", descriptionKey = "traffic.convert.mitmproxy") private Integer mitmproxy;

    /// Reads with `reader`.
    public TrafficConvertVerb(Console console, TrafficReader reader) {
        this.console = console;
        this.reader = reader;
    }

    @Override public Integer call() throws IOException {
        if (mitmproxy != null && mitmproxy != 17 && mitmproxy != 21) throw new ParameterException(spec.commandLine(), STRINGS.get("usage.mitmproxy"));
        var export = new SessionExport(List.of(new HarWriter(false), new HarWriter(true), new MitmWriter(mitmproxy == null ? MitmWriter.FITTING : mitmproxy)));
        try {
            export.check(out);
        } catch (ProblemException unknown) {
            throw new ParameterException(spec.commandLine(), unknown.problem().line());
        }
        if (Files.exists(in) && Files.exists(out) && Files.isSameFile(in, out))
            throw new ParameterException(spec.commandLine(), STRINGS.get("usage.same-file", out));
        var wanted = FlowChoice.of(filter, spec);
        boolean redacting = redact != null ? redact : !SessionExport.keepsAll(out);
        Secrets list = Secrets.USUAL.and(secret == null ? List.of() : secret).without(noSecret == null ? List.of() : noSecret);
        var options = new ReadOptions(keys == null ? null : Source.of(keys));
        try (OpenTraffic traffic = console.run(STRINGS.get("task.read-traffic", in), context -> reader.open(in, options, context))) {
            List<String> notes = console.run(STRINGS.get("task.write", out), context -> export.write(traffic.session(), wanted.rows(traffic.session(), context),
                    out, redacting ? Optional.of(list) : Optional.empty(), true, context));
            console.progressDone();
            traffic.session().warnings().forEach(warning -> console.err().println(STRINGS.get("text.warning", warning)));
            notes.forEach(note -> console.err().println(STRINGS.get("text.note", note)));
        }
        console.err().println(STRINGS.get("render.written", out));
        console.err().println(STRINGS.get(redacting ? "traffic.redacted" : "traffic.secrets-kept"));
        console.err().flush();
        return 0;
    }
}
