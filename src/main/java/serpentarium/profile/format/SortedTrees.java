package serpentarium.profile.format;

import java.io.IOException;
import java.util.List;

import serpentarium.profile.StackTree;
import serpentarium.task.Ahead;
import serpentarium.task.TaskContext;

/// Trees that are made of many stacks at once: as many as fit wait, are made trees and put together with those of the stacks before.
final class SortedTrees implements CollapsedTrees {
    private static final int LEAST_SHARE = 16;
    private static final int SMALL_SHARE = 3;

    private final int events;
    private final long room;
    private final int enough;
    private final CollapsedSums sums;
    private final TaskContext context;
    private final WaitingStacks waiting;
    private StackForest made;
    /// What was made before, and is put together with all on another thread while more stacks come; null where it has been.
    private Ahead<StackForest> together;
    private StackForest going;
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
        going = new StackForest(events, 256);
        all = new StackForest(events, 0);
    }

    @Override public boolean take(CollapsedBatch batch) throws IOException {
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
        return waiting.size() < Math.min(enough, Math.max(room - size(), room / LEAST_SHARE)) || plant();
    }

    /// How many nodes there may be by now.
    private long size() {
        return (long) all.size() + (together == null ? 0 : going.size());
    }

    @Override public boolean end() throws IOException {
        boolean fits = line == 0 || plant();
        join();
        return fits;
    }

    /// So few wait that little is left out where not all of them fit. Where all surely do, they are put together aside.
    private boolean plant() throws IOException {
        waiting.plant(made, context);
        join();
        if ((long) all.size() + made.size() > room) {
            int size = StackForest.sizeOf(all, made);
            if (size < 0 || size > room) {
                sums.back();
                return false;
            }
            all = StackForest.of(all, made, size);
        } else {
            StackForest before = all;
            StackForest more = made;
            made = going;
            going = more;
            together = new Ahead<>(new Once(before, more));
        }
        waiting.clear();
        sums.keep();
        line = 0;
        return true;
    }

    private void join() throws IOException {
        if (together == null) return;
        all = together.next();
        close();
    }

    @Override public void close() {
        if (together != null) together.close();
        together = null;
    }

    @Override public long full() {
        return line;
    }

    @Override public List<StackTree> build() {
        return all.trees();
    }

    /// Two forests together, then nothing more.
    private static final class Once implements Ahead.Maker<StackForest> {
        private StackForest one;
        private StackForest other;

        Once(StackForest one, StackForest other) {
            this.one = one;
            this.other = other;
        }

        @Override public StackForest next() {
            if (one == null) return null;
            // Counting takes about as long as putting together; little room is lost without it where one is small.
            boolean small = other.size() <= one.size() / SMALL_SHARE;
            StackForest both = StackForest.of(one, other, small ? one.size() + other.size() : StackForest.sizeOf(one, other));
            one = null;
            other = null;
            return both;
        }
    }
}
