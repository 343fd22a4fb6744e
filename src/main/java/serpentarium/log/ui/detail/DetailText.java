package serpentarium.log.ui.detail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import serpentarium.log.Frame;

/// Text on its way into the detail, with its styles and with places that can be clicked. It holds a bounded number of characters; lines that a text area
/// would be slow with are broken.
final class DetailText {
    /// What is beyond is left out.
    static final int MOST = 400_000;
    /// A longer line makes the control slow.
    static final int LONGEST_LINE = 2000;

    /// How a piece looks.
    enum Style {
        PLAIN, NAME, STRING, NUMBER, WORD, KEYWORD, COMMENT, MUTED, TITLE, ERROR, OWN, OWN_FUNCTION, LIBRARY, CARETS, FOLD;

        /// The class of the style sheet.
        String styleClass() {
            return "detail-" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /// What a click does.
    sealed interface Link {
        /// Opens the source of a frame.
        record Source(Frame frame) implements Link {}

        /// Folds or unfolds frames of libraries.
        ///
        /// @param run  which
        /// @param open whether they are shown
        record Fold(int run, boolean open) implements Link {}
    }

    /// A place that can be clicked.
    record Place(int from, int to, Link link) {}

    private static final Style[] STYLES = Style.values();

    private final StringBuilder text = new StringBuilder();
    private final List<Place> places = new ArrayList<>();
    private int[] ends = new int[64];
    private byte[] styles = new byte[64];
    private int runs;
    private int column;
    private boolean cut;

    /// Adds a piece; line feeds in it begin lines.
    DetailText add(CharSequence piece, Style style) {
        int from = 0;
        for (int i = 0; i < piece.length() && !cut; i++) {
            if (text.length() + i - from >= MOST) {
                cut = true;
                if (i > from && Character.isHighSurrogate(piece.charAt(i - 1))) i--;
                put(piece, from, i, style);
                return this;
            }
            char c = piece.charAt(i);
            if (c == '\n') column = 0;
            else if (++column > LONGEST_LINE && !Character.isLowSurrogate(c)) {
                put(piece, from, i, style);
                put("\n↪ ", 0, 3, Style.MUTED);
                from = i;
                column = 3;
            }
        }
        if (!cut) put(piece, from, piece.length(), style);
        return this;
    }

    private void put(CharSequence piece, int from, int to, Style style) {
        if (from >= to) return;
        // What the control would take for a line of its own, or not draw at all.
        for (int i = from; i < to; i++) {
            char c = piece.charAt(i);
            text.append(c == '\r' || c == '\u2028' || c == '\u2029' || c == '\u0085' ? ' ' : c == '\0' ? '\u2400' : c);
        }
        if (runs > 0 && styles[runs - 1] == style.ordinal()) {
            ends[runs - 1] = text.length();
            return;
        }
        if (runs == ends.length) {
            ends = Arrays.copyOf(ends, runs * 2);
            styles = Arrays.copyOf(styles, runs * 2);
        }
        ends[runs] = text.length();
        styles[runs++] = (byte) style.ordinal();
    }

    /// Adds a piece that can be clicked.
    DetailText add(CharSequence piece, Style style, Link link) {
        int from = text.length();
        add(piece, style);
        if (text.length() > from) places.add(new Place(from, text.length(), link));
        return this;
    }

    /// Begins a new line, unless one has just begun.
    DetailText line() {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') add("\n", Style.PLAIN);
        return this;
    }

    /// Begins a section under a title, with an empty line before it.
    DetailText section(String title) {
        if (!text.isEmpty()) line().add("\n", Style.PLAIN);
        return add(title, Style.TITLE).add("\n", Style.PLAIN);
    }

    /// All of it.
    String text() {
        return text.toString();
    }

    /// How long it is now.
    int length() {
        return text.length();
    }

    /// Whether something was left out.
    boolean cut() {
        return cut;
    }

    /// How many pieces of one style it has.
    int runs() {
        return runs;
    }

    /// Where a piece ends; it begins where the one before it ends.
    int end(int run) {
        return ends[run];
    }

    /// How a piece looks.
    Style style(int run) {
        return STYLES[styles[run]];
    }

    /// The style of a character, for tests.
    Style styleAt(int offset) {
        int run = 0;
        while (ends[run] <= offset) run++;
        return style(run);
    }

    /// What can be clicked, in the order of the text.
    List<Place> places() {
        return places;
    }

    /// What can be clicked at an offset.
    Optional<Place> place(int offset) {
        return places.stream().filter(place -> offset >= place.from() && offset < place.to()).findFirst();
    }

    /// The first thing that can be clicked on a line.
    ///
    /// @param from where the line begins
    /// @param to   where it ends
    Optional<Place> place(int from, int to) {
        return places.stream().filter(place -> place.from() < to && place.to() > from).findFirst();
    }
}
