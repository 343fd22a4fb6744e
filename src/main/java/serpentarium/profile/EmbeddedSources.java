package serpentarium.profile;

import java.util.Map;
import java.util.Optional;

/// Source texts that a profile carries with it, by the file names that its frames use.
///
/// @param texts whole files
public record EmbeddedSources(Map<String, String> texts) {
    /// The profile carries none.
    public static final EmbeddedSources NONE = new EmbeddedSources(Map.of());

    public EmbeddedSources {
        texts = Map.copyOf(texts);
    }

    /// The text of a file.
    public Optional<String> text(String file) {
        return file == null ? Optional.empty() : Optional.ofNullable(texts.get(file));
    }
}
