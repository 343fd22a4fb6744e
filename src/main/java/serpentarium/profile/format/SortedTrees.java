package serpentarium.profile.format;

import java.util.Arrays;
import java.util.List;

import serpentarium.profile.StackTree;
import serpentarium.task.TaskContext;

/// Trees that are made of many stacks at once: as many as fit wait, are sorted and put together with those of the stacks before.
final class SortedTrees implements CollapsedTrees {
    private static final int PARTS = 32;

    private final long room;
    private final int enough;
    private final TaskContext context;
    private final SortedStacks waiting;
    private final StackForest made;
    private StackForest all;
    private int[] path = new int[64];
    private int planted;

    /// @param room   how many nodes there may be
    /// @param enough how many frames wait at most
    SortedTrees(int events, long room, int enough, TaskContext context) {
        this.room = room;
        this.enough = enough;
        this.context = context;
        waiting = new SortedStacks(events);
        made = new StackForest(events, 256);
        all = new StackForest(events, 0);
    }

    @Override public boolean take(CollapsedBatch batch) {
        int[] codes = batch.codes();
        int at = 0;
        for (int i = 0; i < batch.size(); i++) {
            int length = 1 + codes[at] + codes[at + 3];
            if (length > path.length) path = Arrays.copyOf(path, Math.max(length, path.length * 2));
            path[0] = codes[at + 1];
            System.arraycopy(codes, at + 4, path, 1 + codes[at], codes[at + 3]);
            waiting.add(path, length, batch, i, codes[at + 2]);
            at += 4 + codes[at + 3];
        }
        return waiting.length() < enough || plant();
    }

    @Override public boolean end() {
        return waiting.size() == 0 || plant();
    }

    /// Halves what does not fit, until little of it is left out.
    private boolean plant() {
        int step = waiting.size();
        for (planted = 0; planted < waiting.size();) {
            int to = Math.min(waiting.size(), planted + step);
            waiting.plant(planted, to, made, context);
            int size = StackForest.sizeOf(all, made);
            if (size < 0 || size > room) {
                step /= 2;
                if (step < Math.max(1, waiting.size() / PARTS)) return false;
                continue;
            }
            all = StackForest.of(all, made, size);
            planted = to;
        }
        waiting.clear();
        return true;
    }

    @Override public long full() {
        return waiting.line(planted);
    }

    @Override public void leftOut(Costs costs) {
        waiting.costs(planted, costs);
    }

    @Override public List<StackTree> build() {
        return all.trees();
    }
}
