package serpentarium.python.engine.build;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Finds programs on a PATH without starting anything.
final class Programs {
    private Programs() {}

    static Optional<Path> find(String name, Map<String, String> environment) {
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (folder.isEmpty()) continue;
            try {
                Path program = Path.of(folder).resolve(name);
                if (Files.isRegularFile(program) && Files.isExecutable(program)) return Optional.of(program);
            } catch (InvalidPathException _) {
                // A folder that cannot be one holds no program.
                continue;
            }
        }
        return Optional.empty();
    }

    static boolean has(String name, Map<String, String> environment) {
        return find(name, environment).isPresent();
    }
}
