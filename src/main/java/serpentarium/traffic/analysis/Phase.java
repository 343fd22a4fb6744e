package serpentarium.traffic.analysis;

import java.util.ArrayList;
import java.util.List;
import serpentarium.traffic.Timing;

/// A stretch of a flow's time.
///
/// @param step what went on
/// @param from seconds after the earliest time known
/// @param to   the same; NaN where it is not known whether and when this was
public record Phase(Step step, double from, double to) {
    /// What goes on, in its usual order.
    public enum Step {
        /// The name is looked up.
        DNS,
        /// The connection is made.
        CONNECT,
        /// TLS is agreed on.
        TLS,
        /// The request is sent.
        SEND,
        /// The server thinks.
        WAIT,
        /// The response comes.
        RECEIVE
    }

    /// How long it took, in seconds; NaN where it is not known.
    public double duration() {
        return to - from;
    }

    /// Whether it is known.
    public boolean known() {
        return !Double.isNaN(duration());
    }

    /// All steps of a flow in their usual order, also those that are not known.
    public static List<Phase> of(Timing timing) {
        double zero = zero(timing);
        var phases = new ArrayList<Phase>();
        add(phases, Step.DNS, timing.dnsStart(), timing.dnsEnd(), zero);
        add(phases, Step.CONNECT, timing.connectStart(), timing.connectEnd(), zero);
        add(phases, Step.TLS, timing.connectEnd(), timing.tlsEnd(), zero);
        add(phases, Step.SEND, timing.requestStart(), timing.requestEnd(), zero);
        add(phases, Step.WAIT, timing.requestEnd(), timing.responseStart(), zero);
        add(phases, Step.RECEIVE, timing.responseStart(), timing.responseEnd(), zero);
        return phases;
    }

    /// The earliest time known, in seconds since 1970.
    public static double zero(Timing timing) {
        double zero = timing.started();
        for (double time : new double[] {timing.dnsStart(), timing.connectStart(), timing.requestStart()}) {
            if (!Double.isNaN(time) && !(zero <= time)) zero = time;
        }
        return zero;
    }

    private static void add(List<Phase> phases, Step step, double from, double to, double zero) {
        boolean known = to >= from;
        phases.add(new Phase(step, known ? from - zero : Double.NaN, known ? to - zero : Double.NaN));
    }
}
