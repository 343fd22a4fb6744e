package serpentarium.log.format;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Map;
import serpentarium.log.Level;
import serpentarium.log.LogFormat;

/// Reads syslog in its old form (RFC 3164), its new one (RFC 5424), as rsyslog and journalctl write it to files, and as Python's `SysLogHandler` sends it.
final class SyslogReader implements LineReader {
    private static final int HOST = Spans.MORE;
    private static final int PRIORITY = Spans.MORE + 1;
    private static final int MESSAGE_ID = Spans.MORE + 2;
    private static final int DATA = Spans.MORE + 3;

    private final LogFormat format;
    private final TimeReader times;
    private byte[] lastHost = {};
    private boolean settles;

    SyslogReader(LogFormat format, Clock clock) {
        this.format = format;
        times = new TimeReader(clock);
    }

    @Override public LineReader copy(Clock clock) {
        var copy = new SyslogReader(format, clock);
        copy.lastHost = lastHost;
        return copy;
    }

    @Override public LogFormat format() {
        return format;
    }

    /// Whether the line that was read last is a record whatever was read before, and the last thing that has a say in what the next ones are.
    boolean settles() {
        return settles;
    }

    @Override public boolean read(byte[] b, int from, int to, Spans spans) {
        settles = false;
        int at = from;
        boolean priority = at < to && b[at] == '<';
        if (priority) {
            int n = TimeReader.run(b, at + 1, to);
            int close = at + 1 + n;
            if (n < 1 || n > 3 || close >= to || b[close] != '>') return false;
            int value = TimeReader.number(b, at + 1, n);
            if (value > 191) return false;
            spans.set(PRIORITY, at + 1, close);
            spans.number = Level.ofSyslog(value & 7);
            at = close + 1;
            if (at + 1 < to && b[at] == '1' && b[at + 1] == ' ') return structured(b, at + 2, to, spans);
        }
        if (at >= to) return priority;
        boolean old = b[at] >= 'A' && b[at] <= 'Z' && TimeReader.month(b, at, to) > 0;
        if (!old && b[at] != '2') return priority && message(b, at, to, spans);
        int end = times.read(b, at, to);
        if (end < 0 || end >= to || b[end] != ' ' || !old && (end - at <= 10 || b[at + 10] != 'T')) return priority && message(b, at, to, spans);
        spans.time = times.time();
        int hostEnd = word(b, end + 1, to);
        if (hostEnd == end + 1 || hostEnd >= to || b[hostEnd - 1] == ':' || b[hostEnd - 1] == ']') return false;
        spans.set(HOST, end + 1, hostEnd);
        return tag(b, hostEnd + 1, to, spans, old || priority);
    }

    private static boolean message(byte[] b, int from, int to, Spans spans) {
        spans.set(Spans.MESSAGE, from, to);
        return true;
    }

    /// `tag[pid]: message` after the host.
    private boolean tag(byte[] b, int from, int to, Spans spans, boolean certain) {
        int at = from;
        while (at < to && b[at] > ' ' && b[at] != '[' && b[at] != ':') at++;
        int tagEnd = at;
        boolean strong = false;
        if (at < to && b[at] == '[') {
            int close = at + 1;
            while (close < to && b[close] > ' ' && b[close] != ']') close++;
            if (close < to && b[close] == ']') {
                spans.set(Spans.PROCESS, at + 1, close);
                at = close + 1;
                strong = true;
            }
        }
        if (at < to && b[at] == ':') {
            at++;
            strong = true;
        }
        int hostFrom = spans.from[HOST];
        int hostTo = spans.to[HOST];
        boolean sameHost = Arrays.equals(b, hostFrom, hostTo, lastHost, 0, lastHost.length);
        boolean sure = certain || strong && Level.number(b, from, tagEnd) == Level.UNKNOWN && Level.number(b, hostFrom, hostTo) == Level.UNKNOWN;
        if (!sure && !sameHost) return false;
        if (!sameHost) lastHost = Arrays.copyOfRange(b, hostFrom, hostTo);
        settles = sure;
        if (tagEnd > from) spans.set(Spans.LOGGER, from, tagEnd);
        if (at < to && b[at] == ' ') at++;
        return message(b, at, to, spans);
    }

    private boolean structured(byte[] b, int from, int to, Spans spans) {
        int at = from;
        if (at < to && b[at] == '-') at++;
        else {
            at = times.read(b, at, to);
            if (at < 0) return false;
            spans.time = times.time();
        }
        at = part(b, at, to, spans, HOST);
        at = part(b, at, to, spans, Spans.LOGGER);
        at = part(b, at, to, spans, Spans.PROCESS);
        at = part(b, at, to, spans, MESSAGE_ID);
        if (at < 0) return false;
        if (at < to) at++;
        if (at < to && b[at] == '-') at++;
        else {
            int begin = at;
            while (at < to && b[at] == '[') {
                boolean quoted = false;
                while (at < to && (quoted || b[at] != ']')) {
                    if (b[at] == '\\') at++;
                    else if (b[at] == '"') quoted = !quoted;
                    at++;
                }
                at++;
            }
            if (at > to) return false;
            if (at > begin) spans.set(DATA, begin, at);
        }
        if (at < to && b[at] == ' ') at++;
        if (to - at >= 3 && b[at] == (byte) 0xef && b[at + 1] == (byte) 0xbb && b[at + 2] == (byte) 0xbf) at += 3;
        return message(b, at, to, spans);
    }

    private static int part(byte[] b, int at, int to, Spans spans, int field) {
        if (at < 0 || at >= to || b[at] != ' ') return -1;
        int end = word(b, at + 1, to);
        if (end == at + 1) return -1;
        if (end != at + 2 || b[at + 1] != '-') spans.set(field, at + 1, end);
        return end;
    }

    private static int word(byte[] b, int from, int to) {
        int at = from;
        while (at < to && (b[at] > ' ' || b[at] < 0)) at++;
        return at;
    }

    private static int place(String name) {
        return switch (name.toLowerCase(java.util.Locale.ROOT)) {
            case "host" -> HOST;
            case "priority" -> PRIORITY;
            case "message_id" -> MESSAGE_ID;
            case "data" -> DATA;
            default -> -1;
        };
    }

    @Override public String text(String name, byte[] bytes, int from, int to, Spans spans, Charset charset) {
        int place = place(name);
        return place < 0 ? null : own(place, bytes, spans, charset);
    }

    @Override public void fields(byte[] bytes, int from, int to, Spans spans, Charset charset, Map<String, Object> fields) {
        for (String name : new String[] {"host", "priority", "message_id", "data"}) {
            String text = own(place(name), bytes, spans, charset);
            if (text != null) fields.put(name, LayoutReader.value(text));
        }
    }
}
