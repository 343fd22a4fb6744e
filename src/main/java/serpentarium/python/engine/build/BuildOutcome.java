package serpentarium.python.engine.build;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// How a build ended, when it was not cancelled.
public sealed interface BuildOutcome {
    /// The name in pyenv's `versions`.
    String name();

    /// All that the build said.
    Path log();

    /// It is there, and nothing that matters is missing.
    ///
    /// @param prefix  where
    /// @param took    how long it took
    /// @param missing modules that few programs miss, such as `_gdbm`
    record Installed(String name, Path prefix, Duration took, List<MissingModules.Module> missing, Path log) implements BuildOutcome {
        public Installed {
            missing = List.copyOf(missing);
        }
    }

    /// It is there, but lacks modules that many programs need.
    ///
    /// @param prefix   where
    /// @param took     how long it took
    /// @param missing  the modules, those that matter first
    /// @param packages one line a tool that brings what they need, that of this machine first; then it has to be built again
    record Incomplete(String name, Path prefix, Duration took, List<MissingModules.Module> missing, List<String> packages, Path log) implements BuildOutcome {
        public Incomplete {
            missing = List.copyOf(missing);
            packages = List.copyOf(packages);
        }
    }

    /// It was there already and was left as it is.
    ///
    /// @param prefix where
    record There(String name, Path prefix, Path log) implements BuildOutcome {}

    /// It failed. Nothing is left behind but the log.
    ///
    /// @param diagnosis why
    record Failed(String name, BuildDiagnosis diagnosis, Path log) implements BuildOutcome {}
}
