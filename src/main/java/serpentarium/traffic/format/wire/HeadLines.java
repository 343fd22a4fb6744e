package serpentarium.traffic.format.wire;

import java.util.ArrayList;
import java.util.List;
import serpentarium.traffic.Headers;

/// Takes the lines of an HTTP/1 head apart, as forgivingly as can be: bare line feeds, folded lines, spaces before colons, lines without one.
final class HeadLines {
    private static final int MOST_FIELDS = 10_000;

    private HeadLines() {}

    /// A start line's three words.
    ///
    /// @param first  method, or version of a response
    /// @param second target, or status
    /// @param third  version, or reason
    record Start(String first, String second, String third) {}

    /// The end of the first line, before its line end; `end` where it has none.
    static int lineEnd(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end && bytes[i] != '\n') i++;
        return i > from && i < end && bytes[i - 1] == '\r' ? i - 1 : i;
    }

    /// The words of a request line: the method, the version behind the last space where it is one, and the target between.
    static Start request(Names names, byte[] bytes, int from, int end) {
        int space = index(bytes, ' ', from, end);
        String method = names.text(bytes, from, space - from);
        int target = skipSpace(bytes, space, end);
        int stop = end;
        while (stop > target && bytes[stop - 1] == ' ') stop--;
        int last = stop;
        while (last > target && bytes[last - 1] != ' ') last--;
        boolean version = last > target && stop - last >= 5 && bytes[last] == 'H' && bytes[last + 1] == 'T' && bytes[last + 2] == 'T' && bytes[last + 3] == 'P'
                && bytes[last + 4] == '/';
        int targetEnd = version ? last : stop;
        while (targetEnd > target && bytes[targetEnd - 1] == ' ') targetEnd--;
        return new Start(method, names.text(bytes, target, targetEnd - target), version ? names.text(bytes, last, stop - last) : "HTTP/0.9");
    }

    /// The words of a status line.
    static Start response(Names names, byte[] bytes, int from, int end) {
        int space = index(bytes, ' ', from, end);
        int status = skipSpace(bytes, space, end);
        int next = index(bytes, ' ', status, end);
        int reason = Math.min(next + 1, end);
        return new Start(names.text(bytes, from, space - from), names.text(bytes, status, next - status), names.text(bytes, reason, end - reason));
    }

    private static int index(byte[] bytes, char c, int from, int end) {
        int i = from;
        while (i < end && bytes[i] != c) i++;
        return i;
    }

    private static int skipSpace(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end && bytes[i] == ' ') i++;
        return i;
    }

    /// The fields of the lines in `from`…`end` - 1, up to an empty line.
    static Headers fields(Names names, byte[] bytes, int from, int end) {
        var fields = new ArrayList<Headers.Field>(12);
        int at = from;
        while (at < end && fields.size() < MOST_FIELDS) {
            int stop = lineEnd(bytes, at, end);
            if (stop == at) break;
            if ((bytes[at] == ' ' || bytes[at] == '\t') && !fields.isEmpty()) {
                Headers.Field before = fields.removeLast();
                String more = trimmed(names, bytes, at, stop);
                fields.add(new Headers.Field(before.name(), before.value().length() > 1 << 20 ? before.value() : before.value() + " " + more));
            } else {
                int colon = index(bytes, ':', at, stop);
                int nameEnd = colon;
                while (nameEnd > at && (bytes[nameEnd - 1] == ' ' || bytes[nameEnd - 1] == '\t')) nameEnd--;
                fields.add(new Headers.Field(names.text(bytes, at, nameEnd - at), colon < stop ? trimmed(names, bytes, colon + 1, stop) : ""));
            }
            at = stop < end && bytes[stop] == '\r' ? stop + 2 : stop + 1;
        }
        return fields.isEmpty() ? Headers.NONE : new Headers(fields);
    }

    private static String trimmed(Names names, byte[] bytes, int from, int end) {
        int start = from;
        int stop = end;
        while (start < stop && (bytes[start] == ' ' || bytes[start] == '\t')) start++;
        while (stop > start && (bytes[stop - 1] == ' ' || bytes[stop - 1] == '\t')) stop--;
        return names.text(bytes, start, stop - start);
    }

    /// Whether the last transfer coding is chunked; `chunked, identity` is taken for it too, as servers do.
    static boolean chunked(List<Headers.Field> fields) {
        boolean chunked = false;
        for (Headers.Field field : fields) {
            if (field.name().length() != 17 || !field.name().equalsIgnoreCase("transfer-encoding")) continue;
            for (String coding : field.value().split(",")) {
                String name = coding.strip();
                if (name.equalsIgnoreCase("chunked")) chunked = true;
                else if (!name.isEmpty() && !name.equalsIgnoreCase("identity")) chunked = false;
            }
        }
        return chunked;
    }

    /// The length that Content-Length says; -1 where there is none, -2 where it is none, or several differ.
    static long contentLength(List<Headers.Field> fields) {
        long found = -1;
        for (Headers.Field field : fields) {
            if (field.name().length() != 14 || !field.name().equalsIgnoreCase("content-length")) continue;
            for (String part : field.value().split(",")) {
                String digits = part.strip();
                long length = digits.isEmpty() || digits.length() > 18 || !digits.chars().allMatch(c -> c >= '0' && c <= '9') ? -2 : Long.parseLong(digits);
                if (length < 0 || found >= 0 && found != length) return -2;
                found = length;
            }
        }
        return found;
    }
}
