package serpentarium.profile.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import serpentarium.base.Strings;
import serpentarium.profile.CallGraph;
import serpentarium.profile.CountColumn;
import serpentarium.profile.EventFormulas;
import serpentarium.profile.SourceLines;
import serpentarium.profile.ThreadInfo;
import serpentarium.task.TaskContext;

/// The threads of a callgrind file, or its parts where it names no thread; parts of one thread are added up.
final class CallgrindParts {
    /// How many functions × events × threads are kept at most; further threads are added to the last one.
    static final long MAX_CELLS = 24_000_000;
    private static final int MAX_EDGES = 10_000_000;
    private static final long MAX_EDGE_CELLS = 24_000_000;

    private record Key(long pid, long thread, long part) {}

    private final Strings strings;
    private final List<Key> keys = new ArrayList<>();
    private final List<CallGraph.Builder> graphs = new ArrayList<>();
    private final List<CallgrindLines> lines = new ArrayList<>();
    private final Map<Key, CallGraph.Builder> known = new HashMap<>();
    private final Map<Key, String> threadNames = new HashMap<>();
    private long edges;

    CallgrindParts(Strings strings) {
        this.strings = strings;
    }

    /// What the costs of a part are to be added to; null when there is no room for a part more.
    ///
    /// @param header    says which part it is
    /// @param events    how many there are
    /// @param functions how many there are so far
    CallGraph.Builder of(CallgrindHeader header, int events, int functions) {
        Key key = header.thread() >= 0 ? new Key(header.pid(), header.thread(), 0) : new Key(header.pid(), -1, header.part());
        CallGraph.Builder graph = known.get(key);
        if (graph != null) return graph;
        if (!keys.isEmpty() && !roomFor(Math.max(functions, 256), events, keys.size() + 1)) return null;
        boolean primitive = header.calls().equals(CallgrindHeader.PRIMITIVE);
        graph = new CallGraph.Builder(events, !header.calls().equals(CallgrindHeader.UNKNOWN), primitive, false);
        if (header.threadName() != null) threadNames.put(key, header.threadName());
        known.put(key, graph);
        keys.add(key);
        graphs.add(graph);
        return graph;
    }

    /// Where the costs by line of a part belong.
    ///
    /// @param graph from [#of(CallgrindHeader, int, int)]
    CallgrindLines lines(CallGraph.Builder graph, int events) {
        while (lines.size() < graphs.size()) lines.add(new CallgrindLines(events));
        CallgrindLines wanted = lines.get(graphs.indexOf(graph));
        wanted.begin(lines);
        return wanted;
    }

    /// The costs by line, in the order of [#threads(int)].
    SourceLines lines(int functions, EventFormulas formulas) {
        return new SourceLines(lines.stream().map(each -> each.build(functions, formulas)).toList());
    }

    /// Whether there was no room for all costs by line.
    boolean linesLeftOut() {
        return lines.stream().anyMatch(CallgrindLines::full);
    }

    /// The last one begun.
    CallGraph.Builder last() {
        return graphs.getLast();
    }

    /// Whether this many functions fit.
    boolean roomFor(int functions, int events) {
        return roomFor(functions, events, keys.size());
    }

    private static boolean roomFor(long functions, int events, int parts) {
        return functions * events * parts <= MAX_CELLS;
    }

    /// The edge between two functions in a graph, a new one where there was none; -1 when there is no room for a new one.
    int edge(CallGraph.Builder graph, int caller, int callee, int events) {
        int before = graph.edges();
        int edge = graph.edge(caller, callee);
        if (graph.edges() > before && (++edges > MAX_EDGES || edges * events > MAX_EDGE_CELLS)) return -1;
        return edge;
    }

    /// Whether nothing was begun.
    boolean isEmpty() {
        return graphs.isEmpty();
    }

    /// The self cost of a function so far, in all parts.
    double self(int event, int function) {
        double sum = 0;
        for (CallGraph.Builder graph : graphs) sum += graph.self(event, function);
        return sum;
    }

    /// The sum of all self costs of an event.
    double total(int event, int functions) {
        double sum = 0;
        for (CallGraph.Builder graph : graphs) sum += total(graph, event, functions);
        return sum;
    }

    private static double total(CallGraph.Builder graph, int event, int functions) {
        double sum = 0;
        for (int f = 0; f < functions; f++) sum += graph.self(event, f);
        return sum;
    }

    /// The threads, with the first event's cost.
    List<ThreadInfo> threads(int functions) {
        boolean pids = keys.stream().map(Key::pid).distinct().count() > 1;
        List<ThreadInfo> threads = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            Key key = keys.get(i);
            String name;
            if (key.thread >= 0) name = strings.get("callgrind.thread", Long.toString(key.thread));
            else if (keys.size() == 1) name = strings.get("callgrind.all-threads");
            else if (key.part > 0) name = strings.get("callgrind.part", Long.toString(key.part));
            else name = strings.get("callgrind.first-part");
            name = threadNames.getOrDefault(key, name);
            if (pids) name = strings.get("callgrind.of-process", name, Long.toString(key.pid));
            threads.add(new ThreadInfo(name, total(graphs.get(i), 0, functions)));
        }
        return threads;
    }

    /// The finished graphs, in the order of [#threads(int)], with what the remarks say of their functions.
    ///
    /// @param totals of the measured events
    List<CallGraph> build(EventFormulas formulas, int functions, double[] totals, CallgrindRemarks remarks, TaskContext context) {
        List<CallGraph> built = new ArrayList<>();
        for (CallGraph.Builder graph : graphs) {
            context.checkpoint();
            var costs = new CallTotals(graph, functions);
            for (int e = 0; e < totals.length; e++) costs.fill(e, totals[e]);
            CountColumn calls = graph.calls();
            for (int i = 0; i < graph.edges() && calls != null; i++) {
                long count = graph.edgeCalls().get(i);
                if (count == Long.MAX_VALUE) calls.add(graph.callee(i), graph.edgeCalls().exact(i));
                else calls.add(graph.callee(i), count);
            }
            remarks.apply(graph, totals.length);
            context.checkpoint();
            graph.formulas(formulas);
            built.add(graph.build(functions));
        }
        return built;
    }
}
