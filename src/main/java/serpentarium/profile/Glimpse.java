package serpentarium.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;

/// What is known of a profile while its file is still read: sums so far, of the first event.
///
/// @param event     the event; its total is what was read so far
/// @param functions how many functions were seen
/// @param top       the dearest ones by self cost
public record Glimpse(Event event, int functions, List<Row> top) {
    /// How many functions are listed at most.
    public static final int ROWS = 12;

    /// One function.
    ///
    /// @param name as the file gives it
    /// @param self what it cost itself so far
    public record Row(String name, double self) {}

    public Glimpse {
        top = List.copyOf(top);
    }

    /// Picks the dearest functions; names are asked for these only.
    public static Glimpse of(Event event, int functions, IntToDoubleFunction self, IntFunction<String> name) {
        int[] best = new int[ROWS];
        double[] costs = new double[ROWS];
        int kept = 0;
        for (int f = 0; f < functions; f++) {
            double cost = self.applyAsDouble(f);
            if (!(cost > 0) || kept == ROWS && cost <= costs[ROWS - 1]) continue;
            int at = kept < ROWS ? kept++ : ROWS - 1;
            for (; at > 0 && costs[at - 1] < cost; at--) {
                costs[at] = costs[at - 1];
                best[at] = best[at - 1];
            }
            costs[at] = cost;
            best[at] = f;
        }
        List<Row> top = new ArrayList<>();
        for (int i = 0; i < kept; i++) top.add(new Row(name.apply(best[i]), costs[i]));
        return new Glimpse(event, functions, top);
    }
}
