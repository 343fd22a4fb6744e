package serpentarium.traffic.analysis;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import serpentarium.base.Strings;
import serpentarium.traffic.FlowTable;

/// What can be written next in a filter: fields, their values in this session, and the operators of mitmproxy, each explained in a line.
public final class FilterCompletion {
    /// The operators of mitmproxy that filters understand.
    static final List<String> OPERATORS = List.of("~u", "~d", "~m", "~c", "~b", "~bq", "~bs", "~h", "~hq", "~hs", "~t", "~tq", "~ts", "~q", "~s", "~e", "~a",
            "~all", "~http", "~websocket", "~tcp", "~udp", "~dns", "~marked", "~marker", "~comment", "~src", "~dst");

    private static final Strings STRINGS = Strings.of(FilterCompletion.class);
    private static final int MOST = 40;
    private static final int MANY_TEXTS = 20_000;

    /// Something that can be written.
    ///
    /// @param from    first character that it replaces
    /// @param to      one past the last
    /// @param insert  what comes there
    /// @param explain in a line; empty where the text says it all
    public record Suggestion(int from, int to, String insert, String explain) {}

    private final FlowTable table;
    private final String word;
    private final int from;
    private final int to;
    private final List<Suggestion> found = new ArrayList<>();

    private FilterCompletion(FlowTable table, String word, int from, int to) {
        this.table = table;
        this.word = word;
        this.from = from;
        this.to = to;
    }

    /// What can be written at a place.
    ///
    /// @param caret where, 0…length of the text
    public static List<Suggestion> at(String text, int caret, FlowTable table) {
        int at = Math.clamp(caret, 0, text.length());
        String before = text.substring(0, at);
        if (inQuotes(before)) return List.of();
        int from = at;
        while (from > 0 && !Character.isWhitespace(before.charAt(from - 1)) && "()<>=!&|".indexOf(before.charAt(from - 1)) < 0) from--;
        String word = before.substring(from);
        var completion = new FilterCompletion(table, word.toLowerCase(Locale.ROOT), from, at);
        completion.complete(before.substring(0, from).stripTrailing());
        return completion.found.subList(0, Math.min(MOST, completion.found.size()));
    }

    private static boolean inQuotes(String before) {
        boolean in = false;
        for (int i = 0; i < before.length(); i++) {
            if (before.charAt(i) == '\\') i++;
            else if (before.charAt(i) == '"') in = !in;
        }
        return in;
    }

    private void complete(String before) {
        String field = comparedField(before);
        if (field != null) {
            values(field);
            return;
        }
        if (word.startsWith("~")) {
            for (String operator : OPERATORS) offer(operator, takesText(operator) ? operator + " " : operator, STRINGS.get("operator." + operator.substring(1)));
            return;
        }
        for (String name : FilterFields.NAMES) offer(name, written(name), STRINGS.get("field." + name.replace(':', '-')));
        boolean after = !before.isEmpty() && !before.endsWith("(") && !before.toLowerCase(Locale.ROOT).matches("(?s).*\\b(and|or|not)|.*[!&|]");
        if (after) for (String join : List.of("and", "or")) offer(join, join + " ", STRINGS.get("word." + join));
        offer("not", "not ", STRINGS.get("word.not"));
    }

    private static boolean takesText(String operator) {
        return !Set.of("~q", "~s", "~e", "~a", "~all", "~http", "~websocket", "~tcp", "~udp", "~dns", "~marked").contains(operator);
    }

    private static String written(String name) {
        if (name.startsWith("is:")) return name;
        if (FilterFields.header(name) != null) return name + ":";
        if (FilterFields.number(name) != null) return name + (name.equals("status") || name.equals("port") ? " = " : " > ");
        return name + (FilterFields.body(name) != null ? " ~ " : " = ");
    }

    /// The field that the value at the caret is compared with; null where there is none.
    private static String comparedField(String before) {
        int end = before.length();
        while (end > 0 && "<>=!~".indexOf(before.charAt(end - 1)) >= 0) end--;
        if (end == before.length()) return null;
        String left = before.substring(0, end).stripTrailing();
        int begin = left.length();
        while (begin > 0 && (Character.isLetter(left.charAt(begin - 1)) || left.charAt(begin - 1) == '.')) begin--;
        String name = left.substring(begin);
        return FilterFields.known(name) ? name.toLowerCase(Locale.ROOT) : null;
    }

    private void values(String field) {
        var values = new LinkedHashSet<String>();
        switch (field) {
            case "method" -> texts(values, table::method);
            case "host" -> {
                var origins = new LinkedHashSet<String>();
                texts(origins, table::origin);
                for (String origin : origins) values.add(host(origin));
            }
            case "type" -> texts(values, table::contentType);
            case "process" -> texts(values, table::process);
            case "version" -> texts(values, table::httpVersion);
            default -> { }
        }
        values.addAll(FilterFields.values(field));
        for (String value : values) {
            boolean plain = value.matches("[\\w./+-]+");
            offer(value, (plain ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"') + " ", "");
        }
    }

    private static String host(String origin) {
        String host = origin.substring(origin.indexOf("://") < 0 ? 0 : origin.indexOf("://") + 3);
        int colon = host.lastIndexOf(':');
        return colon > 0 && host.indexOf(']') < colon ? host.substring(0, colon) : host;
    }

    /// The texts of a column, from a look at some of the rows.
    private void texts(Set<String> to, IntUnaryOperator column) {
        var numbers = new LinkedHashSet<Integer>();
        int step = Math.max(1, table.size() / MANY_TEXTS);
        for (int row = 0; row < table.size() && numbers.size() < 500; row += step) {
            int number = column.applyAsInt(row);
            if (number >= 0) numbers.add(number);
        }
        for (int number : numbers) to.add(table.text(number));
    }

    private void offer(String key, String insert, String explain) {
        String small = key.toLowerCase(Locale.ROOT);
        if (small.startsWith(word)) found.add(new Suggestion(from, to, insert, explain));
    }
}
