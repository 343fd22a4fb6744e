package serpentarium.python.engine.inventory;

import java.util.ArrayList;
import java.util.List;

/// Words as a shell's configure script writes them down: between single quotes, with `'\''` for a quote inside.
final class ShellWords {
    private ShellWords() {}

    /// Takes them apart. A quote that does not end goes to the end.
    static List<String> split(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean inside = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == quote) quote = 0;
                else word.append(c);
            } else if (c == '\'' || c == '"') {
                quote = c;
                inside = true;
            } else if (c == '\\' && i + 1 < text.length()) {
                word.append(text.charAt(++i));
                inside = true;
            } else if (Character.isWhitespace(c)) {
                if (inside) words.add(word.toString());
                word.setLength(0);
                inside = false;
            } else {
                word.append(c);
                inside = true;
            }
        }
        if (inside) words.add(word.toString());
        return words;
    }
}
