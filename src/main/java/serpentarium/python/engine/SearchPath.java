package serpentarium.python.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The PATH as pyenv searches it for the system's programs: each `~` stands for the home folder, and the shims are left out.
final class SearchPath {
    private final List<String> folders;

    SearchPath(Surroundings surroundings, PyenvRoot root) {
        String shims = root.shims().toString();
        folders = surroundings.pathEntries().stream().map(folder -> folder.replace("~", surroundings.home().toString()))
                .filter(folder -> !folder.equals(shims)).toList();
    }

    /// The first program of that name.
    ///
    /// @param current what a relative folder of the PATH is relative to
    Optional<Path> find(String command, Path current) {
        for (String folder : folders) {
            Optional<Path> program = program(folder, command, current);
            if (program.isPresent()) return program;
        }
        return Optional.empty();
    }

    /// The program in one folder of a PATH.
    static Optional<Path> program(String folder, String command, Path current) {
        return PyenvRoot.child(folder.isEmpty() ? "." : folder, command).map(file -> file.isAbsolute() ? file : current.resolve(file).normalize())
                .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file));
    }
}
