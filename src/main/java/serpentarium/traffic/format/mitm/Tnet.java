package serpentarium.traffic.format.mitm;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import serpentarium.traffic.WireText;

/// Reads tnetstrings: `LENGTH:PAYLOADTYPE`. Values are [Bytes] (`,`), [String] as [WireText] (`;`, mitmproxy's own), [Long] or [BigInteger]
/// (`#`), [Double] (`^`), [Boolean] (`!`), null (`~`), [List] (`]`) and [Map] with texts as keys (`}`).
///
/// Source: tnetstrings.org; `mitmproxy/io/tnetstring.py`.
final class Tnet {
    /// Flows are five deep; a person's metadata may be deeper.
    static final int DEPTH = 60;
    private static final int LONGEST_NUMBER = 400;
    private static final int LENGTH_DIGITS = 12;

    private final byte[] bytes;
    private int at;

    private Tnet(byte[] bytes, int from) {
        this.bytes = bytes;
        at = from;
    }

    /// What is wrong with a dump, for a person, and where in the record.
    static final class Wrong extends IOException {
        private static final long serialVersionUID = 1;
        /// Offset in the array that was read.
        final int offset;

        Wrong(String message, int offset) {
            super(message);
            this.offset = offset;
        }
    }

    /// The value of a payload.
    ///
    /// @throws Wrong when it is none
    static Object value(byte[] bytes, int from, int end, int type) throws Wrong {
        return new Tnet(bytes, from).value(end, type, 0);
    }

    /// The one value that an array holds.
    static Object whole(byte[] bytes) throws Wrong {
        var tnet = new Tnet(bytes, 0);
        Object value = tnet.next(bytes.length, 0);
        if (tnet.at != bytes.length) throw new Wrong("more than one value", tnet.at);
        return value;
    }

    private Object next(int end, int depth) throws Wrong {
        int start = at;
        long length = 0;
        int digits = 0;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9' && digits++ < LENGTH_DIGITS) length = length * 10 + bytes[at++] - '0';
        if (at == start || at >= end || bytes[at] != ':') throw new Wrong("a length is missing", start);
        at++;
        if (length >= end - at) throw new Wrong("a length is larger than what is left", start);
        int stop = at + (int) length;
        Object value = value(stop, bytes[stop], depth);
        at = stop + 1;
        return value;
    }

    private Object value(int end, int type, int depth) throws Wrong {
        return switch (type) {
            case ',' -> new Bytes(bytes, at, end - at);
            case ';' -> WireText.decode(bytes, at, end - at);
            case '#' -> integer(end);
            case '^' -> real(end);
            case '!' -> truth(end);
            case '~' -> {
                if (at != end) throw new Wrong("a null has content", at);
                yield null;
            }
            case ']' -> list(end, depth);
            case '}' -> dict(end, depth);
            default -> throw new Wrong("“" + (char) (type & 0xff) + "” is no type of a value", end);
        };
    }

    private List<Object> list(int end, int depth) throws Wrong {
        deeper(depth);
        List<Object> items = new ArrayList<>();
        while (at < end) items.add(next(end, depth + 1));
        return items;
    }

    private Map<String, Object> dict(int end, int depth) throws Wrong {
        deeper(depth);
        Map<String, Object> fields = LinkedHashMap.newLinkedHashMap(20);
        while (at < end) {
            int start = at;
            Object key = next(end, depth + 1);
            if (at >= end) throw new Wrong("a key has no value", start);
            fields.put(key instanceof String name ? name : key instanceof Bytes name ? name.text() : String.valueOf(key), next(end, depth + 1));
        }
        return fields;
    }

    private void deeper(int depth) throws Wrong {
        if (depth >= DEPTH) throw new Wrong("values lie too deep in one another", at);
    }

    private String number(int end) throws Wrong {
        if (end - at > LONGEST_NUMBER || end == at) throw new Wrong("a number is too long or empty", at);
        return new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
    }

    private Object integer(int end) throws Wrong {
        int size = end - at;
        if (size > 0 && size < 18 && bytes[at] != '-') {
            long value = 0;
            for (int i = at; i < end; i++) {
                int digit = bytes[i] - '0';
                if (digit < 0 || digit > 9) throw new Wrong("a number is none", at);
                value = value * 10 + digit;
            }
            return value;
        }
        try {
            var big = new BigInteger(number(end));
            if (big.bitLength() < 64) return big.longValue();
            return big;
        } catch (NumberFormatException e) {
            throw new Wrong("a number is none", at);
        }
    }

    private Double real(int end) throws Wrong {
        String text = number(end);
        try {
            return switch (text) {
                case "nan" -> Double.NaN;
                case "inf" -> Double.POSITIVE_INFINITY;
                case "-inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.valueOf(text);
            };
        } catch (NumberFormatException e) {
            throw new Wrong("a number is none", at);
        }
    }

    private Boolean truth(int end) throws Wrong {
        if (end - at == 4 && bytes[at] == 't') return true;
        if (end - at == 5 && bytes[at] == 'f') return false;
        throw new Wrong("a truth value is none", at);
    }
}
