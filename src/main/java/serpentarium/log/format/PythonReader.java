package serpentarium.log.format;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import serpentarium.log.LogFormat;

/// What the interpreter itself writes between the records of whatever format: warnings, threads that died, handlers that failed, crashes. No level stands
/// there; what it would be counts when levels are compared.
final class PythonReader implements LineReader {
    /// Ids of formats as data are never this one's.
    static final LogFormat FORMAT = new LogFormat("python", LogFormat.Family.PLAIN, java.util.List.of(), java.util.List.of());

    private static final byte[][] FAILURES = bytes("--- Logging error ---", "Exception in thread ", "Exception ignored in: ", "Exception ignored in ", "Unraisable exception in ",
            "Task exception was never retrieved", "Future exception was never retrieved", "Exception in callback ", "Task was destroyed but it is pending!",
            "Error in atexit._run_exitfuncs:", "Error in sys.excepthook:", "Unhandled exception in thread started by ", "Exception in Tkinter callback");
    private static final byte[] FATAL = "Fatal Python error: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WARNING = "Warning: ".getBytes(StandardCharsets.US_ASCII);

    private static byte[][] bytes(String... texts) {
        byte[][] all = new byte[texts.length][];
        for (int i = 0; i < all.length; i++) all[i] = texts[i].getBytes(StandardCharsets.US_ASCII);
        return all;
    }

    @Override public LogFormat format() {
        return FORMAT;
    }

    @Override public LineReader copy(Clock clock) {
        return this;
    }

    @Override public boolean read(byte[] b, int from, int to, Spans spans) {
        if (to - from < 12 || b[from] <= ' ') return false;
        int number = number(b, from, to, spans);
        if (number == 0) return false;
        spans.number = number;
        spans.usual = false;
        if (!spans.has(Spans.MESSAGE)) spans.set(Spans.MESSAGE, from, to);
        return true;
    }

    private static int number(byte[] b, int from, int to, Spans spans) {
        int first = b[from];
        if (first == '-' || first == 'E' || first == 'T' || first == 'F' || first == 'U') {
            for (byte[] failure : FAILURES) if (TracebackLines.starts(b, from, to, failure)) return 40;
            if (first == 'F' && TracebackLines.starts(b, from, to, FATAL)) return 50;
        }
        return warning(b, from, to, spans) ? 30 : 0;
    }

    /// `path.py:34: DeprecationWarning: text`.
    private static boolean warning(byte[] b, int from, int to, Spans spans) {
        int most = Math.min(to, from + 400);
        for (int at = from + 1; at < most; at++) {
            if (b[at] != ':') continue;
            int n = TimeReader.run(b, at + 1, to);
            int name = at + 1 + n + 2;
            if (n < 1 || n > 7 || name >= to || b[name - 2] != ':' || b[name - 1] != ' ' || b[name] < 'A' || b[name] > 'Z') continue;
            int end = name;
            while (end < to && b[end] != ':' && b[end] > ' ') end++;
            if (end < to && b[end] == ':' && TracebackLines.starts(b, end - WARNING.length + 2, to, WARNING)) {
                spans.set(Spans.FILE, from, at);
                spans.set(Spans.LINE, at + 1, at + 1 + n);
                spans.set(Spans.LOGGER, name, end);
                spans.set(Spans.MESSAGE, name, to);
                return true;
            }
            return false;
        }
        return false;
    }

    @Override public String text(String name, byte[] bytes, int from, int to, Spans spans, Charset charset) {
        return null;
    }

    @Override public void fields(byte[] bytes, int from, int to, Spans spans, Charset charset, Map<String, Object> fields) {
        // Everything has its place in the record.
    }
}
