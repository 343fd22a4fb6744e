package serpentarium.profile.format;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Writes marshal by hand, for shapes that no sample has. Each method writes one object's head or a whole leaf.
final class MarshalBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int flag;

    /// The next object can be referred to.
    MarshalBytes flag() {
        flag = 0x80;
        return this;
    }

    MarshalBytes code(int type) {
        out.write(type | flag);
        flag = 0;
        return this;
    }

    MarshalBytes i32(int value) {
        out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
        return this;
    }

    MarshalBytes i64(long value) {
        out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
        return this;
    }

    MarshalBytes raw(int... bytes) {
        for (int b : bytes) out.write(b);
        return this;
    }

    MarshalBytes dict() {
        return code('{');
    }

    MarshalBytes end() {
        return code('0');
    }

    MarshalBytes tuple(int children) {
        return code(')').raw(children);
    }

    MarshalBytes number(int value) {
        return code('i').i32(value);
    }

    MarshalBytes real(double value) {
        return code('g').i64(Double.doubleToRawLongBits(value));
    }

    MarshalBytes text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        code('u').i32(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    MarshalBytes bytes(int type, String value) {
        code(type).i32(value.length());
        out.writeBytes(value.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    MarshalBytes ref(int index) {
        return code('r').i32(index);
    }

    /// A key of a function.
    MarshalBytes key(String file, int line, String name) {
        return tuple(3).text(file).number(line).text(name);
    }

    /// The head of an entry; the dict of callers must follow.
    MarshalBytes entry(int cc, int nc, double tt, double ct) {
        return tuple(5).number(cc).number(nc).real(tt).real(ct);
    }

    /// A whole entry without callers.
    MarshalBytes lone(String file, int line, String name) {
        return key(file, line, name).entry(1, 1, 0.5, 0.5).dict().end();
    }

    byte[] done() {
        return out.toByteArray();
    }
}
