package serpentarium.log.format;

import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Locale;
import serpentarium.log.Level;
import serpentarium.log.LogRecord;
import serpentarium.log.RecordView;

/// The record a scanner stands on: its bytes, and what is known of them.
final class HeldRecord implements RecordView {
    private static final int FIRST_SIZE = 4096;
    /// How much of a record is kept.
    private static final int MOST = 16 << 20;
    private static final String HEADER = "Traceback (most recent call last):";

    private final String source;
    private final Charset charset;
    final Spans spans = new Spans();
    byte[] bytes = new byte[FIRST_SIZE];
    private int length;
    private int firstEnd;
    private int begins;
    private LineReader reader;
    private long line;
    private int lines;
    private long last;
    private long size;
    private long outerTime;
    private int exceptionFrom;
    private int stackFrom;
    private int pending;
    private boolean traceback;
    private boolean cut;

    HeldRecord(String source, Charset charset) {
        this.source = source;
        this.charset = charset;
    }

    /// Makes room for a line that is put at the start.
    void room(int needed) {
        if (bytes.length < needed) bytes = new byte[Math.max(needed, bytes.length * 2)];
    }

    /// Makes room behind what is there.
    void grow(int kept, int more) {
        if (bytes.length < kept + more) bytes = java.util.Arrays.copyOf(bytes, Math.max(kept + more, bytes.length * 2));
    }

    /// A record begins with what was put into [#bytes].
    ///
    /// @param number    of its first line in the file
    /// @param lastOfAll of the last of the lines in the file that are one here
    void begin(RecordStarts found, int from, int to, long number, long lastOfAll, long taken) {
        spans.copy(found.spans());
        reader = found.reader();
        outerTime = found.opener().time();
        begins = from;
        firstEnd = to;
        length = to;
        line = number;
        last = lastOfAll;
        lines = 1;
        size = taken;
        exceptionFrom = -1;
        stackFrom = -1;
        pending = -1;
        cut = false;
        traceback = spans.failed || reader.escapes() && spans.has(Spans.MESSAGE) && TracebackLines.escaped(bytes, spans.from[Spans.MESSAGE], spans.to[Spans.MESSAGE]);
        int message = spans.has(Spans.MESSAGE) ? spans.from[Spans.MESSAGE] : begins;
        if (TracebackLines.topHeader(bytes, message, to) || TracebackLines.fault(bytes, message, to)) pending = message;
    }

    /// So many lines stand before those that were counted.
    void behind(long more) {
        line += more;
        last += more;
    }

    /// The record goes on with a clean line.
    ///
    /// @return whether it was kept; what is too long is not
    boolean append(byte[] from, int begin, int end, long number, long taken) {
        lines++;
        last = number;
        size += taken;
        if (cut || length + end - begin + 1 > MOST) {
            cut = true;
            return false;
        }
        int needed = length + end - begin + 1;
        if (bytes.length < needed) bytes = java.util.Arrays.copyOf(bytes, Math.max(needed, Math.min(MOST, bytes.length * 2)));
        bytes[length++] = '\n';
        int at = length;
        System.arraycopy(from, begin, bytes, at, end - begin);
        length += end - begin;
        if (exceptionFrom < 0) look(at);
        return true;
    }

    /// Whether a traceback begins or goes on with the last line.
    private void look(int at) {
        if (pending >= 0) {
            if (TracebackLines.followsHeader(bytes, at, length)) {
                traceback = true;
                exceptionFrom = pending;
                return;
            }
            pending = -1;
        }
        if (TracebackLines.topHeader(bytes, at, length) || TracebackLines.fault(bytes, at, length)) pending = at;
        else if (TracebackLines.frame(bytes, at, length)) {
            // A syntax error has no header.
            if (stackFrom < 0) pending = at;
        } else if (TracebackLines.stack(bytes, at, length) && stackFrom < 0) stackFrom = at;
    }

    @Override public long time() {
        return spans.time == NO_TIME ? outerTime : spans.time;
    }

    @Override public int severity() {
        return spans.number == Level.UNKNOWN && traceback ? Level.ERROR.number() : spans.number;
    }

    @Override public Level level() {
        return spans.usual ? Level.of(spans.number) : Level.OTHER;
    }

    @Override public long line() {
        return line;
    }

    @Override public int lines() {
        return lines;
    }

    @Override public long last() {
        return last;
    }

    @Override public boolean traceback() {
        return traceback;
    }

    @Override public byte[] bytes() {
        return bytes;
    }

    @Override public int from() {
        return begins;
    }

    @Override public int to() {
        return length;
    }

    @Override public long size() {
        return size;
    }

