package serpentarium.profile.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import serpentarium.profile.StackTree;

/// Trees that grow with each stack, so that it is known at once at which node a stack ends: for those whose order of time is kept.
final class GrownTrees implements CollapsedTrees {
    private final int events;
    private final long room;
    private final CollapsedSums sums;
    private final CollapsedTimes times;
    private final List<StackTree.Builder> trees = new ArrayList<>();
    private int[] node = new int[64];
    private long nodes;
    private long full;

    /// @param room  how many nodes there may be
    /// @param times is told of each stack
    GrownTrees(int events, long room, CollapsedSums sums, CollapsedTimes times) {
        this.events = events;
        this.room = room;
        this.sums = sums;
        this.times = times;
    }

    @Override public boolean take(CollapsedBatch batch) {
        int[] codes = batch.codes();
        if (nodes + batch.frames() > room) {
            full = batch.line(0);
            return false;
        }
        sums.add(batch);
        int at = 0;
        for (int i = 0; i < batch.size(); i++) {
            int thread = codes[at + 1];
            int added = codes[at + 3];
            while (thread >= trees.size()) trees.add(new StackTree.Builder(events));
            StackTree.Builder tree = trees.get(thread);
            int top = down(tree, codes[at], codes, at + 4, added);
            at += 4 + added;
            for (int e = 0; e < events; e++) tree.addSelf(e, top, batch.cost(i, e));
            times.add(thread, batch.cost(i, 0), top);
        }
        return true;
    }

    /// Goes on from the first frames of the stack before; the node where the stack ends.
    private int down(StackTree.Builder tree, int kept, int[] codes, int from, int added) {
        if (kept + added > node.length) node = Arrays.copyOf(node, Math.max(kept + added, node.length * 2));
        int[] path = node;
        int before = tree.size();
        int current = kept == 0 ? 0 : path[kept - 1];
        for (int i = 0; i < added; i++) path[kept + i] = current = tree.child(current, codes[from + i]);
        nodes += tree.size() - before;
        return current;
    }

    @Override public boolean end() {
        return true;
    }

    @Override public long full() {
        return full;
    }

    @Override public List<StackTree> build() {
        List<StackTree> built = new ArrayList<>();
        for (int t = 0; t < trees.size(); t++) built.add(trees.set(t, null).build());
        return built;
    }
}
