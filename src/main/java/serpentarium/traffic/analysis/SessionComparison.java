package serpentarium.traffic.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import serpentarium.task.TaskContext;
import serpentarium.traffic.FlowTable;

/// Two sessions against each other: flows are matched by method and URL, and those that are alike in their order.
///
/// @param pairs in the order of the first session; what only the second has stands where it came there
public record SessionComparison(List<Pair> pairs) {
    public SessionComparison {
        pairs = List.copyOf(pairs);
    }

    /// How a flow of the one stands to that of the other.
    public enum Change {
        /// Status and size are the same, and it came in the same order.
        SAME,
        /// Another status, or it went wrong in one only.
        STATUS,
        /// The same status, another size of the response.
        SIZE,
        /// The same, but it came earlier or later among the others.
        ORDER,
        /// Only in the first.
        MISSING,
        /// Only in the second.
        NEW
    }

    /// Two flows that are matched.
    ///
    /// @param left   row in the first session; -1 for none
    /// @param right  row in the second session; -1 for none
    /// @param change how they differ; what weighs most
    public record Pair(int left, int right, Change change) {}

    /// Compares. Rows that were deleted are left out.
    public static SessionComparison of(FlowTable left, FlowTable right, TaskContext context) {
        Map<String, Deque<Integer>> waiting = new HashMap<>();
        for (int row = 0; row < right.size(); row++) {
            if ((row & 0xfff) == 0) context.checkpoint();
            if (!right.deleted(row)) waiting.computeIfAbsent(right.title(row), _ -> new ArrayDeque<>()).add(row);
        }
        int[] matched = new int[left.size()];
        Arrays.fill(matched, -1);
        boolean[] taken = new boolean[right.size()];
        for (int row = 0; row < left.size(); row++) {
            if ((row & 0xfff) == 0) context.checkpoint();
            Deque<Integer> same = left.deleted(row) ? null : waiting.get(left.title(row));
            if (same == null || same.isEmpty()) continue;
            matched[row] = same.poll();
            taken[matched[row]] = true;
        }
        boolean[] inOrder = inOrder(matched);
        var pairs = new ArrayList<Pair>();
        int next = 0;
        for (int row = 0; row < left.size(); row++) {
            if (left.deleted(row)) continue;
            if (matched[row] < 0) {
                pairs.add(new Pair(row, -1, Change.MISSING));
                continue;
            }
            if (inOrder[row]) for (; next < matched[row]; next++) if (!taken[next] && !right.deleted(next)) pairs.add(new Pair(-1, next, Change.NEW));
            pairs.add(new Pair(row, matched[row], change(left, row, right, matched[row], inOrder[row])));
        }
        for (; next < right.size(); next++) if (!taken[next] && !right.deleted(next)) pairs.add(new Pair(-1, next, Change.NEW));
        return new SessionComparison(pairs);
    }

    private static Change change(FlowTable left, int a, FlowTable right, int b, boolean inOrder) {
        if (left.status(a) != right.status(b) || left.failed(a) != right.failed(b)) return Change.STATUS;
        if (left.responseSize(a) != right.responseSize(b)) return Change.SIZE;
        return inOrder ? Change.SAME : Change.ORDER;
    }

    /// Which matches keep the order of both: a longest rising sequence (patience sorting).
    private static boolean[] inOrder(int[] matched) {
        int[] tops = new int[matched.length];
        int[] before = new int[matched.length];
        int piles = 0;
        for (int row = 0; row < matched.length; row++) {
            if (matched[row] < 0) continue;
            int low = 0;
            int high = piles;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (matched[tops[middle]] < matched[row]) low = middle + 1;
                else high = middle;
            }
            before[row] = low == 0 ? -1 : tops[low - 1];
            tops[low] = row;
            if (low == piles) piles++;
        }
        boolean[] kept = new boolean[matched.length];
        for (int row = piles == 0 ? -1 : tops[piles - 1]; row >= 0; row = before[row]) kept[row] = true;
        return kept;
    }

    /// How many pairs there are of a kind.
    public long count(Change change) {
        return pairs.stream().filter(pair -> pair.change() == change).count();
    }
}
