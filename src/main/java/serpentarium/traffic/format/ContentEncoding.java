package serpentarium.traffic.format;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;
import serpentarium.pack.Packing;

/// How the content of an HTTP message is compressed: one name of a Content-Encoding field.
///
/// Source: RFC 9110 section 8.4, RFC 7932 (br), RFC 8878 (zstd). `deflate` is zlib by the book, and raw deflate from many servers.
public enum ContentEncoding {
    /// gzip, also of several members.
    GZIP,
    /// zlib, or deflate without its frame.
    DEFLATE,
    /// Brotli.
    BR,
    /// Zstandard.
    ZSTD;

    /// More codings in one message than this are a joke or an attack.
    private static final int MOST = 8;
    /// As a power of two: 128 MiB, as browsers bound it for files; the field's own limit is 8 MiB.
    private static final int ZSTD_WINDOW = 27;

    /// The codings of a Content-Encoding value, in the order in which they were applied; empty for a value with a name that is not known or with
    /// too many of them.
    ///
    /// @param value such as `br, gzip`; null or blank for none
    public static Optional<List<ContentEncoding>> parse(String value) {
        if (value == null) return Optional.of(List.of());
        var codings = new ArrayList<ContentEncoding>();
        for (String name : value.split(",")) {
            switch (name.strip().toLowerCase(Locale.ROOT)) {
                case "", "identity" -> { }
                case "gzip", "x-gzip" -> codings.add(GZIP);
                case "deflate" -> codings.add(DEFLATE);
                case "br" -> codings.add(BR);
                case "zstd" -> codings.add(ZSTD);
                default -> {
                    return Optional.empty();
                }
            }
        }
        return codings.size() > MOST ? Optional.empty() : Optional.of(codings);
    }

    /// The content of a message: all its codings undone, the one applied last first. The stream throws an [IOException] where the bytes are not
    /// what the codings promise, and gives at most `limit` bytes: ask for one more than you want to know whether there are more.
    public static InputStream decode(InputStream wire, List<ContentEncoding> codings, long limit) throws IOException {
        InputStream in = wire;
        for (int i = codings.size() - 1; i >= 0; i--) in = codings.get(i).open(in);
        return new Bounded(in, limit);
    }

    private InputStream open(InputStream in) throws IOException {
        return switch (this) {
            case GZIP -> Packing.GZIP.open(in);
            case DEFLATE -> deflate(in);
            case BR -> new Guarded(in);
            case ZSTD -> new ZstdInputStream(in).setLongMax(ZSTD_WINDOW);
        };
    }

    private static InputStream deflate(InputStream in) throws IOException {
        var back = new PushbackInputStream(in, 2);
        byte[] head = back.readNBytes(2);
        back.unread(head);
        boolean zlib = head.length == 2 && (head[0] & 0x0f) == 8 && ((head[0] & 0xff) << 8 | head[1] & 0xff) % 31 == 0;
        return new InflaterInputStream(back, new Inflater(!zlib), 16 * 1024);
    }

    /// The Brotli decoder is made at the first read, because it reads when it is made, and lets no exception of its own out.
    private static final class Guarded extends InputStream {
        private final InputStream in;
        private InputStream decoder;

        Guarded(InputStream in) {
            this.in = in;
        }

        @Override public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override public int read(byte[] to, int offset, int length) throws IOException {
            try {
                if (decoder == null) decoder = new BrotliInputStream(in);
                return decoder.read(to, offset, length);
            } catch (IllegalStateException | IndexOutOfBoundsException e) {
                throw new IOException("corrupt Brotli data", e);
            }
        }

        @Override public void close() throws IOException {
            in.close();
        }
    }

    private static final class Bounded extends InputStream {
        private final InputStream in;
        private long left;

        Bounded(InputStream in, long limit) {
            this.in = in;
            left = limit;
        }

        @Override public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override public int read(byte[] to, int offset, int length) throws IOException {
            if (length == 0) return 0;
            if (left <= 0) return -1;
            int got = in.read(to, offset, (int) Math.min(length, left));
            if (got > 0) left -= got;
            return got;
        }

        @Override public void close() throws IOException {
            in.close();
        }
    }
}
