package serpentarium.traffic.engine;

import java.util.Arrays;
import java.util.List;
import serpentarium.traffic.ConnectionFacts;
import serpentarium.traffic.Endpoint;
import serpentarium.traffic.Headers;
import serpentarium.traffic.TlsFacts;
import serpentarium.traffic.WireText;

/// Bytes of a record's payload: items of a tag byte, a length and content. Numbers are LEB128, texts are [WireText] with their length before
/// them, an absent text has length 0 and a present one its length plus one.
final class ItemWriter {
    private byte[] bytes = new byte[512];
    private int size;
    private int itemLength = -1;

    int size() {
        return size;
    }

    byte[] bytes() {
        return bytes;
    }

    void clear() {
        size = 0;
        if (bytes.length > 1 << 20) bytes = new byte[512];
    }

    /// Begins an item; its length is filled in by [#end()].
    ItemWriter begin(int tag) {
        put(tag);
        itemLength = size;
        room(4);
        size += 4;
        return this;
    }

    void end() {
        int length = size - itemLength - 4;
        for (int k = 0; k < 4; k++) bytes[itemLength + k] = (byte) (length >>> 8 * k);
        itemLength = -1;
    }

    void put(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    ItemWriter number(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            put((int) rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        put((int) rest);
        return this;
    }

    ItemWriter real(double value) {
        long raw = Double.doubleToRawLongBits(value);
        room(8);
        for (int k = 0; k < 8; k++) bytes[size++] = (byte) (raw >>> 8 * k);
        return this;
    }

    ItemWriter flag(boolean value) {
        put(value ? 1 : 0);
        return this;
    }

    ItemWriter text(String value) {
        if (value == null) return number(0);
        byte[] encoded = WireText.encode(value);
        number(encoded.length + 1L);
        return raw(encoded, 0, encoded.length);
    }

    ItemWriter raw(byte[] from, int offset, int length) {
        room(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
        return this;
    }

    ItemWriter headers(Headers headers) {
        number(headers.fields().size());
        for (Headers.Field field : headers.fields()) text(field.name()).text(field.value());
        return this;
    }

    ItemWriter connection(ConnectionFacts facts) {
        return text(facts.id()).endpoint(facts.client()).endpoint(facts.server()).tls(facts.clientTls()).tls(facts.serverTls());
    }

    private ItemWriter endpoint(Endpoint end) {
        return end == null ? text(null) : text(end.host()).number(end.port());
    }

    private ItemWriter tls(TlsFacts tls) {
        flag(tls != null);
        if (tls == null) return this;
        List<String> chain = tls.certificates();
        text(tls.version()).text(tls.cipher()).text(tls.sni()).text(tls.alpn()).number(chain.size());
        chain.forEach(this::text);
        return this;
    }

    private void room(int more) {
        if (size + more > bytes.length) bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
}
