package serpentarium.traffic;

import java.io.IOException;

/// A recorded conversation that can be read while it is written.
public interface Session extends RecordedFlows, FlowSink, AutoCloseable {
    /// Sets what a person noted: a mark (empty for none) and a comment (empty for none).
    void notes(int row, String mark, String comment) throws IOException;

    /// Deletes a row, or brings it back.
    void deleted(int row, boolean deleted) throws IOException;

    @Override void close() throws IOException;
}
