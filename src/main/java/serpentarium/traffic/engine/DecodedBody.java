package serpentarium.traffic.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import serpentarium.traffic.Flow;
import serpentarium.traffic.Side;
import serpentarium.traffic.format.ContentEncoding;

/// A body without its content encoding. Where the first bytes cannot be decoded the raw ones are given instead; where later ones cannot, the end.
final class DecodedBody extends InputStream {
    private final Raw raw;
    private InputStream in;
    private boolean any;
    private boolean plain;

    /// Opens the bytes as they were sent.
    interface Raw {
        /// From their beginning.
        InputStream open() throws IOException;
    }

    private DecodedBody(InputStream in, Raw raw) {
        this.in = in;
        this.raw = raw;
    }

    /// Opens a flow's body.
    ///
    /// @param limit how many bytes of it are given at most where it is encoded
    static InputStream open(Flow flow, Side side, Raw raw, long limit) throws IOException {
        Optional<List<ContentEncoding>> codings = flow.body(side).decoded() ? Optional.of(List.of())
                : ContentEncoding.parse(flow.headers(side).joined("content-encoding"));
        if (codings.isEmpty() || codings.get().isEmpty() || flow.body(side).stored() == 0) return raw.open();
        return new DecodedBody(ContentEncoding.decode(raw.open(), codings.get(), limit), raw);
    }

    @Override public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override public int read(byte[] to, int offset, int length) throws IOException {
        try {
            int got = in.read(to, offset, length);
            any |= got > 0;
            return got;
        } catch (IOException e) {
            if (plain) throw e;
            if (any) return -1;
            plain = true;
            in.close();
            in = raw.open();
            return in.read(to, offset, length);
        }
    }

    @Override public void close() throws IOException {
        in.close();
    }
}
