package serpentarium.profile.ui;

import java.util.BitSet;
import serpentarium.base.IntSort;
import serpentarium.profile.analysis.FlameLayout;

/// What a search found among the boxes of a graph, and in which order to go through it.
///
/// @param functions  the functions that match
/// @param rows       their boxes
/// @param byCost     the boxes that can be gone to, the widest first
/// @param byPosition the same from left to right, of those at one place the upper first
record FlameMatches(BitSet functions, FlameLayout.Rows rows, int[] byCost, int[] byPosition) {
    /// More than a person goes through; of more boxes the widest are taken.
    private static final int MOST = 20_000;

    /// Finds the boxes of functions: work for a task.
    static FlameMatches of(FlameLayout layout, BitSet functions) {
        FlameLayout.Rows rows = layout.rowsOf(functions);
        int[] wide = new int[rows.size()];
        int size = 0;
        for (int i = 0; i < wide.length; i++) if (layout.right(rows.box(i)) > layout.left(rows.box(i))) wide[size++] = rows.box(i);
        IntSort.sort(wide, 0, size, (a, b) -> Double.compare(width(layout, b), width(layout, a)));
        int[] byCost = java.util.Arrays.copyOf(wide, Math.min(size, MOST));
        int[] byPosition = byCost.clone();
        IntSort.sort(byPosition, 0, byPosition.length, (a, b) -> {
            int across = Double.compare(layout.left(a), layout.left(b));
            return across != 0 ? across : Integer.compare(a, b);
        });
        return new FlameMatches(functions, rows, byCost, byPosition);
    }

    private static double width(FlameLayout layout, int box) {
        return layout.right(box) - layout.left(box);
    }

    /// How many boxes can be gone to.
    int count() {
        return byCost.length;
    }

    /// The box after (`step` 1) or before (`step` -1) one, around the ends; the first or last where `from` is none of them.
    ///
    /// @param position whether in the order of position, else of cost
    int next(int from, int step, boolean position) {
        int[] order = position ? byPosition : byCost;
        if (order.length == 0) return -1;
        int at = place(from, position);
        if (at == 0) return order[step > 0 ? 0 : order.length - 1];
        return order[Math.floorMod(at - 1 + step, order.length)];
    }

    /// The how-manyeth a box is, from 1; 0 where it is none of them.
    int place(int box, boolean position) {
        int[] order = position ? byPosition : byCost;
        for (int i = 0; i < order.length; i++) if (order[i] == box) return i + 1;
        return 0;
    }
}
