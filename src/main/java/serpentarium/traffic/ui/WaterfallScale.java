package serpentarium.traffic.ui;

import serpentarium.traffic.FlowTable;
import serpentarium.traffic.analysis.RowSet;

/// What time the waterfall column spans: that of the rows in sight, so that short requests of a long session can be seen.
final class WaterfallScale {
    private double from;
    private double to = 1;

    /// Spans the rows `first`…`last` of a list.
    ///
    /// @return whether that changed anything
    boolean fit(FlowTable table, RowSet rows, int first, int last) {
        double begin = Double.POSITIVE_INFINITY;
        double end = Double.NEGATIVE_INFINITY;
        for (int i = Math.max(0, first); i <= last && i < rows.size(); i++) {
            int row = rows.rows()[i];
            double started = table.started(row);
            if (Double.isNaN(started)) continue;
            double duration = table.duration(row);
            begin = Math.min(begin, started);
            end = Math.max(end, Double.isNaN(duration) ? started : started + duration);
        }
        if (begin > end) return false;
        if (end - begin < 1e-4) end = begin + 1e-4;
        boolean changed = begin != from || end != to;
        from = begin;
        to = end;
        return changed;
    }

    double from() {
        return from;
    }

    double to() {
        return to;
    }

    /// Where a time is on a strip of this width.
    double at(double time, double width) {
        return Math.clamp((time - from) / (to - from), 0, 1) * width;
    }
}
