package serpentarium.profile.format;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.util.Arrays;

/// Bytes and varints from a stream of unknown length, through a buffer. No length that is claimed makes room before its bytes came.
///
/// The stream's end throws an [EOFException]; a number or text that is too long, a [StreamCorruptedException].
final class ByteInput implements Closeable {
    private static final int CHUNK = 64 * 1024;
    private static final int LONGEST_VARINT = 63;

    private final InputStream in;
    private final byte[] buffer = new byte[CHUNK];
    private byte[] text = new byte[256];
    private int length;
    private int at;
    private int end;
    private long base;

    /// Reads from a stream, which is closed with this.
    ByteInput(InputStream in) {
        this.in = in;
    }

    /// How many bytes were read.
    long position() {
        return base + at;
    }

    /// Whether there is one more byte.
    boolean more() throws IOException {
        return at < end || fill();
    }

    /// The next byte, 0…255.
    int u8() throws IOException {
        if (at == end && !fill()) throw new EOFException();
        return buffer[at++] & 0xff;
    }

    /// The next four bytes.
    int i32(boolean bigEndian) throws IOException {
        int value = 0;
        for (int i = 0; i < 4; i++) value |= u8() << 8 * (bigEndian ? 3 - i : i);
        return value;
    }

    /// The next eight bytes.
    long i64(boolean bigEndian) throws IOException {
        long first = i32(bigEndian) & 0xffffffffL;
        long second = i32(bigEndian) & 0xffffffffL;
        return bigEndian ? first << 32 | second : second << 32 | first;
    }

    /// An unsigned LEB128 number.
    long varint() throws IOException {
        return rest(0, 0);
    }

    /// What follows of a number whose first `shift` bits are known: seven bits a byte, the lowest first.
    long rest(long known, int shift) throws IOException {
        long value = known;
        for (int s = shift; s <= LONGEST_VARINT; s += 7) {
            int b = u8();
            value |= (long) (b & 0x7f) << s;
            if (b < 0x80) return value;
        }
        throw new StreamCorruptedException("number");
    }

    /// Makes the bytes up to the next zero [#text()], and steps over it.
    void untilZero(int longest) throws IOException {
        length = 0;
        for (;;) {
            if (at == end && !fill()) throw new EOFException();
            int stop = at;
            while (stop < end && buffer[stop] != 0) stop++;
            append(stop - at, longest);
            if (at < end) {
                at++;
                return;
            }
        }
    }

    /// Makes the next `count` bytes [#text()].
    void take(long count, int longest) throws IOException {
        if (count < 0 || count > longest) throw new StreamCorruptedException("text");
        length = 0;
        while (length < count) {
            if (at == end && !fill()) throw new EOFException();
            append((int) Math.min(count - length, end - at), longest);
        }
    }

    private void append(int count, int longest) throws IOException {
        if (count > longest - length) throw new StreamCorruptedException("text");
        if (length + count > text.length) text = Arrays.copyOf(text, Math.max(length + count, text.length * 2));
        System.arraycopy(buffer, at, text, length, count);
        length += count;
        at += count;
    }

    /// What was taken last, from the start of this array on.
    byte[] text() {
        return text;
    }

    /// How long it is.
    int length() {
        return length;
    }

    /// What was taken last, as text.
    String string() {
        return ByteTexts.decode(text, 0, length);
    }

    /// Steps over bytes.
    void skip(long count) throws IOException {
        for (long left = count; left > 0;) {
            if (at == end && !fill()) throw new EOFException();
            int step = (int) Math.min(left, end - at);
            at += step;
            left -= step;
        }
    }

    private boolean fill() throws IOException {
        base += at;
        at = 0;
        end = Math.max(0, in.read(buffer, 0, CHUNK));
        return end > 0;
    }

    @Override public void close() throws IOException {
        in.close();
    }
}
