package serpentarium.profile.ui;

import serpentarium.profile.analysis.Filter;

/// A range of time under a mouse or under keys: how it begins, grows, moves, and stays within what there is. Values are times.
final class TimeBrush {
    private final double least;
    private final double most;
    private double from;
    private double to;
    private boolean shown;
    private Hold hold = Hold.NOTHING;
    private double anchor;

    private enum Hold { NOTHING, NEW, FROM, TO, BOTH }

    TimeBrush(double least, double most) {
        this.least = least;
        this.most = most;
    }

    /// The range, or null for none.
    Filter.TimeRange range() {
        return shown ? new Filter.TimeRange(Math.min(from, to), Math.max(from, to)) : null;
    }

    /// Shows what is in force; null for nothing.
    void show(Filter.TimeRange range) {
        hold = Hold.NOTHING;
        shown = range != null;
        if (!shown) return;
        from = Math.clamp(range.from(), least, most);
        to = Math.clamp(range.to(), least, most);
    }

    /// Whether an edge of the range can be taken at a time.
    boolean grip(double at, double slack) {
        return shown && (Math.abs(at - from) <= slack || Math.abs(at - to) <= slack);
    }

    /// Takes an edge, the whole range, or begins a new one.
    void press(double at, double slack) {
        anchor = at;
        if (shown && Math.abs(at - from) <= slack && Math.abs(at - from) <= Math.abs(at - to)) hold = Hold.FROM;
        else if (shown && Math.abs(at - to) <= slack) hold = Hold.TO;
        else if (shown && at > from && at < to) hold = Hold.BOTH;
        else hold = Hold.NEW;
    }

    /// Moves what was taken.
    void drag(double at) {
        switch (hold) {
            case NEW -> {
                from = anchor;
                to = at;
                shown = true;
            }
            case FROM -> from = at;
            case TO -> to = at;
            case BOTH -> {
                shift(at - anchor);
                anchor = at;
            }
            case NOTHING -> { }
        }
    }

    /// Ends a drag; whether there is a range now that is at least so long.
    boolean release(double shortest) {
        boolean taken = shown && hold != Hold.NOTHING && Math.abs(to - from) >= shortest;
        hold = Hold.NOTHING;
        if (from > to) {
            double swap = from;
            from = to;
            to = swap;
        }
        return taken;
    }

    /// Moves the range by keys, or one of its ends; begins with the first or last tenth where there is none.
    void move(double by, boolean end, boolean begin) {
        if (!shown) {
            shown = true;
            double tenth = (most - least) / 10;
            from = by > 0 ? least : most - tenth;
            to = from + tenth;
            return;
        }
        if (end) to = Math.clamp(to + by, from, most);
        else if (begin) from = Math.clamp(from + by, least, to);
        else shift(by);
    }

    private void shift(double by) {
        double within = Math.clamp(by, least - from, most - to);
        from += within;
        to += within;
    }
}
