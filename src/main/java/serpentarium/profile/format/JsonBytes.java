package serpentarium.profile.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import serpentarium.base.Place;
import serpentarium.base.Source;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;

/// A JSON document, one value after another, straight from its bytes: numbers and keys become no objects, which makes it several times as
/// fast as a general parser for files that are mostly numbers. A comma too many, `NaN` and `Infinity` (Python writes them) are let through.
final class JsonBytes implements AutoCloseable {
    /// How deep values may lie in one another.
    static final int DEPTH = 500;
    private static final int CHUNK = 256 * 1024;
    /// No number is longer, and no escape.
    private static final int AHEAD = 1024;
    private static final int LONGEST_TEXT = 1 << 20;
    private static final double LARGEST = 1e290;
    private static final double[] TENS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
        1e18, 1e19, 1e20, 1e21, 1e22};
    private static final long EXACT = 1L << 53;

    private final String name;
    private final long size;
    private final TaskContext context;
    private final InputStream in;
    /// After the last byte stands a zero.
    private byte[] b = new byte[CHUNK + AHEAD + 1];
    private int at;
    private int filled;
    private long before;
    private boolean atEnd;
    private int depth;
    private boolean fresh;
    private byte[] word = new byte[256];
    private int length;
    private long token;

    /// What is not JSON, breaks off, or is beyond reason.
    static final class Damage extends IOException {
        private static final long serialVersionUID = 1;
        private final boolean brokenOff;

        private Damage(boolean brokenOff) {
            super("not JSON", null);
            this.brokenOff = brokenOff;
        }

        /// Whether the document ends before it should.
        boolean brokenOff() {
            return brokenOff;
        }
    }

    /// Opens a source.
    JsonBytes(Source source, TaskContext context) throws IOException {
        name = source.name();
        size = source.size();
        this.context = context;
        in = source.open();
        if (room() && b[0] == (byte) 0xEF && b[1] == (byte) 0xBB && b[2] == (byte) 0xBF) at = 3;
    }

    private boolean room() throws IOException {
        if (filled - at < AHEAD && !atEnd) fill();
        return at < filled;
    }

    private void fill() throws IOException {
        context.checkpoint();
        context.progress(before + filled, size, Progress.Unit.BYTES);
        System.arraycopy(b, at, b, 0, filled - at);
        before += at;
        filled -= at;
        at = 0;
        while (filled < AHEAD && !atEnd) {
            int got = in.read(b, filled, Math.min(CHUNK, b.length - 1 - filled));
            if (got < 0) atEnd = true;
            else filled += got;
        }
        b[filled] = 0;
    }

    private Damage damage() {
        return new Damage(atEnd && at >= filled);
    }

    /// The next byte that is not blank, not taken; -1 at the end.
    private int peek() throws IOException {
        for (;;) {
            if (!room()) return -1;
            int c = b[at];
            if (c > ' ' || c < 0 || c != ' ' && c != '\n' && c != '\t' && c != '\r') return c & 0xff;
            at++;
        }
    }

    /// Goes into the object at hand; anything else is skipped.
    boolean object() throws IOException {
        return enter('{');
    }

    /// Goes into the array at hand; anything else is skipped.
    boolean array() throws IOException {
        return enter('[');
    }

    private boolean enter(int bracket) throws IOException {
        if (peek() != bracket) {
            skip();
            return false;
        }
        token = before + at;
        at++;
        if (++depth > DEPTH) throw damage();
        fresh = true;
        return true;
    }

    /// Whether the array that was gone into has one more value; it is at hand then. The array is left where it has none.
    boolean element() throws IOException {
        int c = peek();
        if (!fresh && c == ',') {
            at++;
            c = peek();
        } else if (!fresh && c != ']') throw damage();
        if (c == ']') {
            leave();
            return false;
        }
        if (c < 0) throw damage();
        fresh = false;
        return true;
    }

    private void leave() {
        at++;
        depth--;
        fresh = false;
    }

    /// Whether the object that was gone into has one more key; its value is at hand then. The object is left where it has none.
    boolean key() throws IOException {
        int c = peek();
        if (!fresh && c == ',') {
            at++;
            c = peek();
        } else if (!fresh && c != '}') throw damage();
        if (c == '}') {
            leave();
            return false;
        }
        if (c != '"') throw damage();
        string();
        if (peek() != ':') throw damage();
        at++;
        fresh = false;
        return true;
    }

    /// The key.
    String name() {
        return ByteTexts.decode(word, 0, length);
    }

    /// Whether the key is this ASCII word.
    boolean is(byte[] key) {
        return Arrays.equals(word, 0, length, key, 0, key.length);
    }

    /// The text at hand; null where it is none. Anything else is skipped.
    String text() throws IOException {
        if (peek() != '"') {
            skip();
            return null;
        }
        string();
        return ByteTexts.decode(word, 0, length);
    }

    /// The one character that the text at hand is; -1 where it is no text of one character, which is skipped.
    int character() throws IOException {
        if (peek() != '"') {
            skip();
            return -1;
        }
        string();
        return length == 1 ? word[0] : -1;
    }

    /// Takes the text at hand into `word`.
    private void string() throws IOException {
        token = before + at;
        at++;
        length = 0;
        for (;;) {
            if (!room()) throw damage();
            int from = at;
            int i = from;
            while (b[i] != '"' && b[i] != '\\' && i < filled) i++;
            append(from, i);
            at = i;
            if (i == filled) continue;
            at++;
            if (b[i] == '"') return;
            escape();
        }
    }

    private void append(int from, int to) throws IOException {
        int more = to - from;
        if (length + more > LONGEST_TEXT) throw damage();
        if (length + more + 4 > word.length) word = Arrays.copyOf(word, Math.max(length + more + 4, word.length * 2));
        System.arraycopy(b, from, word, length, more);
        length += more;
    }

    private void escape() throws IOException {
        if (!room()) throw damage();
        int c = b[at++];
        int plain = "\"\\/bfnrt".indexOf(c);
        append(at, at);
        if (plain >= 0) word[length++] = (byte) "\"\\/\b\f\n\r\t".charAt(plain);
        else if (c == 'u') {
            int code = hex();
            if (Character.isHighSurrogate((char) code) && room() && b[at] == '\\' && b[at + 1] == 'u') {
                at += 2;
                int low = hex();
                code = Character.isLowSurrogate((char) low) ? Character.toCodePoint((char) code, (char) low) : '?';
            }
            // Half a surrogate is no character; Python writes them for bytes of a path that it cannot read.
            boolean half = code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
            byte[] utf8 = half ? new byte[] {'?'} : Character.toString(code).getBytes(StandardCharsets.UTF_8);
            System.arraycopy(utf8, 0, word, length, utf8.length);
            length += utf8.length;
        } else throw damage();
    }

    private int hex() throws IOException {
        room();
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = at < filled ? Character.digit(b[at], 16) : -1;
            if (digit < 0) throw damage();
            at++;
            value = value << 4 | digit;
        }
        return value;
    }

    /// The whole number at hand if it is from 0 to `limit` - 1; -1 where it is not. Anything else is skipped.
    int index(int limit) throws IOException {
        int c = peek();
        int i = at;
        if (c < '0' || c > '9') {
            if (c == '-') number();
            else skip();
            return -1;
        }
        token = before + i;
        long value = 0;
        for (int digit; (digit = b[i] - '0') >= 0 && digit <= 9 && value < limit; i++) value = value * 10 + digit;
        if (i - at <= 10 && !inNumber(b[i])) {
            at = i;
            if (!room()) throw damage();
            return value < limit ? (int) value : -1;
        }
        number();
        return -1;
    }

    private static boolean inNumber(int c) {
        return c >= '0' && c <= '9' || c == '.' || c == '-' || c == '+' || (c | 0x20) == 'e';
    }

    /// The number at hand; NaN where it is none or its size is beyond reason. Anything else is skipped.
    double number() throws IOException {
        int c = peek();
        if (c != '-' && (c < '0' || c > '9')) {
            skip();
            return Double.NaN;
        }
        int from = at;
        token = before + from;
        int i = c == '-' ? from + 1 : from;
        long digits = 0;
        int first = i;
        for (int digit; (digit = b[i] - '0') >= 0 && digit <= 9; i++) digits = digits * 10 + digit;
        int point = i;
        int count = i - first;
        if (b[i] == '.') {
            i++;
            for (int digit; (digit = b[i] - '0') >= 0 && digit <= 9; i++) digits = digits * 10 + digit;
            count = i - first - 1;
        }
        int decimals = i > point ? i - point - 1 : 0;
        if (count > 0 && count <= 18 && digits < EXACT && decimals < TENS.length && !inNumber(b[i])) {
            at = i;
            if (!room()) throw damage();
            double value = digits / TENS[decimals];
            return c == '-' ? -value : value;
        }
        while (i < filled && inNumber(b[i])) i++;
        at = i;
        if (i - from >= AHEAD || i == filled) throw damage();
        try {
            double value = Double.parseDouble(new String(b, from, i - from, StandardCharsets.ISO_8859_1));
            return Math.abs(value) <= LARGEST ? value : Double.NaN;
        } catch (NumberFormatException _) {
            throw damage();
        }
    }

    /// Skips the value at hand, however much lies in it.
    void skip() throws IOException {
        int outer = depth;
        value();
        // Behind a bracket that was opened comes a value, a key or its end; behind a value a comma or the end. Which bracket it is does not
        // matter here.
        while (depth > outer) {
            int c = peek();
            if (c == ']' || c == '}') leave();
            else if (!fresh && (c == ',' || c == ':')) {
                at++;
                fresh = true;
            } else if (fresh) {
                fresh = false;
                value();
            } else throw damage();
        }
        fresh = false;
    }

    /// Takes a value, or the bracket at which one begins.
    private void value() throws IOException {
        int c = peek();
        switch (c) {
            case '{', '[' -> enter(c);
            case '"' -> string();
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            case '-' -> {
                if (b[at + 1] == 'I') literal();
                else number();
            }
            default -> literal();
        }
    }

    private void literal() throws IOException {
        int from = at;
        token = before + from;
        int i = b[from] == '-' ? from + 1 : from;
        while (b[i] >= 'A' && b[i] <= 'Z' || b[i] >= 'a' && b[i] <= 'z') i++;
        String word = new String(b, from, i - from, StandardCharsets.ISO_8859_1);
        at = i;
        switch (word) {
            case "null", "true", "false", "NaN", "Infinity", "-Infinity" -> {
            }
            default -> throw damage();
        }
    }

    /// Where the last value began.
    Place place() {
        return Place.offset(name, token);
    }

    /// Where reading stopped.
    Place here() {
        return Place.offset(name, before + at);
    }

    @Override public void close() throws IOException {
        in.close();
    }
}
