package serpentarium.traffic.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import serpentarium.traffic.ConnectionFacts;
import serpentarium.traffic.Endpoint;
import serpentarium.traffic.Headers;
import serpentarium.traffic.TlsFacts;
import serpentarium.traffic.WireText;

/// Reads what an [ItemWriter] wrote. A payload whose checksum held can still be hostile: every length is checked.
final class ItemReader {
    private final byte[] bytes;
    private final int end;
    private int at;
    private int tag;
    private int itemEnd;

    ItemReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.itemEnd = from;
        this.end = end;
    }

    /// Goes to the next item; false at the end.
    boolean next() throws IOException {
        at = itemEnd;
        if (at == end) return false;
        if (end - at < 5) throw damaged();
        tag = bytes[at++] & 0xff;
        int length = 0;
        for (int k = 0; k < 4; k++) length |= (bytes[at++] & 0xff) << 8 * k;
        if (length < 0 || length > end - at) throw damaged();
        itemEnd = at + length;
        return true;
    }

    int tag() {
        return tag;
    }

    /// What is read.
    byte[] bytes() {
        return bytes;
    }

    /// Where the rest of the item lies.
    int position() {
        return at;
    }

    /// How much of the item is left.
    int left() {
        return itemEnd - at;
    }

    long number() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int b = one();
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) return value;
        }
        throw damaged();
    }

    int count() throws IOException {
        long value = number();
        if (value < 0 || value > left()) throw damaged();
        return (int) value;
    }

    int small() throws IOException {
        long value = number();
        if (value < 0 || value > Integer.MAX_VALUE) throw damaged();
        return (int) value;
    }

    double real() throws IOException {
        long raw = 0;
        for (int k = 0; k < 8; k++) raw |= (long) one() << 8 * k;
        return Double.longBitsToDouble(raw);
    }

    boolean flag() throws IOException {
        return one() != 0;
    }

    String text() throws IOException {
        long length = number() - 1;
        if (length < 0) return null;
        if (length > left()) throw damaged();
        String text = WireText.decode(bytes, at, (int) length);
        at += (int) length;
        return text;
    }

    /// The length of a text that comes now; below zero for none.
    int textLength() throws IOException {
        long length = number() - 1;
        if (length > left()) throw damaged();
        return (int) Math.max(-1, length);
    }

    /// Goes on by bytes of the item.
    void skip(int by) {
        at += by;
    }

    /// Goes past a text.
    void skipText() throws IOException {
        skip(Math.max(0, textLength()));
    }

    byte[] rest() {
        byte[] rest = java.util.Arrays.copyOfRange(bytes, at, itemEnd);
        at = itemEnd;
        return rest;
    }

    <E extends Enum<E>> E choice(E[] values) throws IOException {
        long index = number();
        if (index < 0 || index >= values.length) throw damaged();
        return values[(int) index];
    }

    Headers headers() throws IOException {
        int count = count();
        if (count == 0) return Headers.NONE;
        var fields = new ArrayList<Headers.Field>(count);
        for (int i = 0; i < count; i++) fields.add(new Headers.Field(orEmpty(text()), orEmpty(text())));
        return new Headers(fields);
    }

    ConnectionFacts connection() throws IOException {
        return new ConnectionFacts(text(), endpoint(), endpoint(), tls(), tls());
    }

    private Endpoint endpoint() throws IOException {
        String host = text();
        return host == null ? null : new Endpoint(host, small());
    }

    private TlsFacts tls() throws IOException {
        if (!flag()) return null;
        String version = text();
        String cipher = text();
        String sni = text();
        String alpn = text();
        int count = count();
        List<String> chain = new ArrayList<>(count);
        for (int i = 0; i < count; i++) chain.add(orEmpty(text()));
        return new TlsFacts(version, cipher, sni, alpn, chain);
    }

    static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    private int one() throws IOException {
        if (at >= itemEnd) throw damaged();
        return bytes[at++] & 0xff;
    }

    private static IOException damaged() {
        return new IOException("a record of the session is damaged");
    }
}
