package serpentarium.profile.format;

import java.util.List;

import serpentarium.profile.EventFormulas;
import serpentarium.profile.LineCalls;
import serpentarium.profile.LineCosts;
import serpentarium.profile.ThreadLines;

/// The costs by line of one thread of a callgrind file. All threads share what memory there is for them.
final class CallgrindLines {
    private static final long MOST_OWN = 1L << 30;

    private final LineCosts.Builder own;
    private final LineCalls.Builder calls;

    CallgrindLines(int events) {
        own = new LineCosts.Builder(events);
        calls = new LineCalls.Builder(events);
    }

    /// Begins a part of the thread: the others have what they took until now.
    void begin(List<CallgrindLines> all) {
        long most = Runtime.getRuntime().maxMemory();
        long ownLeft = Math.min(MOST_OWN, most / 4);
        long callsLeft = Math.min(MOST_OWN / 2, most / 8);
        for (CallgrindLines each : all) {
            if (each == this) continue;
            ownLeft -= each.own.bytes();
            callsLeft -= each.calls.bytes();
        }
        own.limit(ownLeft);
        calls.limit(callsLeft);
    }

    /// The lines' own costs.
    LineCosts.Builder own() {
        return own;
    }

    /// Adds a call.
    ///
    /// @param file of the line, or null where it is the caller's own
    void call(int caller, String file, int line, int callee, long count, double[] costs) {
        calls.add(caller, file == null ? -1 : calls.file(file), line, callee, count, costs);
    }

    /// Lets go of what is only needed while a part of the thread is read.
    void end() {
        own.pause();
    }

    /// Whether some had to be left out.
    boolean full() {
        return own.full() || calls.full();
    }

    /// What was collected, of functions 0…`functions` - 1.
    ThreadLines build(int functions, EventFormulas formulas) {
        return new ThreadLines(own.build(functions, formulas), LineCosts.NONE, calls.build(functions, formulas));
    }
}
