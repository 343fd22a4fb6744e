package serpentarium.profile.analysis;

import java.util.Arrays;
import java.util.BitSet;
import serpentarium.profile.FrameTable;
import serpentarium.task.TaskContext;

/// Applies one [Filter] to a [Stage].
///
/// A filter is told by where each node's path goes in the new tree (`at`, -1 for nowhere) and whether the node's own cost counts there
/// (`kept`). The rest is the same for all: own costs are added up where nodes become one, new nodes without a kept stack at or below them
/// are left out, and [SieveBounds] works out what is known of an estimate.
final class Sieve {
    private static final int LOOK = 0xffff;
    private static final int DEEP = 300;

    private final Stage in;
    private final FrameTable frames;
    private final NodeKeys keys;
    private final TaskContext context;
    private final int[] at;
    private final BitSet kept;
    private Growth grown;
    private int[] folded;
    private long[] runs;

    /// What came of it.
    ///
    /// @param stage the new tree
    /// @param to    where each node's own cost went; -1 where it was dropped
    record Result(Stage stage, int[] to) {}

    private Sieve(Stage in, FrameTable frames, NodeKeys keys, TaskContext context) {
        this.in = in;
        this.frames = frames;
        this.keys = keys;
        this.context = context;
        at = new int[in.size()];
        kept = new BitSet(in.size());
    }

    /// Applies a filter.
    ///
    /// @param graph of what an estimate was made; null where stacks are known
    static Result apply(Filter filter, Stage in, FrameTable frames, NodeKeys keys, GraphFacts graph, TaskContext context) {
        var sieve = new Sieve(in, frames, keys, context);
        if (!(filter instanceof Filter.ShowOnly || filter instanceof Filter.Hide)) sieve.grown = new Growth(in.size());
        return switch (filter) {
            case Filter.ShowOnly(FunctionMatch functions) -> sieve.showOnly(functions.in(frames, context), graph);
            case Filter.Hide(FunctionMatch functions) -> sieve.hide(functions.in(frames, context), graph);
            case Filter.StartAt(FunctionMatch functions) -> sieve.startAt(functions.in(frames, context), graph);
            case Filter.MergeIntoCaller(FunctionMatch functions) -> sieve.merge(functions.in(frames, context), false, graph);
            case Filter.WithoutProfiler() -> sieve.merge(Profilers.own(frames), true, graph);
            case Filter.CollapseRecursion(FunctionMatch functions, boolean directOnly) ->
                    sieve.collapse(functions == null ? null : functions.in(frames, context), directOnly, graph);
            case Filter.OnlyMine mine -> sieve.fold(mine, graph);
            case Filter.TimeRange _, Filter.ApartByThread _ -> new Result(in, null);
        };
    }

    private void look(int node) {
        if ((node & LOOK) == 0) context.checkpoint();
    }

    private boolean matches(BitSet functions, int node) {
        int frame = keys.frame(in.key()[node]);
        return frame >= 0 && functions.get(frame);
    }

    /// The nodes that have a matching function at or above them.
    private BitSet below(BitSet functions) {
        var below = new BitSet(in.size());
        for (int node = 1; node < in.size(); node++) {
            look(node);
            if (below.get(in.parent()[node]) || matches(functions, node)) below.set(node);
        }
        return below;
    }

    private Result showOnly(BitSet functions, GraphFacts graph) {
        BitSet below = below(functions);
        for (int node = 0; node < at.length; node++) at[node] = node;
        kept.or(below);
        return finish(in.size(), in.parent(), in.key(), in.folded(), in.runs(), SieveBounds.Hidden.UPWARD, functions, graph);
    }

    private Result hide(BitSet functions, GraphFacts graph) {
        BitSet below = below(functions);
        for (int node = 0; node < at.length; node++) at[node] = below.get(node) ? -1 : node;
        kept.set(0, in.size());
        kept.andNot(below);
        return finish(in.size(), in.parent(), in.key(), in.folded(), in.runs(), SieveBounds.Hidden.LOST, functions, graph);
    }

    private Result startAt(BitSet functions, GraphFacts graph) {
        BitSet below = below(functions);
        at[0] = 0;
        for (int node = 1; node < at.length; node++) {
            look(node);
            if (!below.get(node)) {
                at[node] = keys.kind(in.key()[node]) == CallTree.THREAD ? child(0, node) : -1;
            } else {
                int parent = in.parent()[node];
                at[node] = child(at[parent] >= 0 ? at[parent] : top(parent), node);
                kept.set(node);
            }
        }
        return finish(SieveBounds.Hidden.ANYWHERE, functions, graph);
    }

    /// Where stacks begin that are cut: the root, or the thread's node.
    private int top(int node) {
        int thread = node;
        while (thread > 0 && keys.kind(in.key()[thread]) != CallTree.THREAD) thread = in.parent()[thread];
        return thread > 0 ? at[thread] : 0;
    }

