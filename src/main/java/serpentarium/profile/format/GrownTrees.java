package serpentarium.profile.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import serpentarium.profile.StackTree;

/// Trees that grow with each stack, so that it is known at once at which node a stack ends: for those whose order of time is kept.
final class GrownTrees implements CollapsedTrees {
    private final int events;
    private final long room;
    private final CollapsedTimes times;
    private final List<StackTree.Builder> trees = new ArrayList<>();
    private int[] node = new int[64];
    private long nodes;
    private CollapsedBatch batch;
    private int taken;

    /// @param room  how many nodes there may be
    /// @param times is told of each stack
    GrownTrees(int events, long room, CollapsedTimes times) {
        this.events = events;
        this.room = room;
        this.times = times;
    }

    @Override public boolean take(CollapsedBatch batch) {
        this.batch = batch;
        int[] codes = batch.codes();
        int at = 0;
        for (taken = 0; taken < batch.size(); taken++) {
            int kept = codes[at];
            int thread = codes[at + 1];
            int added = codes[at + 3];
            at += 4;
            if (nodes + added > room) return false;
            while (thread >= trees.size()) trees.add(new StackTree.Builder(events));
            StackTree.Builder tree = trees.get(thread);
            int top = down(tree, kept, codes, at, added);
            at += added;
            for (int e = 0; e < events; e++) tree.addSelf(e, top, batch.cost(taken, e));
            times.add(thread, batch.cost(taken, 0), top);
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
        return batch.line(taken);
    }

    @Override public void leftOut(Costs costs) {
        int[] codes = batch.codes();
        int at = 0;
        for (int i = 0; i < batch.size(); i++) {
            for (int e = 0; e < events && i >= taken; e++) costs.of(codes[at + 2], e, batch.cost(i, e));
            at += 4 + codes[at + 3];
        }
    }

    @Override public List<StackTree> build() {
        List<StackTree> built = new ArrayList<>();
        for (int t = 0; t < trees.size(); t++) built.add(trees.set(t, null).build());
        return built;
    }
}
