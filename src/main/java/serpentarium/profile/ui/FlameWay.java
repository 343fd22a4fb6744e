package serpentarium.profile.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import serpentarium.profile.analysis.FlameLayout;

/// Where a flame graph is zoomed to, so that the same place can be found in a graph of another run.
///
/// @param mode      how it is drawn
/// @param functions the functions from the trunk to the box that fills the view, without the trunk; -1 for what is none
record FlameWay(FlameMode mode, List<Integer> functions) {
    /// The way to a box.
    static FlameWay to(FlameMode mode, FlameLayout layout, int box) {
        List<Integer> way = new ArrayList<>();
        for (int at = box; at >= 0 && at != layout.trunk(); at = layout.parent(at)) way.add(layout.frame(at));
        return new FlameWay(mode, way.reversed());
    }

    /// The same in a profile whose functions have other numbers; it ends where a function is not there.
    FlameWay renumbered(IntUnaryOperator there) {
        List<Integer> way = new ArrayList<>();
        for (int function : functions) {
            int now = function < 0 ? -1 : there.applyAsInt(function);
            if (function >= 0 && now < 0) break;
            way.add(now);
        }
        return new FlameWay(mode, way);
    }

    /// Where it leads: the trunk where not even its first step is there. Of several boxes of a function on one box the widest is meant.
    int in(FlameLayout layout) {
        int at = layout.trunk();
        for (int function : functions) {
            int next = -1;
            for (int box = layout.child(at); box >= 0 && layout.parent(box) == at; box = layout.neighbour(box, 1))
                if (layout.frame(box) == function && (next < 0 || layout.total(box) > layout.total(next))) next = box;
            if (next < 0) return at;
            at = next;
        }
        return at;
    }
}
