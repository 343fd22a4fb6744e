package serpentarium.python;

import java.nio.file.Path;
import java.util.Optional;

/// What typing a command starts.
///
/// @param executable    the program, as pyenv finds it; empty when there is none
/// @param version       the installed name that it belongs to; empty for the system's
/// @param fallenThrough whether a version was asked for, does not have it, and the system's is started without a word
public record Launch(Optional<Path> executable, Optional<String> version, boolean fallenThrough) {}
