package serpentarium.profile.format;

import java.util.List;
import serpentarium.profile.LineCosts;
import serpentarium.profile.StackTree;

/// Divides what functions cost at the ends of stacks among their lines, so that each line has in all what the profile says.
final class PprofLines {
    private final LineCosts lines;
    private final int events;
    private final double[][] self;
    private final double[][] carried;
    private int first;
    private long[][] parts = {};

    /// @param lines     own costs by line
    /// @param trees     the stacks that they are of
    /// @param functions how many there are
    PprofLines(LineCosts lines, List<StackTree> trees, int functions) {
        this.lines = lines;
        events = trees.getFirst().events();
        self = new double[events][functions];
        carried = new double[events][lines.isEmpty() ? 0 : lines.end(functions - 1)];
        for (StackTree tree : trees)
            for (int node = 1; node < tree.size(); node++) for (int e = 0; e < events; e++) self[e][tree.frame(node)] += tree.self(e, node);
    }

    /// Divides the cost of one end. What is left in `values` is of no known line.
    ///
    /// @return how many rows of lines there are
    int divide(int function, long[] values) {
        first = lines.begin(function);
        int rows = lines.isEmpty() ? 0 : lines.end(function) - first;
        if (parts.length < rows) parts = new long[rows * 2][events];
        for (int e = 0; e < events; e++) {
            long whole = values[e];
            for (int row = 0; row < rows; row++) {
                boolean own = lines.file(first + row) == null && lines.line(first + row) > 0;
                double share = own && self[e][function] > 0 ? whole * Math.min(1, lines.cost(e, first + row) / self[e][function]) : 0;
                double wanted = share + carried[e][first + row];
                long taken = Math.clamp(Math.round(wanted), 0, values[e]);
                parts[row][e] = taken;
                values[e] -= taken;
                carried[e][first + row] = wanted - taken;
            }
        }
        return rows;
    }

    /// The part of a row, by event.
    long[] part(int row) {
        return parts[row];
    }

    /// The line of a row.
    int line(int row) {
        return lines.line(first + row);
    }
}
