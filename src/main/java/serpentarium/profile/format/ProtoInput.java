package serpentarium.profile.format;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// The fields of a protobuf message from a stream of unknown length: tags, varints, and lengths that are held against the message they lie
/// in.
///
/// The stream's end throws an [EOFException]; what is no protobuf, a [java.io.StreamCorruptedException].
///
/// Format: "Encoding" of the Protocol Buffers documentation.
final class ProtoInput implements Closeable {
    /// The wire type of a varint.
    static final int VARINT = 0;
    /// The wire type of a length and as many bytes.
    static final int LENGTH = 2;
    private static final int CHUNK = 64 * 1024;
    private static final int LONGEST_VARINT = 70;

    private final InputStream in;
    private byte[] buffer = new byte[CHUNK];
    private int at;
    private int end;
    private long base;
    private long limit = Long.MAX_VALUE;
    private int field;
    private int type;

    /// Reads from a stream, which is closed with this.
    ProtoInput(InputStream in) {
        this.in = in;
    }

    /// How many bytes were read.
    long position() {
        return base + at;
    }

    /// Goes to the next field of the message at hand; false at its end, which for the outermost one is that of the stream.
    boolean next() throws IOException {
        if (position() >= limit || limit == Long.MAX_VALUE && at == end && !fill()) return false;
        long tag = varint();
        field = (int) Math.min(tag >>> 3, Integer.MAX_VALUE);
        type = (int) tag & 7;
        if (field == 0 || tag < 0) throw corrupted();
        return true;
    }

    /// The number of the field at hand.
    int field() {
        return field;
    }

    /// The wire type of the field at hand.
    int type() {
        return type;
    }

    /// Goes into the message that the field at hand is; gives what [#leave(long)] needs.
    long enter() throws IOException {
        long before = limit;
        long length = length();
        limit = position() + length;
        return before;
    }

    /// Goes out of a message, over what was not read of it.
    void leave(long before) throws IOException {
        skipBytes(limit - position());
        limit = before;
    }

    /// Whether something is left of a packed field that was entered.
    boolean more() {
        return position() < limit;
    }

    /// A varint, or the value of the field at hand.
    long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < LONGEST_VARINT; shift += 7) {
            int b = u8();
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) return value;
        }
        throw corrupted();
    }

    /// The value of the field at hand where it is a varint; otherwise 0, and the field is skipped.
    long number() throws IOException {
        if (type == VARINT) return varint();
        skip();
        return 0;
    }

    private long length() throws IOException {
        if (type != LENGTH) throw corrupted();
        long length = varint();
        if (length < 0 || length > limit - position()) throw corrupted();
        return length;
    }

    /// The bytes of the field at hand, of which no more than `most` may be there.
    byte[] bytes(int most) throws IOException {
        long length = length();
        if (length > most) throw corrupted();
        byte[] bytes = new byte[(int) Math.min(length, CHUNK)];
        int have = 0;
        while (have < length) {
            if (at == end && !fill()) throw new EOFException();
            int step = (int) Math.min(length - have, end - at);
            if (have + step > bytes.length) bytes = Arrays.copyOf(bytes, (int) Math.min(length, Math.max(have + step, bytes.length * 2L)));
            System.arraycopy(buffer, at, bytes, have, step);
            have += step;
            at += step;
        }
        return bytes;
    }

    /// Steps over the field at hand.
    void skip() throws IOException {
        switch (type) {
            case VARINT -> varint();
            case 1 -> skipBytes(8);
            case LENGTH -> skipBytes(length());
            case 5 -> skipBytes(4);
            default -> throw corrupted();
        }
    }

    private void skipBytes(long count) throws IOException {
        for (long left = count; left > 0;) {
            if (at == end && !fill()) throw new EOFException();
            int step = (int) Math.min(left, end - at);
            at += step;
            left -= step;
        }
    }

    /// The next byte of a field that was entered.
    int octet() throws IOException {
        return u8();
    }

    private int u8() throws IOException {
        if (at == end && !fill()) throw new EOFException();
        return buffer[at++] & 0xff;
    }

    private boolean fill() throws IOException {
        base += at;
        at = 0;
        end = Math.max(0, in.read(buffer, 0, buffer.length));
        return end > 0;
    }

    private java.io.StreamCorruptedException corrupted() {
        return new java.io.StreamCorruptedException(Long.toString(position()));
    }

    @Override public void close() throws IOException {
        in.close();
    }
}
