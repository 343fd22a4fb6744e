package serpentarium.traffic.analysis;

import java.util.Base64;
import java.util.Locale;
import serpentarium.traffic.WireText;

/// Texts and bytes as words of a POSIX shell. Nothing that they hold is ever read by the shell as anything but itself, also when it is pasted
/// into a terminal.
final class ShellText {
    private ShellText() {}

    /// A text as one word. It may not hold NUL, nor end in a line break where it is not plain.
    static String word(String text) {
        if (plain(text)) return "'" + text.replace("'", "'\\''") + "'";
        return "\"$(printf " + format(WireText.encode(text)) + ")\"";
    }

    /// Whether a text can stand between single quotes: no control characters but line breaks, nothing that is invisible or turns the direction
    /// of writing round, no bytes that are no text.
    static boolean plain(String text) {
        return text.codePoints().allMatch(c -> c == '\n' || switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED, Character.LINE_SEPARATOR,
                 Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        });
    }

    /// A word that makes `printf` write these bytes.
    static String format(byte[] bytes) {
        var format = new StringBuilder(bytes.length * 2 + 2).append('\'');
        for (int i = 0; i < bytes.length; i++) {
            int c = bytes[i] & 0xff;
            if (c == '%') format.append("%%");
            else if (c == '\\') format.append("\\\\");
            else if (c < ' ' || c > '~' || c == '\'' || c == '-' && i == 0) format.append(String.format(Locale.ROOT, "\\%03o", c));
            else format.append((char) c);
        }
        return format.append('\'').toString();
    }

    /// Lines of base64 for a here-document that ends in `END`.
    static String base64(byte[] bytes) {
        return Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(bytes);
    }
}
