package serpentarium.profile.ui;

import serpentarium.base.Strings;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.CallTree;

/// The names of a call tree's nodes that are no functions of the profile but what filters and modes make: folds, threads, what is not known.
final class NodeText {
    private static final Strings STRINGS = Strings.of(NodeText.class);

    private NodeText() {}

    /// The name of such a node; null for any other.
    static String of(Analysis analysis, int node) {
        CallTree tree = analysis.tree();
        return switch (tree.kind(node)) {
            case CallTree.FOLDED -> STRINGS.get("node.folded", tree.foldFrames(node), FunctionText.line(tree.foldPackage(node)));
            case CallTree.UNKNOWN -> STRINGS.get("node.unknown");
            case CallTree.THREAD -> FunctionText.line(analysis.slice().profile().info().threads().get(tree.thread(node)).name());
            default -> null;
        };
    }

    /// What there is to say about such a node, or null.
    static String note(CallTree tree, int node) {
        return switch (tree.kind(node)) {
            case CallTree.FOLDED -> STRINGS.get("node.note.folded");
            case CallTree.UNKNOWN -> STRINGS.get("node.note.unknown");
            default -> null;
        };
    }
}
