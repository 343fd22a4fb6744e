package serpentarium.log.ui.list;

import java.util.Locale;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.log.RecordView;

/// Paints rows. It keeps nothing but the colours of the theme.
final class RowPainter {
    private static final Strings STRINGS = Strings.of(RowPainter.class);
    private static final double STRIP = 3;
    private static final double LONG_GAP = 60e9;
    private static final double SHORT_GAP = 5e9;
    /// How much longer than usual a gap is that is shown.
    private static final double OFTEN = 5;
    /// The same of a long one.
    private static final double SELDOM = 1.5;

    private final GraphicsContext g;
    private final RowColours colours;
    private final RowFrame frame;
    private final RowFrame.Grid grid;

    RowPainter(GraphicsContext g, RowColours colours, RowFrame frame) {
        this.g = g;
        this.colours = colours;
        this.frame = frame;
        grid = frame.grid();
    }

    void paint() {
        g.setFill(colours.tokens().background());
        g.fillRect(0, 0, frame.width(), frame.height());
        g.setTextBaseline(VPos.BASELINE);
        double usual = usualGap();
        long before = timeBefore();
        double y = -frame.offset();
        for (long number = frame.top(); number < frame.rows() && y < frame.height(); number++) {
            Row row = frame.block().row(number);
            double height = grid.lines(row) * grid.line();
            if (row == null) placeholder(y);
            else {
                row(row, number, y, height);
                if (row.time() != RecordView.NO_TIME) {
                    if (before != RecordView.NO_TIME) between(row.time() - before, usual, y);
                    before = row.time();
                }
            }
            y += height;
        }
        g.setFill(colours.tokens().border());
        g.fillRect(frame.gutter().level() - 4, 0, 1, frame.height());
    }

    /// The time of the last record above the upper edge that was read.
    private long timeBefore() {
        for (long number = frame.top() - 1; number >= frame.block().first(); number--) {
            Row row = frame.block().row(number);
            if (row != null && row.time() != RecordView.NO_TIME) return row.time();
        }
        return RecordView.NO_TIME;
    }

    private double usualGap() {
        long first = RecordView.NO_TIME;
        long last = RecordView.NO_TIME;
        int count = 0;
        for (Row row : frame.block().rows()) {
            if (row.time() == RecordView.NO_TIME) continue;
            if (first == RecordView.NO_TIME) first = row.time();
            last = row.time();
            count++;
        }
        return count < 2 ? 0 : (double) (last - first) / (count - 1);
    }

    private void between(long gap, double usual, double y) {
        double right = frame.gutter().delta();
        if (right > 0) {
            g.setFont(grid.small());
            g.setTextAlign(TextAlignment.RIGHT);
            g.setFill(gap < 0 ? colours.tokens().warning() : gap >= SHORT_GAP ? colours.tokens().text() : colours.tokens().muted());
            g.fillText(delta(gap), right, y + grid.base());
            g.setTextAlign(TextAlignment.LEFT);
        }
        if (gap < SHORT_GAP || gap < usual * (gap < LONG_GAP ? OFTEN : SELDOM)) return;
        String text = STRINGS.get("list.gap", Quantity.time(gap / 1e9));
        g.setFill(colours.tokens().accent().deriveColor(0, 1, 1, 0.55));
        g.fillRect(frame.gutter().text(), Math.round(y), frame.width() - frame.gutter().text(), 1);
        if (right > 0) return;
        double width = text.length() * grid.letter() * 0.85 + 12;
        g.setFill(colours.tokens().surface());
        g.fillRoundRect(frame.width() - width - 8, y - grid.line() * 0.4, width, grid.line() * 0.8, 8, 8);
        g.setFont(grid.small());
        g.setFill(colours.tokens().accent());
        g.setTextAlign(TextAlignment.CENTER);
        g.fillText(text, frame.width() - 8 - width / 2, y + grid.line() * 0.22);
        g.setTextAlign(TextAlignment.LEFT);
    }

    static String delta(long nanos) {
        double seconds = nanos / 1e9;
        if (Math.abs(seconds) < 100) return String.format(Locale.ROOT, "%+.3f", seconds);
        return (nanos < 0 ? "-" : "+") + Quantity.time(Math.abs(seconds));
    }

