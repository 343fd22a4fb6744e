package serpentarium.traffic.format.wire;

import java.io.IOException;
import serpentarium.traffic.Side;

/// The two byte streams of one connection, as they come. One thread at a time.
public interface Protocol {
    /// The next bytes of one side. They are not kept: what is needed later is copied.
    ///
    /// @param time seconds since 1970
    void bytes(Side from, double time, byte[] bytes, int offset, int length) throws IOException;

    /// So many bytes of one side were not seen.
    void lost(Side from, double time, long count) throws IOException;

    /// One side sends no more.
    void end(Side from, double time) throws IOException;

    /// The connection is over; nothing else is called after it.
    void close(double time, Ending how) throws IOException;

    /// How a connection came to its end.
    enum Ending {
        /// Both sides closed it.
        CLOSED,
        /// One side reset it.
        RESET,
        /// It may go on, but nobody looks at it any more.
        UNSEEN
    }
}
