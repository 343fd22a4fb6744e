package serpentarium.log.format.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/// GELF over datagrams: whole or in pieces, packed by zlib or gzip or not at all. Pieces whose companions do not come within five seconds are given up; how much
/// may wait is bounded, and so is what a packed message may become.
public final class GelfDatagrams {
    /// How long pieces wait for one another.
    public static final long PATIENCE_NANOS = 5_000_000_000L;
    private static final int HEAD = 12;
    private static final int PIECES = 128;
    private static final int MOST_SETS = 1024;
    private static final long MOST_BYTES = 32L << 20;
    private static final int CHUNK = 1 << 14;

    private final Now now;
    private final JsonRecord record = new JsonRecord();
    private final Map<Key, Pieces> waiting = new LinkedHashMap<>();
    private long bytes;

    private record Key(String from, long id) {}

    private static final class Pieces {
        final byte[][] parts;
        final long since;
        int have;
        int size;

        Pieces(int count, long since) {
            parts = new byte[count][];
            this.since = since;
        }
    }

    /// Takes times of arrival from `now`.
    public GelfDatagrams(Now now) {
        this.now = now;
    }

    /// Whether a datagram may be one of GELF.
    public static boolean fits(byte[] b, int from, int to) {
        if (to - from < 2) return false;
        int first = b[from] & 0xff;
        int second = b[from + 1] & 0xff;
        return first == 0x1e && second == 0x0f || first == 0x1f && second == 0x8b || first == 0x78 && (first << 8 | second) % 31 == 0 || first == '{';
    }

    /// Takes a datagram.
    ///
    /// @param from who sent it
    public void datagram(byte[] b, int begin, int to, String from, Arrivals out) {
        if (!fits(b, begin, to)) {
            out.refuse(Refusal.DAMAGED);
            return;
        }
        if ((b[begin] & 0xff) == 0x1e) piece(b, begin, to, from, out);
        else message(b, begin, to, out);
    }

    private void piece(byte[] b, int begin, int to, String from, Arrivals out) {
        int count = to - begin < HEAD ? 0 : b[begin + 11] & 0xff;
        int number = to - begin < HEAD ? 0 : b[begin + 10] & 0xff;
        if (count == 0 || count > PIECES || number >= count) {
            out.refuse(Refusal.DAMAGED);
            return;
        }
        long id = 0;
        for (int i = 2; i < 10; i++) id = id << 8 | b[begin + i] & 0xff;
        var key = new Key(from, id);
        Pieces pieces = waiting.computeIfAbsent(key, _ -> new Pieces(count, now.nanos()));
        if (pieces.parts.length != count || pieces.parts[number] != null) return;
        byte[] part = HeldBytes.copy(b, begin + HEAD, to);
        pieces.parts[number] = part;
        pieces.size += part.length;
        bytes += part.length;
        if (++pieces.have == count) {
            waiting.remove(key);
            bytes -= pieces.size;
            byte[] whole = new byte[pieces.size];
            int at = 0;
            for (byte[] each : pieces.parts) {
                System.arraycopy(each, 0, whole, at, each.length);
                at += each.length;
            }
            message(whole, 0, whole.length, out);
        } else while (waiting.size() > MOST_SETS || bytes > MOST_BYTES) giveUpFirst(out);
    }

    private void giveUpFirst(Arrivals out) {
        Iterator<Pieces> first = waiting.values().iterator();
        bytes -= first.next().size;
        first.remove();
        out.refuse(Refusal.INCOMPLETE);
    }

    /// Gives up what waited too long.
    public void tick(Arrivals out) {
        while (!waiting.isEmpty() && now.nanos() - waiting.values().iterator().next().since > PATIENCE_NANOS) giveUpFirst(out);
    }

    private void message(byte[] b, int from, int to, Arrivals out) {
        int first = b[from] & 0xff;
        if (first == '{') {
            record.write(b, from, to, now.nanos(), out);
            return;
        }
        byte[] plain = unpacked(b, from, to, first == 0x1f ? "gzip" : "deflate", Decoder.LARGEST);
        if (plain == null) out.refuse(Refusal.DAMAGED);
        else if (plain.length > Decoder.LARGEST) out.refuse(Refusal.TOO_LARGE);
        else record.write(plain, 0, plain.length, now.nanos(), out);
    }

    /// What packed bytes become; one byte more than `most` where it is more, null where they are damaged.
    ///
    /// @param packing `gzip` or `deflate`
    public static byte[] unpacked(byte[] b, int from, int to, String packing, int most) {
        var packed = new ByteArrayInputStream(b, from, to - from);
        try (InputStream in = packing.equals("gzip") ? new GZIPInputStream(packed) : new InflaterInputStream(packed)) {
            var out = new ByteArrayOutputStream();
            byte[] chunk = new byte[CHUNK];
            for (int n; (n = in.read(chunk)) >= 0;) {
                out.write(chunk, 0, n);
                if (out.size() > most) return new byte[most + 1];
            }
            return out.toByteArray();
        } catch (IOException _) {
            return null;
        }
    }
}
