package serpentarium.base;

import java.nio.file.Path;

/// Something that a pane can be asked to show, handed from pane to pane by the shell's navigator.
public sealed interface Target {
    /// A profile on disk.
    ///
    /// @param path where it is
    record ProfileFile(Path path) implements Target {}

    /// A line of a source file.
    ///
    /// @param path the file
    /// @param line from 1
    record SourceLine(Path path, int line) implements Target {}
}
