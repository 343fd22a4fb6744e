package serpentarium.python.engine.build;

import java.util.List;

/// What would be installed for what was typed.
public sealed interface Choice {
    /// The name was typed in full.
    ///
    /// @param name what is installed
    record Exact(String name) implements Choice {}

    /// A prefix was typed; pyenv takes the newest.
    ///
    /// @param typed what was typed
    /// @param name  what is installed
    record Newest(String typed, String name) implements Choice {}

    /// Nothing of this name is known.
    ///
    /// @param typed what was typed
    /// @param near  names that may have been meant, the most likely first; at most five
    record Unknown(String typed, List<String> near) implements Choice {}
}
