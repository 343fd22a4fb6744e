package serpentarium.python.engine.develop;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.stream.Collectors;

/// Texts as other languages write them.
final class Quoting {
    private Quoting() {}

    /// Words as a line for a shell; those that need none are left without quotes.
    static String line(List<String> words) {
        return words.stream().map(Quoting::shell).collect(Collectors.joining(" "));
    }

    /// A word for a shell.
    static String shell(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /// A text for JSON, with its quotes.
    static String json(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }

    /// A text for meson, with its quotes.
    static String meson(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
