package serpentarium.log.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import serpentarium.log.TextEncoding;

/// A log in pieces of whole lines, read one after another by whichever thread needs the next, so that a packed log and one that is not seekable can be looked at
/// by all cores, too. A piece begins where what follows does not depend on what is before.
final class LineChunks implements Closeable {
    /// How many bytes a piece has in the usual case.
    static final int SIZE = 1 << 20;
    private static final int MOST = 16 << 20;

    /// Some lines.
    ///
    /// @param bytes   them
    /// @param length  how many bytes of it are
    /// @param dropped how many bytes of the last line were too many to be kept
    /// @param done    how many bytes of the log end with it
    /// @param last    whether nothing follows
    record Chunk(byte[] bytes, int length, long dropped, long done, boolean last) {}

    private final InputStream in;
    private final int size;
    private final boolean wide;
    private final RecordStarts starts;
    private final Map<Integer, Chunk> waiting = new HashMap<>();
    private int next;
    private boolean ended;
    private byte[] carried = new byte[0];
    private long done;

    /// @param in     closed with this
    /// @param starts tells which lines depend on those before
    /// @param size   of a piece
    LineChunks(InputStream in, TextEncoding encoding, RecordStarts starts, int size) throws IOException {
        this.size = size;
        this.starts = starts;
        wide = encoding.unit() == 2;
        this.in = wide ? new Transcoded(in, encoding.charset()) : in;
        in.skipNBytes(encoding.mark());
        done = encoding.mark();
    }

    /// A piece by its number, each once; null where there are no more.
    synchronized Chunk take(int number) throws IOException {
        for (; next <= number && !ended; next++) {
            Chunk chunk = read();
            if (chunk == null) ended = true;
            else {
                ended = chunk.last;
                waiting.put(next, chunk);
            }
        }
        return waiting.remove(number);
    }

    private Chunk read() throws IOException {
        byte[] bytes = Arrays.copyOf(carried, Math.max(size, carried.length * 2));
        int length = carried.length;
        carried = new byte[0];
        for (;;) {
            length += fill(bytes, length);
            if (length < bytes.length) return length == 0 ? null : new Chunk(bytes, length, 0, said(), true);
            int cut = cut(bytes, length);
            if (cut == 0 && length < MOST) {
                bytes = Arrays.copyOf(bytes, length * 2);
                continue;
            }
            if (cut == 0) return cutLine(bytes, length);
            carried = Arrays.copyOfRange(bytes, cut, length);
            return new Chunk(bytes, cut, 0, said() - carried.length, false);
        }
    }

    private long said() {
        return wide ? done * 2 : done;
    }

    private int fill(byte[] bytes, int from) throws IOException {
        int got = in.readNBytes(bytes, from, bytes.length - from);
        done += got;
        return got;
    }

    /// The last place between two lines where what follows can be told without what is before; 0 where there is none.
    private int cut(byte[] bytes, int length) {
        int feed = lastFeed(bytes, length);
        if (starts.apart()) return feed + 1;
        for (int end = feed; end >= 0; ) {
            int before = lastFeed(bytes, end);
            boolean alone = before < 0 || !starts.partial(bytes, lastFeed(bytes, before) + 1, before);
            int after = starts.settles(bytes, before + 1, end, alone);
            if (after == 1) return end + 1;
            if (after == 0 && before >= 0) return before + 1;
            end = before;
        }
        return length < MOST ? 0 : feed + 1;
    }

    private static int lastFeed(byte[] bytes, int to) {
        int at = to - 1;
        while (at >= 0 && bytes[at] != '\n') at--;
        return at;
    }

    /// A line that is longer than anything that is looked at: its rest is passed over.
    private Chunk cutLine(byte[] bytes, int length) throws IOException {
        byte[] some = new byte[SIZE];
        long dropped = 0;
        for (;;) {
            int got = fill(some, 0);
            int feed = 0;
            while (feed < got && some[feed] != '\n') feed++;
            dropped += feed;
            if (feed < got) {
                carried = Arrays.copyOfRange(some, feed + 1, got);
                byte[] whole = Arrays.copyOf(bytes, length + 1);
                whole[length] = '\n';
                return new Chunk(whole, length + 1, dropped, said() - carried.length, false);
            }
            if (got < SIZE) return new Chunk(bytes, length, dropped, said(), true);
        }
    }

    @Override public void close() throws IOException {
        in.close();
    }
}
