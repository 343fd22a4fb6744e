package serpentarium.python.analysis;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import serpentarium.python.Standing;

/// What a word of a pin means among what is installed, as `pyenv version-name` decides.
///
/// @param name the installed name, or `system`; empty when there is none
public record Meaning(Optional<String> name, Standing standing) {
    /// The word for the system's Python.
    public static final String SYSTEM = "system";
    private static final String PYTHON = "python-";

    /// The word without the `python-` before it.
    public static String plain(String word) {
        return word.startsWith(PYTHON) ? word.substring(PYTHON.length()) : word;
    }

    /// What a word means.
    ///
    /// @param exists whether there is a folder of that name among the versions
    /// @param names  the versions without environments
    public static Meaning of(String word, Predicate<String> exists, List<String> names) {
        if (word.equals(SYSTEM)) return new Meaning(Optional.of(word), Standing.SYSTEM);
        if (!word.isEmpty() && exists.test(word)) return new Meaning(Optional.of(word), Standing.AS_IS);
        String plain = plain(word);
        // What is left of `python-` alone is nothing, which pyenv takes for the folder of versions itself.
        if (plain.isEmpty()) return new Meaning(Optional.empty(), Standing.INVALID);
        boolean stripped = !plain.equals(word);
        if (stripped && exists.test(plain)) return new Meaning(Optional.of(plain), Standing.STRIPPED);
        Optional<String> newest = Newest.of(word, names);
        if (newest.isPresent()) return new Meaning(newest, Standing.PREFIX);
        if (stripped) newest = Newest.of(plain, names);
        return new Meaning(newest, newest.isPresent() ? Standing.STRIPPED : Standing.MISSING);
    }
}
