package serpentarium.profile;

import java.util.List;

/// Events that are sums of measured ones, such as estimated cycles: computed where they are looked at, never stored a second time.
///
/// @param factors for each such event the factor of each measured event
public record EventFormulas(List<double[]> factors) {
    /// All events are measured.
    public static final EventFormulas NONE = new EventFormulas(List.of());

    public EventFormulas {
        factors = List.copyOf(factors);
    }

    /// How many there are.
    public int size() {
        return factors.size();
    }

    /// The cost at `index` of the event that is `derived`-th after the measured ones, whose costs are these columns.
    double of(int derived, double[][] columns, int index) {
        double[] factor = factors.get(derived);
        double sum = 0;
        for (int e = 0; e < columns.length; e++) if (factor[e] != 0) sum += factor[e] * columns[e][index];
        return sum;
    }

    /// The cost that follows from these costs of the measured events.
    public double of(int derived, double[] measured) {
        double[] factor = factors.get(derived);
        double sum = 0;
        for (int e = 0; e < factor.length; e++) if (factor[e] != 0) sum += factor[e] * measured[e];
        return sum;
    }
}
