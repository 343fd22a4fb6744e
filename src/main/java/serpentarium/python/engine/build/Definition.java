package serpentarium.python.engine.build;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What pyenv knows how to install, as far as its file says so without being run.
///
/// @param name         what is installed, and the name of the file
/// @param file         where it is defined
/// @param kind         what happens when it is installed
/// @param archives     the archives of the Python itself for this machine, in the order of the file; empty where they are put together by code
/// @param steps        what is done with the archive, such as `standard`, `verify_py313`, `ensurepip`
/// @param freeThreaded whether it is built without the global lock
/// @param patched      whether pyenv's own patches are applied first
public record Definition(String name, Path file, Kind kind, List<Archive> archives, List<String> steps, boolean freeThreaded, boolean patched) {
    /// What happens when it is installed.
    public enum Kind {
        /// Sources are compiled.
        SOURCE,
        /// Sources are fetched from a repository and compiled.
        REPOSITORY,
        /// Something ready-made is unpacked.
        READY,
        /// The file is a program; nobody knows before it is run.
        UNKNOWN
    }

    public Definition {
        archives = List.copyOf(archives);
        steps = List.copyOf(steps);
    }

    /// The archive that pyenv takes.
    ///
    /// @param xz whether `xz` is there; without it, pyenv takes another archive where the definition has one
    public Optional<Archive> archive(boolean xz) {
        return archives.stream().filter(each -> xz || !each.xz()).findFirst().or(() -> archives.stream().findFirst());
    }

    /// Whether the install fails when this module cannot be imported afterwards: `ssl` from 2.6 on, `zlib` always.
    public boolean verifies(String module) {
        OptionalInt minor = verified();
        return minor.isPresent() && (module.equals("zlib") || module.equals("ssl") && minor.getAsInt() >= 206);
    }

    /// 100 · major + minor of the version that is checked after the install; empty where none is.
    private OptionalInt verified() {
        return steps.stream().filter(step -> step.matches("verify_py\\d{2,3}")).mapToInt(step -> {
            String digits = step.substring("verify_py".length());
            return (digits.charAt(0) - '0') * 100 + Integer.parseInt(digits.substring(1));
        }).findFirst();
    }
}
