package serpentarium.log.format;

import java.nio.charset.Charset;
import java.util.Map;
import serpentarium.log.LogFormat;

/// Any text: each line is a record, except blank ones, those that are moved in, and those of a traceback.
final class PlainReader implements LineReader {
    private final LogFormat format;
    private boolean inside;
    private boolean linked;

    PlainReader(LogFormat format) {
        this.format = format;
    }

    @Override public LineReader copy(Clock clock) {
        return new PlainReader(format);
    }

    @Override public LogFormat format() {
        return format;
    }

    /// Whether nothing before a line, nor the line itself, has a say in what the next lines are.
    static boolean settles(byte[] b, int from, int to) {
        if (from >= to || b[from] == ' ' || b[from] == '\t' || LineSplit.shown(b, from, to) > from || TracebackLines.link(b, from, to)) return false;
        return !TracebackLines.topHeader(b, from, to) && !TracebackLines.stack(b, from, to) && !TracebackLines.fault(b, from, to) && !TracebackLines.frame(b, from, to);
    }

    @Override public boolean read(byte[] b, int from, int to, Spans spans) {
        if (from >= to) return false;
        boolean header = TracebackLines.topHeader(b, from, to) || TracebackLines.stack(b, from, to) || TracebackLines.fault(b, from, to);
        boolean link = TracebackLines.link(b, from, to);
        if (header) {
            boolean begins = !linked && !inside;
            inside = true;
            linked = false;
            if (begins) spans.set(Spans.MESSAGE, from, to);
            return begins;
        }
        if (link) {
            linked = true;
            return false;
        }
        if (b[from] == ' ' || b[from] == '\t' || b[from] == '>' && TracebackLines.frame(b, from, to)) return false;
        if (inside) {
            // The exception's own line.
            inside = false;
            if (TracebackLines.exception(b, from, to)) return false;
        }
        linked = false;
        spans.set(Spans.MESSAGE, from, to);
        return true;
    }

    @Override public String text(String name, byte[] bytes, int from, int to, Spans spans, Charset charset) {
        return null;
    }

    @Override public void fields(byte[] bytes, int from, int to, Spans spans, Charset charset, Map<String, Object> fields) {
        // There is nothing but the message.
    }
}
