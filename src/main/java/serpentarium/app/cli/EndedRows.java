package serpentarium.app.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.engine.DiskSession;
import serpentarium.traffic.engine.OpenTraffic;

/// Prints the flows of a session that grows, each when it has ended.
final class EndedRows {
    private static final Strings STRINGS = Strings.of(EndedRows.class);

    private final Console console;
    private final DiskSession session;
    private final boolean json;
    private final List<Integer> open = new ArrayList<>();
    private int seen;
    private int shown;

    EndedRows(Console console, DiskSession session, boolean json) {
        this.console = console;
        this.session = session;
        this.json = json;
        // What was in the session before is not printed.
        seen = session.table().size();
    }

    /// How many were printed.
    int shown() {
        return shown;
    }

    /// Prints those that have ended since the last time.
    void look() throws IOException {
        FlowTable table = session.table();
        int before = shown;
        var still = new ArrayList<Integer>();
        for (int row : open) {
            if (table.open(row)) still.add(row);
            else print(table, row);
        }
        for (; seen < table.size(); seen++) {
            if (table.open(seen)) still.add(seen);
            else print(table, seen);
        }
        open.clear();
        open.addAll(still);
        if (shown > before) console.out().flush();
    }

    private void print(FlowTable table, int row) throws IOException {
        shown++;
        if (json) {
            var document = new TrafficJson(new OpenTraffic(session, "session", null), _ -> true, TaskContext.detached());
            Json.line(console.out(), generator -> document.flow(generator, row, session.flow(row)));
            return;
        }
        String status = table.status(row) == 0 ? STRINGS.get("traffic.no-status") : String.valueOf(table.status(row));
        String duration = Double.isNaN(table.duration(row)) ? "" : Quantity.time(table.duration(row));
        console.out().println(STRINGS.get("traffic.row", table.kind(row).id(), status, table.title(row), Quantity.size(Math.max(0, table.responseSize(row))), duration)
                .stripTrailing());
        if (table.failed(row)) console.out().println("    " + session.flow(row).error());
    }
}
