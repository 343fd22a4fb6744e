package serpentarium.profile.format;

import java.util.List;

import serpentarium.profile.StackTree;
import serpentarium.task.TaskContext;

/// Trees that are made of many stacks at once: as many as fit wait, are made trees and put together with those of the stacks before.
final class SortedTrees implements CollapsedTrees {
    private static final int LEAST_SHARE = 16;

    private final int events;
    private final long room;
    private final int enough;
    private final CollapsedSums sums;
    private final TaskContext context;
    private final WaitingStacks waiting;
    private final StackForest made;
    private StackForest all;
    private long line;

    /// @param room   how many nodes there may be
    /// @param enough how many frames wait at most
    SortedTrees(int events, long room, int enough, CollapsedSums sums, TaskContext context) {
        this.events = events;
        this.room = room;
        this.enough = enough;
        this.sums = sums;
        this.context = context;
        waiting = new WaitingStacks(events);
        made = new StackForest(events, 256);
        all = new StackForest(events, 0);
    }

    @Override public boolean take(CollapsedBatch batch) {
        if (line == 0) line = batch.line(0);
        sums.add(batch);
        int[] codes = batch.codes();
        int at = 0;
        for (int i = 0; i < batch.size(); i++) {
            int added = codes[at + 3];
            int top = waiting.add(codes[at + 1], codes[at], codes, at + 4, added);
            at += 4 + added;
            for (int e = 0; e < events; e++) waiting.addSelf(e, top, batch.cost(i, e));
        }
        return waiting.size() < Math.min(enough, Math.max(room - all.size(), room / LEAST_SHARE)) || plant();
    }

    @Override public boolean end() {
        return line == 0 || plant();
    }

    /// So few wait that little is left out where not all of them fit.
    private boolean plant() {
        waiting.plant(made, context);
        int size = StackForest.sizeOf(all, made);
        if (size < 0 || size > room) {
            sums.back();
            return false;
        }
        all = StackForest.of(all, made, size);
        waiting.clear();
        sums.keep();
        line = 0;
        return true;
    }

    @Override public long full() {
        return line;
    }

    @Override public List<StackTree> build() {
        return all.trees();
    }
}
