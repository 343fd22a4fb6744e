package serpentarium.log.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// The text of a stream in UTF-8; what it cannot read becomes U+FFFD.
final class Transcoded extends InputStream {
    private static final int CHUNK = 32 * 1024;

    private final InputStreamReader reader;
    private final char[] chars = new char[CHUNK + 1];
    private byte[] bytes = new byte[0];
    private int at;
    private int held;

    Transcoded(InputStream in, Charset charset) {
        reader = new InputStreamReader(in, charset.newDecoder().onMalformedInput(CodingErrorAction.REPLACE).onUnmappableCharacter(CodingErrorAction.REPLACE));
    }

    @Override public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) return 0;
        if (at == bytes.length && !fill()) return -1;
        int n = Math.min(length, bytes.length - at);
        System.arraycopy(bytes, at, to, offset, n);
        at += n;
        return n;
    }

    private boolean fill() throws IOException {
        int got = reader.read(chars, held, CHUNK - held);
        int size = held + Math.max(0, got);
        held = 0;
        if (size == 0) return false;
        boolean half = got > 0 && Character.isHighSurrogate(chars[size - 1]);
        int whole = half ? size - 1 : size;
        var buffer = StandardCharsets.UTF_8.encode(CharBuffer.wrap(chars, 0, whole));
        bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        at = 0;
        if (half) {
            chars[0] = chars[size - 1];
            held = 1;
        }
        return bytes.length > 0 || fill();
    }

    @Override public void close() throws IOException {
        reader.close();
    }
}
