package serpentarium.log.ui.list;

import java.util.function.LongFunction;
import javafx.scene.text.Font;
import serpentarium.log.engine.LogLines.Spot;

/// The stretch of rows that a list shows: where it stands, what letters measure, what is at a point. It holds on to the line at its upper edge, whatever
/// number its row has.
final class ListPort {
    private static final int MOST_ROWS = 400;

    private final RowPlace place = new RowPlace();
    private final LongFunction<Row> read;
    private GridFonts fonts = GridFonts.of(Font.getDefault());
    private RowFrame.Grid grid = fonts.grid(0);
    private RowFrame.Gutter gutter = new RowFrame.Gutter(0, 0, 0, 0, 0);
    private RowSource source;
    private Spot anchor;
    private double height;
    private boolean sticking;

    /// @param read gives a row that was read, or null
    ListPort(LongFunction<Row> read) {
        this.read = read;
    }

    void font(Font font) {
        fonts = GridFonts.of(font);
    }

    /// Measures what stands where.
    void measure(double width, double high, boolean wrapped, boolean deltas, boolean numbered) {
        height = high;
        int digits = numbered ? Math.max(3, Long.toString(Math.max(1, rows())).length()) : 0;
        double numbersEnd = 16 + digits * fonts.small() * 1.02;
        double level = numbersEnd + 8;
        double fold = level + 8;
        double delta = deltas ? fold + 10 + fonts.letter() * 8 : 0;
        gutter = new RowFrame.Gutter(numbersEnd, level, fold, delta, (delta > 0 ? delta : fold + 4) + 10);
        grid = fonts.grid(wrapped ? Math.max(8, (int) ((width - gutter.text() - 4) / fonts.letter())) : 0);
    }

    RowFrame.Grid grid() {
        return grid;
    }

    RowFrame.Gutter gutter() {
        return gutter;
    }

    double height() {
        return height;
    }

    long rows() {
        return source == null ? 0 : source.rows();
    }

    long top() {
        return place.top();
    }

    double offset() {
        return place.offset();
    }

    Spot anchor() {
        return anchor;
    }

    /// Whether the last row is kept at the lower edge.
    void sticking(boolean sticks) {
        sticking = sticks;
    }

    /// How many rows a page has.
    int page() {
        return Math.max(1, (int) (height / grid.line()) - 1);
    }

    /// How many rows may be seen at once.
    int visible() {
        return Math.min(MOST_ROWS, (int) Math.ceil(height / grid.line()) + 2);
    }

    /// Shows other rows, with a line where it was.
    ///
    /// @param kept the line; null for the first row
    void show(RowSource now, Spot kept) {
        double above = kept == null || source == null ? 0 : (row(source, kept) - place.top()) * grid.line() - place.offset();
        source = now;
        place.at(kept == null ? 0 : row(now, kept), 0);
        if (above > 0) place.scroll(-above, now.rows(), grid.line(), this::lines);
        hold();
    }

    /// Shows the same rows under other names.
    void exchange(RowSource now, Spot renamed) {
        double offset = place.offset();
        source = now;
        anchor = renamed;
        if (renamed != null) place.at(row(now, renamed), offset);
    }

    /// Goes with the line at the upper edge where rows came before it.
    void follow() {
        if (anchor == null || sticking) return;
        long row = source.row(anchor);
        long now = row < 0 ? -1 - row : row;
        if (now != place.top()) place.at(now, row < 0 ? 0 : place.offset());
    }

    private static long row(RowSource rows, Spot spot) {
        long row = rows.row(spot);
        return row < 0 ? Math.max(0, -1 - row) : row;
    }

    private void hold() {
        anchor = source == null ? null : source.spot(place.top()).orElse(null);
    }

    /// Puts itself where it belongs before a picture is made.
    void settle() {
        if (sticking) place.end(rows(), height, grid.line(), this::lines);
        else place.settle(rows(), height, grid.line(), this::lines);
        if (anchor == null || sticking) hold();
    }

    void reveal(long row) {
        if (sticking) settle();
        place.reveal(row, rows(), height, grid.line(), this::lines);
        hold();
    }

    /// Has a row near the middle.
    void centre(long row) {
        place.at(Math.max(0, row - page() / 3), 0);
        hold();
    }

    /// Goes down, or up where it is negative.
    ///
    /// @return whether it is at the end now
    boolean scroll(double pixels) {
        if (sticking) settle();
        place.scroll(pixels, rows(), grid.line(), this::lines);
        boolean end = place.settle(rows(), height, grid.line(), this::lines);
        hold();
        return end;
    }

    /// Goes to a share of all rows, less than 1.
    void at(double share) {
        double row = share * Math.max(0, rows() - height / grid.line());
        place.at((long) row, (row - Math.floor(row)) * grid.line());
        hold();
    }

    /// Whether a line is in sight.
    boolean sees(Spot spot) {
        if (source == null) return false;
        long row = source.row(spot);
        return row >= place.top() && row < place.top() + visible();
    }

    private int lines(long row) {
        return grid.wrap() == 0 ? 1 : grid.lines(read.apply(row));
    }

    /// The row at a height, or -1.
    long rowAt(double y) {
        double top = -place.offset();
        for (long row = place.top(); row < rows() && top < height; row++) {
            top += lines(row) * grid.line();
            if (y < top) return row;
        }
        return -1;
    }

    /// Where a row begins, which must not be above the upper edge.
    double y(long number) {
        double top = -place.offset();
        for (long above = place.top(); above < number; above++) top += lines(above) * grid.line();
        return top;
    }

    /// The letter at a point of a row.
    ///
    /// @param shift how many columns are beyond the left edge
    int letterAt(long number, double x, double y, int shift) {
        Row row = read.apply(number);
        if (row == null) return 0;
        int line = grid.wrap() > 0 ? Math.clamp((int) ((y - y(number)) / grid.line()), 0, grid.lines(row) - 1) : 0;
        int column = (int) Math.floor((x - gutter.text()) / grid.letter() + 0.3) + (grid.wrap() > 0 ? line * grid.wrap() : shift);
        return row.columns().index(Math.max(0, column));
    }

    /// Where it stands: 0 the beginning, 1 the end.
    double share() {
        double past = Math.max(0, rows() - height / grid.line());
        return past <= 0 ? 0 : sticking ? 1 : Math.min(1, (place.top() + place.offset() / grid.line()) / past);
    }

    /// How much of all is seen.
    double seen() {
        double lines = height / grid.line();
        return rows() <= lines ? 1 : lines / rows();
    }
}
