package serpentarium.python.engine.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;

/// pyenv's scripts, copied into a folder of the test: a root without versions. The user's own root is only read, and [#close()] looks that it is as it was.
public final class PyenvCopy implements AutoCloseable {
    private static final List<String> PARTS = List.of("bin", "libexec", "pyenv.d", "plugins", "completions");

    private final Path original;
    private final Map<String, String> before;
    private final Path root;
    private final Path state;

    private PyenvCopy(Path original, Path folder) throws IOException {
        this.original = original;
        this.before = state(original);
        this.root = folder.resolve("pyenv");
        this.state = folder.resolve("state");
        for (String part : PARTS) copy(original.resolve(part), root.resolve(part));
        Files.createDirectories(root.resolve("versions"));
    }

    /// Skips the test where there is no pyenv.
    public static PyenvCopy in(Path folder) throws IOException {
        Path original = Path.of(System.getProperty("user.home"), ".pyenv");
        Assumptions.assumeTrue(Files.isExecutable(original.resolve("bin/pyenv")), "there is no pyenv in " + original);
        assertFalse(folder.toRealPath().startsWith(original.toRealPath()), "never in the user's root");
        return new PyenvCopy(original, folder);
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.exists(from)) return;
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (folder.getFileName().toString().equals(".git") || folder.getFileName().toString().equals("test")) return FileVisitResult.SKIP_SUBTREE;
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /// The copy.
    public Path root() {
        return root;
    }

    /// The user's variables without any of pyenv's, with this copy first.
    Map<String, String> environment() {
        var environment = new HashMap<>(System.getenv());
        environment.keySet().removeIf(name -> name.startsWith("PYENV") || name.startsWith("PYTHON"));
        return environment;
    }

    Workshop workshop() {
        return workshop(Map.of());
    }

    /// @param more variables beside the user's
    Workshop workshop(Map<String, String> more) {
        var environment = environment();
        environment.putAll(more);
        return new Workshop(root, root.resolve("bin/pyenv"), state, environment);
    }

    /// The names and times of what is in the root, two levels deep, and of its versions' programs.
    private static Map<String, String> state(Path original) throws IOException {
        var state = new TreeMap<String, String>();
        for (Path each : list(original)) {
            state.put(each.toString(), Files.getLastModifiedTime(each, LinkOption.NOFOLLOW_LINKS).toString());
            if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
                for (Path inner : list(each)) state.put(inner.toString(), Files.getLastModifiedTime(inner, LinkOption.NOFOLLOW_LINKS).toString());
        }
        for (Path version : list(original.resolve("versions"))) {
            Path programs = version.resolve("bin");
            if (Files.isDirectory(programs)) state.put(programs.toString(), Files.getLastModifiedTime(programs).toString());
        }
        return state;
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        var found = new java.util.ArrayList<Path>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(found::add);
        }
        return found;
    }

    @Override public void close() throws IOException {
        assertEquals(before, state(original), "the user's own root was changed");
    }
}
