package serpentarium.log.format;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the paths of JSON logs and the keys of `key=value` logs mean, whatever library wrote them. Where several of a list are there, the first counts.
final class JsonKeys {
    /// What a key stands for.
    enum Role { TIME, MICROS, LEVEL, NUMBER, SYSLOG, LOGGER, MESSAGE, EXCEPTION, ERROR, FILE, LINE, FUNCTION, THREAD, PROCESS }

    /// @param role  what it is
    /// @param order the lower, the more it counts
    record Meaning(Role role, int order) {}

    private static final Map<Role, List<String>> KEYS = Map.ofEntries(
            Map.entry(Role.TIME, List.of("record.time.timestamp", "@timestamp", "timestamp", "time", "asctime", "ts", "created", "datetime", "date", "t", "created_at",
                    "timereported", "timegenerated", "eventtime", "time_iso8601", "msec", "received")),
            Map.entry(Role.MICROS, List.of("_source_realtime_timestamp", "__realtime_timestamp")),
            Map.entry(Role.LEVEL, List.of("record.level.name", "levelname", "log.level", "level", "level_name", "severity", "severity_text", "severitytext", "lvl", "loglevel",
                    "log_level", "sev", "syslogseverity-text", "level.name")),
            Map.entry(Role.NUMBER, List.of("levelno", "record.level.no", "level_no")),
            Map.entry(Role.SYSLOG, List.of("priority", "syslogseverity", "syslog.severity", "pri")),
            Map.entry(Role.LOGGER, List.of("record.name", "logger", "log.logger", "logger_name", "loggername", "name", "logger.name", "syslog_identifier", "programname",
                    "app-name", "syslogtag", "tag", "_comm", "component")),
            Map.entry(Role.MESSAGE, List.of("record.message", "message", "msg", "event", "text", "log", "body", "log.message", "short_message")),
            Map.entry(Role.EXCEPTION, List.of("exc_info", "exception", "exc_text", "traceback", "stack_trace", "error.stack_trace", "error.stack", "stack", "stacktrace", "exc",
                    "err.stack")),
            Map.entry(Role.ERROR, List.of("err", "error", "error.message")),
            Map.entry(Role.FILE, List.of("record.file.path", "pathname", "log.origin.file.name", "filename", "code_file", "file", "lineno_file", "source.file", "caller")),
            Map.entry(Role.LINE, List.of("record.line", "lineno", "log.origin.file.line", "code_line", "line", "source.line", "line_number")),
            Map.entry(Role.FUNCTION, List.of("record.function", "funcname", "log.origin.function", "code_func", "func_name", "function", "func")),
            Map.entry(Role.THREAD, List.of("record.thread.name", "threadname", "process.thread.name", "thread_name", "thread")),
            Map.entry(Role.PROCESS, List.of("record.process.id", "process", "process.pid", "_pid", "processname", "pid", "process_id", "procid")));

    private static final Map<String, Meaning> MEANINGS = meanings();

    private JsonKeys() {}

    private static Map<String, Meaning> meanings() {
        var meanings = new HashMap<String, Meaning>();
        KEYS.forEach((role, keys) -> {
            for (int i = 0; i < keys.size(); i++) meanings.putIfAbsent(keys.get(i), new Meaning(role, i));
        });
        return Map.copyOf(meanings);
    }

    /// What a key in lower case stands for, or null.
    static Meaning meaning(String key) {
        return MEANINGS.get(key);
    }

    static Map<String, Meaning> all() {
        return MEANINGS;
    }

    /// Where [Spans] keeps what has a role; -1 where it is a number there.
    static int field(Role role) {
        return switch (role) {
            case LEVEL -> Spans.LEVEL;
            case LOGGER -> Spans.LOGGER;
            case MESSAGE -> Spans.MESSAGE;
            case EXCEPTION, ERROR -> Spans.EXCEPTION;
            case FILE -> Spans.FILE;
            case LINE -> Spans.LINE;
            case FUNCTION -> Spans.FUNCTION;
            case THREAD -> Spans.THREAD;
            case PROCESS -> Spans.PROCESS;
            case TIME, MICROS, NUMBER, SYSLOG -> -1;
        };
    }
}
