package serpentarium.log.ui.list;

/// Where the letters of a text stand on a grid, as in a terminal: most take one column, those of East Asia and pictures two, marks none, and a tab goes
/// to the next multiple of eight.
public final class TextColumns {
    private static final int TAB = 8;

    /// Null where every letter takes one column.
    private final int[] columns;
    private final int length;

    private TextColumns(int[] columns, int length) {
        this.columns = columns;
        this.length = length;
    }

    /// The columns of a text.
    public static TextColumns of(String text) {
        boolean plain = true;
        for (int i = 0; i < text.length() && plain; i++) plain = text.charAt(i) >= ' ' && text.charAt(i) < 0x300;
        if (plain) return new TextColumns(null, text.length());
        int[] columns = new int[text.length() + 1];
        int column = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            int letters = Character.charCount(point);
            int width = point == '\t' ? TAB - column % TAB : width(point);
            columns[i] = column;
            column += width;
            // A second half stands where its letter ends.
            if (letters == 2) columns[i + 1] = column;
            i += letters;
        }
        columns[text.length()] = column;
        return new TextColumns(columns, text.length());
    }

    /// Whether every letter takes one column.
    boolean plain() {
        return columns == null;
    }

    /// How many columns the text takes.
    int width() {
        return columns == null ? length : columns[length];
    }

    /// Where a letter begins; of the text's length, where it ends.
    int of(int index) {
        return columns == null ? index : columns[index];
    }

    /// The letter at a column; the text's length behind it.
    int index(int column) {
        if (columns == null) return Math.clamp(column, 0, length);
        int low = 0;
        int high = length;
        while (low < high) {
            int middle = low + high >>> 1;
            if (columns[middle + 1] <= column) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// How many columns a letter takes.
    static int width(int point) {
        if (point < 0x300) return 1;
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) return 0;
        if (point < 0x1100) return 1;
        boolean wide = point <= 0x115f || point >= 0x2e80 && point <= 0x303e || point >= 0x3041 && point <= 0xa4cf || point >= 0xa960 && point <= 0xa97f
                || point >= 0xac00 && point <= 0xd7a3 || point >= 0xf900 && point <= 0xfaff || point >= 0xfe30 && point <= 0xfe6f || point >= 0xff00 && point <= 0xff60
                || point >= 0xffe0 && point <= 0xffe6 || point >= 0x1f300 && point <= 0x1f64f || point >= 0x1f680 && point <= 0x1f6ff || point >= 0x1f900 && point <= 0x1faff
                || point >= 0x20000 && point <= 0x3fffd || point == 0x2705 || point == 0x274c || point == 0x2728 || point >= 0x23e9 && point <= 0x23ec;
        return wide ? 2 : 1;
    }
}
