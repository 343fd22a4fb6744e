package serpentarium.profile.ui;

import java.util.BitSet;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.CallTree;
import serpentarium.profile.analysis.FlameLayout;

/// What a flame graph is painted from.
///
/// @param analysis the tree and where its nodes lie
/// @param colors   the colours of its functions
/// @param labels   the texts of its nodes
/// @param found    the functions that a search found; null where there is no search
/// @param matches  where they lie; null where there is no search
/// @param match    the colour of what was found
record FlameScene(Analysis analysis, FlameColors colors, FlameLabels labels, BitSet found, FlameLayout.Rows matches, int match) {
    /// The tree.
    CallTree tree() {
        return analysis.tree();
    }

    /// Where its nodes lie.
    FlameLayout layout() {
        return analysis.layout();
    }

    /// Whether a node's cost is an estimate.
    boolean estimated(int node) {
        return tree().estimated() && !tree().exact(node);
    }

    /// Whether a search found a node's function.
    boolean matched(int node) {
        return found != null && tree().frame(node) >= 0 && found.get(tree().frame(node));
    }

    /// The colour of a node without regard to a search.
    int fill(int node) {
        return colors.fill(tree().frame(node));
    }
}
