package serpentarium.log.format.wire;

import java.time.Instant;

/// Says what time it is.
@FunctionalInterface
public interface Now {
    /// The system's clock.
    Now SYSTEM = () -> {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    };

    /// Nanoseconds since 1970.
    long nanos();
}
