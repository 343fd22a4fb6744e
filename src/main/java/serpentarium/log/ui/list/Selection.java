package serpentarium.log.ui.list;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import serpentarium.log.engine.LogLines.Spot;

/// Which rows are selected, by their lines, so that they stay selected whatever the list shows.
public final class Selection {
    private final List<Range> ranges = new ArrayList<>();
    private Spot anchor;
    private Spot lead;
    private Part part;

    /// Lines from one to another, both with them; the second may stand before the first.
    ///
    /// @param from one end
    /// @param to   the other
    public record Range(Spot from, Spot to) {}

    /// Some letters of one row.
    ///
    /// @param spot the row
    /// @param from the first letter
    /// @param to   the letter after the last
    public record Part(Spot spot, int from, int to) {}

    /// Rows by their numbers now.
    ///
    /// @param from the first
    /// @param to   the last
    public record Rows(long from, long to) {}

    /// The row that the keyboard acts on.
    public Optional<Spot> lead() {
        return Optional.ofNullable(lead);
    }

    /// The letters that are selected, where it is only some of one row.
    public Optional<Part> part() {
        return Optional.ofNullable(part);
    }

    /// Whether nothing is selected.
    public boolean empty() {
        return ranges.isEmpty();
    }

    /// Gives its lines other names.
    void rename(java.util.function.UnaryOperator<Spot> renamed) {
        ranges.replaceAll(range -> new Range(renamed.apply(range.from), renamed.apply(range.to)));
        if (anchor != null) anchor = renamed.apply(anchor);
        if (lead != null) lead = renamed.apply(lead);
        if (part != null) part = new Part(renamed.apply(part.spot), part.from, part.to);
    }

    void clear() {
        ranges.clear();
        anchor = null;
        lead = null;
        part = null;
    }

    /// Selects one row alone.
    void only(Spot spot) {
        ranges.clear();
        ranges.add(new Range(spot, spot));
        anchor = spot;
        lead = spot;
        part = null;
    }

    /// Selects from where it began to a row.
    void extend(Spot spot) {
        if (anchor == null) {
            only(spot);
            return;
        }
        if (!ranges.isEmpty()) ranges.removeLast();
        ranges.add(new Range(anchor, spot));
        lead = spot;
        part = null;
    }

    /// Adds a row, or takes it out where it stands alone.
    void toggle(Spot spot) {
        boolean gone = ranges.removeIf(range -> range.from.equals(spot) && range.to.equals(spot));
        if (!gone) ranges.add(new Range(spot, spot));
        anchor = spot;
        lead = spot;
        part = null;
    }

    /// Selects rows from one to another.
    void all(Spot first, Spot last) {
        ranges.clear();
        ranges.add(new Range(first, last));
        anchor = first;
        lead = last;
        part = null;
    }

    /// Selects letters of the row that is selected.
    void letters(Spot spot, int from, int to) {
        only(spot);
        part = from == to ? null : new Part(spot, Math.min(from, to), Math.max(from, to));
    }

    /// The selected rows of a source, from above, none twice.
    List<Rows> rows(RowSource source) {
        var all = new ArrayList<Rows>();
        for (Range range : ranges) {
            long a = source.row(range.from);
            long b = source.row(range.to);
            boolean turned = (a < 0 ? -1 - a : a) > (b < 0 ? -1 - b : b);
            long first = turned ? b : a;
            long last = turned ? a : b;
            long from = first < 0 ? -1 - first : first;
            long to = last < 0 ? -2 - last : last;
            if (from <= to) all.add(new Rows(from, to));
        }
        all.sort((x, y) -> Long.compare(x.from, y.from));
        var merged = new ArrayList<Rows>();
        for (Rows each : all) {
            Rows before = merged.isEmpty() || each.from > merged.getLast().to + 1 ? null : merged.removeLast();
            merged.add(before == null ? each : new Rows(before.from, Math.max(before.to, each.to)));
        }
        return merged;
    }
}
