package serpentarium.traffic.analysis;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import serpentarium.traffic.Flow;
import serpentarium.traffic.Side;

/// Where filters and searches read what the list does not hold.
public interface FlowContent {
    /// A part of a flow, as a bit: the header of its request.
    int REQUEST_HEAD = 1;
    /// The header of its response.
    int RESPONSE_HEAD = 2;
    /// The body of its request.
    int REQUEST_BODY = 4;
    /// The body of its response.
    int RESPONSE_BODY = 8;
    /// Its messages.
    int MESSAGES = 16;

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

    /// The same for one more thread, which asks for rows in ascending order; empty where only one thread may read.
    default Optional<FlowContent> apart() {
        return Optional.empty();
    }

    /// Which parts of a flow may hold what a needle looks for, a line of a header being `Name: value`. A part that is not in the answer does not
    /// hold it; one that is must be looked through.
    ///
    /// @param parts those asked for
    /// @throws IOException when the session cannot be read
    default int mayHold(int row, int parts, Needle needle) throws IOException {
        return parts;
    }
}
