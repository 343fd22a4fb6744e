package serpentarium.traffic;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// A recorded conversation that can be read while it is written.
public interface Session extends FlowSink, AutoCloseable {
    /// What lists show, as of now; cheap to ask for at each pulse.
    FlowTable table();

    /// All of a flow but its bodies and messages.
    ///
    /// @throws IOException when the session cannot be read or the record is damaged
    Flow flow(int row) throws IOException;

    /// The row of a flow; -1 where there is none of this id.
    int row(String id);

    /// A body's bytes as they were sent, as far as they have come.
    InputStream body(int row, Side side) throws IOException;

    /// The messages `from`…`to` - 1 of a flow.
    List<Message> messages(int row, int from, int to) throws IOException;

    /// The content of a message, at most `limit` bytes of it.
    byte[] content(int row, int message, int limit) throws IOException;

    /// Sets what a person noted: a mark (empty for none) and a comment (empty for none).
    void notes(int row, String mark, String comment) throws IOException;

    /// Deletes a row, or brings it back.
    void deleted(int row, boolean deleted) throws IOException;

    /// What sources warned of so far.
    List<String> warnings();

    @Override void close() throws IOException;
}
