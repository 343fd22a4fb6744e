package serpentarium.python;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import serpentarium.python.engine.Surroundings;

/// A made-up pyenv root in a temporary folder: versions whose `python` says where it lies, environments, aliases; on wish with the scripts of the
/// real pyenv, which are copied, never used where they are.
public final class RootFixture {
    private static final List<String> SCRIPTS = List.of("bin", "libexec", "pyenv.d", "plugins");
    private final Path folder;
    private final Path root;
    private final Path system;

    /// Makes the folders `root`, `home`, and `system`, which stands for the system's programs.
    public RootFixture(Path folder) throws IOException {
        this.folder = folder.toRealPath();
        root = Files.createDirectories(this.folder.resolve("root"));
        system = Files.createDirectories(this.folder.resolve("system"));
        Files.createDirectories(this.folder.resolve("home"));
        Files.createDirectories(root.resolve("versions"));
        Files.createDirectories(root.resolve("shims"));
    }

    /// The real pyenv's root, where there is one.
    public static Optional<Path> real() {
        String named = System.getenv("PYENV_ROOT");
        Path root = named == null || named.isEmpty() ? Path.of(System.getProperty("user.home"), ".pyenv") : Path.of(named);
        return Optional.of(root).filter(found -> Files.isExecutable(found.resolve("libexec/pyenv")));
    }

    /// Copies the real pyenv's scripts into the root; its definitions and versions stay where they are.
    public RootFixture withScripts() throws IOException {
        Path from = real().orElseThrow();
        for (String part : SCRIPTS) {
            if (!Files.isDirectory(from.resolve(part))) continue;
            try (Stream<Path> files = Files.walk(from.resolve(part))) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Path relative = from.relativize(file);
                    boolean needed = Stream.of("share", "test", ".git").noneMatch(left -> Stream.iterate(relative, p -> p != null, Path::getParent).anyMatch(p -> p.endsWith(left)));
                    if (needed) copy(file, root.resolve(relative));
                }
            }
        }
        return this;
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.isDirectory(from, java.nio.file.LinkOption.NOFOLLOW_LINKS)) Files.createDirectories(to);
        else Files.copy(from, to, java.nio.file.LinkOption.NOFOLLOW_LINKS, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }

    /// The root.
    public Path root() {
        return root;
    }

    /// The home folder.
    public Path home() {
        return folder.resolve("home");
    }

    /// The folder of the system's programs.
    public Path system() {
        return system;
    }

    /// A folder for work, below the whole.
    public Path work(String name) throws IOException {
        return Files.createDirectories(folder.resolve("work").resolve(name));
    }

    /// A version with `python`, `python3` and `pip`.
    public RootFixture version(String name) throws IOException {
        for (String command : List.of("python", "python3", "pip")) stub(root.resolve("versions").resolve(name).resolve("bin").resolve(command));
        return this;
    }

    /// A version that is a link.
    public RootFixture alias(String name, String target) throws IOException {
        Files.createSymbolicLink(root.resolve("versions").resolve(name), Path.of(target));
        return this;
    }

    /// The global file.
    public RootFixture global(String text) throws IOException {
        Files.writeString(root.resolve("version"), text);
        return this;
    }

    /// A program that says where it lies.
    public static void stub(Path program) throws IOException {
        Files.createDirectories(program.getParent());
        Files.writeString(program, "#!/bin/sh\necho \"$0\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// The environment, with shims, then the system's programs, then what pyenv itself needs.
    public Map<String, String> environment() {
        var environment = new TreeMap<String, String>();
        environment.put("HOME", home().toString());
        environment.put("PYENV_ROOT", root.toString());
        environment.put("PATH", root.resolve("shims") + ":" + system + ":/usr/bin:/bin");
        return environment;
    }

    /// The same without the machine's own programs: nothing is found but what the fixture has.
    public Surroundings surroundings() {
        var environment = environment();
        environment.put("PATH", root.resolve("shims") + ":" + system);
        return Surroundings.of(environment);
    }

    /// Deletes a tree, links not followed.
    public static void delete(Path tree) {
        if (!Files.exists(tree, java.nio.file.LinkOption.NOFOLLOW_LINKS)) return;
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
