package serpentarium.traffic.engine;

/// How large a session may grow.
///
/// @param bytes   on disk
/// @param ring    at the limit the oldest part is dropped; else bodies are no longer recorded, and flows say so
/// @param segment bytes of one file, the unit that a ring drops
public record SessionLimits(long bytes, boolean ring, long segment) {
    /// Files of 128 MiB, without a limit.
    public static final SessionLimits NONE = new SessionLimits(Long.MAX_VALUE, false, 128L << 20);
}
