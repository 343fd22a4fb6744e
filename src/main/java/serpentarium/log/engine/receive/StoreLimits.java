package serpentarium.log.engine.receive;

import java.time.Duration;

/// How much is kept of what is received.
///
/// @param segment bytes of a file before the next one is begun
/// @param age     how old a file becomes before the next one is begun
/// @param total   bytes of all files, packed as they are; the oldest go first
public record StoreLimits(long segment, Duration age, long total) {
    /// 128 MiB a file, one a day, 4 GiB together.
    public static final StoreLimits USUAL = new StoreLimits(128L << 20, Duration.ofDays(1), 4L << 30);
}
