package serpentarium.traffic.format.mitm;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import serpentarium.traffic.WireText;

/// Writes tnetstrings. Lengths stand before contents, so sizes are counted first; a body is copied from where it lies.
final class TnetOutput {
    private TnetOutput() {}

    /// Bytes that are read when they are written.
    ///
    /// @param size  how many there are
    /// @param bytes gives them
    record Streamed(long size, Opening bytes) {
        @FunctionalInterface
        interface Opening {
            InputStream open() throws IOException;
        }
    }

    /// A value in memory, for small ones without streamed bytes.
    static byte[] bytes(Object value) {
        return TnetBytes.of(value);
    }

    /// Writes a value.
    ///
    /// @throws IOException when it cannot be written, or a streamed value does not give what it promised
    static void write(Object value, OutputStream out) throws IOException {
        var sizes = new ArrayList<Long>();
        measure(value, sizes);
        var cursor = new int[1];
        put(value, out, sizes, cursor);
    }

    /// Adds the payload sizes of a value and of all in it, itself first.
    private static long measure(Object value, List<Long> sizes) {
        int mine = sizes.size();
        sizes.add(0L);
        long size = switch (value) {
            case List<?> list -> {
                long sum = 0;
                for (Object item : list) sum += measure(item, sizes);
                yield sum;
            }
            case Map<?, ?> map -> {
                long sum = 0;
                for (Map.Entry<?, ?> entry : map.entrySet()) sum += measure(entry.getKey(), sizes) + measure(entry.getValue(), sizes);
                yield sum;
            }
            case Streamed streamed -> streamed.size();
            case Bytes bytes -> bytes.size();
            case null, default -> payload(value).length;
        };
        sizes.set(mine, size);
        return digits(size) + 2 + size;
    }

    private static int digits(long size) {
        return Long.toString(size).length();
    }

    static byte[] payload(Object value) {
        return switch (value) {
            case null -> new byte[0];
            case String text -> WireText.encode(text);
            case Double real -> real(real).getBytes(StandardCharsets.ISO_8859_1);
            default -> value.toString().getBytes(StandardCharsets.ISO_8859_1);
        };
    }

    /// As Python writes it: no exponent where a time has none.
    private static String real(double value) {
        if (Double.isNaN(value)) return "nan";
        if (Double.isInfinite(value)) return value > 0 ? "inf" : "-inf";
        double size = Math.abs(value);
        if (size != 0 && (size >= 1e16 || size < 1e-4)) return Double.toString(value).replace('E', 'e');
        String plain = new BigDecimal(Double.toString(value)).toPlainString();
        return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }

    private static void put(Object value, OutputStream out, List<Long> sizes, int[] cursor) throws IOException {
        long size = sizes.get(cursor[0]++);
        out.write((size + ":").getBytes(StandardCharsets.ISO_8859_1));
        switch (value) {
            case List<?> list -> {
                for (Object item : list) put(item, out, sizes, cursor);
                out.write(']');
            }
            case Map<?, ?> map -> {
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    put(entry.getKey(), out, sizes, cursor);
                    put(entry.getValue(), out, sizes, cursor);
                }
                out.write('}');
            }
            case Streamed streamed -> {
                copy(streamed, out);
                out.write(',');
            }
            case Bytes bytes -> {
                out.write(bytes.array(), bytes.from(), bytes.size());
                out.write(',');
            }
            case null, default -> {
                out.write(payload(value));
                out.write(type(value));
            }
        }
    }

    static int type(Object value) {
        return switch (value) {
            case List<?> _ -> ']';
            case Map<?, ?> _ -> '}';
            case Bytes _ -> ',';
            case null -> '~';
            case String _ -> ';';
            case Double _ -> '^';
            case Boolean _ -> '!';
            default -> '#';
        };
    }

    /// The length was written already: a body that grew meanwhile is cut.
    private static void copy(Streamed streamed, OutputStream out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = streamed.size();
        try (InputStream in = streamed.bytes().open()) {
            while (left > 0) {
                int got = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (got < 0) throw new java.io.EOFException("a body of the session is shorter than it said");
                out.write(buffer, 0, got);
                left -= got;
            }
        }
    }
}
