package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a client says first of all in TLS.
///
/// Source: RFC 8446 section 4.1.2, RFC 6066 section 3, RFC 7301 section 3.1.
///
/// @param name      the server's name; null where the client did not say it
/// @param protocols what it would speak inside, best first; empty where it did not say
record ClientHello(String name, List<String> protocols) {
    /// Nothing was said.
    static final ClientHello SILENT = new ClientHello(null, List.of());
    private static final int RECORD = 5;
    private static final int LARGEST = 1 << 16;

    /// Whether bytes may be the beginning of TLS.
    static boolean begins(ByteBuf in) {
        int from = in.readerIndex();
        return in.getByte(from) == 22 && (in.readableBytes() < 2 || in.getByte(from + 1) == 3) && (in.readableBytes() < 6 || in.getByte(from + 5) == 1);
    }

    /// Reads it; null where more is needed.
    static ClientHello of(ByteBuf in) {
        byte[] hello = message(in);
        if (hello == null) return null;
        int at = 4 + 2 + 32;
        if (hello.length < at + 1) return SILENT;
        at += 1 + (hello[at] & 0xff);
        if (hello.length < at + 2) return SILENT;
        at += 2 + u16(hello, at);
        if (hello.length < at + 1) return SILENT;
        at += 1 + (hello[at] & 0xff) + 2;
        return extensions(hello, at);
    }

    /// The handshake message, which may lie in several records; null where it is not all there, empty where it is none.
    private static byte[] message(ByteBuf in) {
        byte[] message = new byte[0];
        int at = in.readerIndex();
        while (true) {
            if (in.writerIndex() - at < RECORD) return null;
            int size = in.getUnsignedShort(at + 3);
            if (in.getByte(at) != 22 || size == 0) return new byte[0];
            if (in.writerIndex() - at - RECORD < size) return null;
            int before = message.length;
            message = java.util.Arrays.copyOf(message, before + size);
            in.getBytes(at + RECORD, message, before, size);
            at += RECORD + size;
            if (message.length < 4) continue;
            int length = (message[1] & 0xff) << 16 | u16(message, 2);
            if (length > LARGEST) return new byte[0];
            if (message.length >= length + 4) return java.util.Arrays.copyOf(message, length + 4);
        }
    }

    private static int u16(byte[] b, int at) {
        return (b[at] & 0xff) << 8 | b[at + 1] & 0xff;
    }

    private static ClientHello extensions(byte[] b, int from) {
        String name = null;
        List<String> protocols = List.of();
        int at = from;
        while (at + 4 <= b.length) {
            int type = u16(b, at);
            int data = at + 4;
            int stop = data + u16(b, at + 2);
            if (stop > b.length) break;
            if (type == 0 && data + 5 <= stop && data + 5 + u16(b, data + 3) <= stop)
                name = new String(b, data + 5, u16(b, data + 3), StandardCharsets.ISO_8859_1);
            if (type == 16) protocols = protocols(b, data + 2, stop);
            at = stop;
        }
        return new ClientHello(name == null || name.isEmpty() ? null : name, protocols);
    }

    private static List<String> protocols(byte[] b, int from, int stop) {
        var found = new ArrayList<String>();
        int at = from;
        while (at < stop && b[at] != 0 && at + 1 + (b[at] & 0xff) <= stop) {
            found.add(new String(b, at + 1, b[at] & 0xff, StandardCharsets.ISO_8859_1));
            at += 1 + (b[at] & 0xff);
        }
        return found;
    }
}
