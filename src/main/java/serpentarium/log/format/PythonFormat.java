package serpentarium.log.format;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import serpentarium.log.LogFormat;

/// Makes a layout of a format string of Python's `logging`, so that a log is read the way its program wrote it.
public final class PythonFormat {
    private static final Pattern PERCENT = Pattern.compile("%\\((\\w+)\\)([#0 +-]*)(\\d*)(?:\\.\\d+)?[a-zA-Z]|%%");
    private static final Pattern BRACE = Pattern.compile("\\{(\\w+)[^{}:!]*(?:![rsa])?(?::([^{}]*))?\\}|\\{\\{|\\}\\}");
    private static final Pattern DOLLAR = Pattern.compile("\\$(?:\\{(\\w+)\\}|(\\w+)|\\$)");
    private static final Pattern WIDTH = Pattern.compile(" ?([<>^=])?[-+ ]?#?\\d");

    private final StringBuilder layout = new StringBuilder();
    private final Set<String> names = new HashSet<>();
    private final String dates;

    private PythonFormat(String dates) {
        this.dates = dates;
    }

    /// A format of a format string.
    ///
    /// @param format   such as `%(asctime)s %(levelname)-8s [%(name)s] %(message)s`, `{asctime} {message}` or `$asctime $message`
    /// @param dates    its `datefmt`, or null
    /// @throws IllegalArgumentException where it names no field
    public static LogFormat of(String format, String dates) {
        String layout = layout(format, dates);
        Layout.of(layout, Clock.here());
        return LogFormat.of("python-format", layout);
    }

    /// The layout that lines of a format string have.
    static String layout(String format, String dates) {
        var made = new PythonFormat(dates);
        made.fields(format, (has(PERCENT, format) ? PERCENT : has(BRACE, format) ? BRACE : DOLLAR).matcher(format));
        if (made.names.isEmpty()) throw new IllegalArgumentException(format);
        return made.layout.toString();
    }

    /// Whether a format string names a field in this style; `${name}` is none in braces.
    private static boolean has(Pattern style, String format) {
        Matcher matcher = style.matcher(format);
        while (matcher.find()) if (matcher.group(1) != null && (style != BRACE || matcher.start() == 0 || format.charAt(matcher.start() - 1) != '$')) return true;
        return false;
    }

    private void fields(String format, Matcher matcher) {
        int at = 0;
        while (matcher.find()) {
            literal(format.substring(at, matcher.start()));
            at = matcher.end();
            String name = matcher.group(1);
            if (name == null && matcher.pattern() == DOLLAR) name = matcher.group(2);
            char next = at < format.length() ? format.charAt(at) : 0;
            if (name == null) literal(matcher.group().substring(1));
            else if (name.equals("message") || matcher.pattern() == DOLLAR) field(name, next);
            else {
                if (filled(matcher, '<')) layout.append("{ }");
                field(name, next);
                if (next != 0 && filled(matcher, '>')) layout.append("{ }");
            }
        }
        literal(format.substring(at));
    }

    /// Whether a field may be filled up with blanks on the other side than it is aligned to: `%(levelname)-8s`, `{name:>12}`.
    private static boolean filled(Matcher field, char aligned) {
        if (field.pattern() == PERCENT) return !field.group(3).isEmpty() && field.group(2).contains("-") == (aligned == '>');
        if (field.group(2) == null) return false;
        Matcher width = WIDTH.matcher(field.group(2));
        return width.lookingAt() && (width.group(1) == null || width.group(1).charAt(0) != aligned);
    }

    private void literal(String text) {
        layout.append(text.replace("{", "{{").replace("}", "}}"));
    }

    private void field(String name, char next) {
        String free = next == ' ' || next == 0 ? ":word}" : "}";
        switch (name) {
            case "asctime" -> layout.append(dates == null ? "{time}" : "{time:" + dates.replace("{", "").replace("}", "") + "}");
            case "created" -> layout.append("{time}");
            case "msecs" -> layout.append("{msecs}");
            case "levelname" -> layout.append("{level:any}");
            case "levelno" -> layout.append("{levelno}");
            case "name" -> layout.append("{logger").append(free);
            case "message" -> layout.append("{message}");
            case "lineno" -> layout.append("{line:int}");
            case "filename", "pathname" -> one("file", "path", free);
            case "funcName" -> layout.append("{function").append(free);
            case "process" -> one("process", "pid", ":int}");
            case "processName" -> one("process", "process_name", "}");
            case "thread" -> one("thread", "thread_id", ":int}");
            case "threadName" -> one("thread", "thread_name", "}");
            case "taskName" -> layout.append("{task}");
            case "relativeCreated" -> layout.append("{relative").append(free);
            default -> layout.append('{').append(name).append(free);
        }
        names.add(name);
    }

    private void one(String first, String second, String end) {
        layout.append('{').append(names.add("own " + first) ? first : second).append(end);
    }
}
