package serpentarium.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.IntPredicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import serpentarium.base.Quantity;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.engine.BodyFiles;
import serpentarium.traffic.engine.OpenTraffic;
import serpentarium.traffic.engine.TrafficReader;
import serpentarium.traffic.format.ReadOptions;

/// `traffic FILE`: what the traffic pane shows, without a window.
@Command(name = "traffic", resourceBundle = "serpentarium.app.cli.strings", mixinStandardHelpOptions = true)
public final class TrafficVerb implements Callable<Integer> {
    private static final Strings STRINGS = Strings.of(TrafficVerb.class);

    private final Console console;
    private final TrafficReader reader;

    @Spec private CommandSpec spec;
    @Parameters(arity = "0..1", paramLabel = "FILE", descriptionKey = "traffic.file") private Path file;
    @Option(names = "--keylog", paramLabel = "KEYS", descriptionKey = "traffic.keylog") private Path keys;
    @Option(names = "--filter", paramLabel = "EXPR", descriptionKey = "traffic.filter") private String filter;
    @Option(names = "--bodies", paramLabel = "DIR", descriptionKey = "traffic.bodies") private Path bodies;
    @Option(names = "--json", descriptionKey = "traffic.json") private boolean json;

    /// Reads with `reader`, writes to `console`.
    public TrafficVerb(Console console, TrafficReader reader) {
        this.console = console;
        this.reader = reader;
    }

    @Override public Integer call() throws IOException {
        if (file == null) throw new ParameterException(spec.commandLine(), STRINGS.get("usage.no-capture"));
        FlowChoice choice = FlowChoice.of(filter, spec);
        var options = new ReadOptions(keys == null ? null : Source.of(keys));
        try (OpenTraffic traffic = console.run(STRINGS.get("task.read-traffic", file), context -> reader.open(file, options, context))) {
            console.run(STRINGS.get(bodies == null ? "task.print-traffic" : "task.write-bodies"), context -> {
                IntPredicate wanted = choice.rows(traffic.session(), context);
                if (json) Json.document(console.out(), new TrafficJson(traffic, wanted, context));
                else rows(traffic, wanted);
                if (bodies != null) bodies(BodyFiles.write(traffic.session(), wanted, bodies, context));
                return 0;
            });
        }
        return 0;
    }

    private void bodies(BodyFiles.Written written) {
        for (String name : written.corrupt()) console.err().println(STRINGS.get("traffic.body-corrupt", name));
        for (String name : written.cut()) console.err().println(STRINGS.get("traffic.body-cut", name, Quantity.size(BodyFiles.LARGEST)));
        console.err().println(STRINGS.get("traffic.bodies-written", Quantity.count(written.files().size()), bodies));
        console.err().flush();
    }

    private void rows(OpenTraffic traffic, IntPredicate wanted) {
        FlowTable table = traffic.session().table();
        int shown = 0;
        for (int row = 0; row < table.size(); row++) {
            if (!wanted.test(row)) continue;
            shown++;
            String status = table.status(row) == 0 ? STRINGS.get("traffic.no-status") : String.valueOf(table.status(row));
            String duration = Double.isNaN(table.duration(row)) ? "" : Quantity.time(table.duration(row));
            console.out().println(STRINGS.get("traffic.row", table.kind(row).id(), status, table.title(row), Quantity.size(Math.max(0, table.responseSize(row))),
                    duration).stripTrailing());
        }
        console.out().println(STRINGS.get("traffic.flows", Quantity.count(shown), traffic.format()));
        traffic.session().warnings().forEach(console.err()::println);
    }
}
