package serpentarium.kit;

import java.util.ArrayList;
import java.util.List;

/// A table of texts on its way to the clipboard.
///
/// @param header the columns' names
/// @param right  for each column, whether its values are numbers, which Markdown aligns to the right
/// @param rows   each with as many texts as there are columns
public record CopiedTable(List<String> header, List<Boolean> right, List<List<String>> rows) {
    public CopiedTable {
        header = List.copyOf(header);
        right = List.copyOf(right);
        rows = List.copyOf(rows);
        if (right.size() != header.size()) throw new IllegalArgumentException("columns");
        for (List<String> row : rows) if (row.size() != header.size()) throw new IllegalArgumentException("row of " + row.size());
    }

    /// Values set apart by tabs, a line each with the header first. A value with a tab, line end or quote is quoted as
    /// spreadsheets do (RFC 4180).
    public String tsv() {
        var out = new StringBuilder();
        tsvLine(out, header);
        for (List<String> row : rows) tsvLine(out, row);
        return out.toString();
    }

    private static void tsvLine(StringBuilder out, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) out.append('\t');
            String value = values.get(i);
            boolean quote = value.indexOf('\t') >= 0 || value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0 || value.indexOf('"') >= 0;
            out.append(quote ? '"' + value.replace("\"", "\"\"") + '"' : value);
        }
        out.append('\n');
    }

    /// A table of GitHub-flavoured Markdown.
    public String markdown() {
        var out = new StringBuilder();
        markdownLine(out, header.stream().map(CopiedTable::escaped).toList());
        var rule = new ArrayList<String>();
        for (boolean number : right) rule.add(number ? "---:" : "---");
        markdownLine(out, rule);
        for (List<String> row : rows) markdownLine(out, row.stream().map(CopiedTable::escaped).toList());
        return out.toString();
    }

    private static void markdownLine(StringBuilder out, List<String> values) {
        out.append("| ").append(String.join(" | ", values)).append(" |\n");
    }

    /// A Python name such as `__init__` or `<module>` must not turn bold or vanish as a tag.
    private static String escaped(String value) {
        var out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\', '|', '`', '*', '_', '[', ']', '<', '>', '~' -> out.append('\\').append(c);
                case '\r' -> { if (i + 1 == value.length() || value.charAt(i + 1) != '\n') out.append(' '); }
                case '\n', '\t' -> out.append(' ');
                case '&' -> out.append("&amp;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }
}
