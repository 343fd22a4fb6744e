package serpentarium.traffic;

/// What is known of a body without reading it.
///
/// @param state    whether all of it is there
/// @param wireSize its bytes as they were sent, without the transfer coding; -1 where it is not known
/// @param stored   its bytes in the session, as they were sent
/// @param decoded  whether the stored bytes are without their content encoding already, as HAR has them
public record BodyFacts(State state, long wireSize, long stored, boolean decoded) {
    /// No body.
    public static final BodyFacts NONE = new BodyFacts(State.NONE, 0, 0, false);

    /// Whether a body is there.
    public enum State {
        /// There was none.
        NONE,
        /// All of it.
        COMPLETE,
        /// It goes on.
        GROWING,
        /// It broke off, or a part of it was not recorded.
        PARTIAL,
        /// There was one; nothing of it was recorded.
        MISSING
    }
}
