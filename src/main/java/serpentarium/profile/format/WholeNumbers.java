package serpentarium.profile.format;

import java.util.List;
import serpentarium.profile.CallGraph;
import serpentarium.profile.Event;
import serpentarium.profile.Profile;
import serpentarium.profile.StackTree;
import serpentarium.profile.Unit;

/// Costs as the whole numbers that some formats want: seconds become nanoseconds, and where costs without a unit of their own have
/// fractions, they become millionths.
final class WholeNumbers {
    /// What a written number counts.
    enum Scale {
        /// Seconds, written as nanoseconds.
        NANOSECONDS(1e9),
        /// As it is.
        AS_IS(1),
        /// Something with fractions, written as millionths of it.
        MILLIONTHS(1e6);

        private final double factor;

        Scale(double factor) {
            this.factor = factor;
        }
    }

    private static final double MOST = 9e18;

    private final Scale[] scales;
    private boolean negative;
    private boolean large;

    /// Looks at all costs of a profile.
    WholeNumbers(Profile profile) {
        List<Event> events = profile.info().events();
        scales = new Scale[events.size()];
        for (int e = 0; e < scales.length; e++) {
            if (events.get(e).unit() == Unit.SECONDS) scales[e] = Scale.NANOSECONDS;
            else scales[e] = fractions(profile, e) ? Scale.MILLIONTHS : Scale.AS_IS;
        }
    }

    private static boolean fractions(Profile profile, int event) {
        switch (profile) {
            case Profile.Stacks stacks -> {
                for (StackTree tree : stacks.trees())
                    for (int node = 0; node < tree.size(); node++) if (fraction(tree.self(event, node))) return true;
            }
            case Profile.Graph graph -> {
                for (CallGraph calls : graph.graphs())
                    for (int f = 0; f < calls.functions(); f++) if (fraction(calls.self(event, f)) || fraction(calls.total(event, f))) return true;
            }
        }
        return false;
    }

    private static boolean fraction(double cost) {
        return cost != Math.rint(cost) && Math.abs(cost) < Double.POSITIVE_INFINITY;
    }

    /// How an event's costs are written.
    Scale scale(int event) {
        return scales[event];
    }

    /// A cost as a whole number, never negative.
    long of(int event, double cost) {
        if (cost < 0) negative = true;
        double scaled = cost * scales[event].factor;
        if (scaled > MOST) large = true;
        return scaled > 0 ? Math.round(Math.min(scaled, MOST)) : 0;
    }

    /// Says what of the costs could not be written.
    void tell(WriteNotes notes) {
        if (negative) notes.once("write.negative");
        if (large) notes.once("write.large");
    }
}
