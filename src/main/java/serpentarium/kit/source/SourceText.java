package serpentarium.kit.source;

import java.nio.file.Path;

/// What became of looking for a source file.
public sealed interface SourceText {
    /// It was found and read.
    ///
    /// @param path   where; null where the text came with the file that names it
    /// @param text   the text, line ends as `\n`, overlong lines cut
    /// @param spans  what to colour
    /// @param newer  whether the file was changed after the file that names it was written
    record Found(Path path, String text, HighlightSpans spans, boolean newer) implements SourceText {}

    /// There is no source: it is built in, or made while the program ran.
    record None() implements SourceText {}

    /// No such file here.
    record Missing() implements SourceText {}

    /// The file lies on another machine's share, which is not asked for without being told to.
    record Remote() implements SourceText {}

    /// The file is larger than what is shown.
    ///
    /// @param path where
    /// @param size in bytes
    record TooLarge(Path path, long size) implements SourceText {}

    /// The file is no text.
    ///
    /// @param path where
    record NotText(Path path) implements SourceText {}
}
