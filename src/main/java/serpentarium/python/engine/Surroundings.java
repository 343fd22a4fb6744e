package serpentarium.python.engine;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What of a program's environment decides which Python is started.
///
/// @param home       the home folder
/// @param root       pyenv's root: `PYENV_ROOT`, else `.pyenv` in the home folder
/// @param version    `PYENV_VERSION`; empty when it is not set or says nothing
/// @param pyenvDir   `PYENV_DIR`, which pyenv looks at before the current folder
/// @param path       `PATH`
/// @param virtualEnv the active virtual environment
/// @param hookPath   `PYENV_HOOK_PATH`, which pyenv looks at before its own folders of hooks
public record Surroundings(Path home, Path root, Optional<String> version, Optional<Path> pyenvDir, String path, Optional<Path> virtualEnv,
        List<Path> hookPath) {
    /// Those of an environment.
    public static Surroundings of(Map<String, String> environment) {
        Path home = path(environment.get("HOME")).orElseGet(() -> Path.of(System.getProperty("user.home")));
        return new Surroundings(home.toAbsolutePath().normalize(),
                path(environment.get("PYENV_ROOT")).orElseGet(() -> home.resolve(".pyenv")).toAbsolutePath().normalize(),
                Optional.ofNullable(environment.get("PYENV_VERSION")).filter(text -> !text.isEmpty()),
                path(environment.get("PYENV_DIR")).map(dir -> dir.toAbsolutePath().normalize()), environment.getOrDefault("PATH", ""),
                path(environment.get("VIRTUAL_ENV")), hooks(environment.getOrDefault("PYENV_HOOK_PATH", "")));
    }

    /// The same with another value of `PYENV_VERSION`; an empty one unsets it.
    public Surroundings withVersion(String text) {
        return new Surroundings(home, root, Optional.of(text).filter(value -> !value.isEmpty()), pyenvDir, path, virtualEnv, hookPath);
    }

    /// The folders of the PATH in order, as they are written: an empty one is the current folder.
    public List<String> pathEntries() {
        return path.isEmpty() ? List.of() : List.of(path.split(":", -1));
    }

    private static Optional<Path> path(String text) {
        if (text == null || text.isEmpty()) return Optional.empty();
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private static List<Path> hooks(String text) {
        var folders = new ArrayList<Path>();
        for (String folder : text.split(":")) path(folder).ifPresent(folders::add);
        return folders;
    }
}
