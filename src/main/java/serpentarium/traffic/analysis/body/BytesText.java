package serpentarium.traffic.analysis.body;

import java.nio.charset.StandardCharsets;

/// Some bytes as a value of one line.
final class BytesText {
    private static final int MOST = 256;

    private BytesText() {}

    /// Whether bytes are text that a person can read: UTF-8 without control characters but white space.
    static boolean readable(byte[] bytes, int from, int to) {
        if (from == to) return true;
        byte[] piece = java.util.Arrays.copyOfRange(bytes, from, to);
        for (byte b : piece) if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t' || b == 127) return false;
        try {
            StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(piece));
            return true;
        } catch (java.nio.charset.CharacterCodingException _) {
            return false;
        }
    }

    /// Text in quotes.
    static String text(byte[] bytes, int from, int to) {
        return "\"" + new String(bytes, from, to - from, StandardCharsets.UTF_8) + "\"";
    }

    /// The first bytes in hex, and how many there are.
    static String hex(byte[] bytes, int from, int to) {
        var out = new StringBuilder();
        for (int i = from; i < to && i < from + MOST; i++) out.append(i > from ? " " : "").append(String.format("%02x", bytes[i]));
        return to - from > MOST ? out + " … (" + (to - from) + " B)" : out.toString();
    }
}
