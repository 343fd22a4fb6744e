package serpentarium.profile;

import java.util.List;

/// What is known of the source lines of a thread, or of all threads together.
///
/// @param self  what lines cost themselves
/// @param total what they cost with all that was below them, each stack counted once; [LineCosts#NONE] where that follows from the other two or
///              is not known
/// @param calls which of them call what, or [LineCalls#NONE]
public record ThreadLines(LineCosts self, LineCosts total, LineCalls calls) {
    /// Nothing is known.
    public static final ThreadLines NONE = new ThreadLines(LineCosts.NONE, LineCosts.NONE, LineCalls.NONE);

    /// Only own costs are known.
    public ThreadLines(LineCosts self) {
        this(self, LineCosts.NONE, LineCalls.NONE);
    }

    /// Whether nothing is known.
    public boolean isEmpty() {
        return self.isEmpty() && total.isEmpty() && calls.isEmpty();
    }

    /// The same of these events alone, in this order.
    public ThreadLines of(List<Integer> events) {
        return new ThreadLines(self.of(events), total.of(events), calls.of(events));
    }
}
