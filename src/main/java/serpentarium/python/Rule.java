package serpentarium.python;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One link of the chain of reasons.
///
/// @param file     the file that says it; for a rule that is not set, the file that would, where there is only one
/// @param words    what it says, in order; empty for a file without a word, which means `system`
/// @param troubles what is wrong with this rule
public record Rule(Because because, Optional<Path> file, List<PinWord> words, Effect effect, List<Trouble> troubles) {
    /// Copies the lists.
    public Rule {
        words = List.copyOf(words);
        troubles = List.copyOf(troubles);
    }

    /// The installed names that it would give, `system` where it says nothing.
    public List<String> names() {
        List<String> names = words.stream().flatMap(word -> word.meaning().stream()).toList();
        return names.isEmpty() && missing().isEmpty() ? List.of("system") : names;
    }

    /// The words that nothing installed answers to.
    public List<String> missing() {
        return words.stream().filter(word -> word.standing() == Standing.MISSING).map(PinWord::text).toList();
    }
}
