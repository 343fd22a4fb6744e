package serpentarium.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import serpentarium.base.Quantity;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.engine.OpenTraffic;
import serpentarium.traffic.engine.TrafficReader;
import serpentarium.traffic.format.ReadOptions;

/// `traffic FILE`: what the traffic pane shows, without a window.
@Command(name = "traffic", resourceBundle = "serpentarium.app.cli.strings", mixinStandardHelpOptions = true)
public final class TrafficVerb implements Callable<Integer> {
    private static final Strings STRINGS = Strings.of(TrafficVerb.class);

    private final Console console;
    private final TrafficReader reader;

    @Parameters(index = "0", paramLabel = "FILE", descriptionKey = "traffic.file") private Path file;
    @Option(names = "--keylog", paramLabel = "KEYS", descriptionKey = "traffic.keylog") private Path keys;
    @Option(names = "--json", descriptionKey = "traffic.json") private boolean json;

    /// Reads with `reader`, writes to `console`.
    public TrafficVerb(Console console, TrafficReader reader) {
        this.console = console;
        this.reader = reader;
    }

    @Override public Integer call() throws IOException {
        var options = new ReadOptions(keys == null ? null : Source.of(keys));
        try (OpenTraffic traffic = console.run(STRINGS.get("task.read-traffic", file), context -> reader.open(file, options, context))) {
            console.run(STRINGS.get("task.print-traffic"), context -> {
                if (json) Json.document(console.out(), new TrafficJson(traffic, context));
                else rows(traffic);
                return 0;
            });
        }
        return 0;
    }

    private void rows(OpenTraffic traffic) {
        FlowTable table = traffic.session().table();
        int shown = 0;
        for (int row = 0; row < table.size(); row++) {
            if (table.deleted(row)) continue;
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
