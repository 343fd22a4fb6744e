package serpentarium.profile.ui;

import java.util.List;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.profile.Event;
import serpentarium.profile.analysis.Comparison;
import serpentarium.profile.analysis.TreeComparison;

/// What a flame graph tells of two profiles: each box by how much it changed. Slower is vermilion, faster blue, which all common kinds of
/// colour blindness tell apart; new is purple; what changed less than means anything is grey.
///
/// @param comparison the functions of both
/// @param trees      what changed at each node of B's tree
record FlameDeltas(Comparison comparison, TreeComparison trees) {
    private static final Strings STRINGS = Strings.of(FlameDeltas.class);
    /// From this share of the larger of the two on, a change has the full colour.
    private static final double FULL = 0.5;

    /// What happened to a box.
    enum Change {
        /// Costs more than before.
        SLOWER,
        /// Costs less than before.
        FASTER,
        /// Was not there before.
        NEW,
        /// Changed by less than means anything.
        SAME
    }

    /// What happened to a node of B's tree.
    Change of(int node) {
        if (node <= 0) return Change.SAME;
        double now = trees.tree().total(node);
        double before = trees.before(node);
        if (comparison.noise(before, now)) return Change.SAME;
        if (trees.isNew(node)) return Change.NEW;
        return now > before ? Change.SLOWER : Change.FASTER;
    }

    /// The colour of a node; -1 for what is none.
    int fill(int node, boolean dark) {
        Change change = of(node);
        double size = node <= 0 ? 0 : Math.abs(trees.delta(node)) / Math.max(trees.before(node), trees.tree().total(node));
        return color(change, Math.min(1, size / FULL), dark);
    }

    /// The colour of a change.
    ///
    /// @param part 0…1, how strong it is
    static int color(Change change, double part, boolean dark) {
        int grey = dark ? FlameColors.oklch(0.36, 0.006, 250) : FlameColors.oklch(0.89, 0.005, 250);
        int full = switch (change) {
            case SLOWER -> dark ? FlameColors.oklch(0.56, 0.165, 38) : FlameColors.oklch(0.70, 0.17, 40);
            case FASTER -> dark ? FlameColors.oklch(0.50, 0.125, 250) : FlameColors.oklch(0.68, 0.13, 245);
            case NEW -> dark ? FlameColors.oklch(0.50, 0.13, 315) : FlameColors.oklch(0.72, 0.13, 315);
            case SAME -> grey;
        };
        return change == Change.SAME || change == Change.NEW ? full : FlameColors.blend(grey, full, 0.35 + 0.65 * part);
    }

    /// What there is to say of a node: before, and what changed.
    List<FlameLabels.Fact> facts(int node) {
        if (node < 0) return List.of();
        Event event = comparison.b().event();
        double before = trees.before(node);
        double delta = trees.delta(node);
        String change = (delta > 0 ? "+" : "") + event.format(delta);
        String share = before > 0 ? (delta > 0 ? "+" : "") + Quantity.share(delta / before) : STRINGS.get("compare.new");
        return List.of(new FlameLabels.Fact(STRINGS.get("compare.fact.before"), trees.isNew(node) ? STRINGS.get("compare.fact.none") : event.format(before)),
                new FlameLabels.Fact(STRINGS.get("compare.fact.change"), STRINGS.get("compare.fact.change-of", change, share)));
    }
}
