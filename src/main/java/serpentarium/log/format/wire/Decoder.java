package serpentarium.log.format.wire;

/// Takes apart what one connection says. It holds what is not complete yet, and nothing else: no more than [#LARGEST] and what came with it.
public interface Decoder {
    /// How many bytes a record may have as it is sent.
    int LARGEST = 16 << 20;

    /// Takes bytes, and writes the records that are complete.
    ///
    /// @return whether the connection makes sense; where it does not, nothing more of it can be read
    boolean feed(byte[] bytes, int from, int to, Arrivals out);

    /// Nothing came for a moment: what is complete unless more comes is written.
    default void idle(Arrivals out) {}

    /// The connection ended.
    void end(Arrivals out);

    /// How many bytes are held.
    int held();
}
