package serpentarium.profile.analysis;

import java.util.Arrays;
import java.util.function.IntFunction;

/// A part of a flame graph as indented text, a line a box, to be pasted into a message.
///
/// @param text    the lines, each ended by a line feed
/// @param lines   how many there are
/// @param leftOut how many branches are not among them: the small ones, and those after the last line
public record Outline(String text, int lines, int leftOut) {
    private static final int DEEPEST_INDENT = 60;
    private static final int MOST_COUNTED = 1_000_000;

    /// The box and what hangs on it, down to a thousandth of its cost, in the order of the graph.
    ///
    /// @param most the greatest number of lines
    /// @param line what to write of a box
    public static Outline of(FlameLayout layout, int box, int most, IntFunction<String> line) {
        return of(layout, box, most, "", line);
    }

    /// The same with something before each line, after its indentation, such as `- `.
    public static Outline of(FlameLayout layout, int box, int most, String mark, IntFunction<String> line) {
        var text = new StringBuilder();
        double least = layout.total(box) / 1000;
        int[] open = new int[64];
        int depth = 0;
        int lines = 0;
        int leftOut = 0;
        int at = box;
        for (int seen = 0; at >= 0 && seen < MOST_COUNTED; seen++) {
            boolean small = layout.total(at) < least;
            boolean write = !small && lines < most;
            if (write) {
                text.repeat("  ", Math.min(depth, DEEPEST_INDENT)).append(mark).append(line.apply(at)).append('\n');
                lines++;
            } else {
                leftOut++;
            }
            int child = write ? layout.child(at) : -1;
            if (child >= 0) {
                if (depth == open.length) open = Arrays.copyOf(open, depth * 2);
                open[depth++] = at;
                at = child;
                continue;
            }
            int next = -1;
            while (next < 0 && depth > 0) {
                next = sibling(layout, open[depth - 1], at);
                if (next < 0) at = open[--depth];
            }
            at = next;
        }
        return new Outline(text.toString(), lines, leftOut);
    }

    private static int sibling(FlameLayout layout, int parent, int box) {
        int next = layout.neighbour(box, 1);
        return next >= 0 && layout.left(next) < layout.right(parent) ? next : -1;
    }
}
