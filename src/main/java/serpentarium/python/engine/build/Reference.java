package serpentarium.python.engine.build;

import java.nio.file.Path;

/// Something that would miss a version.
public sealed interface Reference {
    /// The version that applies where nothing else is said.
    ///
    /// @param file pyenv's file
    /// @param word what it says
    record Global(Path file, String word) implements Reference {}

    /// A folder is pinned to it.
    ///
    /// @param file the `.python-version`
    /// @param line in it, from 1
    /// @param word what it says
    record Pin(Path file, int line, String word) implements Reference {}

    /// An environment was made from it and would not start any more.
    ///
    /// @param name   what it is called
    /// @param prefix where it is
    /// @param inside whether it is in the version's own folder and goes with it
    record Environment(String name, Path prefix, boolean inside) implements Reference {}

    /// A second name (a symbolic link in `versions`) leads to it.
    ///
    /// @param name   the name
    /// @param target what it leads to
    record Alias(String name, Path target) implements Reference {}

    /// A program runs in it right now.
    ///
    /// @param pid     its number
    /// @param command how it was started, as far as the system tells
    record Running(long pid, String command) implements Reference {}
}
