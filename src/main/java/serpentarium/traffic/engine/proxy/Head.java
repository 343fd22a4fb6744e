package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import serpentarium.base.Strings;

/// The head of a message of HTTP/1, read strictly: what could be understood in two ways is refused. Its bytes stay as they are; what is
/// written anew is copied line by line.
///
/// Source: RFC 9112 sections 2 to 7.
final class Head {
    /// A head longer than this is refused.
    static final int LONGEST = 1 << 18;
    private static final Strings STRINGS = Strings.of(Head.class);
    private static final int MOST_FIELDS = 1000;
    private static final boolean[] TOKEN = new boolean[128];
    /// Numbers a field: where its line begins, where its name ends, where its value begins and ends.
    private static final int PER_FIELD = 4;

    static {
        for (char c = '0'; c <= '9'; c++) TOKEN[c] = true;
        for (char c = 'a'; c <= 'z'; c++) TOKEN[c] = TOKEN[c - 32] = true;
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) TOKEN[c] = true;
    }

    private final byte[] bytes;
    private int[] fields = new int[PER_FIELD * 16];
    private int count;
    private final int lineEnd;

    /// Reads a head that ends with its empty line.
    Head(byte[] bytes) throws BadMessage {
        this.bytes = bytes;
        lineEnd = end(0);
        int at = lineEnd + 2;
        while (at < bytes.length - 2) at = field(at);
    }

    private static BadMessage bad(String key) {
        return new BadMessage(400, STRINGS.get(key));
    }

    /// Where the line that begins here ends, before its CR LF.
    private int end(int from) throws BadMessage {
        for (int i = from; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '\r') {
                if (i + 1 < bytes.length && bytes[i + 1] == '\n') return i;
                throw bad("bad.line-end");
            }
            if (b == '\n') throw bad("bad.line-end");
            if (b >= 0 && b < ' ' && b != '\t' || b == 127) throw bad("bad.control");
        }
        throw bad("bad.line-end");
    }

    private int field(int from) throws BadMessage {
        int stop = end(from);
        int colon = from;
        while (colon < stop && inName(bytes[colon])) colon++;
        if (colon == from || colon == stop || bytes[colon] != ':') throw bad("bad.field");
        int valueStart = colon + 1;
        int valueEnd = stop;
        while (valueStart < valueEnd && blank(bytes[valueStart])) valueStart++;
        while (valueEnd > valueStart && blank(bytes[valueEnd - 1])) valueEnd--;
        if (count == MOST_FIELDS) throw new BadMessage(431, STRINGS.get("bad.long"));
        if (fields.length == count * PER_FIELD) fields = Arrays.copyOf(fields, fields.length * 2);
        int at = count++ * PER_FIELD;
        fields[at] = from;
        fields[at + 1] = colon;
        fields[at + 2] = valueStart;
        fields[at + 3] = valueEnd;
        return stop + 2;
    }

    /// Whether a byte may stand in a field's name.
    static boolean inName(byte b) {
        return b >= 0 && TOKEN[b];
    }

    private static boolean blank(byte b) {
        return b == ' ' || b == '\t';
    }

    byte[] bytes() {
        return bytes;
    }

    /// The first line without its end.
    String line() {
        return new String(bytes, 0, lineEnd, StandardCharsets.ISO_8859_1);
    }

    /// How many fields there are.
    int count() {
        return count;
    }

    /// Whether a field has this name; `name` is in small letters.
    boolean named(int field, String name) {
        int from = fields[field * PER_FIELD];
        if (fields[field * PER_FIELD + 1] - from != name.length()) return false;
        for (int i = 0; i < name.length(); i++) {
            byte b = bytes[from + i];
            if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != name.charAt(i)) return false;
        }
        return true;
    }

    /// A field's name as it was written.
    String name(int field) {
        int from = fields[field * PER_FIELD];
        return new String(bytes, from, fields[field * PER_FIELD + 1] - from, StandardCharsets.ISO_8859_1);
    }

    String value(int field) {
        int from = fields[field * PER_FIELD + 2];
        return new String(bytes, from, fields[field * PER_FIELD + 3] - from, StandardCharsets.ISO_8859_1);
    }

    /// The value of the only field of this name; null where there is none.
    ///
    /// @throws BadMessage when there are several
    String only(String name) throws BadMessage {
        String found = null;
        for (int i = 0; i < count; i++) {
            if (!named(i, name)) continue;
            if (found != null) throw bad("bad.twice");
            found = value(i);
        }
        return found;
    }

    /// Whether there is a field of this name.
    boolean has(String name) {
        for (int i = 0; i < count; i++) if (named(i, name)) return true;
        return false;
    }

    /// Whether one of the fields of this name lists a token, whatever its case.
    boolean lists(String name, String token) {
        for (int i = 0; i < count; i++) {
            if (!named(i, name)) continue;
            for (String each : value(i).split(",")) if (each.strip().equalsIgnoreCase(token)) return true;
        }
        return false;
    }

    /// Copies a field's line as it came.
    void copy(int field, ByteBuf out) {
        int from = fields[field * PER_FIELD];
        int end = field + 1 < count ? fields[(field + 1) * PER_FIELD] : bytes.length - 2;
        out.writeBytes(bytes, from, end - from);
    }

    /// Copies a field's name as it came, with another value.
    void copy(int field, String value, ByteBuf out) {
        int from = fields[field * PER_FIELD];
        out.writeBytes(bytes, from, fields[field * PER_FIELD + 1] - from);
        out.writeCharSequence(": " + value + "\r\n", StandardCharsets.ISO_8859_1);
    }

    /// Copies the first line as it came.
    void copyLine(ByteBuf out) {
        out.writeBytes(bytes, 0, lineEnd + 2);
    }
}
