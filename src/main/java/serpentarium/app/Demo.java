package serpentarium.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The demo files that ship with the program, in the order in which they are to be looked at.
final class Demo {
    private Demo() {}

    /// The profiles of the demo programs; those that are there.
    static List<Path> files() {
        Path folder = Path.of(System.getProperty("serpentarium.assets", "assets")).resolve("demo");
        return Stream.of("shop.pstats", "callgrind.out.workers", "workers.speedscope.json", "shop.collapsed").map(folder::resolve).filter(Files::exists).toList();
    }
}
