package serpentarium.python.ui;

import java.util.List;
import java.util.stream.Collectors;

/// Commands as they are typed into a shell.
final class ShellText {
    private ShellText() {}

    /// Words that a shell takes apart as they are here.
    static String line(List<String> words) {
        return words.stream().map(ShellText::word).collect(Collectors.joining(" "));
    }

    private static String word(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
