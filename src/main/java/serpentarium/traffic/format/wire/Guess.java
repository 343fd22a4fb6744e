package serpentarium.traffic.format.wire;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import serpentarium.traffic.Side;

/// What the first bytes of a side look like.
enum Guess {
    /// An HTTP/1 request.
    REQUEST,
    /// An HTTP/1 response.
    RESPONSE,
    /// The preface of HTTP/2, from the client.
    HTTP2,
    /// A TLS record from the client.
    TLS_CLIENT,
    /// A TLS record from the server.
    TLS_SERVER,
    /// Too little to tell.
    MORE,
    /// Nothing that is known.
    NONE;

    static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_METHOD = 20;
    private static final int LONGEST_LINE = 1 << 13;
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "CONNECT", "TRACE", "PROPFIND", "PROPPATCH", "MKCOL",
            "COPY", "MOVE", "LOCK", "UNLOCK", "SEARCH", "REPORT", "PURGE", "QUERY");

    /// What the bytes look like; never [#MORE] where there are more than some kilobytes.
    static Guess of(byte[] bytes, int from, int end) {
        if (from >= end) return MORE;
        int first = bytes[from] & 0xff;
        if (first == 0x16) return tls(bytes, from, end);
        if (settings(bytes, from, end)) return MORE;
        if (first == 'P' && starts(PREFACE, bytes, from, end)) return end - from >= PREFACE.length ? HTTP2 : MORE;
        int start = from;
        while (start < end && start < from + 4 && (bytes[start] == '\r' || bytes[start] == '\n')) start++;
        if (start == end) return MORE;
        if (version(bytes, start, end)) return end - start < 7 ? MORE : RESPONSE;
        return request(bytes, start, end);
    }

    /// Whether it is the first frame of an HTTP/2 server, which need not wait for the client's.
    private static boolean settings(byte[] bytes, int from, int end) {
        if (end - from < 9 || bytes[from] != 0 || bytes[from + 3] != 4) return false;
        for (int i = 4; i < 9; i++) if (bytes[from + i] != 0) return false;
        return ((bytes[from + 1] & 0xff) << 8 | bytes[from + 2] & 0xff) % 6 == 0;
    }

    /// Whether what the other side said before may belong to a conversation that has shown what it is.
    static boolean opening(byte[] bytes) {
        return bytes[0] == 'H' || bytes[0] == 0x16 || settings(bytes, 0, bytes.length);
    }

    private static Guess tls(byte[] bytes, int from, int end) {
        int length = end - from;
        if (length > 1 && bytes[from + 1] != 3 || length > 2 && (bytes[from + 2] < 0 || bytes[from + 2] > 4)) return NONE;
        if (length < 6) return MORE;
        int record = (bytes[from + 3] & 0xff) << 8 | bytes[from + 4] & 0xff;
        if (record == 0 || record > 18432) return NONE;
        return bytes[from + 5] == 1 ? TLS_CLIENT : bytes[from + 5] == 2 ? TLS_SERVER : NONE;
    }

    private static boolean starts(byte[] what, byte[] bytes, int from, int end) {
        for (int i = 0; i < what.length && from + i < end; i++) if (bytes[from + i] != what[i]) return false;
        return true;
    }

    /// Whether it is `HTTP/` and a digit, as far as it goes.
    static boolean version(byte[] bytes, int from, int end) {
        for (int i = 0; i < 5 && from + i < end; i++) if (bytes[from + i] != "HTTP/".charAt(i)) return false;
        return end - from < 6 || bytes[from + 5] >= '0' && bytes[from + 5] <= '9';
    }

    private static Guess request(byte[] bytes, int from, int end) {
        int space = from;
        while (space < end && space - from <= LONGEST_METHOD && token(bytes[space])) space++;
        if (space - from > LONGEST_METHOD) return NONE;
        if (space == end) return MORE;
        if (bytes[space] != ' ' || space == from) return NONE;
        int line = space;
        while (line < end && bytes[line] != '\n') line++;
        if (line < end) return versionBefore(bytes, space, line) ? REQUEST : NONE;
        if (METHODS.contains(new String(bytes, from, space - from, StandardCharsets.ISO_8859_1)) && space + 1 < end) {
            byte next = bytes[space + 1];
            if (next == '/' || next == '*' || next == 'h' || bytes[from] == 'C') return REQUEST;
        }
        return end - from > LONGEST_LINE ? NONE : MORE;
    }

    private static boolean versionBefore(byte[] bytes, int from, int line) {
        int end = line > from && bytes[line - 1] == '\r' ? line - 1 : line;
        while (end > from && bytes[end - 1] == ' ') end--;
        int last = end;
        while (last > from && bytes[last - 1] != ' ') last--;
        return end - last >= 6 && version(bytes, last, end);
    }

    private static boolean token(byte b) {
        return b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '-' || b == '_' || b == '.' || b == '!' || b == '$' || b == '*'
                || b == '+' || b == '^' || b == '~';
    }

    /// Whether a message of HTTP/1 from this side begins here.
    static boolean message(byte[] bytes, int from, int end, Side side) {
        Guess guess = of(bytes, from, end);
        return guess == (side == Side.REQUEST ? REQUEST : RESPONSE);
    }
}
