package serpentarium.profile.analysis;

import java.util.List;
import serpentarium.profile.Event;
import serpentarium.profile.Profile;

/// Which event of each of two profiles is compared with which of the other.
///
/// @param a index into the first's events
/// @param b index into the second's events
public record ComparedEvents(int a, int b) {
    /// The first pair of equal names that can be compared; else the first that can be compared at all, else the first of both.
    public static ComparedEvents of(Profile first, Profile second) {
        List<Event> as = first.info().events();
        List<Event> bs = second.info().events();
        for (int b = 0; b < bs.size(); b++)
            for (int a = 0; a < as.size(); a++)
                if (as.get(a).name().equals(bs.get(b).name()) && Comparison.scale(as.get(a).unit(), bs.get(b).unit()) != 0) return new ComparedEvents(a, b);
        for (int b = 0; b < bs.size(); b++)
            for (int a = 0; a < as.size(); a++) if (Comparison.scale(as.get(a).unit(), bs.get(b).unit()) != 0) return new ComparedEvents(a, b);
        return new ComparedEvents(0, 0);
    }
}
