package serpentarium.log.ui.list;

import java.io.IOException;
import java.util.List;

/// Makes rows of lines, off the window's thread; one thread at a time.
public interface RowReader {
    /// The rows `first…first + count - 1` as they are now, fewer where there are no more.
    ///
    /// @throws IOException where the log cannot be read
    List<Row> read(RowSource source, long first, int count) throws IOException;
}
