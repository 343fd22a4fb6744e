package serpentarium.traffic.format.wire;

import java.util.ArrayList;
import java.util.List;
import serpentarium.traffic.Headers;

/// Undoes the header compression of HTTP/2 in one direction. What a block unpacks to is bounded, whatever it says.
///
/// Source: RFC 7541.
final class Hpack {
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_TABLE = 1 << 20;
    private static final int COST = 32;
    private static final String[] STATIC = {":authority", "", ":method", "GET", ":method", "POST", ":path", "/", ":path", "/index.html", ":scheme", "http", ":scheme", "https",
        ":status", "200", ":status", "204", ":status", "206", ":status", "304", ":status", "400", ":status", "404", ":status", "500", "accept-charset", "", "accept-encoding",
        "gzip, deflate", "accept-language", "", "accept-ranges", "", "accept", "", "access-control-allow-origin", "", "age", "", "allow", "", "authorization", "",
        "cache-control", "", "content-disposition", "", "content-encoding", "", "content-language", "", "content-length", "", "content-location", "", "content-range", "",
        "content-type", "", "cookie", "", "date", "", "etag", "", "expect", "", "expires", "", "from", "", "host", "", "if-match", "", "if-modified-since", "",
        "if-none-match", "", "if-range", "", "if-unmodified-since", "", "last-modified", "", "link", "", "location", "", "max-forwards", "", "proxy-authenticate", "",
        "proxy-authorization", "", "range", "", "referer", "", "refresh", "", "retry-after", "", "server", "", "set-cookie", "", "strict-transport-security", "",
        "transfer-encoding", "", "user-agent", "", "vary", "", "via", "", "www-authenticate", ""};

    private final Names names;
    private final List<Headers.Field> table = new ArrayList<>();
    private int first;
    private int size;
    private int most = 4096;
    private byte[] b;
    private int at;
    private int end;
    private byte[] text = new byte[256];
    private boolean cut;

    Hpack(Names names) {
        this.names = names;
    }

    /// Whether the last block had more than is kept.
    boolean cut() {
        return cut;
    }

    /// The fields of a block; null when it cannot be understood, after which no other can.
    List<Headers.Field> decode(byte[] block, int from, int length) {
        b = block;
        at = from;
        end = from + length;
        cut = false;
        var fields = new ArrayList<Headers.Field>();
        long total = 0;
        while (at < end) {
            int first = b[at] & 0xff;
            Headers.Field field;
            if (first >= 0x80) field = indexed(number(7));
            else if (first >= 0x40) {
                field = literal(6);
                if (field != null) add(field);
            } else if (first >= 0x20) {
                int now = number(5);
                if (now < 0 || now > MOST_TABLE) return null;
                most = now;
                shrink(0);
                continue;
            } else field = literal(4);
            if (field == null) return null;
            total += field.name().length() + field.value().length() + COST;
            if (total <= MOST_BYTES) fields.add(field);
            else cut = true;
        }
        return fields;
    }

    private Headers.Field indexed(int index) {
        if (index <= 0) return null;
        if (index <= STATIC.length / 2) return new Headers.Field(STATIC[index * 2 - 2], STATIC[index * 2 - 1]);
        int back = index - STATIC.length / 2;
        int count = table.size() - first;
        return back > count ? null : table.get(table.size() - back);
    }

    private Headers.Field literal(int prefix) {
        int index = number(prefix);
        if (index < 0) return null;
        String name;
        if (index > 0) {
            Headers.Field known = indexed(index);
            if (known == null) return null;
            name = known.name();
        } else name = string();
        String value = name == null ? null : string();
        return value == null ? null : new Headers.Field(name, value);
    }

    private void add(Headers.Field field) {
        int cost = field.name().length() + field.value().length() + COST;
        shrink(cost);
        if (cost > most) return;
        table.add(field);
        size += cost;
    }

    /// Drops the oldest until there is room.
    private void shrink(int room) {
        while (first < table.size() && size + room > most) {
            Headers.Field oldest = table.set(first++, null);
            size -= oldest.name().length() + oldest.value().length() + COST;
        }
        if (first == table.size()) {
            table.clear();
            first = 0;
        } else if (first > 256 && first > table.size() / 2) {
            table.subList(0, first).clear();
            first = 0;
        }
    }

    /// An integer with so many bits in its first byte; -1 where it is cut off or beyond reason.
    private int number(int prefix) {
        if (at >= end) return -1;
        int mask = (1 << prefix) - 1;
        int value = b[at++] & mask;
        if (value < mask) return value;
        for (int shift = 0; shift <= 21; shift += 7) {
            if (at >= end) return -1;
            int more = b[at++] & 0xff;
            value += (more & 0x7f) << shift;
            if (more < 0x80) return value;
        }
        return -1;
    }

    private String string() {
        if (at >= end) return null;
        boolean huffman = b[at] < 0;
        int length = number(7);
        if (length < 0 || length > end - at) return null;
        int from = at;
        at += length;
        if (!huffman) return names.text(b, from, length);
        if (text.length < length * 2) text = new byte[length * 2];
        int count = Huffman.decode(b, from, length, text);
        String decoded = count < 0 ? null : names.text(text, 0, count);
        if (text.length > 1 << 16) text = new byte[256];
        return decoded;
    }
}
