package serpentarium.profile.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/// Bytes of a protocol buffer message that grow in memory until they are written into another message or a stream: the mirror of
/// [ProtoInput].
final class ProtoOutput {
    private byte[] bytes = new byte[1024];
    private int size;

    /// Forgets what was put in.
    void clear() {
        size = 0;
    }

    /// How many bytes there are.
    int size() {
        return size;
    }

    /// A field that is a number; nothing where it is 0, which readers take it for.
    void number(int field, long value) {
        if (value == 0) return;
        varint((long) field << 3 | ProtoInput.VARINT);
        varint(value);
    }

    /// A field that is the content of another message, or of packed numbers.
    void message(int field, ProtoOutput content) {
        varint((long) field << 3 | ProtoInput.LENGTH);
        varint(content.size);
        room(content.size);
        System.arraycopy(content.bytes, 0, bytes, size, content.size);
        size += content.size;
    }

    /// A field of bytes.
    void bytes(int field, byte[] content) {
        varint((long) field << 3 | ProtoInput.LENGTH);
        varint(content.length);
        room(content.length);
        System.arraycopy(content, 0, bytes, size, content.length);
        size += content.length;
    }

    /// A number alone, seven bits a byte.
    void varint(long value) {
        room(10);
        long left = value;
        while ((left & ~0x7fL) != 0) {
            bytes[size++] = (byte) (left & 0x7f | 0x80);
            left >>>= 7;
        }
        bytes[size++] = (byte) left;
    }

    private void room(int more) {
        if (size + more > bytes.length) bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }

    /// Writes all to a stream and forgets it.
    void flush(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
        size = 0;
    }
}
