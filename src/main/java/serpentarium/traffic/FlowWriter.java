package serpentarium.traffic;

import java.io.IOException;

/// Writes one flow as it becomes known. Each part may come in any order and again: the last one counts; bytes and messages add up.
///
/// What was written is in the session at the latest when [#commit()] returns, and stays there whatever happens to this process.
public interface FlowWriter extends AutoCloseable {
    /// The flow's id in its session.
    String id();

    /// The kind turned out to be another one, such as an upgraded connection.
    void kind(FlowKind kind) throws IOException;

    /// The connection's facts.
    void connection(ConnectionFacts connection) throws IOException;

    /// All times known so far.
    void timing(Timing timing) throws IOException;

    /// The request's head.
    void request(RequestHead head) throws IOException;

    /// The response's head.
    void response(ResponseHead head) throws IOException;

    /// Appends to a body: bytes as they were sent without the transfer coding.
    void body(Side side, byte[] bytes, int from, int length) throws IOException;

    /// The body has ended, or what became of it. Without this call a body that has bytes is complete when the writer is closed.
    ///
    /// @param wireSize bytes as they were sent where that is known apart from the bytes written, else -1
    /// @param decoded  whether the bytes written are without their content encoding already
    void bodyEnd(Side side, BodyFacts.State state, long wireSize, boolean decoded) throws IOException;

    /// The fields after a body.
    void trailers(Side side, Headers trailers) throws IOException;

    /// Appends a message with its content.
    void message(Side from, double time, int opcode, byte[] content, boolean dropped, boolean injected) throws IOException;

    /// What went wrong, for a person.
    void error(String text) throws IOException;

    /// The client's program.
    void process(ProcessFacts process) throws IOException;

    /// The incoming request that caused this one.
    void parent(String flowId) throws IOException;

    /// What a person set: a mark (empty for none) and a comment (empty for none).
    void notes(String mark, String comment) throws IOException;

    /// What the source's format says beyond the model, under `format.field`.
    void extra(String key, byte[] value) throws IOException;

    /// Puts what was written so far into the session and shows it.
    void commit() throws IOException;

    /// Commits; the flow does not grow any more.
    @Override void close() throws IOException;
}
