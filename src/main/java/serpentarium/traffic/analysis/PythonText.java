package serpentarium.traffic.analysis;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import serpentarium.traffic.WireText;

/// Texts and bytes as literals of Python 3.
final class PythonText {
    private static final int LINE = 100;

    private PythonText() {}

    /// A text as a string literal; bytes that are no text become what Python's `surrogateescape` makes of them.
    static String string(String text) {
        var literal = new StringBuilder(text.length() + 2).append('\'');
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> literal.append("\\\\");
                case '\'' -> literal.append("\\'");
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                case '\t' -> literal.append("\\t");
                default -> {
                    if (c < 0x80 ? c >= ' ' && c < 0x7f : ShellText.plain(Character.toString(c)) && !Character.isSpaceChar(c)) literal.appendCodePoint(c);
                    else literal.append(String.format(Locale.ROOT, c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
                }
            }
        });
        return literal.append('\'').toString();
    }

    /// Bytes as a literal in one line.
    static String bytes(byte[] bytes) {
        return bytes(bytes, 0, bytes.length);
    }

    private static String bytes(byte[] bytes, int from, int to) {
        var literal = new StringBuilder(to - from + 3).append("b'");
        for (int i = from; i < to; i++) {
            int c = bytes[i] & 0xff;
            if (c == '\\' || c == '\'') literal.append('\\').append((char) c);
            else if (c == '\n') literal.append("\\n");
            else if (c == '\r') literal.append("\\r");
            else if (c == '\t') literal.append("\\t");
            else if (c >= ' ' && c < 0x7f) literal.append((char) c);
            else literal.append(String.format(Locale.ROOT, "\\x%02x", c));
        }
        return literal.append('\'').toString();
    }

    /// The value of a header field: a string where it is ASCII, else the bytes as they were.
    static String field(String value) {
        return value.chars().allMatch(c -> c < 0x80) ? string(value) : bytes(WireText.encode(value));
    }

    /// Whether [#body(byte\[\])] writes `base64`.
    static boolean base64(byte[] bytes) {
        int odd = 0;
        for (byte each : bytes) if (each < ' ' && each != '\n' && each != '\r' && each != '\t' || each == 0x7f) odd++;
        return bytes.length > 64 && odd * 4 > bytes.length;
    }

    /// A body as an expression, over several lines where it is long: text as UTF-8, base64 where most of it is no text.
    static String body(byte[] bytes) {
        if (base64(bytes)) {
            var lines = new StringBuilder("base64.b64decode(\n");
            for (String line : Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(bytes).split("\n"))
                lines.append("    '").append(line).append("'\n");
            return lines.append(")").toString();
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean words = text.chars().anyMatch(c -> c >= 0x80) && java.util.Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes);
        if (bytes.length <= LINE) return words ? string(text) + ".encode()" : bytes(bytes);
        var lines = new StringBuilder("(\n");
        if (words) {
            for (int at = 0; at < text.length(); ) {
                int end = end(text, at);
                lines.append("    ").append(string(text.substring(at, end))).append('\n');
                at = end;
            }
            return lines.append(").encode()").toString();
        }
        for (int at = 0; at < bytes.length; ) {
            int end = at;
            while (end < bytes.length && end - at < LINE && bytes[end] != '\n') end++;
            if (end < bytes.length && bytes[end] == '\n') end++;
            lines.append("    ").append(bytes(bytes, at, end)).append('\n');
            at = end;
        }
        return lines.append(")").toString();
    }

    private static int end(String text, int at) {
        int end = at;
        while (end < text.length() && end - at < LINE && text.charAt(end) != '\n') end++;
        if (end < text.length() && text.charAt(end) == '\n') return end + 1;
        return end < text.length() && Character.isLowSurrogate(text.charAt(end)) ? end + 1 : end;
    }

    /// The name of a test for a request: letters, digits and underscores.
    static String testName(HttpCall call) {
        String path = call.head().path();
        int query = path.indexOf('?');
        String words = (call.method() + "_" + (query < 0 ? path : path.substring(0, query))).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
        String name = "test_" + words.replaceAll("^_+|_+$", "");
        return name.length() > 60 ? name.substring(0, 60) : name;
    }
}
