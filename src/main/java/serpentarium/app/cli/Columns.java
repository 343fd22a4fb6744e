package serpentarium.app.cli;

import java.io.PrintWriter;
import java.util.List;

/// Prints rows as columns: all but the last flush right.
final class Columns {
    private Columns() {}

    static void print(PrintWriter out, List<List<String>> rows) {
        if (rows.isEmpty()) return;
        int columns = rows.getFirst().size();
        int[] width = new int[columns];
        for (List<String> row : rows) for (int c = 0; c < columns; c++) width[c] = Math.max(width[c], row.get(c).length());
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int c = 0; c < columns - 1; c++) line.append("  ").append(" ".repeat(width[c] - row.get(c).length())).append(row.get(c));
            out.println(line.append("  ").append(row.get(columns - 1)));
        }
    }
}
