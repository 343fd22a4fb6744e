package serpentarium.log.ui.list;

/// Takes what only a terminal understands out of a text: colours become styles, the rest goes; control characters are shown as their pictures.
///
/// @param text   what is shown
/// @param styles its colours
record TerminalText(String text, TextStyles styles) {
    private static final char ESCAPE = 0x1b;
    private static final char BELL = 7;
    private static final int LONGEST = 4096;
    private static final char PICTURES = 0x2400;
    private static final char DELETED = 0x2421;
    private static final int MOST_NUMBERS = 32;

    /// Reads a line.
    static TerminalText of(String line) {
        int first = special(line);
        if (first < 0) return new TerminalText(line, TextStyles.NONE);
        var text = new StringBuilder(line.length());
        var styles = new TextStyles.Builder();
        text.append(line, 0, first);
        long style = 0;
        int at = first;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c == ESCAPE) {
                int end = past(line, at);
                if (at + 1 < line.length() && line.charAt(at + 1) == '[' && end > at + 2 && line.charAt(end - 1) == 'm') {
                    style = apply(style, numbers(line, at + 2, end - 1));
                    styles.add(text.length(), style);
                }
                at = end;
                continue;
            }
            text.append(c < ' ' && c != '\t' ? (char) (PICTURES + c) : c == 0x7f ? DELETED : c);
            at++;
        }
        return new TerminalText(text.toString(), styles.styles());
    }

    private static int special(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7f) return i;
        }
        return -1;
    }

    private static int past(String b, int from) {
        int to = b.length();
        int at = from + 1;
        if (at >= to) return to;
        char kind = b.charAt(at);
        if (kind == '[') {
            at++;
            while (at < to && b.charAt(at) >= 0x20 && b.charAt(at) < 0x40) at++;
            return at < to && b.charAt(at) >= 0x40 && b.charAt(at) < 0x7f ? at + 1 : at;
        }
        if (kind == ']') {
            int most = Math.min(to, from + LONGEST);
            for (int i = at + 1; i < most; i++) {
                if (b.charAt(i) == BELL) return i + 1;
                if (b.charAt(i) == ESCAPE) return i + 1 < to && b.charAt(i + 1) == '\\' ? i + 2 : i;
            }
            return at + 1;
        }
        while (at < to && b.charAt(at) >= 0x20 && b.charAt(at) < 0x30) at++;
        return Math.min(at + 1, to);
    }

    private static int[] numbers(String line, int from, int to) {
        int[] numbers = new int[MOST_NUMBERS];
        int count = 0;
        int value = 0;
        for (int i = from; i <= to && count < MOST_NUMBERS; i++) {
            char c = i < to ? line.charAt(i) : ';';
            if (c >= '0' && c <= '9') value = Math.min(value * 10 + c - '0', 999);
            else if (c == ';' || c == ':') {
                numbers[count++] = value;
                value = 0;
            }
        }
        return java.util.Arrays.copyOf(numbers, count);
    }

    private static long apply(long before, int[] numbers) {
        long style = before;
        for (int i = 0; i < numbers.length; i++) {
            int n = numbers[i];
            if (n == 38 || n == 48) {
                long colour = direct(numbers, i + 1);
                i += i + 1 < numbers.length && numbers[i + 1] == 2 ? 4 : 2;
                if (colour >= 0) style = n == 38 ? fore(style, colour) : back(style, colour);
            } else style = simple(style, n);
        }
        return style;
    }

    private static long direct(int[] numbers, int at) {
        if (at + 1 < numbers.length && numbers[at] == 5) return Math.min(numbers[at + 1], 255) + 1L;
        if (at + 3 < numbers.length && numbers[at] == 2)
            return TextStyles.DIRECT | (numbers[at + 1] & 0xff) << 16 | (numbers[at + 2] & 0xff) << 8 | numbers[at + 3] & 0xff;
        return -1;
    }

    private static long simple(long style, int n) {
        if (n >= 30 && n <= 37) return fore(style, n - 30 + 1L);
        if (n >= 40 && n <= 47) return back(style, n - 40 + 1L);
        if (n >= 90 && n <= 97) return fore(style, n - 90 + 9L);
        if (n >= 100 && n <= 107) return back(style, n - 100 + 9L);
        return switch (n) {
            case 0 -> 0;
            case 1 -> style | TextStyles.BOLD;
            case 2 -> style | TextStyles.DIM;
            case 3 -> style | TextStyles.ITALIC;
            case 4, 21 -> style | TextStyles.UNDERLINE;
            case 7 -> style | TextStyles.INVERSE;
            case 9 -> style | TextStyles.STRIKE;
            case 22 -> style & ~(TextStyles.BOLD | TextStyles.DIM);
            case 23 -> style & ~TextStyles.ITALIC;
            case 24 -> style & ~TextStyles.UNDERLINE;
            case 27 -> style & ~TextStyles.INVERSE;
            case 29 -> style & ~TextStyles.STRIKE;
            case 39 -> fore(style, 0);
            case 49 -> back(style, 0);
            default -> style;
        };
    }

    private static long fore(long style, long colour) {
        return style & ~TextStyles.COLOUR | colour;
    }

    private static long back(long style, long colour) {
        return style & ~(TextStyles.COLOUR << TextStyles.BACK) | colour << TextStyles.BACK;
    }
}
