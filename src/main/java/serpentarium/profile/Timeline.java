package serpentarium.profile;

import java.util.Arrays;

/// What ran when, for one thread: segments in the order of time, in columns. During a segment the thread was at one node of its [StackTree].
///
/// A sample is a segment as long as its weight; a trace has a segment wherever its stack changes. Between two calls of the same function
/// by the same caller without a gap stands a segment of the caller that may have no length, so that the calls stay apart. Between segments
/// there may be gaps: nothing is known then, or the thread did not run. Node 0 says that it ran nothing that was recorded.
public final class Timeline {
    /// The order of time is not known.
    public static final Timeline NONE = new Timeline(Unit.COUNT, 0, new double[0], new double[0], new int[0]);

    private final Unit unit;
    private final int size;
    private final double[] start;
    private final double[] length;
    private final int[] node;

    private Timeline(Unit unit, int size, double[] start, double[] length, int[] node) {
        this.unit = unit;
        this.size = size;
        this.start = start;
        this.length = length;
        this.node = node;
    }

    /// What starts and lengths are in: a unit of time, or that of the first event where only the order is known.
    public Unit unit() {
        return unit;
    }

    /// How many segments there are.
    public int size() {
        return size;
    }

    /// When a segment begins; all threads of a profile count from the same moment. Never less than the segment before.
    public double start(int segment) {
        return start[segment];
    }

    /// How long a segment is; 0 or more.
    public double length(int segment) {
        return length[segment];
    }

    /// When a segment ends.
    public double end(int segment) {
        return start[segment] + length[segment];
    }

    /// The node of the thread's stack tree.
    public int node(int segment) {
        return node[segment];
    }

    /// The first segment that ends after `time`; [#size()] where none does.
    public int at(double time) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = low + high >>> 1;
            if (end(middle) > time) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    /// Collects segments in the order of time.
    public static final class Builder {
        /// 20 bytes each: so many take a gigabyte.
        public static final int MOST = 50_000_000;

        private final Unit unit;
        private final int most;
        private double[] start = new double[256];
        private double[] length = new double[256];
        private int[] node = new int[256];
        private int size;
        private long dropped;

        /// Starts and lengths are in `unit`; at most `most` segments are kept, what comes later is counted only.
        public Builder(Unit unit, int most) {
            this.unit = unit;
            this.most = Math.min(most, MOST);
        }

        /// Adds a segment. What begins before the one before it ends begins there; a negative length is 0. A segment that continues the
        /// one before it is joined with it.
        public void add(double from, double lasting, int at) {
            double begin = from;
            double end = from + Math.max(0, lasting);
            if (size > 0) {
                double before = start[size - 1] + length[size - 1];
                begin = Math.max(begin, before);
                end = Math.max(end, begin);
                if (node[size - 1] == at && begin == before) {
                    length[size - 1] = end - start[size - 1];
                    return;
                }
            }
            if (size == most || !(Math.abs(end) < Double.MAX_VALUE)) {
                dropped++;
                return;
            }
            if (size == start.length) {
                int more = size + (size >> 1);
                start = Arrays.copyOf(start, more);
                length = Arrays.copyOf(length, more);
                node = Arrays.copyOf(node, more);
            }
            start[size] = begin;
            length[size] = end - begin;
            node[size++] = at;
        }

        /// How many segments are kept.
        public int size() {
            return size;
        }

        /// How many segments did not fit.
        public long dropped() {
            return dropped;
        }

        /// Where the last segment ends; 0 where there is none.
        public double end() {
            return size == 0 ? 0 : start[size - 1] + length[size - 1];
        }

        /// The segments. The builder must not be used after this.
        public Timeline build() {
            if (size == 0) return NONE;
            return new Timeline(unit, size, Arrays.copyOf(start, size), Arrays.copyOf(length, size), Arrays.copyOf(node, size));
        }
    }
}
