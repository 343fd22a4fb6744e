package serpentarium.log;

import java.util.List;

/// A way in which logs are written, as data.
///
/// @param id      stable and short, such as `basic` or `celery`
/// @param family  how its lines are taken apart
/// @param layouts of a [Family#LAYOUT] the lines that begin a record, the first that fits is taken: text, and fields in braces, such as
///                `[{time}: {level}/{process}] {message}`; empty for the others
/// @param samples lines that begin a record
public record LogFormat(String id, Family family, List<String> layouts, List<String> samples) {
    public LogFormat {
        layouts = List.copyOf(layouts);
        samples = List.copyOf(samples);
    }

    /// How lines are taken apart.
    public enum Family {
        /// By layouts.
        LAYOUT,
        /// An object a line.
        JSON,
        /// `key=value` pairs.
        PAIRS,
        /// Syslog, RFC 3164 and 5424, and the forms of rsyslog.
        SYSLOG,
        /// Any text: every line is a record, except what belongs to a traceback.
        PLAIN
    }

    /// A format of one layout that a person or a program wrote.
    public static LogFormat of(String id, String layout) {
        return new LogFormat(id, Family.LAYOUT, List.of(layout), List.of());
    }
}
