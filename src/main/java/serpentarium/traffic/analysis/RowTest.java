package serpentarium.traffic.analysis;

import java.io.IOException;

/// Whether a row matches a part of a filter. Many threads may ask at once, each with what it reads with.
interface RowTest {
    /// Looks at a row.
    ///
    /// @throws IOException when the session cannot be read
    boolean test(int row, RowReader in) throws IOException;
}
