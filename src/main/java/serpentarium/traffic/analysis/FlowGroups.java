package serpentarium.traffic.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;
import serpentarium.traffic.FlowTable;

/// Trees over a session's flows, a level at a time: what was not opened costs nothing.
public final class FlowGroups {
    /// How many nodes a level has at most; the rest is counted in one.
    public static final int MOST = 2000;

    private static final Strings STRINGS = Strings.of(FlowGroups.class);
    private static final int STEP = 1 << 14;

    private final FlowTable table;
    private final TaskContext context;

    /// What a tree is made by.
    public enum By {
        /// Hosts and paths.
        HOST,
        /// Connections.
        CONNECTION,
        /// The clients' programs.
        PROCESS,
        /// Incoming requests that caused others.
        PARENT
    }

    private FlowGroups(FlowTable table, TaskContext context) {
        this.table = table;
        this.context = context;
    }

    /// The first level of a tree.
    public static List<FlowGroup> roots(FlowTable table, By by, TaskContext context) {
        var groups = new FlowGroups(table, context);
        return switch (by) {
            case HOST -> groups.words(table::origin, true);
            case PROCESS -> groups.words(table::process, false);
            case CONNECTION -> groups.connections();
            case PARENT -> groups.parents();
        };
    }

    /// The level below a host or path; none below others.
    public static List<FlowGroup> below(FlowTable table, FlowScope scope, TaskContext context) {
        var groups = new FlowGroups(table, context);
        return switch (scope) {
            case FlowScope.Host(int origin) -> groups.paths(origin, "/");
            case FlowScope.PathOf(int origin, String path, boolean below) when below -> groups.paths(origin, path);
            case FlowScope.PathOf _, FlowScope.All _, FlowScope.Connection _, FlowScope.Process _, FlowScope.Caused _,
                 FlowScope.Brushed _, FlowScope.Both _ -> List.of();
        };
    }

    /// Whether a flow counts as one that went wrong.
    public static boolean wrong(FlowTable table, int row) {
        return table.failed(row) || table.status(row) >= 400;
    }

    private List<FlowGroup> words(IntUnaryOperator word, boolean hosts) {
        int[] counts = new int[table.texts() + 1];
        int[] errors = new int[counts.length];
        count(word, counts, errors);
        var groups = new ArrayList<FlowGroup>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 0) continue;
            String name = i == 0 ? STRINGS.get(hosts ? "groups.no-host" : "groups.no-process") : table.text(i - 1);
            groups.add(new FlowGroup(hosts ? new FlowScope.Host(i - 1) : new FlowScope.Process(i - 1), name, counts[i], errors[i], hosts && i > 0));
        }
        return sorted(groups);
    }

    private void count(IntUnaryOperator number, int[] counts, int[] errors) {
        for (int row = 0; row < table.size(); row++) {
            if (row % STEP == 0) context.checkpoint();
            int at = number.applyAsInt(row) + 1;
            if (table.deleted(row) || at >= counts.length) continue;
            counts[at]++;
            if (wrong(table, row)) errors[at]++;
        }
    }

    private List<FlowGroup> connections() {
        int most = -1;
        for (int row = 0; row < table.size(); row++) most = Math.max(most, table.connection(row));
        int[] counts = new int[most + 2];
        int[] errors = new int[counts.length];
        int[] origins = new int[counts.length];
        java.util.Arrays.fill(origins, -1);
        count(table::connection, counts, errors);
        for (int row = table.size() - 1; row >= 0; row--) origins[Math.min(most, table.connection(row)) + 1] = table.origin(row);
        var groups = new ArrayList<FlowGroup>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 0) continue;
            String host = origins[i] < 0 || origins[i] >= table.texts() ? "" : table.text(origins[i]);
            String name = i == 0 ? STRINGS.get("groups.no-connection") : STRINGS.get("groups.connection", i, host);
            groups.add(new FlowGroup(new FlowScope.Connection(i - 1), name, counts[i], errors[i], false));
            if (groups.size() > MOST * 4) break;
        }
        return bounded(groups);
    }

    private List<FlowGroup> parents() {
        int[] counts = new int[table.size() + 1];
        int[] errors = new int[counts.length];
        count(table::parent, counts, errors);
        var groups = new ArrayList<FlowGroup>();
        for (int i = 1; i < counts.length && groups.size() <= MOST; i++) {
            if (counts[i] == 0) continue;
            groups.add(new FlowGroup(new FlowScope.Caused(i - 1), table.title(i - 1), counts[i], errors[i], false));
        }
        return bounded(groups);
    }

    private List<FlowGroup> paths(int origin, String above) {
        Map<String, int[]> below = new HashMap<>();
        int[] rest = new int[3];
        for (int row = 0; row < table.size(); row++) {
            if (row % STEP == 0) context.checkpoint();
            if (table.origin(row) != origin || table.deleted(row)) continue;
            String path = table.path(row);
            if (!path.startsWith(above)) continue;
            int[] counts = below.size() < MOST ? below.computeIfAbsent(segment(path, above.length()), _ -> new int[3])
                    : below.getOrDefault(segment(path, above.length()), rest);
            counts[0]++;
            if (wrong(table, row)) counts[1]++;
        }
        var groups = new ArrayList<FlowGroup>();
        below.forEach((name, counts) -> groups.add(new FlowGroup(new FlowScope.PathOf(origin, above + name, name.endsWith("/")), name.isEmpty() ? STRINGS.get("groups.here") : name,
                counts[0], counts[1], name.endsWith("/"))));
        List<FlowGroup> sorted = sorted(groups);
        if (rest[0] > 0) sorted.add(new FlowGroup(new FlowScope.PathOf(origin, above, true), STRINGS.get("groups.rest"), rest[0], rest[1], false));
        return sorted;
    }

    /// The next part of a path, with the slash that ends it where there is one.
    private static String segment(String path, int from) {
        for (int i = from; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '/') return path.substring(from, i + 1);
            if (c == '?' || c == '#') return path.substring(from, i);
        }
        return path.substring(from);
    }

    private static List<FlowGroup> sorted(List<FlowGroup> groups) {
        groups.sort((a, b) -> a.name().compareToIgnoreCase(b.name()));
        return bounded(groups);
    }

    private static List<FlowGroup> bounded(List<FlowGroup> groups) {
        return groups.size() <= MOST ? groups : new ArrayList<>(groups.subList(0, MOST));
    }
}
