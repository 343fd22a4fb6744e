package serpentarium.traffic.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import serpentarium.traffic.Flow;
import serpentarium.traffic.RecordedFlows;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.FlowContent;

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
        return DecodedBody.open(session.flow(row), side, () -> session.body(row, side), limit);
    }

    @Override public byte[] message(int row, int message) throws IOException {
        return session.content(row, message, Integer.MAX_VALUE);
    }

    @Override public Optional<FlowContent> apart() {
        return session instanceof DiskSession disk ? Optional.of(new ScannedContent(disk, limit)) : Optional.empty();
    }
}
