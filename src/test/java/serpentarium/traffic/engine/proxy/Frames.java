package serpentarium.traffic.engine.proxy;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// HTTP/2 frame by frame over a socket, right or wrong, for tests.
final class Frames implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;
    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;
    static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;

    /// What came of it: what was said of streams, and whether the connection lives.
    ///
    /// @param streams each as `stream:code` for one that was broken off, or `stream=answered`
    /// @param end     null while it lives; else the code that it ended with, or -1 where it ended without a word
    record Outcome(List<String> streams, Integer end) {}

    Frames(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
    }

    /// A frame.
    static byte[] frame(int type, int flags, int stream, byte... payload) {
        var out = new ByteArrayOutputStream();
        int length = payload.length;
        out.writeBytes(new byte[] {(byte) (length >> 16), (byte) (length >> 8), (byte) length, (byte) type, (byte) flags, (byte) (stream >> 24), (byte) (stream >> 16),
            (byte) (stream >> 8), (byte) stream});
        out.writeBytes(payload);
        return out.toByteArray();
    }

    static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) out.writeBytes(part);
        return out.toByteArray();
    }

    static byte[] u32(long value) {
        return new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
    }

    /// A field that is not remembered, name and value in full; both shorter than 127.
    static byte[] field(String name, String value) {
        byte[] n = name.getBytes(StandardCharsets.ISO_8859_1);
        byte[] v = value.getBytes(StandardCharsets.ISO_8859_1);
        return join(new byte[] {0, (byte) n.length}, n, new byte[] {(byte) v.length}, v);
    }

    /// The fields of a request for a path; more of them after.
    static byte[] request(String method, byte[]... more) {
        return join(field(":method", method), new byte[] {(byte) 0x86}, field(":path", "/a.txt"), field(":authority", "localhost"), join(more));
    }

    /// A whole request without a body.
    static byte[] get(int stream, byte[]... more) {
        return frame(HEADERS, END_HEADERS | END_STREAM, stream, request("GET", more));
    }

    void say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /// The usual beginning, then bytes, then a question whether the connection lives.
    Outcome after(byte[] bytes) throws IOException {
        return raw(join(PREFACE, frame(SETTINGS, 0, 0), bytes), true);
    }

    /// Says bytes and sees what comes of it.
    ///
    /// @param ask whether to ask if the connection lives
    Outcome raw(byte[] bytes, boolean ask) throws IOException {
        var streams = new ArrayList<String>();
        try {
            say(bytes);
            if (ask) say(frame(PING, 0, 0, "are you?".getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            // It was ended while it was spoken to; what it said first is still to be read.
            streams.clear();
        }
        Integer end = null;
        try {
            var in = new DataInputStream(socket.getInputStream());
            while (true) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                int stream = in.readInt() & 0x7fff_ffff;
                byte[] payload = in.readNBytes(length);
                if (type == RST_STREAM) streams.add(stream + ":" + payload[3]);
                else if (type == HEADERS) streams.add(stream + "=answered");
                else if (type == GOAWAY) end = (int) payload[7];
                else if (type == PING && (flags & ACK) != 0 && end == null && new String(payload, StandardCharsets.US_ASCII).equals("are you?")) return new Outcome(streams, null);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("it hangs", e);
        } catch (EOFException e) {
            return new Outcome(streams, end == null ? Integer.valueOf(-1) : end);
        } catch (IOException e) {
            return new Outcome(streams, end == null ? Integer.valueOf(-1) : end);
        }
    }

    @Override public void close() throws IOException {
        socket.close();
    }
}