    @Override public int messageFrom() {
        return spans.has(Spans.MESSAGE) ? spans.from[Spans.MESSAGE] : begins;
    }

    @Override public int messageTo() {
        return spans.has(Spans.MESSAGE) ? spans.to[Spans.MESSAGE] : firstEnd;
    }

    private String own(int field) {
        return reader.own(field, bytes, spans, charset);
    }

    @Override public String text(String field) {
        return switch (field.toLowerCase(Locale.ROOT)) {
            case "level" -> level(own(Spans.LEVEL));
            case "logger" -> own(Spans.LOGGER);
            case "message" -> message();
            case "exception" -> exception();
            case "file" -> own(Spans.FILE);
            case "line" -> own(Spans.LINE);
            case "function" -> own(Spans.FUNCTION);
            case "thread" -> own(Spans.THREAD);
            case "process" -> own(Spans.PROCESS);
            case "format" -> reader.format().id();
            case "source" -> source;
            default -> {
                String text = reader.text(field, bytes, begins, firstEnd, spans, charset);
                yield text != null ? text : attribute(field.toLowerCase(Locale.ROOT));
            }
        };
    }

    /// What Python calls a field, where the log itself does not.
    private String attribute(String name) {
        return switch (name) {
            case "levelname" -> level(own(Spans.LEVEL));
            case "name" -> own(Spans.LOGGER);
            case "pathname", "filename" -> own(Spans.FILE);
            case "lineno" -> own(Spans.LINE);
            case "funcname" -> own(Spans.FUNCTION);
            case "threadname" -> own(Spans.THREAD);
            case "msg" -> message();
            default -> null;
        };
    }

    private String level(String written) {
        if (written != null) return spans.usual ? Level.title(spans.number, written) : written;
        return spans.usual ? Level.title(spans.number, null) : null;
    }

    private String text(int from, int to) {
        return new String(bytes, from, Math.max(0, to - from), charset);
    }

    private String message() {
        String first = spans.has(Spans.MESSAGE) ? own(Spans.MESSAGE) : text(begins, firstEnd);
        int end = exceptionFrom >= 0 ? exceptionFrom : length;
        if (stackFrom >= 0) end = Math.min(end, stackFrom);
        if (end <= firstEnd) {
            if (exceptionFrom >= 0 && exceptionFrom < firstEnd) return "";
            return spans.failed || !first.contains(HEADER) ? first : first.substring(0, header(first)).stripTrailing();
        }
        int last = end < length ? end - 1 : end;
        return first + text(firstEnd, last);
    }

    private static int header(String text) {
        int at = text.indexOf("\n" + HEADER + "\n");
        return at >= 0 ? at : text.startsWith(HEADER + "\n") ? 0 : text.length();
    }

    private String exception() {
        if (exceptionFrom >= 0) return text(exceptionFrom, length);
        if (spans.failed) {
            String text = own(Spans.EXCEPTION);
            if (text != null && text.indexOf('\n') < 0) {
                // loguru's own document has the type there, and the traceback in its rendered text.
                String whole = reader.text("text", bytes, begins, firstEnd, spans, charset);
                int at = whole == null ? -1 : whole.indexOf(HEADER);
                if (at >= 0) return whole.substring(at).stripTrailing();
            }
            return text;
        }
        String first = spans.has(Spans.MESSAGE) && lines == 1 ? own(Spans.MESSAGE) : null;
        if (first == null || !first.contains(HEADER)) return null;
        int at = header(first);
        return at == first.length() ? null : first.substring(at).stripLeading();
    }

    @Override public String whole() {
        return text(begins, length);
    }

    @Override public LogRecord detached() {
        var fields = new LinkedHashMap<String, Object>();
        reader.fields(bytes, begins, firstEnd, spans, charset, fields);
        if (stackFrom >= 0) fields.put("stack_info", text(stackFrom, exceptionFrom > stackFrom ? exceptionFrom - 1 : length));
        if (cut) fields.put("cut", true);
        String exception = exception();
        return new LogRecord(source, line, lines, reader.format().id(), time(), level(own(Spans.LEVEL)), severity(), own(Spans.LOGGER), message(), own(Spans.FILE),
                number(own(Spans.LINE)), own(Spans.THREAD), own(Spans.PROCESS), exception == null || exception.isEmpty() ? null : exception, fields);
    }

    private static int number(String text) {
        if (text == null || text.isEmpty() || text.length() > 9) return -1;
        for (int i = 0; i < text.length(); i++) if (text.charAt(i) < '0' || text.charAt(i) > '9') return -1;
        return Integer.parseInt(text);
    }
}
