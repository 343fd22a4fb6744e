package serpentarium.kit.source;

/// Tells the soft keywords `match`, `case` and `type` from names, by what follows in the logical line.
///
/// A guess that needs no parser (language reference, 2.3.2): `match x:` is a statement, `match(x)`, `match = 1` and `match: int` are not.
final class SoftKeyword {
    private SoftKeyword() {}

    /// Whether the logical line from `from` on has a colon outside brackets that a `match` or `case` may have.
    ///
    /// @param limit how many characters are looked at
    /// @param last  whether nothing may follow the colon, as with `match`
    static boolean endsWithColon(String text, int from, int limit, boolean last) {
        int stop = (int) Math.min(text.length(), (long) from + limit);
        int first = blanks(text, from, stop);
        if (first >= stop || "=.,):;]}+/%&|^<>!@\r\n#".indexOf(text.charAt(first)) >= 0) return false;
        if (first == from && "([{\"'-*".indexOf(text.charAt(first)) < 0) return false;
        int brackets = 0;
        boolean colon = false;
        for (int i = first; i < stop; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '(', '[', '{' -> brackets++;
                case ')', ']', '}' -> brackets--;
                case '"', '\'' -> i = quoted(text, i, stop);
                case '#' -> i = Math.max(i, lineEnd(text, i, stop) - 1);
                case '\\' -> i++;
                case '\n' -> {
                    if (brackets <= 0) return colon;
                }
                case ':' -> {
                    if (brackets == 0 && (i + 1 >= stop || text.charAt(i + 1) != '=')) {
                        if (!last) return true;
                        colon = true;
                        continue;
                    }
                }
                default -> { }
            }
            if (c != ' ' && c != '\t' && c != '\r' && c != '#') colon = false;
        }
        return colon;
    }

    /// Whether `type` is followed by a name and `=` or `[`, as in `type Pair[T] = tuple[T, T]`.
    static boolean declaresType(String text, int from) {
        int start = blanks(text, from, text.length());
        if (start == from) return false;
        int end = start;
        while (end < text.length() && Character.isUnicodeIdentifierPart(text.charAt(end))) end++;
        if (end == start || PythonWords.keyword(text.substring(start, end))) return false;
        int next = blanks(text, end, text.length());
        if (next >= text.length()) return false;
        return text.charAt(next) == '[' || text.charAt(next) == '=' && (next + 1 >= text.length() || text.charAt(next + 1) != '=');
    }

    private static int blanks(String text, int from, int stop) {
        int i = from;
        while (i < stop && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) i++;
        return i;
    }

    private static int lineEnd(String text, int from, int stop) {
        int line = text.indexOf('\n', from);
        return line < 0 || line > stop ? stop : line;
    }

    /// The place of the quote that ends a string, or of the last character of its line.
    private static int quoted(String text, int from, int stop) {
        char quote = text.charAt(from);
        boolean triple = text.startsWith(String.valueOf(quote).repeat(3), from);
        for (int i = from + (triple ? 3 : 1); i < stop; i++) {
            char c = text.charAt(i);
            if (c == '\\') i++;
            else if (c == '\n' && !triple) return i - 1;
            else if (c == quote && !triple) return i;
            else if (c == quote && text.startsWith(String.valueOf(quote).repeat(3), i)) return i + 2;
        }
        return stop;
    }
}
