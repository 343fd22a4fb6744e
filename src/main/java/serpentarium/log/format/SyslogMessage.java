package serpentarium.log.format;

import java.nio.charset.StandardCharsets;
import serpentarium.log.Level;
import serpentarium.log.RecordView;

/// One message of syslog that came by itself, taken apart: RFC 3164, RFC 5424, and what Python's `SysLogHandler` makes of it, which has neither time nor host.
/// It is used again for each message, by one thread.
public final class SyslogMessage {
    private final SyslogReader reader;
    private final Spans spans = new Spans();
    private byte[] bytes = {};
    private int priority;
    private int message;
    private int end;
    private String tag;
    private String pid;

    /// Local times are those of `clock`.
    public SyslogMessage(Clock clock) {
        reader = new SyslogReader(LogFormats.named("syslog"), clock);
    }

    /// Takes a message apart; false where it is none.
    public boolean read(byte[] from, int begin, int to) {
        bytes = from;
        end = to;
        priority = begin < to && from[begin] == '<' ? TimeReader.run(from, begin + 1, to) : 0;
        if (priority < 1 || priority > 3) return false;
        priority = TimeReader.number(from, begin + 1, priority);
        spans.clear();
        if (!reader.read(from, begin, to, spans)) {
            int close = begin;
            while (from[close] != '>') if (++close == to) return false;
            if (priority > 191) return false;
            spans.clear();
            spans.number = Level.ofSyslog(priority & 7);
            spans.set(Spans.MESSAGE, close + 1, to);
        }
        message = spans.has(Spans.MESSAGE) ? spans.from[Spans.MESSAGE] : to;
        tag = text(Spans.LOGGER);
        pid = text(Spans.PROCESS);
        if (tag == null) tagged();
        return true;
    }

    /// `ident[pid]: ` or `ident: ` before a message without a head, as an `ident` or a format string of Python's handler puts it there.
    private void tagged() {
        int at = message;
        while (at < end && (bytes[at] >= 'A' && bytes[at] <= 'Z' || bytes[at] >= 'a' && bytes[at] <= 'z' || bytes[at] >= '0' && bytes[at] <= '9' || "_-./".indexOf(bytes[at]) >= 0)) at++;
        int tagEnd = at;
        if (tagEnd == message || tagEnd - message > 48) return;
        int digits = at < end && bytes[at] == '[' ? TimeReader.run(bytes, at + 1, end) : 0;
        boolean numbered = digits > 0 && digits < 11 && at + 1 + digits < end && bytes[at + 1 + digits] == ']';
        if (numbered) at += digits + 2;
        if (at >= end || bytes[at] != ':' || at + 1 < end && bytes[at + 1] != ' ' && !numbered) return;
        String word = new String(bytes, message, tagEnd - message, StandardCharsets.UTF_8);
        // `ERROR: ` is what the program says, not who says it.
        if (!numbered && Level.number(word) != Level.UNKNOWN) return;
        if (numbered) pid = new String(bytes, tagEnd + 1, digits, StandardCharsets.UTF_8);
        tag = word;
        message = Math.min(end, at + 1 < end && bytes[at + 1] == ' ' ? at + 2 : at + 1);
    }

    private String text(int span) {
        return spans.has(span) ? new String(bytes, spans.from[span], spans.to[span] - spans.from[span], StandardCharsets.UTF_8) : null;
    }

    /// Facility times eight and severity.
    public int priority() {
        return priority;
    }

    /// Its level on Python's scale.
    public int level() {
        return Level.ofSyslog(priority & 7);
    }

    /// Nanoseconds since 1970, or [RecordView#NO_TIME].
    public long time() {
        return spans.time;
    }

    /// The program that says it, or null.
    public String tag() {
        return tag;
    }

    /// Its process, or null.
    public String process() {
        return pid;
    }

    /// A part that only syslog has (`host`, `message_id`, `data`), or null.
    public String part(String name) {
        return reader.text(name, bytes, 0, 0, spans, StandardCharsets.UTF_8);
    }

    /// What it says.
    public String message() {
        return new String(bytes, message, end - message, StandardCharsets.UTF_8);
    }
}
