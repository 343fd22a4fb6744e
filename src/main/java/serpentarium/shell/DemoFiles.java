package serpentarium.shell;

import java.nio.file.Path;
import java.util.List;

/// The files of the demo that comes with the program.
@FunctionalInterface
public interface DemoFiles {
    /// Where they are; empty when this copy of the program has none. May unpack them, so it is asked in the background.
    List<Path> files() throws java.io.IOException;
}