    private Result merge(BitSet functions, boolean dropEmpty, GraphFacts graph) {
        kept.set(0, in.size());
        var top = new BitSet();
        top.set(0);
        for (int node = 1; node < at.length; node++) {
            look(node);
            int parent = at[in.parent()[node]];
            if (matches(functions, node)) {
                at[node] = closed(node) ? unknown(parent) : parent;
                if (dropEmpty && top.get(parent)) kept.clear(node);
            } else {
                at[node] = child(parent, node);
                if (dropEmpty && keys.kind(in.key()[node]) == CallTree.THREAD) top.set(at[node]);
            }
        }
        return finish(SieveBounds.Hidden.BESIDE, functions, graph);
    }

    private Result collapse(BitSet functions, boolean directOnly, GraphFacts graph) {
        kept.set(0, in.size());
        int[] depth = directOnly ? null : DepthFirst.depths(in);
        if (!directOnly && Arrays.stream(depth).max().orElse(0) > DEEP) collapseDeep(functions, depth);
        else collapseFlat(functions, directOnly);
        return finish(SieveBounds.Hidden.BACK, functions, graph);
    }

    /// Where no path is long it is cheap to look up a path for a function; two bits of each function on it tell mostly that there is no need to.
    private void collapseFlat(BitSet functions, boolean directOnly) {
        long[] one = new long[directOnly ? 0 : at.length];
        long[] two = new long[directOnly ? 0 : at.length];
        for (int node = 1; node < at.length; node++) {
            look(node);
            int parent = at[in.parent()[node]];
            int frame = keys.frame(in.key()[node]);
            boolean wanted = frame >= 0 && (functions == null || functions.get(frame));
            if (directOnly) {
                collapse(node, parent, wanted && grown.key(parent) == frame ? parent : -1);
                continue;
            }
            long first = frame < 0 ? 0 : 1L << (frame * 0x9E3779B9 >>> 26);
            long second = frame < 0 ? 0 : 1L << (frame * 0x85EBCA6B >>> 26);
            boolean perhaps = wanted && (one[parent] & first) != 0 && (two[parent] & second) != 0;
            int back = perhaps ? grown.above(parent, frame) : -1;
            collapse(node, parent, back);
            if (back >= 0) continue;
            one[at[node]] = one[parent] | first;
            two[at[node]] = two[parent] | second;
        }
    }

    /// The same for long paths: counts the functions on the way down, so that a path is only looked up where the function is on it.
    private void collapseDeep(BitSet functions, int[] depth) {
        int[] order = DepthFirst.order(in);
        int[] times = new int[frames.size()];
        int[] path = new int[64];
        path[0] = -1;
        int open = 1;
        for (int i = 1; i < at.length; i++) {
            look(i);
            int node = order[i];
            int parent = at[in.parent()[node]];
            int frame = keys.frame(in.key()[node]);
            while (open > depth[node]) {
                int left = path[--open];
                if (left >= 0) times[left]--;
            }
            if (open == path.length) path = Arrays.copyOf(path, open * 2);
            path[open++] = frame;
            boolean again = frame >= 0 && times[frame]++ > 0;
            collapse(node, parent, again && (functions == null || functions.get(frame)) ? grown.above(parent, frame) : -1);
        }
    }

    private void collapse(int node, int parent, int back) {
        if (back < 0) at[node] = child(parent, node);
        else at[node] = closed(node) ? unknown(back) : back;
    }

    private Result fold(Filter.OnlyMine mine, GraphFacts graph) {
        kept.set(0, in.size());
        var foreign = new BitSet(frames.size());
        int[] fold = new int[frames.size()];
        for (int f = 0; f < fold.length; f++) {
            if (mine.shown().contains(Origin.of(frames, f))) continue;
            foreign.set(f);
            fold[f] = keys.fold(frames, f);
        }
        folded = new int[64];
        runs = new long[64];
        long[] hash = new long[64];
        // How many foreign frames lie above within the same run; less than zero where the run is opened.
        int[] run = new int[in.size()];
        for (int node = 1; node < at.length; node++) {
            look(node);
            int old = in.parent()[node];
            int parent = at[old];
            if (!matches(foreign, node)) {
                at[node] = child(parent, node);
                hash = noted(hash, at[node], mix(hash[parent], keys.steady(in.key()[node])));
                continue;
            }
            int frame = keys.frame(in.key()[node]);
            long key = run[old] == 0 ? mix(hash[parent], keys.steady(fold[frame])) : hash[parent];
            if (run[old] < 0 || run[old] == 0 && mine.opened().contains(key)) {
                run[node] = -1;
                at[node] = child(parent, node);
            } else {
                run[node] = run[old] + 1;
                at[node] = run[old] > 0 ? parent : grown.child(parent, fold[frame]);
            }
            // An opened run has the same path as a folded one, so that what is opened below it stays so.
            hash = noted(hash, at[node], key);
            if (run[node] < 0) continue;
            runs[at[node]] = key;
            folded[at[node]] = Math.max(folded[at[node]], run[node]);
        }
        return finish(SieveBounds.Hidden.BESIDE, foreign, graph);
    }

