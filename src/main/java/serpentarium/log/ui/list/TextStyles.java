package serpentarium.log.ui.list;

import java.util.Arrays;

/// Colours and weights of a text, as runs in columns: a run is a place and a style, and holds up to the next.
///
/// A style is a number: two colours of 25 bits each (0 the usual one, 1…256 of the terminal's table, or [#DIRECT] and RGB), then the flags.
public final class TextStyles {
    /// A text without styles.
    public static final TextStyles NONE = new TextStyles(new int[0], new long[0]);

    /// Marks a colour that is given as RGB.
    static final long DIRECT = 1L << 24;
    static final long COLOUR = (1L << 25) - 1;
    static final int BACK = 25;
    static final long BOLD = 1L << 50;
    static final long DIM = 1L << 51;
    static final long ITALIC = 1L << 52;
    static final long UNDERLINE = 1L << 53;
    static final long INVERSE = 1L << 54;
    static final long STRIKE = 1L << 55;

    private final int[] starts;
    private final long[] styles;

    private TextStyles(int[] starts, long[] styles) {
        this.starts = starts;
        this.styles = styles;
    }

    /// How many runs there are.
    int runs() {
        return starts.length;
    }

    /// Where a run begins.
    int start(int run) {
        return starts[run];
    }

    /// What a run looks like.
    long style(int run) {
        return styles[run];
    }

    /// The style of a letter.
    long at(int index) {
        int at = Arrays.binarySearch(starts, index);
        int run = at >= 0 ? at : -at - 2;
        return run < 0 ? 0 : styles[run];
    }

    /// Runs as they are found.
    static final class Builder {
        private int[] starts = new int[8];
        private long[] styles = new long[8];
        private int count;
        private long last;

        void add(int start, long style) {
            if (style == last) return;
            if (count > 0 && starts[count - 1] == start) count--;
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
                styles = Arrays.copyOf(styles, count * 2);
            }
            starts[count] = start;
            styles[count++] = style;
            last = style;
        }

        TextStyles styles() {
            return count == 0 ? NONE : new TextStyles(Arrays.copyOf(starts, count), Arrays.copyOf(styles, count));
        }
    }
}
