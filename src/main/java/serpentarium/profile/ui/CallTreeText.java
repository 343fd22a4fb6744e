package serpentarium.profile.ui;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// Writes a part of a call tree as indented text, whether or not it is open on the screen.
final class CallTreeText {
    /// How many lines are written at most.
    static final int MOST = 5000;
    private static final int DEEPEST_INDENT = 200;

    private CallTreeText() {}

    private record Open(CallTreeRow row, int depth) {}

    /// A row and all below it: costs in a column at the left, then names indented by two blanks a level.
    ///
    /// @param cost  what to write for a row's cost
    /// @param name  what to write for a row's name
    /// @param rest  the line that says how many lines were left out; its argument is the rows that were not looked into
    static String subtree(CallTreeRows rows, CallTreeRow top, Function<CallTreeRow, String> cost, Function<CallTreeRow, String> name,
                          Function<Integer, String> rest) {
        var lines = new java.util.ArrayList<String[]>();
        int omitted = walk(rows, top, (row, depth) -> {
            String indent = "  ".repeat(Math.min(depth, DEEPEST_INDENT));
            lines.add(new String[] {row instanceof CallTreeRow.More ? "" : cost.apply(row), indent + name.apply(row)});
        });
        int width = 0;
        for (String[] line : lines) width = Math.max(width, line[0].length());
        var out = new StringBuilder();
        for (String[] line : lines)
            out.append(" ".repeat(width - line[0].length())).append(line[0]).append("  ").append(line[1]).append('\n');
        if (omitted > 0) out.append(rest.apply(omitted)).append('\n');
        return out.toString();
    }

    private static int walk(CallTreeRows rows, CallTreeRow top, BiConsumer<CallTreeRow, Integer> visit) {
        var open = new ArrayDeque<Open>();
        open.push(new Open(top, 0));
        for (int written = 0; !open.isEmpty() && written < MOST; written++) {
            Open next = open.pop();
            visit.accept(next.row, next.depth);
            List<CallTreeRow> children = rows.children(next.row);
            for (CallTreeRow child : children.reversed()) open.push(new Open(child, next.depth + 1));
        }
        return open.size();
    }
}
