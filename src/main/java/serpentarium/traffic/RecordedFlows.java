package serpentarium.traffic;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// Flows that can be read, whether or not they still grow.
public interface RecordedFlows {
    /// What lists show, as of now; cheap to ask for at each pulse.
    FlowTable table();

    /// All of a flow but its bodies and messages.
    ///
    /// @throws IOException when it cannot be read or the record is damaged
    Flow flow(int row) throws IOException;

    /// The row of a flow; -1 where there is none of this id.
    int row(String id);

    /// A body's bytes as they were sent, as far as they have come.
    InputStream body(int row, Side side) throws IOException;

    /// The messages `from`…`to` - 1 of a flow.
    List<Message> messages(int row, int from, int to) throws IOException;

    /// The content of a message, at most `limit` bytes of it.
    byte[] content(int row, int message, int limit) throws IOException;

    /// What sources warned of so far.
    List<String> warnings();
}
