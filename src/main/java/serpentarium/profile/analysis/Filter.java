package serpentarium.profile.analysis;

import java.util.EnumSet;
import java.util.Set;

/// One thing that is done to the stacks before they are looked at. Filters are values: equal where they do the same.
///
/// Each filter drops stacks or makes shorter ones of them, and touches no cost: what is left adds up to what the kept stacks cost. They
/// apply in the order of [Slice#filters()], but for [TimeRange], which scales costs and could stand anywhere.
///
/// On the tree of a call graph (see [GraphEstimate]) a filter does to each node what it would do to a stack. The bounds of a node that
/// several nodes become add up; a part that is dropped takes its upper bound off the lower one and its lower bound off the upper one. What
/// the tree does not list one by one (recursion, small callees, unattributed cost) counts as perhaps matching wherever the graph has a way
/// to a match. No node can cost more than the whole of its function. So the truth stays within the interval.
public sealed interface Filter {
    /// Keeps the stacks that have a matching function on them.
    ///
    /// @param functions which
    record ShowOnly(FunctionMatch functions) implements Filter {}

    /// Drops the stacks that have a matching function on them.
    ///
    /// @param functions which
    record Hide(FunctionMatch functions) implements Filter {}

    /// Takes matching functions out of the stacks; what they cost themselves is their callers'.
    ///
    /// @param functions which
    record MergeIntoCaller(FunctionMatch functions) implements Filter {}

    /// Begins each stack at its outermost matching function, and drops the stacks that have none.
    ///
    /// @param functions which
    record StartAt(FunctionMatch functions) implements Filter {}

    /// Makes a stack that comes back to a function go on from where it was first: `f g f h` becomes `f h`.
    ///
    /// @param functions  which; null for all
    /// @param directOnly whether only a function that calls itself is meant, not a way back through others
    record CollapseRecursion(FunctionMatch functions, boolean directOnly) implements Filter {
        /// Every function, through others too.
        public static final CollapseRecursion ALL = new CollapseRecursion(null, false);
    }

    /// Folds runs of functions of other origins into one [CallTree#FOLDED] node each, named after the package that the run enters first.
    /// Runs of one package below the same caller are one node.
    ///
    /// @param shown  the origins that stay as they are
    /// @param opened folds that are shown frame by frame, by [CallTree#foldKey(int)]
    record OnlyMine(Set<Origin> shown, Set<Long> opened) implements Filter {
        /// Nothing but the person's own code.
        public static final OnlyMine PROJECT = new OnlyMine(EnumSet.of(Origin.PROJECT), Set.of());

        public OnlyMine {
            shown = Set.copyOf(shown);
            opened = Set.copyOf(opened);
        }

        /// The same with one more fold opened.
        public OnlyMine opening(long key) {
            var more = new java.util.HashSet<>(opened);
            more.add(key);
            return new OnlyMine(shown, more);
        }
    }

    /// Takes the profiler's own functions out of the stacks, and drops stacks that consist of nothing else. See [Profilers].
    record WithoutProfiler() implements Filter {}

    /// Keeps what happened within a range of time. A node's cost is shared out over its segments of the [serpentarium.profile.Timeline] by
    /// their length (by their number, where none has a length); of a segment that lies within the range in part, that part counts. A thread
    /// without a timeline has nothing in any range. Does nothing to a call graph, which knows no time.
    ///
    /// @param from begin, in the timeline's unit
    /// @param to   end, not less than `from`
    record TimeRange(double from, double to) implements Filter {
        public TimeRange {
            if (!(from <= to)) throw new IllegalArgumentException("a range ends after it begins");
        }
    }

    /// Puts each thread's stacks below a [CallTree#THREAD] node of their own instead of adding them up.
    record ApartByThread() implements Filter {}
}
