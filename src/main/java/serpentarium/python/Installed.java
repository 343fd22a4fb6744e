package serpentarium.python;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/// A Python that is there.
///
/// @param name           what a person calls it; for pyenv's, the name that a pin gives it
/// @param implementation `cpython`, `pypy`, `graalpy`, …
/// @param version        such as `3.12.1`
/// @param executable     the interpreter; empty where a build was broken off
/// @param base           for an environment, the Python that it was made from
/// @param size           bytes on disk, when they were counted
public record Installed(String name, String implementation, String version, Path prefix, Optional<Path> executable, Origin origin, Optional<String> base,
        OptionalLong size, Headers headers) {
    /// The same with its size.
    public Installed withSize(long bytes) {
        return new Installed(name, implementation, version, prefix, executable, origin, base, OptionalLong.of(bytes), headers);
    }

    /// The same with its headers.
    public Installed withHeaders(Headers found) {
        return new Installed(name, implementation, version, prefix, executable, origin, base, size, found);
    }
}
