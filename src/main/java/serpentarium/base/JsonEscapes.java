package serpentarium.base;

/// Undoes the escapes of texts in JSON.
public final class JsonEscapes {
    private JsonEscapes() {}

    /// A text, without its quotation marks, as it is meant.
    ///
    /// @param kept whether a backslash stays before what is no escape
    public static String undone(String text, boolean kept) {
        if (text.indexOf('\\') < 0) return text;
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                out.append(c);
                continue;
            }
            char next = text.charAt(++i);
            switch (next) {
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case 'r' -> out.append('\r');
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case '"', '\\', '/' -> out.append(next);
                case 'u' -> {
                    int code = i + 4 < text.length() ? hex(text, i + 1) : -1;
                    if (code >= 0) {
                        out.append((char) code);
                        i += 4;
                    } else out.append("\\u");
                }
                default -> {
                    if (kept) out.append('\\');
                    out.append(next);
                }
            }
        }
        return out.toString();
    }

    private static int hex(String text, int at) {
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) return -1;
            value = value << 4 | digit;
        }
        return value;
    }
}