    /// Makes room for the columns of folds, and notes the path to a node.
    private long[] noted(long[] hash, int node, long path) {
        long[] paths = hash;
        if (grown.size() > paths.length) {
            int more = Math.max(grown.size(), paths.length + (paths.length >> 1));
            paths = Arrays.copyOf(paths, more);
            folded = Arrays.copyOf(folded, more);
            runs = Arrays.copyOf(runs, more);
        }
        paths[node] = path;
        return paths;
    }

    private static long mix(long path, long key) {
        long h = (path ^ key * 0x9E3779B97F4A7C15L) * 0xC2B2AE3D27D4EB4FL;
        return h ^ h >>> 31;
    }

    /// Whether a node stands for a way back whose end is not listed: where its function is taken out, what is below is not known.
    private boolean closed(int node) {
        return keys.kind(in.key()[node]) == CallTree.RECURSION;
    }

    private int unknown(int parent) {
        return grown.child(parent, keys.of(-1, CallTree.UNKNOWN));
    }

    private int child(int parent, int node) {
        return grown.child(parent, in.key()[node]);
    }

    private Result finish(SieveBounds.Hidden hidden, BitSet functions, GraphFacts graph) {
        if (folded == null && in.folded() != null) carryFolds(grown.size());
        return finish(grown.size(), grown.parents(), grown.keys(), folded, runs, hidden, functions, graph);
    }

    private void carryFolds(int size) {
        folded = new int[size];
        runs = new long[size];
        for (int node = 0; node < at.length; node++) {
            if (at[node] < 0 || in.folded()[node] == 0) continue;
            folded[at[node]] = Math.max(folded[at[node]], in.folded()[node]);
            runs[at[node]] = in.runs()[node];
        }
    }

    private Result finish(int size, int[] parent, int[] key, int[] foldedFrames, long[] foldRuns, SieveBounds.Hidden hidden, BitSet functions,
            GraphFacts graph) {
        double[] self = new double[size];
        var alive = new BitSet(size);
        alive.set(0);
        var leaf = new BitSet(in.size());
        leaf.set(0, in.size());
        for (int node = 1; node < in.size(); node++) leaf.clear(in.parent()[node]);
        for (int node = 0; node < in.size(); node++) {
            if (!kept.get(node)) continue;
            if (in.self()[node] != 0 || leaf.get(node)) alive.set(at[node]);
            // What a way back costs is not what the function it leads to costs by itself.
            boolean elsewhere = keys.kind(in.key()[node]) == CallTree.RECURSION && keys.kind(key[at[node]]) != CallTree.RECURSION;
            if (!elsewhere) self[at[node]] += in.self()[node];
        }
        Stage.Bounds bounds = in.bounds() == null ? null
                : new SieveBounds(in, keys, graph, at, kept).of(new SieveBounds.Shape(size, parent, key), hidden, functions);
        for (int node = size - 1; node > 0; node--) if (alive.get(node)) alive.set(parent[node]);
        return compact(parent, key, self, bounds, foldedFrames, foldRuns, alive, size);
    }

    private Result compact(int[] parent, int[] key, double[] self, Stage.Bounds bounds, int[] foldedFrames, long[] foldRuns, BitSet alive, int size) {
        int[] place = new int[size];
        int n = 0;
        for (int node = 0; node < size; node++) place[node] = alive.get(node) ? n++ : -1;
        int[] newParent = new int[n];
        int[] newKey = new int[n];
        double[] newSelf = new double[n];
        var newBounds = bounds == null ? null : new Stage.Bounds(new double[n], new double[n], new double[n], bounds.unlisted());
        int[] newFolded = foldedFrames == null ? null : new int[n];
        long[] newRuns = foldedFrames == null ? null : new long[n];
        for (int node = 0; node < size; node++) {
            int to = place[node];
            if (to < 0) continue;
            newParent[to] = node == 0 ? -1 : place[parent[node]];
            newKey[to] = key[node];
            newSelf[to] = self[node];
            if (bounds != null) {
                newBounds.total()[to] = bounds.total()[node];
                newBounds.lower()[to] = bounds.lower()[node];
                newBounds.upper()[to] = bounds.upper()[node];
            }
            if (newFolded != null) {
                newFolded[to] = foldedFrames[node];
                newRuns[to] = foldRuns[node];
            }
        }
        for (int node = 0; node < at.length; node++) at[node] = kept.get(node) && at[node] >= 0 ? place[at[node]] : -1;
        return new Result(new Stage(n, newParent, newKey, newSelf, newBounds, newFolded, newRuns), at);
    }
}
