package serpentarium.log.format;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import serpentarium.log.LogFormat;

/// Makes a layout of a format string of Python's `logging`, so that a log is read the way its program wrote it.
public final class PythonFormat {
    private static final Pattern PERCENT = Pattern.compile("%\\((\\w+)\\)([#0 +-]*)(\\d*)(?:\\.(\\d+))?[a-zA-Z]|%%");
    private static final Pattern BRACE = Pattern.compile("\\{(\\w+)[^{}:!]*(?:![rsa])?(?::([^{}]*))?\\}|\\{\\{|\\}\\}");
    private static final Pattern DOLLAR = Pattern.compile("\\$(?:\\{(\\w+)\\}|(\\w+)|\\$)");
    private static final Pattern SHORT = Pattern.compile(".*\\.(\\d+)s?$");

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
        Matcher percent = PERCENT.matcher(format);
        if (percent.find() && percent.group(1) != null) made.fields(format, percent.reset(), 1, 4);
        else {
            Matcher brace = BRACE.matcher(format);
            if (brace.find()) made.fields(format, brace.reset(), 1, 2);
            else made.fields(format, DOLLAR.matcher(format), 1, 2);
        }
        if (made.names.isEmpty()) throw new IllegalArgumentException(format);
        return made.layout.toString();
    }

    private void fields(String format, Matcher matcher, int nameGroup, int moreGroup) {
        int at = 0;
        while (matcher.find()) {
            literal(format.substring(at, matcher.start()));
            at = matcher.end();
            String name = matcher.group(nameGroup);
            if (name == null && matcher.pattern() == DOLLAR) name = matcher.group(moreGroup);
            if (name == null) literal(matcher.group().substring(1));
            else field(name, matcher.pattern() != DOLLAR && cut(matcher.group(moreGroup), matcher.pattern()), at < format.length() ? format.charAt(at) : 0);
        }
        literal(format.substring(at));
    }

    /// Whether a level's name is cut short: `%(levelname).1s`, `{levelname:.1}`.
    private static boolean cut(String precision, Pattern style) {
        return precision != null && (style == PERCENT || SHORT.matcher(precision).matches());
    }

    private void literal(String text) {
        layout.append(text.replace("{", "{{").replace("}", "}}"));
    }

    private void field(String name, boolean cut, char next) {
        String free = next == ' ' || next == 0 ? ":word}" : "}";
        switch (name) {
            case "asctime" -> layout.append(dates == null ? "{time}" : "{time:" + dates.replace("{", "").replace("}", "") + "}");
            case "created" -> layout.append("{time}");
            case "msecs" -> layout.append("{msecs}");
            case "levelname" -> layout.append(cut ? "{level}" : "{level:any}");
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
