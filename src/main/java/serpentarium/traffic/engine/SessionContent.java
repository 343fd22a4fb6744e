package serpentarium.traffic.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import serpentarium.traffic.Flow;
import serpentarium.traffic.RecordedFlows;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.FlowContent;
import serpentarium.traffic.format.ContentEncoding;

/// What filters read of a session: bodies without their content encoding.
///
/// @param session the session
/// @param limit   how many bytes of a body are looked at
public record SessionContent(RecordedFlows session, long limit) implements FlowContent {
    /// Looks at bodies up to a gigabyte.
    public SessionContent(RecordedFlows session) {
        this(session, 1L << 30);
    }

    @Override public Flow flow(int row) throws IOException {
        return session.flow(row);
    }

    @Override public InputStream body(int row, Side side) throws IOException {
        Flow flow = session.flow(row);
        Optional<List<ContentEncoding>> codings = flow.body(side).decoded() ? Optional.of(List.of())
                : ContentEncoding.parse(flow.headers(side).joined("content-encoding"));
        if (codings.isEmpty() || codings.get().isEmpty() || flow.body(side).stored() == 0) return session.body(row, side);
        return new Tolerant(ContentEncoding.decode(session.body(row, side), codings.get(), limit), session, row, side);
    }

    @Override public byte[] message(int row, int message) throws IOException {
        return session.content(row, message, Integer.MAX_VALUE);
    }

    /// Where the first bytes cannot be decoded the raw ones are given instead; where later ones cannot, the end.
    private static final class Tolerant extends InputStream {
        private final RecordedFlows session;
        private final int row;
        private final Side side;
        private InputStream in;
        private boolean any;
        private boolean raw;

        Tolerant(InputStream in, RecordedFlows session, int row, Side side) {
            this.in = in;
            this.session = session;
            this.row = row;
            this.side = side;
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
                if (raw) throw e;
                if (any) return -1;
                raw = true;
                in.close();
                in = session.body(row, side);
                return in.read(to, offset, length);
            }
        }

        @Override public void close() throws IOException {
            in.close();
        }
    }
}
