package serpentarium.traffic;

import java.io.IOException;

/// Where flows are written to as they become known: by a reader of a file, or by a proxy while the flows go on.
///
/// A sink may be used by several threads; one flow's writer by one thread at a time.
public interface FlowSink {
    /// Begins a flow. It is shown from now on, and grows.
    ///
    /// @param id      as the source names it, or null to have one made; one that is taken already is made different
    /// @param started seconds since 1970
    /// @throws IOException when the session cannot be written
    FlowWriter begin(String id, FlowKind kind, FlowSource source, double started) throws IOException;

    /// Something in the source that was repaired or skipped.
    ///
    /// @param where place in the source, for a person; empty for none
    void warn(String where, String text);
}
