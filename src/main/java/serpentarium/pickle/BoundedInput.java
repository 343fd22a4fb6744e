package serpentarium.pickle;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;

/// Little-endian numbers and runs of bytes from a source, through a small buffer. No length that the source claims is believed beyond
/// the bytes that it still holds. Progress is told, and cancelling noticed, at every filling of the buffer.
///
/// Running out of bytes throws a [ProblemException] with the id that its [Wording] says.
public final class BoundedInput implements Closeable {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int FILL = 64 * 1024;

    private final Wording wording;
    private final String name;
    private final long size;
    private final InputStream in;
    private final TaskContext context;
    private byte[] buffer;
    private int at;
    private int end;
    private int taken;
    private long base;

    /// How its problems are called.
    ///
    /// @param strings   the reader's texts
    /// @param truncated the problem of a source that ends too early
    /// @param length    the problem of a negative length
    public record Wording(Strings strings, String truncated, String length) {}

    /// Opens a source.
    public BoundedInput(Source source, TaskContext context, Wording wording) throws IOException {
        this.wording = wording;
        this.name = source.name();
        this.size = source.size();
        this.context = context;
        this.buffer = new byte[size < 0 ? FILL : Math.clamp(size, 16, FILL)];
        this.in = source.open();
    }

    /// The offset of the next byte.
    public long position() {
        return base + at;
    }

    /// How many bytes are left, as the source's size says; very many where nobody knows it.
    public long remaining() {
        return size < 0 ? Long.MAX_VALUE : Math.max(0, size - position());
    }

    /// How many bytes are left; where nobody knows, they are stepped over to count them.
    public long rest() throws IOException {
        if (size >= 0) return remaining();
        long from = position();
        while (!atEnd()) at = end;
        return position() - from;
    }

    /// A place in the source.
    public Place place(long offset) {
        return Place.offset(name, offset);
    }

    /// A problem at the offset, ready to be thrown.
    public ProblemException problem(String id, long offset, Object... arguments) {
        return new ProblemException(Problem.of(wording.strings, id, place(offset), arguments));
    }

    /// Whether no byte is left.
    public boolean atEnd() throws IOException {
        return at == end && !fill(1);
    }

    /// The next byte, 0…255.
    public int u8() throws IOException {
        if (at == end) need(1);
        return buffer[at++] & 0xff;
    }

    /// The next two bytes, 0…65535.
    public int u16() throws IOException {
        return u8() | u8() << 8;
    }

    /// The next four bytes, signed.
    public int i32() throws IOException {
        need(4);
        int value = (int) INT.get(buffer, at);
        at += 4;
        return value;
    }

    /// The next eight bytes, signed.
    public long i64() throws IOException {
        need(8);
        long value = (long) LONG.get(buffer, at);
        at += 8;
        return value;
    }

    /// The byte `ahead` of the next one, or -1 past the end.
    public int peek(int ahead) throws IOException {
        return end - at > ahead || fill(ahead + 1) ? buffer[at + ahead] & 0xff : -1;
    }

    /// The four bytes from `ahead` of the next one on, signed; -1 past the end.
    public int peekInt(int ahead) throws IOException {
        return end - at >= ahead + 4 || fill(ahead + 4) ? (int) INT.get(buffer, at + ahead) : -1;
    }

    /// Makes the next `length` bytes lie in [#bytes()] from [#offset()] on, and steps over them.
    public void take(int length) throws IOException {
        need(length);
        at += length;
        taken = length;
    }

    /// The buffer that holds what was last taken; good until the next call.
    public byte[] bytes() {
        return buffer;
    }

    /// Where in [#bytes()] begins what was last taken.
    public int offset() {
        return at - taken;
    }

    /// Checks a length that the source claims against what it still holds.
    ///
    /// @param unit the least number of bytes that one of `count` things takes
    public void claim(long count, int unit) {
        if (count < 0) throw problem(wording.length, position(), count);
        if (count > remaining() / unit) throw problem(wording.truncated, position());
    }

    /// Steps over bytes.
    public void skip(long length) throws IOException {
        for (long left = length; left > 0;) {
            if (at == end) need(1);
            int step = (int) Math.min(left, end - at);
            at += step;
            left -= step;
        }
    }

    private void need(int count) throws IOException {
        if (end - at < count && !fill(count)) throw problem(wording.truncated, base + end);
    }

    /// Tries to have `count` bytes in the buffer.
    private boolean fill(int count) throws IOException {
        context.checkpoint();
        if (count > buffer.length && count > remaining()) return false;
        // Where nobody knows the size, room is made for what came, not for what is claimed.
        byte[] to = count > buffer.length && size >= 0 ? new byte[count] : buffer;
        System.arraycopy(buffer, at, to, 0, end - at);
        base += at;
        end -= at;
        at = 0;
        buffer = to;
        while (end < count) {
            if (end == buffer.length) buffer = Arrays.copyOf(buffer, (int) Math.min(count, 2L * end));
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                context.progress(position(), size, Progress.Unit.BYTES);
                return false;
            }
            end += read;
        }
        context.progress(base, size, Progress.Unit.BYTES);
        return true;
    }

    @Override public void close() throws IOException {
        in.close();
    }
}
