package serpentarium.python;

import java.nio.file.Path;
import java.util.Optional;

/// What a compiler needs of a Python.
///
/// @param include   folder of the headers
/// @param pythonH   whether `Python.h` is in it
/// @param library   `libpython`, shared or static
/// @param abi       such as `cpython-313t-x86_64-linux-gnu`
/// @param extSuffix such as `.cpython-313-x86_64-linux-gnu.so`
public record Headers(Optional<Path> include, boolean pythonH, Optional<Path> library, Optional<String> abi, Optional<String> extSuffix) {
    /// Nothing is known.
    public static final Headers UNKNOWN = new Headers(Optional.empty(), false, Optional.empty(), Optional.empty(), Optional.empty());
}
