package serpentarium.profile.analysis;

import java.util.function.IntFunction;

/// A part of a tree as indented text, a line a node, to be pasted into a message.
///
/// @param text    the lines, each ended by a line feed
/// @param lines   how many there are
/// @param leftOut how many nodes are not among them
public record Outline(String text, int lines, int leftOut) {
    private static final int DEEPEST_INDENT = 60;

    /// The node and what is below it, down to a thousandth of the node's cost, in the order of the tree.
    ///
    /// @param most the greatest number of lines
    /// @param line what to write of a node
    public static Outline of(CallTree tree, int node, int most, IntFunction<String> line) {
        var text = new StringBuilder();
        double least = tree.total(node) / 1000;
        int lines = 0;
        int next = node;
        while (next < tree.end(node) && lines < most) {
            if (tree.total(next) < least) {
                next = tree.end(next);
                continue;
            }
            int depth = tree.depth(next) - tree.depth(node);
            text.repeat("  ", Math.min(depth, DEEPEST_INDENT)).append(line.apply(next)).append('\n');
            lines++;
            next++;
        }
        return new Outline(text.toString(), lines, tree.end(node) - node - lines);
    }
}
