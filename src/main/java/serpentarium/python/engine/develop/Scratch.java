package serpentarium.python.engine.develop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import serpentarium.base.FolderTree;

/// A folder for one check, gone with all that is in it when the check ends.
record Scratch(Path folder) implements AutoCloseable {
    static Scratch in(Path parent) throws IOException {
        Files.createDirectories(parent);
        return new Scratch(Files.createTempDirectory(parent.toAbsolutePath(), "python-check-"));
    }

    @Override public void close() throws IOException {
        FolderTree.delete(folder, () -> {});
    }
}
