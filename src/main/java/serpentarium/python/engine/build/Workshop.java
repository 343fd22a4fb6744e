package serpentarium.python.engine.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// Where Pythons are built.
///
/// @param root        `PYENV_ROOT`
/// @param program     pyenv's program
/// @param state       a folder of ours for logs and for how long builds took
/// @param environment the user's variables
public record Workshop(Path root, Path program, Path state, Map<String, String> environment) {
    public Workshop {
        root = root.toAbsolutePath();
        program = program.toAbsolutePath();
        state = state.toAbsolutePath();
        environment = Map.copyOf(environment);
    }

    /// Where the installed versions are.
    public Path versions() {
        return root.resolve("versions");
    }

    /// Where builds have their temporary files: below the root, because what is installed there has to be executed as well.
    public Path scratch() {
        return root.resolve(".build");
    }

    /// Where what was removed waits.
    public Path trash() {
        return root.resolve(".trash");
    }

    /// Makes pyenv's shims anew, in a bounded time: for commands that have come or gone.
    public void rehash() throws IOException {
        BuildScratch.rehash(this);
    }

    /// Where the logs are kept.
    public Path logs() {
        return state.resolve("build-logs");
    }

    /// What is remembered of earlier builds.
    Path times() {
        return state.resolve("build-times.properties");
    }

    /// The folder of archives that pyenv would use with these options, whether it is there or not.
    public Path cache(BuildOptions options) {
        return options.cache().orElseGet(() -> {
            String named = environment.getOrDefault("PYTHON_BUILD_CACHE_PATH", "");
            return named.isBlank() ? root.resolve("cache") : Path.of(named);
        });
    }
}
