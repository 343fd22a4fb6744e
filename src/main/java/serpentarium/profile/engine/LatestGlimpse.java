package serpentarium.profile.engine;

import java.util.function.LongSupplier;
import serpentarium.profile.Glimpse;
import serpentarium.profile.format.Glimpses;

/// Keeps the latest glimpse of a file that is read, for somebody who looks now and then: one thread shows, others look.
public final class LatestGlimpse implements Glimpses {
    private static final long EVERY = 250_000_000;

    private final LongSupplier nanoTime;
    private long next;
    private volatile Glimpse latest;

    /// Wants the first one a quarter of a second from now, and one each quarter of a second then.
    public LatestGlimpse() {
        this(System::nanoTime);
    }

    LatestGlimpse(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        next = nanoTime.getAsLong() + EVERY;
    }

    @Override public boolean wanted() {
        return nanoTime.getAsLong() - next >= 0;
    }

    @Override public void show(Glimpse glimpse) {
        latest = glimpse;
        next = nanoTime.getAsLong() + EVERY;
    }

    /// The latest one, or null.
    public Glimpse latest() {
        return latest;
    }
}
