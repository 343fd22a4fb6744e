package serpentarium.traffic.engine.trust;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The Python interpreters of a machine that are found without running anything.
public final class Interpreters {
    private static final int MOST = 50;

    private Interpreters() {}

    /// Those of the virtual environment that is in force, of the PATH, and of pyenv's versions, in this order, at most 50.
    ///
    /// @param environment the user's variables
    /// @param home        the user's folder
    public static List<Path> known(Map<String, String> environment, Path home) throws IOException {
        var candidates = new ArrayList<Path>();
        String virtual = environment.getOrDefault("VIRTUAL_ENV", "");
        if (!virtual.isEmpty()) add(candidates, virtual, "bin", "python");
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator))
            // What pyenv puts there only asks which version is meant.
            if (!folder.isEmpty() && !folder.contains("shims")) for (String name : List.of("python3", "python", "python3.exe", "python.exe")) add(candidates, folder, name);
        Path versions = home.resolve(".pyenv").resolve("versions");
        if (Files.isDirectory(versions)) {
            try (Stream<Path> all = Files.list(versions)) {
                all.sorted().map(each -> each.resolve("bin").resolve("python")).forEach(candidates::add);
            }
        }
        var found = new LinkedHashSet<Path>();
        var seen = new HashSet<String>();
        for (Path each : candidates)
            // A virtual environment's interpreter is a link to another's and still one of its own, so that links are one only within a folder.
            if (found.size() < MOST && Files.isExecutable(each) && seen.add(each.getParent().toRealPath() + "|" + each.toRealPath())) found.add(each);
        return List.copyOf(found);
    }

    private static void add(List<Path> candidates, String first, String... more) {
        try {
            candidates.add(Path.of(first, more).toAbsolutePath());
        } catch (InvalidPathException _) {
            // Not every entry of a PATH is one.
            return;
        }
    }
}
