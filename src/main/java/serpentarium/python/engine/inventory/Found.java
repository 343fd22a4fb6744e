package serpentarium.python.engine.inventory;

import java.util.Optional;
import serpentarium.python.Installed;

/// A Python with what is known of it.
///
/// @param installed   what it is
/// @param facts       what its files say; for an environment, those of the Python that it was made from
/// @param environment where it is a virtual environment
public record Found(Installed installed, Optional<Facts> facts, Optional<Environment> environment) {}
