package serpentarium.task;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/// How far one task is, and how fast. Writers replace one reference; nobody is called.
///
/// The rate is taken between now and an anchor that lies 1.5 to 3 seconds back: two samples are kept, and when the younger is 1.5 seconds
/// old it becomes the anchor. That is exact for a steady rate, needs no list, and forgets what was more than 3 seconds ago.
final class Meter {
    private static final long HALF_WINDOW = 1_500_000_000L;
    private static final long SHORTEST = 200_000_000L;
    private static final long SILENCE = 1_000_000_000L;
    private static final double LONGEST_LEFT_SECONDS = 30 * 24 * 3600.0;
    private static final int MESSAGE_LIMIT = 400;

    private final LongSupplier nanoTime;
    private final AtomicReference<Reading> reading = new AtomicReference<>();

    /// @param nanoTime the clock, as [System#nanoTime()]
    Meter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// What was said last.
    ///
    /// @param at      when it was said
    /// @param anchor  where the rate is measured from; null before anything was counted
    /// @param younger the anchor to come
    private record Reading(long done, long total, Progress.Unit unit, String message, long at, Sample anchor, Sample younger) {}

    private record Sample(long at, long done) {}

    /// Sets how much is done. A smaller number than before, or another unit, begins a new measurement.
    void progress(long done, long total, Progress.Unit unit) {
        write(done, total, unit, false);
    }

    /// As [#progress(long, long, Progress.Unit)], but never goes back.
    void advance(long done, long total, Progress.Unit unit) {
        write(done, total, unit, true);
    }

    private void write(long done, long total, Progress.Unit unit, boolean onward) {
        long now = nanoTime.getAsLong();
        reading.updateAndGet(old -> {
            String message = old == null ? "" : old.message;
            boolean other = old == null || old.anchor == null || old.unit != unit || old.total != total && onward;
            if (other) return first(done, total, unit, message, now);
            if (done < old.done) return onward ? old : first(done, total, unit, message, now);
            Sample anchor = old.anchor;
            Sample younger = old.younger;
            if (now - younger.at >= HALF_WINDOW) {
                anchor = younger;
                younger = new Sample(now, done);
            }
            return new Reading(done, total, unit, message, now, anchor, younger);
        });
    }

    private static Reading first(long done, long total, Progress.Unit unit, String message, long now) {
        var sample = new Sample(now, done);
        return new Reading(done, total, unit, message, now, sample, sample);
    }

    /// Sets the words.
    void message(String text) {
        String words = text.length() <= MESSAGE_LIMIT ? text : text.substring(0, MESSAGE_LIMIT) + "…";
        reading.updateAndGet(old -> old == null
                ? new Reading(0, -1, Progress.Unit.STEPS, words, nanoTime.getAsLong(), null, null)
                : new Reading(old.done, old.total, old.unit, words, old.at, old.anchor, old.younger));
    }

    /// What was said last, with rate and time left as of now. A writer that says nothing for more than a second lets the rate sink.
    Progress now() {
        Reading r = reading.get();
        if (r == null) return Progress.UNKNOWN;
        double rate = rate(r, nanoTime.getAsLong());
        return new Progress(r.done, r.total, r.unit, r.message, rate, left(r, rate));
    }

    private static double rate(Reading r, long now) {
        if (r.anchor == null) return Double.NaN;
        long until = Math.max(r.at, now - SILENCE);
        long span = until - r.anchor.at;
        return span < SHORTEST ? Double.NaN : (r.done - r.anchor.done) * 1e9 / span;
    }

    private static Duration left(Reading r, double rate) {
        if (r.total < 0) return null;
        if (r.done >= r.total) return Duration.ZERO;
        if (!(rate > 0)) return null;
        double seconds = (r.total - r.done) / rate;
        return seconds > LONGEST_LEFT_SECONDS ? null : Duration.ofMillis(Math.round(seconds * 1000));
    }
}
