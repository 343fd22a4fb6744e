package serpentarium.task;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// A clock that moves when a test says so.
final class ManualClock implements InstantSource, LongSupplier {
    private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);

    void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Override public Instant instant() {
        return Instant.ofEpochSecond(0, nanos.get());
    }

    @Override public long getAsLong() {
        return nanos.get();
    }
}
