package serpentarium.traffic.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import serpentarium.task.TaskContext;
import serpentarium.traffic.RecordedFlows;

/// A file format that flows are written in.
public interface TrafficWriter {
    /// Stable identifier, such as `har`.
    String id();

    /// How names of its files end, the usual one first.
    List<String> endings();

    /// Whether a file of this name is written in this format.
    default boolean writes(String name) {
        String small = name.toLowerCase(Locale.ROOT);
        return endings().stream().anyMatch(small::endsWith);
    }

    /// Writes the rows of a session that are wanted, in their order, streaming.
    ///
    /// @param rows which rows are wanted; deleted ones are left out by the caller
    /// @return what the file does not say, for a person
    /// @throws IOException when the session cannot be read or the stream not be written
    List<String> write(RecordedFlows session, IntPredicate rows, OutputStream out, TaskContext context) throws IOException;
}
