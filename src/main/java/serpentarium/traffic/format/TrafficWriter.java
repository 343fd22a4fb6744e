package serpentarium.traffic.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.IntPredicate;
import serpentarium.task.TaskContext;
import serpentarium.traffic.Session;

/// A file format that flows are written in.
public interface TrafficWriter {
    /// Stable identifier, such as `har`.
    String id();

    /// Writes the rows of a session that are wanted, in their order, streaming.
    ///
    /// @param rows which rows are wanted; deleted ones are left out by the caller
    /// @throws IOException when the session cannot be read or the stream not be written
    void write(Session session, IntPredicate rows, OutputStream out, TaskContext context) throws IOException;
}
