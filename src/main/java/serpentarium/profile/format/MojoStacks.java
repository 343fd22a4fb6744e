package serpentarium.profile.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import serpentarium.base.Strings;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Timeline;
import serpentarium.profile.Unit;

/// The stacks of a MOJO file, a tree for each thread and one for the suspended tasks of each process.
final class MojoStacks {
    /// Time in all.
    static final int TIME = 0;
    /// Time in which the thread was not idle.
    static final int BUSY = 1;
    /// Memory that came.
    static final int MEMORY = 2;
    /// Memory that went.
    static final int FREED = 3;
    /// Time that a task stood at an `await`.
    static final int SUSPENDED = 4;
    /// How many events are counted while reading.
    static final int EVENTS = 5;
    private static final int MAX_THREADS = 4096;

    private final Strings strings;
    private final LinedFrames frames;
    private final int room = (int) Math.min(24_000_000, Runtime.getRuntime().maxMemory() / 250);
    private final Map<Key, Part> parts = new HashMap<>();
    private final List<Part> order = new ArrayList<>();
    private final double[] totals = new double[EVENTS];
    private CollapsedTimes times;
    private int nodes;
    private boolean merged;
    private boolean full;

    /// What tells parts apart.
    ///
    /// @param interpreter -1 where the file does not say it
    /// @param thread      as the file names it; null for suspended tasks
    record Key(long process, long interpreter, String thread) {}

    /// A part of the profile.
    static final class Part {
        private final Key key;
        private final int number;
        private final StackTree.Builder tree = new StackTree.Builder(EVENTS);
        /// The node and the place of the last frame of Python in the stack before: what a repeated stack starts from.
        private int pythonNode;
        private int pythonPlace = -1;
        private int node;
        private int place = -1;

        Part(Key key, int number) {
            this.key = key;
            this.number = number;
        }
    }

    MojoStacks(Strings strings, LinedFrames frames) {
        this.strings = strings;
        this.frames = frames;
    }

    /// The part of a key; the last one where there are too many.
    Part part(Key key) {
        Part part = parts.get(key);
        if (part != null) return part;
        if (order.size() == MAX_THREADS) {
            merged = true;
            return order.getLast();
        }
        part = new Part(key, order.size());
        parts.put(key, part);
        order.add(part);
        return part;
    }

    /// Starts a stack, from nothing or from the frames of Python of the stack before.
    void begin(Part part, boolean repeat) {
        if (!repeat) {
            part.pythonNode = 0;
            part.pythonPlace = -1;
        }
        part.node = part.pythonNode;
        part.place = part.pythonPlace;
    }

    /// Puts a frame above the stack; false when there is no room for it.
    ///
    /// @param passing whether a repeated stack is without it
    boolean push(Part part, int place, boolean passing) {
        if (nodes >= room) {
            full = true;
            return false;
        }
        int before = part.tree.size();
        part.node = part.tree.child(part.node, frames.frame(place));
        nodes += part.tree.size() - before;
        part.place = place;
        if (!passing) {
            part.pythonNode = part.node;
            part.pythonPlace = place;
        }
        return true;
    }

    /// The node at the top of the stack.
    int node(Part part) {
        return part.node;
    }

    /// Adds a cost to the top of the stack.
    void add(Part part, int event, double cost) {
        part.tree.addSelf(event, part.node, cost);
        if (part.place >= 0) frames.add(part.place, event, cost);
        totals[event] += cost;
    }

    /// Adds the time that a task stood at a node.
    void addSuspended(Part part, int node, double time) {
        part.tree.addSelf(SUSPENDED, node, time);
        totals[SUSPENDED] += time;
    }

    /// Says that the stack at hand was seen for so long.
    void time(Part part, double length, Unit unit) {
        if (times == null) times = new CollapsedTimes(unit);
        times.add(part.number, length, part.node);
    }

    /// The sum of an event.
    double total(int event) {
        return totals[event];
    }

    /// Whether some threads had to be put together.
    boolean merged() {
        return merged;
    }

    /// Whether stacks had to be left out.
    boolean full() {
        return full;
    }

    /// Whether the order of time had to be left out.
    boolean untimed() {
        return times != null && times.dropped();
    }

    /// The trees with these events.
    List<StackTree> trees(int... kept) {
        return order.stream().map(part -> part.tree.build(kept)).toList();
    }

    /// The order of time.
    List<Timeline> timelines() {
        return times == null ? List.of() : times.build(order.size());
    }

    /// The parts, with the cost of their first event.
    List<ThreadInfo> infos(List<StackTree> trees) {
        List<ThreadInfo> infos = new ArrayList<>();
        for (int p = 0; p < trees.size(); p++) {
            Key key = order.get(p).key;
            double sum = 0;
            for (int node = 0; node < trees.get(p).size(); node++) sum += trees.get(p).self(0, node);
            String name = key.thread == null ? strings.get("mojo.tasks")
                    : key.interpreter > 0 ? strings.get("mojo.thread-of", key.thread, key.interpreter) : strings.get("mojo.thread", key.thread);
            infos.add(new ThreadInfo(name, sum, strings.get("mojo.process", Long.toString(key.process))));
        }
        return infos;
    }
}
