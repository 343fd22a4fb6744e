package serpentarium.log.analysis;

import java.time.Instant;
import java.util.ArrayList;

/// The filter, as a person would write it, that finds the records of one group of an answer.
public final class GroupFilter {
    private static final String SPECIAL = "\\.[]{}()*+?^$|";

    private GroupFilter() {}

    /// The filter of a row.
    ///
    /// @param question as it was written
    /// @param parsed   the same
    public static String of(String question, LogQuestion parsed, LogTally.Table table, LogTally.Row row) {
        var parts = new ArrayList<String>();
        String filter = LogQuestion.filterOf(question);
        if (!filter.isEmpty()) parts.add(table.columns().isEmpty() ? filter : "(" + filter + ")");
        parsed.extraction().ifPresent(extraction -> parts.add("/" + extraction.pattern().pattern().replace("/", "\\/") + "/"));
        for (int i = 0; i < table.columns().size(); i++) {
            String key = row.keys().get(i);
            if (i == 0 && parsed.step() > 0) time(parts, key, parsed.step());
            else if (!extracted(parsed, table.columns().get(i))) parts.add(one(table.columns().get(i), key));
        }
        return String.join(" ", parts);
    }

    private static boolean extracted(LogQuestion parsed, String column) {
        return parsed.extraction().isPresent() && parsed.extraction().get().field(column) >= 0;
    }

    private static void time(ArrayList<String> parts, String key, long step) {
        if (key.isEmpty()) return;
        Instant from = Instant.parse(key);
        parts.add("time>=" + from + " time<" + from.plusNanos(step));
    }

    private static String one(String column, String key) {
        if (column.equals("template")) return template(key);
        if (column.equals("failure")) return key.isEmpty() ? "not has:traceback" : "has:traceback " + quoted(key.endsWith(" …") ? key.substring(0, key.length() - 2) : key);
        if (key.isEmpty()) return "not has:" + column;
        if (key.endsWith("…")) return column + "~/^" + literal(key.substring(0, key.length() - 1)) + "/";
        return column + "=" + quoted(key);
    }

    /// The filter that finds the records of a statement.
    public static String template(String template) {
        var pattern = new StringBuilder();
        for (String part : template.split("•", -1)) {
            if (!pattern.isEmpty()) pattern.append(".*?");
            pattern.append(literal(part));
        }
        return "message~/^" + pattern + "/";
    }

    private static String literal(String text) {
        var out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (SPECIAL.indexOf(c) >= 0 || c == '/') out.append('\\');
            out.append(c);
        }
        return out.toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
