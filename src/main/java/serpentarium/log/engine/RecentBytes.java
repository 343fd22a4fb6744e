package serpentarium.log.engine;

import java.io.IOException;
import java.util.Arrays;

/// The first and the last bytes that were read of a file: by them it is known again, and its copy; and they are what is left of it where somebody cut it
/// and nobody has a copy.
final class RecentBytes {
    private static final int KEPT = 1 << 20;
    private static final int HEAD = 1024;
    /// How many bytes have to be the same for two places to be one.
    static final int SAMPLE = 512;

    private byte[] recent = new byte[1 << 12];
    private int size;
    private byte[] head = new byte[0];
    private long end;

    /// Where what was read ends.
    long end() {
        return end;
    }

    /// Begins at a position in the midst of a file.
    void begin(LogBytes bytes, long position) throws IOException {
        head = bytes.some(0, (int) Math.min(HEAD, position));
        int last = (int) Math.min(1 << 16, position);
        recent = bytes.some(position - last, last);
        size = recent.length;
        end = position;
    }

    /// Adds what was read behind the rest.
    void add(byte[] bytes, int from, int to) {
        if (head.length < HEAD && end < HEAD) {
            int old = (int) Math.min(head.length, end);
            int more = Math.min(HEAD - old, to - from);
            head = Arrays.copyOf(head, old + more);
            System.arraycopy(bytes, from, head, old, more);
        }
        int start = Math.max(from, to - KEPT);
        int more = to - start;
        if (size + more > recent.length) {
            // Twice what is kept, so that most additions move nothing.
            int keep = Math.min(size, KEPT);
            byte[] target = keep + more > recent.length || recent.length < 2 * KEPT ? new byte[Math.min(3 * KEPT, 2 * (keep + more))] : recent;
            System.arraycopy(recent, size - keep, target, 0, keep);
            recent = target;
            size = keep;
        }
        System.arraycopy(bytes, start, recent, size, more);
        size += more;
        end += to - from;
    }

    /// Forgets all but what is needed to know it again.
    void trim() {
        int keep = Math.min(size, SAMPLE * 8);
        recent = Arrays.copyOfRange(recent, size - keep, size);
        size = keep;
    }

    /// How many bytes before the end are compared.
    int sample() {
        return (int) Math.min(SAMPLE, Math.min(end, size));
    }

    /// Whether some bytes are the ones before the end.
    boolean endsWith(byte[] bytes, int from) {
        int count = sample();
        return Arrays.equals(bytes, from, from + count, recent, size - count, size);
    }

    /// Whether other bytes are a copy that ends about where these do, made a moment ago.
    boolean justCopiedTo(LogBytes other) throws IOException {
        return other.size() + KEPT >= end && copiedTo(other);
    }

    /// Whether other bytes begin as these do and are the same where the shorter of both ends, as far as that is remembered.
    boolean copiedTo(LogBytes other) throws IOException {
        long length = other.size();
        if (length == 0 || end == 0) return false;
        byte[] first = other.some(0, (int) Math.min(head.length, length));
        if (!Arrays.equals(first, 0, first.length, head, 0, first.length)) return false;
        long last = Math.min(length, end);
        long known = end - size;
        if (last <= known) return length >= HEAD;
        int count = (int) Math.min(SAMPLE, last - known);
        byte[] some = other.some(last - count, count);
        int at = (int) (last - known) - count;
        return Arrays.equals(some, 0, some.length, recent, at, at + count);
    }

    /// What is remembered, at the positions that it had, behind what another file has of it.
    ///
    /// @param name  what messages call it
    /// @param other has the first bytes, or null
    LogBytes remembered(String name, LogBytes other) throws IOException {
        long known = end - size;
        byte[] last = Arrays.copyOf(recent, size);
        long copied = other == null ? 0 : other.size();
        return new Remembered(name, other, copied, known, last);
    }

    private record Remembered(String name, LogBytes other, long copied, long known, byte[] last) implements LogBytes {
        @Override public long size() {
            return Math.max(copied, known + last.length);
        }

        @Override public int read(long position, byte[] to, int offset, int length) throws IOException {
            int got = position < copied ? other.read(position, to, offset, (int) Math.min(length, copied - position)) : 0;
            long at = position + got;
            // What nobody has any more are zeros: lines that hold nothing.
            while (got < length && at < size()) {
                int more;
                if (at < known) {
                    more = (int) Math.min(length - got, known - at);
                    Arrays.fill(to, offset + got, offset + got + more, (byte) 0);
                } else {
                    more = (int) Math.min(length - got, known + last.length - at);
                    System.arraycopy(last, (int) (at - known), to, offset + got, more);
                }
                got += more;
                at += more;
            }
            return got;
        }
    }
}
