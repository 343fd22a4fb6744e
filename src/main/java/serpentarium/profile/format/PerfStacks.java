package serpentarium.profile.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import serpentarium.base.Strings;
import serpentarium.profile.Event;
import serpentarium.profile.StackTree;
import serpentarium.profile.Unit;

/// The trees of perf's samples by thread and event. How many events there are is known at the end: until then each has its own tree.
final class PerfStacks {
    private static final int MAX_TREES = 20_000;
    /// How many kinds of events there may be.
    static final int MAX_EVENTS = 16;
    /// A node takes some 50 bytes while its tree grows; at the end each tree is made anew.
    private static final long MAX_NODES = Math.min(24_000_000, Runtime.getRuntime().maxMemory() / 160);

    private final List<Thread> threads = new ArrayList<>();
    private final Map<Thread, Integer> threadNumbers = new HashMap<>();
    private final PerfTimes times = new PerfTimes();
    private final List<Kind> kinds = new ArrayList<>();
    private final Map<Long, StackTree.Builder> trees = new HashMap<>();
    private long nodes;

    /// A thread, as the text names it.
    ///
    /// @param process null where the text does not tell processes apart
    record Thread(String name, String process) {}

    /// What is known of one event's periods.
    private static final class Kind {
        private final String name;
        private double least = Double.POSITIVE_INFINITY;
        private double most = -1;
        private double samples;
        private double sum;

        private Kind(String name) {
            this.name = name;
        }

        /// Whether the periods say more than the number of samples does.
        private boolean periods() {
            return least >= 0 && least < most;
        }
    }

    /// Adds a sample; false when there is no room for it.
    ///
    /// @param functions the stack's functions, the innermost first
    /// @param depth     how many they are
    boolean add(PerfSample sample, int[] functions, int depth) {
        int kind = kind(sample.event());
        var named = new Thread(sample.thread(), sample.process());
        Integer thread = threadNumbers.get(named);
        if (kind < 0 || nodes > MAX_NODES || thread == null && threads.size() >= MAX_TREES) return false;
        if (thread == null) {
            thread = threads.size();
            threads.add(named);
            threadNumbers.put(named, thread);
        }
        long key = (long) thread << 32 | kind;
        StackTree.Builder tree = trees.get(key);
        if (tree == null) {
            if (trees.size() >= MAX_TREES) return false;
            trees.put(key, tree = new StackTree.Builder(2));
        }
        int before = tree.size();
        int node = 0;
        for (int i = depth - 1; i >= 0; i--) node = tree.child(node, functions[i]);
        nodes += tree.size() - before;
        times.add(thread, kind, node, sample.time());
        tree.addSelf(0, node, 1);
        tree.addSelf(1, node, Math.max(0, sample.period()));
        Kind of = kinds.get(kind);
        of.samples++;
        of.sum += Math.max(0, sample.period());
        of.least = Math.min(of.least, sample.period());
        of.most = Math.max(of.most, sample.period());
        return true;
    }

    private int kind(String event) {
        for (int k = 0; k < kinds.size(); k++) if (kinds.get(k).name.equals(event)) return k;
        if (kinds.size() == MAX_EVENTS) return -1;
        kinds.add(new Kind(event));
        return kinds.size() - 1;
    }

    /// The threads.
    List<Thread> threads() {
        return threads;
    }

    /// When the samples were taken.
    PerfTimes times() {
        return times;
    }

    /// The events: of each kind the number of samples, then the sum of the periods where these differ.
    List<Event> events(Strings strings) {
        List<Event> events = new ArrayList<>();
        for (Kind kind : kinds) {
            boolean named = !kind.name.isEmpty();
            String title = named ? strings.get("perf.event.of", kind.name) : strings.get("perf.event.samples");
            events.add(new Event(named ? kind.name : "samples", title, Unit.SAMPLES, kind.samples));
            if (!kind.periods()) continue;
            boolean clock = kind.name.startsWith("cpu-clock") || kind.name.startsWith("task-clock");
            Unit unit = clock ? Unit.NANOSECONDS : Unit.COUNT;
            events.add(new Event(named ? kind.name + ".period" : "period", strings.get("perf.event.period", kind.name), unit, kind.sum));
        }
        return events;
    }

    /// The tree of a thread over all events.
    ///
    /// @param nodes filled with where the nodes of each event's tree are in this one
    StackTree build(int thread, int[][] nodes) {
        int events = 0;
        for (Kind kind : kinds) events += kind.periods() ? 2 : 1;
        var all = new StackTree.Builder(events);
        int event = 0;
        for (int k = 0; k < kinds.size(); k++) {
            StackTree.Builder builder = trees.remove((long) thread << 32 | k);
            boolean periods = kinds.get(k).periods();
            if (builder != null) {
                StackTree tree = builder.build();
                int[] to = nodes[k] = new int[tree.size()];
                for (int node = 1; node < to.length; node++) {
                    to[node] = all.child(to[tree.parent(node)], tree.frame(node));
                    all.addSelf(event, to[node], tree.self(0, node));
                    if (periods) all.addSelf(event + 1, to[node], tree.self(1, node));
                }
            }
            event += periods ? 2 : 1;
        }
        return all.build();
    }
}
