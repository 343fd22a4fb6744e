package serpentarium.traffic.analysis;

import java.io.IOException;
import java.io.InputStream;
import serpentarium.traffic.Flow;
import serpentarium.traffic.Side;

/// Where filters and searches read what the list does not hold.
public interface FlowContent {
    /// A flow's record.
    ///
    /// @throws IOException when it cannot be read
    Flow flow(int row) throws IOException;

    /// A body without its content encoding, as far as it can be decoded; the bytes as they were sent where it cannot.
    ///
    /// @throws IOException when the session cannot be read
    InputStream body(int row, Side side) throws IOException;

    /// The content of a message.
    ///
    /// @throws IOException when it cannot be read
    byte[] message(int row, int message) throws IOException;
}
