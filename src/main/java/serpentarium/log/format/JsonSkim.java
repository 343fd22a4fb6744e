package serpentarium.log.format;

import java.nio.charset.StandardCharsets;

/// Goes over a JSON object on one line without making objects, and hands out its values with their paths, such as `log.origin.file.line`.
final class JsonSkim {
    /// How deep values are looked for; what is deeper is handed out as a whole.
    private static final int DEEPEST = 4;
    private static final int LONGEST_PATH = 96;

    /// Who gets the values.
    interface Sink {
        /// A value.
        ///
        /// @param path   bytes of its path
        /// @param length how many of them
        /// @param hash   of them, with letters in lower case
        /// @param type   first byte of the value: a quotation mark, a digit or sign, `t`, `f`, `n`, `[` or a brace
        /// @param from   where it begins; inside the quotation marks of a text
        /// @param to     where it ends
        void value(byte[] path, int length, int hash, int type, int from, int to);
    }

    private final byte[] path = new byte[LONGEST_PATH];
    private final int[] lengths = new int[DEEPEST + 1];
    private int stringEnd;

    static int hash(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        return hash(bytes, bytes.length);
    }

    private static int hash(byte[] path, int length) {
        int hash = length;
        for (int i = 0; i < length; i++) hash = hash * 31 + small(path[i]);
        return hash;
    }

    /// Whether a path is this one, whatever the case.
    static boolean same(byte[] path, int length, byte[] other) {
        if (length != other.length) return false;
        for (int i = 0; i < length; i++) if (small(path[i]) != small(other[i])) return false;
        return true;
    }

    private static int small(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter | 0x20 : letter;
    }

    /// Goes over a line; false where it is not one whole object.
    boolean skim(byte[] b, int from, int to, Sink sink) {
        int at = blanks(b, from, to);
        if (at >= to || b[at] != '{') return false;
        at = blanks(b, at + 1, to);
        int depth = 0;
        lengths[0] = 0;
        if (at < to && b[at] == '}') return blanks(b, at + 1, to) == to;
        while (at < to) {
            if (b[at] != '"') return false;
            int keyFrom = at + 1;
            at = string(b, keyFrom, to);
            if (at < 0) return false;
            int length = path(depth, b, keyFrom, stringEnd);
            at = blanks(b, at, to);
            if (at >= to || b[at] != ':') return false;
            at = blanks(b, at + 1, to);
            if (at >= to) return false;
            int type = b[at];
            if (type == '{' && depth < DEEPEST && length >= 0) {
                int inside = blanks(b, at + 1, to);
                if (inside < to && b[inside] == '"') {
                    lengths[++depth] = length;
                    at = inside;
                    continue;
                }
            }
            int valueFrom = type == '"' ? at + 1 : at;
            int valueTo;
            if (type == '"') {
                at = string(b, valueFrom, to);
                if (at < 0) return false;
                valueTo = stringEnd;
            } else {
                at = type == '{' || type == '[' ? container(b, at, to) : scalar(b, at, to);
                if (at < 0) return false;
                valueTo = at;
            }
            if (length >= 0) sink.value(path, length, hash(path, length), type, valueFrom, valueTo);
            at = blanks(b, at, to);
            while (at < to && b[at] == '}') {
                at = blanks(b, at + 1, to);
                if (depth-- == 0) return at == to;
            }
            if (at >= to || b[at] != ',') return false;
            at = blanks(b, at + 1, to);
        }
        return false;
    }

    /// Puts a key behind the path of what it stands in; gives the length, or -1 where it is too long.
    private int path(int depth, byte[] b, int from, int to) {
        int length = lengths[depth];
        if (length < 0 || length + to - from + 1 > LONGEST_PATH) return -1;
        if (depth > 0) path[length++] = '.';
        System.arraycopy(b, from, path, length, to - from);
        return length + to - from;
    }

    /// Past a text's second quotation mark, or -1.
    private int string(byte[] b, int from, int to) {
        int at = from;
        while (at < to) {
            byte c = b[at];
            if (c == '"') {
                stringEnd = at;
                return at + 1;
            }
            at += c == '\\' ? 2 : 1;
        }
        return -1;
    }

    private int container(byte[] b, int from, int to) {
        int open = 0;
        int at = from;
        while (at < to) {
            byte c = b[at];
            if (c == '"') {
                at = string(b, at + 1, to);
                if (at < 0) return -1;
                continue;
            }
            if (c == '{' || c == '[') open++;
            else if ((c == '}' || c == ']') && --open == 0) return at + 1;
            at++;
        }
        return -1;
    }

    private static int scalar(byte[] b, int from, int to) {
        int at = from;
        while (at < to && b[at] != ',' && b[at] != '}' && b[at] != ']' && b[at] > ' ') at++;
        return at == from || "-0123456789tfnNI".indexOf(b[from]) < 0 ? -1 : at;
    }

    private static int blanks(byte[] b, int from, int to) {
        int at = from;
        while (at < to && (b[at] == ' ' || b[at] == '\t' || b[at] == '\r')) at++;
        return at;
    }
}
