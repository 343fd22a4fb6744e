package serpentarium.profile.format;

import java.util.Arrays;

/// What collapsed stacks cost: all, and those with each text at their top. What was added since it was last kept can be taken back.
final class CollapsedSums {
    private double[] totals;
    private double[][] self;
    private double[] keptTotals;
    private double[][] kept;

    CollapsedSums(int events) {
        totals = new double[events];
        self = new double[events][256];
        keep();
    }

    /// Adds all stacks of a batch.
    void add(CollapsedBatch batch) {
        int[] codes = batch.codes();
        int at = 0;
        for (int i = 0; i < batch.size(); i++) {
            int text = codes[at + 2];
            at += 4 + codes[at + 3];
            for (int e = 0; e < totals.length; e++) {
                if (text >= self[e].length) self[e] = Arrays.copyOf(self[e], Math.max(text + 1, self[e].length * 2));
                double cost = batch.cost(i, e);
                self[e][text] += cost;
                totals[e] += cost;
            }
        }
    }

    /// Keeps what was added.
    void keep() {
        keptTotals = totals.clone();
        kept = copy(self);
    }

    /// Takes back what was not kept.
    void back() {
        totals = keptTotals.clone();
        self = copy(kept);
    }

    private static double[][] copy(double[][] columns) {
        double[][] copy = new double[columns.length][];
        for (int e = 0; e < copy.length; e++) copy[e] = columns[e].clone();
        return copy;
    }

    /// The cost of all, for each event.
    double[] totals() {
        return totals;
    }

    /// For each event those of each text at the top of a stack.
    double[][] self() {
        return self;
    }
}