    private void placeholder(double y) {
        g.setFill(colours.tokens().surface());
        g.fillRoundRect(frame.gutter().text(), y + grid.line() * 0.3, frame.width() * 0.4, grid.line() * 0.4, 4, 4);
    }

    private void row(Row row, long number, double y, double height) {
        boolean lead = number == frame.lead();
        if (frame.selected(number) && (frame.part().isEmpty() || !lead)) {
            g.setFill(colours.tokens().selection().deriveColor(0, 1, 1, frame.focused() ? colours.tokens().dark() ? 0.32 : 0.2 : 0.12));
            g.fillRect(0, y, frame.width(), height);
        }
        gutter(row, y, height);
        boolean faint = frame.decor().faint(row.spot());
        Color usual = colours.text(row, faint);
        for (RowDecor.Span span : frame.decor().spans(row)) behind(row, span.from(), span.to(), span.colour(), y);
        frame.part().filter(part -> part.spot().equals(row.spot()))
                .ifPresent(part -> behind(row, part.from(), part.to(), colours.tokens().selection().deriveColor(0, 1, 1, 0.35), y));
        g.save();
        g.beginPath();
        // In whole pixels: any other clip has each letter blended through a mask of the whole canvas.
        double left = Math.floor(frame.gutter().text()) - 1;
        double upper = Math.floor(y);
        g.rect(left, upper, Math.ceil(frame.width()) - left, Math.ceil(y + height) - upper);
        g.clip();
        for (int line = 0; line < grid.lines(row); line++) {
            double top = y + line * grid.line();
            if (top > frame.height() || top + grid.line() < 0) continue;
            int from = grid.wrap() > 0 ? row.columns().index(line * grid.wrap()) : row.columns().index(frame.shift());
            int room = (int) Math.ceil((frame.width() - frame.gutter().text()) / grid.letter()) + 1;
            int to = row.columns().index(grid.wrap() > 0 ? (line + 1) * grid.wrap() : frame.shift() + room);
            if (grid.wrap() == 0 && to < row.text().length()) to++;
            text(row, from, to, usual, top, line);
        }
        after(row, y + height - grid.line());
        g.restore();
        if (lead && frame.focused()) {
            g.setStroke(colours.tokens().accent());
            g.setLineWidth(1);
            g.strokeRect(0.5, Math.round(y) + 0.5, frame.width() - 1, height - 1);
        }
    }

    private void gutter(Row row, double y, double height) {
        RowFrame.Gutter gutter = frame.gutter();
        Color mark = frame.decor().mark(row.spot());
        if (mark != null) {
            g.setFill(mark);
            g.fillOval(3, y + grid.line() / 2 - 4, 8, 8);
        }
        long line = frame.numbers().applyAsLong(row.spot());
        if (line >= 0) {
            g.setFont(grid.small());
            g.setFill(colours.tokens().muted());
            g.setTextAlign(TextAlignment.RIGHT);
            g.fillText(Long.toString(line + 1), gutter.numbers(), y + grid.base());
            g.setTextAlign(TextAlignment.LEFT);
        }
        Color source = frame.decor().source(row.spot());
        if (source != null) {
            g.setFill(source);
            g.fillRect(gutter.level() - 4, y, STRIP, height);
        }
        Color level = colours.strip(row.severity());
        if (level != null) {
            g.setFill(level);
            g.fillRect(gutter.level(), y, STRIP, height);
        }
        if (row.fold().foldable()) triangle(gutter.fold(), y, row.fold().lines() > 0);
    }

    private void triangle(double x, double y, boolean folded) {
        double middle = y + grid.line() / 2;
        g.setFill(colours.tokens().muted());
        if (folded) g.fillPolygon(new double[] {x, x + 6, x}, new double[] {middle - 4, middle, middle + 4}, 3);
        else g.fillPolygon(new double[] {x - 1, x + 7, x + 3}, new double[] {middle - 3, middle - 3, middle + 3}, 3);
    }

    /// Where a letter begins, in pixels.
    private double x(int column, int line) {
        return frame.gutter().text() + (column - (grid.wrap() > 0 ? line * grid.wrap() : frame.shift())) * grid.letter();
    }

