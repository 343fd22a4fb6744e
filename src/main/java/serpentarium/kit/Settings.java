package serpentarium.kit;

import java.util.List;
import java.util.Optional;

/// What is remembered from one start to the next, by dotted keys such as `profile.functions.columns`. Writing is cheap; the store behind
/// it saves soon, atomically, in the background.
public interface Settings {
    /// The text under a key.
    Optional<String> text(String key);

    /// The number under a key.
    Optional<Double> number(String key);

    /// The list of texts under a key; empty where there is none.
    List<String> texts(String key);

    /// Remembers a text.
    void put(String key, String value);

    /// Remembers a number.
    void put(String key, double value);

    /// Remembers a list of texts.
    void put(String key, List<String> values);

    /// Forgets a key.
    void remove(String key);
}
