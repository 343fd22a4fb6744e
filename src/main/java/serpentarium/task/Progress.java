package serpentarium.task;

import java.time.Duration;

/// How far a running task is.
///
/// @param done    how much is done, in `unit`
/// @param total   how much there is, or -1 when nobody knows
/// @param unit    what is counted
/// @param message what is being done now; may be empty
/// @param rate    units a second over the last seconds, or NaN while it is not known
/// @param left    the time that is left at this rate, or null while it is not known
public record Progress(long done, long total, Unit unit, String message, double rate, Duration left) {
    /// What a task counts.
    public enum Unit { BYTES, ITEMS, STEPS }

    /// Nothing said yet.
    public static final Progress UNKNOWN = new Progress(0, -1, Unit.STEPS, "", Double.NaN, null);

    /// The share that is done, 0…1, or -1 when nobody knows.
    public double fraction() {
        return total <= 0 ? -1 : Math.clamp((double) done / total, 0, 1);
    }
}