    private void behind(Row row, int from, int to, Color colour, double y) {
        int length = row.text().length();
        int a = row.columns().of(Math.clamp(from, 0, length));
        int b = row.columns().of(Math.clamp(to, 0, length));
        g.setFill(colour);
        for (int line = grid.wrap() > 0 ? a / grid.wrap() : 0; line < grid.lines(row); line++) {
            int start = grid.wrap() > 0 ? Math.max(a, line * grid.wrap()) : Math.max(a, frame.shift());
            int end = grid.wrap() > 0 ? Math.min(b, (line + 1) * grid.wrap()) : b;
            if (start < end) g.fillRect(x(start, line), y + line * grid.line(), (end - start) * grid.letter(), grid.line());
        }
    }

    private void text(Row row, int from, int to, Color usual, double y, int line) {
        int at = from;
        TextStyles styles = row.styles();
        int run = 0;
        while (run < styles.runs() && styles.start(run) <= from) run++;
        while (at < to) {
            int end = run < styles.runs() ? Math.min(to, styles.start(run)) : to;
            long style = run == 0 ? 0 : styles.style(run - 1);
            if (style != 0 && colours.back(style, usual) instanceof Color back) behind(row, at, end, back, y - line * grid.line());
            g.setFill(style == 0 ? usual : colours.fore(style, usual));
            boolean strong = (style & TextStyles.BOLD) != 0 || style == 0 && row.starts() && row.severity() >= 50;
            letters(row, at, end, strong ? grid.bold() : grid.font(), y, line);
            if ((style & TextStyles.UNDERLINE) != 0) under(row, at, end, y + grid.base() + 2, line);
            if ((style & TextStyles.STRIKE) != 0) under(row, at, end, y + grid.line() / 2, line);
            at = end;
            run++;
        }
    }

    private void under(Row row, int from, int to, double y, int line) {
        double x = x(row.columns().of(from), line);
        g.fillRect(x, Math.round(y), x(row.columns().of(to), line) - x, 1);
    }

    private void letters(Row row, int from, int to, Font font, double y, int line) {
        g.setFont(font);
        String text = row.text();
        TextColumns columns = row.columns();
        double base = y + grid.base();
        if (columns.plain()) {
            g.fillText(text.substring(from, to), x(from, line), base);
            return;
        }
        int start = from;
        for (int i = from; i < to; ) {
            int point = text.codePointAt(i);
            int next = Math.min(to, i + Character.charCount(point));
            // Marks belong to the letter before them.
            while (next < to && columns.of(next) == columns.of(Math.min(next + 1, to)) && TextColumns.width(text.codePointAt(next)) == 0) next += Character.charCount(text.codePointAt(next));
            boolean usual = point >= ' ' && point < 0x300 && next == i + 1;
            if (!usual) {
                if (start < i) g.fillText(text.substring(start, i), x(columns.of(start), line), base);
                if (point != '\t') g.fillText(text.substring(i, next), x(columns.of(i), line), base);
                start = next;
            }
            i = next;
        }
        if (start < to) g.fillText(text.substring(start, to), x(columns.of(start), line), base);
    }

    /// What is said behind a row's text: what is folded, and what is cut.
    private void after(Row row, double y) {
        var said = new StringBuilder();
        if (row.hidden() > 0) said.append(STRINGS.get("list.cut", Quantity.size(row.hidden())));
        int lines = grid.lines(row);
        double x = x(row.columns().width(), lines - 1) + grid.letter() * 2;
        g.setFont(grid.small());
        if (row.fold().lines() > 0) {
            if (!row.fold().exception().isEmpty()) {
                g.setFill(colours.tokens().danger());
                g.setFont(grid.bold());
                g.fillText(row.fold().exception(), x, y + grid.base());
                x += (TextColumns.of(row.fold().exception()).width() + 2) * grid.letter();
                g.setFont(grid.small());
            }
            said.append(said.isEmpty() ? "" : " · ").append(STRINGS.get("list.folded", row.fold().lines()));
        }
        if (said.isEmpty()) return;
        g.setFill(colours.tokens().muted());
        g.fillText(said.toString(), x, y + grid.base());
    }
}
