package serpentarium.profile.ui;

import java.util.BitSet;
import serpentarium.profile.analysis.FlameLayout;

/// What a flame graph is painted from.
///
/// @param layout  where the boxes lie
/// @param colors  the colours of their functions
/// @param labels  their texts
/// @param found   the functions that a search found; null where there is no search
/// @param matches where they lie; null where there is no search
/// @param match   the colour of what was found
record FlameScene(FlameLayout layout, FlameColors colors, FlameLabels labels, BitSet found, FlameLayout.Rows matches, int match) {
    /// Whether a box's cost is an estimate.
    boolean estimated(int box) {
        return !layout.exact(box);
    }

    /// Whether a search found a box's function.
    boolean matched(int box) {
        return found != null && layout.frame(box) >= 0 && found.get(layout.frame(box));
    }

    /// The colour of a box without regard to a search.
    int fill(int box) {
        return colors.fill(layout.frame(box));
    }
}
