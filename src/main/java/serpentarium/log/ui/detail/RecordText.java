package serpentarium.log.ui.detail;

import java.util.List;
import java.util.Map;
import java.util.Set;
import serpentarium.base.Strings;
import serpentarium.log.LogRecord;
import serpentarium.log.Traceback;
import serpentarium.log.analysis.TracebackParser;
import serpentarium.log.ui.detail.DetailText.Style;

/// What the detail shows of a record as text: its message with data and SQL laid out, its traceback, and those of its fields that are more than a word.
final class RecordText {
    private static final Strings STRINGS = Strings.of(RecordText.class);
    private static final String STACK = "stack_info";
    private static final int LAID_OUT = 200_000;
    /// A field with more characters, or with lines, has a section of its own.
    private static final int LONG = 120;

    private RecordText() {}

    /// How a record is to be shown.
    ///
    /// @param open   the runs of library frames that are unfolded
    /// @param turned whether the last frame comes first
    record Look(Set<Integer> open, boolean turned) {
        Look {
            open = Set.copyOf(open);
        }
    }

    /// Writes a record.
    static DetailText of(LogRecord record, Look look) {
        var out = new DetailText();
        laidOut(record.message(), out);
        if (record.exception() != null) {
            gap(out);
            traceback(record.exception(), look, out);
        }
        for (Map.Entry<String, Object> field : record.fields().entrySet()) field(field.getKey(), field.getValue(), look, out);
        if (out.cut()) out.line();
        return out;
    }

    private static void gap(DetailText out) {
        if (out.length() > 0) out.line().add("\n", Style.PLAIN);
    }

    private static void field(String name, Object value, Look look, DetailText out) {
        switch (value) {
            case null -> { }
            case Map<?, ?> map when !map.isEmpty() -> {
                out.section(name);
                data(DataLayout.json(map), out);
            }
            case List<?> list when !list.isEmpty() -> {
                out.section(name);
                data(DataLayout.json(list), out);
            }
            case String text when name.equals(STACK) || text.startsWith("Traceback (most recent call last)") -> {
                out.section(name);
                traceback(text, look, out);
            }
            case String text when text.length() > LONG || text.indexOf('\n') >= 0 || DataLayout.whole(text) || SqlLayout.begin(text, 0) == 0 -> {
                out.section(name);
                laidOut(text, out);
            }
            default -> { }
        }
    }

    private static void data(String json, DetailText out) {
        DataLayout.write(json, 0, out);
    }

    /// Writes a traceback; what is none stays as it is.
    private static void traceback(String text, Look look, DetailText out) {
        Traceback traceback = TracebackParser.parse(text).orElse(null);
        if (traceback == null) {
            out.add(text, Style.PLAIN);
            return;
        }
        var writer = new TracebackText(text, traceback, look.open(), out);
        if (look.turned()) writer.turned();
        else writer.write();
    }

    /// Writes a text; data and SQL in it are laid out, each from a line of its own on.
    static void laidOut(String text, DetailText out) {
        if (text.length() > LAID_OUT) {
            out.add(text, Style.PLAIN);
            return;
        }
        int at = 0;
        int sql = SqlLayout.begin(text, 0);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (i == sql) {
                int end = SqlLayout.end(text, i);
                String statement = text.substring(i, end).strip();
                plain(text.substring(at, i), statement.length() > 60, out);
                SqlLayout.write(text, i, end, out);
                at = end;
                sql = SqlLayout.begin(text, end);
                i = end - 1;
                if (at < text.length() && text.charAt(at) == '\n') {
                    out.line();
                    at++;
                }
            } else if ((c == '{' || c == '[') && (sql < 0 || i < sql)) {
                int end = DataLayout.end(text, i);
                if (end < 0 || sql >= 0 && end > sql) continue;
                plain(text.substring(at, i), end - i > 88, out);
                DataLayout.write(text, i, out);
                at = end;
                i = end - 1;
            }
        }
        out.add(text.substring(at), Style.PLAIN);
    }

    /// The words before something that is laid out.
    ///
    /// @param broken whether that begins a line
    private static void plain(String words, boolean broken, DetailText out) {
        out.add(broken ? words.stripTrailing() : words, Style.PLAIN);
        if (broken && out.length() > 0) out.line();
    }

    /// Message and traceback as they were written.
    static String plain(LogRecord record) {
        return record.exception() == null ? record.message() : record.message().isEmpty() ? record.exception() : record.message() + "\n" + record.exception();
    }
}
