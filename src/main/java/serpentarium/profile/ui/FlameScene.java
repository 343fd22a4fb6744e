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
/// @param deltas  what changed since another profile, which the colours tell then; null where there is no other
record FlameScene(FlameLayout layout, FlameColors colors, FlameLabels labels, BitSet found, FlameLayout.Rows matches, int match, FlameDeltas deltas) {
    /// Without another profile.
    FlameScene(FlameLayout layout, FlameColors colors, FlameLabels labels, BitSet found, FlameLayout.Rows matches, int match) {
        this(layout, colors, labels, found, matches, match, null);
    }

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
        return deltas == null ? colors.fill(layout.frame(box)) : deltas.fill(layout.like(box), colors.dark());
    }
}
