package serpentarium.profile.ui;

import java.util.List;
import serpentarium.profile.analysis.BottomUp;

/// A row of the call tree.
sealed interface CallTreeRow {
    /// A node of the tree from the roots down.
    ///
    /// @param node its number
    record Down(int node) implements CallTreeRow {}

    /// A node of the tree from the leaves up.
    ///
    /// @param node the node
    /// @param leaf whether it is a function at whose own cost one starts
    record Up(BottomUp.Node node, boolean leaf) implements CallTreeRow {}

    /// Stands for further children that are listed when it is opened.
    sealed interface More extends CallTreeRow {
        /// How many children it stands for.
        int left();
    }

    /// Further children of a node from the roots down.
    ///
    /// @param parent the node above
    /// @param next   the first child that is not listed
    /// @param left   how many there are
    record MoreDown(int parent, int next, int left) implements More {}

    /// Further nodes from the leaves up.
    ///
    /// @param all  all siblings
    /// @param next the first that is not listed
    /// @param leaf whether they are functions at whose own cost one starts
    record MoreUp(List<BottomUp.Node> all, int next, boolean leaf) implements More {
        @Override public int left() {
            return all.size() - next;
        }
    }

    /// Stands for children that are being computed.
    record Waiting() implements CallTreeRow {}
}
