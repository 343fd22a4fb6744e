package serpentarium.traffic.format;

import java.io.IOException;
import java.io.InputStream;
import serpentarium.base.Source;

/// Bytes that are still being written while they are read, such as a capture that goes on. What is read from it is shown while it grows.
public interface GrowingSource extends Source {
    /// The bytes from the start. Where there are no more yet the stream waits for them; it ends when the writer has ended and all was read.
    ///
    /// @param turn called on the reader's thread again and again, many times a second, also while the stream waits
    InputStream open(Turn turn) throws IOException;

    /// Takes notice of how many packets its reader has read so far.
    default void read(long packets) {}

    /// What a reader does beside reading: nothing of what was read is being worked on then.
    @FunctionalInterface
    interface Turn {
        /// Does it.
        ///
        /// @throws IOException when what was found cannot be written
        void turn() throws IOException;
    }
}
