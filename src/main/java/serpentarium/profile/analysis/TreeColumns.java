package serpentarium.profile.analysis;

import java.util.Arrays;
import serpentarium.base.IntSort;

/// Tree nodes while they are being collected: parents before children, siblings in any order.
final class TreeColumns {
    int size;
    int[] parent;
    int[] frame;
    double[] total;
    double[] self;
    double[] lower;
    double[] upper;
    byte[] kind;
    CallTree.Marks marks;
    private int[] placeOf;

    TreeColumns(int size, int[] parent, int[] frame, double[] total, double[] self, byte[] kind) {
        this.size = size;
        this.parent = parent;
        this.frame = frame;
        this.total = total;
        this.self = self;
        this.kind = kind;
    }

    TreeColumns(int capacity, boolean estimated) {
        parent = new int[capacity];
        frame = new int[capacity];
        total = new double[capacity];
        self = new double[capacity];
        lower = estimated ? new double[capacity] : null;
        upper = estimated ? new double[capacity] : null;
        kind = new byte[capacity];
    }

    int add(int parentNode, int function, double totalCost, double selfCost, byte nodeKind) {
        if (size == parent.length) {
            int more = size + (size >> 1) + 16;
            parent = Arrays.copyOf(parent, more);
            frame = Arrays.copyOf(frame, more);
            total = Arrays.copyOf(total, more);
            self = Arrays.copyOf(self, more);
            if (lower != null) {
                lower = Arrays.copyOf(lower, more);
                upper = Arrays.copyOf(upper, more);
            }
            kind = Arrays.copyOf(kind, more);
        }
        parent[size] = parentNode;
        frame[size] = function;
        total[size] = totalCost;
        self[size] = selfCost;
        kind[size] = nodeKind;
        return size++;
    }

    /// Puts the nodes in depth-first order, the dearest child first; equals by their function's number, so that a tree looks the same each
    /// time.
    CallTree build() {
        int[] start = new int[size + 1];
        for (int n = 1; n < size; n++) start[parent[n] + 1]++;
        for (int n = 0; n < size; n++) start[n + 1] += start[n];
        int[] child = new int[Math.max(0, size - 1)];
        int[] next = Arrays.copyOf(start, size);
        for (int n = 1; n < size; n++) child[next[parent[n]]++] = n;
        IntSort.Order dearest = (a, b) -> {
            int byCost = Double.compare(total[b], total[a]);
            return byCost != 0 ? byCost : Integer.compare(frame[a], frame[b]);
        };
        for (int n = 0; n < size; n++) if (start[n + 1] - start[n] > 1) IntSort.sort(child, start[n], start[n + 1], dearest);

        int[] outFrame = new int[size];
        int[] end = new int[size];
        int[] depth = new int[size];
        double[] outTotal = new double[size];
        double[] outSelf = new double[size];
        double[] outLower = lower == null ? null : new double[size];
        double[] outUpper = upper == null ? null : new double[size];
        byte[] outKind = new byte[size];
        int[] pathNode = new int[64];
        int[] pathPlace = new int[64];
        int[] cursor = Arrays.copyOf(start, size);
        placeOf = new int[size];
        int top = 0;
        int place = 0;
        for (int node = 0; node >= 0; ) {
            if (top == pathNode.length) {
                pathNode = Arrays.copyOf(pathNode, top * 2);
                pathPlace = Arrays.copyOf(pathPlace, top * 2);
            }
            pathNode[top] = node;
            pathPlace[top] = place;
            placeOf[node] = place;
            outFrame[place] = frame[node];
            depth[place] = top;
            outTotal[place] = total[node];
            outSelf[place] = self[node];
            outKind[place] = kind[node];
            if (lower != null) {
                outLower[place] = lower[node];
                outUpper[place] = upper[node];
            }
            place++;
            top++;
            node = -1;
            while (top > 0 && node < 0) {
                int open = pathNode[top - 1];
                if (cursor[open] < start[open + 1]) node = child[cursor[open]++];
                else end[pathPlace[--top]] = place;
            }
        }
        return new CallTree(outFrame, end, depth, outTotal, outSelf, outLower, outUpper, outKind, marks == null ? null : marks.moved(placeOf));
    }

    /// Where [#build()] put a node.
    int place(int node) {
        return placeOf[node];
    }
}
