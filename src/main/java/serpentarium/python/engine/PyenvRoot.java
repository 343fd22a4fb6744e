package serpentarium.python.engine;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import serpentarium.python.analysis.VersionOrder;

/// pyenv's root folder: which versions are in it, as pyenv counts them. Reads the disk at each question and keeps nothing.
///
/// @param path the folder, by the path that `PYENV_ROOT` gives: links are not followed
public record PyenvRoot(Path path) {
    private static final String VERSIONS = "versions";

    /// A version as `pyenv versions` lists it.
    ///
    /// @param name   what a pin calls it: `3.12.1`, `3.12.1/envs/web`, an alias
    /// @param prefix its folder
    /// @param target for an alias, what the link says
    /// @param env    whether it is an environment inside of another version
    public record Version(String name, Path prefix, Optional<String> target, boolean env) {}

    /// The folder of versions.
    public Path versionsFolder() {
        return path.resolve(VERSIONS);
    }

    /// The folder of the shims.
    public Path shims() {
        return path.resolve("shims");
    }

    /// The global file.
    public Path globalFile() {
        return path.resolve("version");
    }

    /// The file that a rehash makes to keep others out, and that stays when it is broken off.
    public Path rehashLock() {
        return shims().resolve(".pyenv-shim");
    }

    /// The program: that of the root, else that on the PATH.
    public Optional<Path> program(Surroundings surroundings) {
        for (String place : List.of("bin/pyenv", "libexec/pyenv")) {
            Path program = path.resolve(place);
            if (program(program)) return Optional.of(program);
        }
        for (String folder : surroundings.pathEntries()) {
            Optional<Path> program = child(folder, "pyenv").filter(PyenvRoot::program);
            if (program.isPresent()) return program.map(Path::toAbsolutePath);
        }
        return Optional.empty();
    }

    /// All versions with their environments, in pyenv's order. Empty where the folder cannot be read; [RootCheck] says why.
    public List<Version> versions() {
        var versions = new ArrayList<Version>();
        for (String name : names()) {
            Path prefix = versionsFolder().resolve(name);
            versions.add(new Version(name, prefix, target(prefix), false));
            for (String env : folders(prefix.resolve("envs"), Comparator.naturalOrder())) {
                Path place = prefix.resolve("envs").resolve(env);
                versions.add(new Version(name + "/envs/" + env, place, target(place), true));
            }
        }
        return versions;
    }

    /// The names of the versions without environments, in pyenv's order.
    public List<String> names() {
        return folders(versionsFolder(), VersionOrder.ORDER);
    }

    /// Whether there is a folder of that name, as `[ -d versions/NAME ]` answers: a name may be a path.
    public boolean has(String name) {
        return place(name).filter(Files::isDirectory).isPresent();
    }

    /// Where a version would be; empty for what no path can be.
    public Optional<Path> place(String name) {
        return child(versionsFolder().toString(), name);
    }

    /// Whether pyenv takes a word of a file: one with a slash, and `..`, must lead to a folder below `versions`.
    public boolean accepts(String word) {
        if (!word.equals("..") && word.indexOf('/') < 0) return true;
        Optional<Path> place = place(word);
        if (place.isEmpty()) return false;
        // `cd` takes `..` away by the text, as long as what is before it is a folder; else it goes where the links lead.
        Path logical = foldersBefore(place.get()) ? place.get().normalize() : null;
        try {
            if (logical != null && enters(logical)) return logical.startsWith(versionsFolder()) && !logical.equals(versionsFolder());
            return enters(place.get()) && place.get().toRealPath().startsWith(versionsFolder()) && !place.get().toRealPath().equals(versionsFolder());
        } catch (IOException _) {
            return false;
        }
    }

    private static boolean foldersBefore(Path place) {
        for (int i = 1; i < place.getNameCount(); i++)
            if (place.getName(i).toString().equals("..") && !Files.isDirectory(place.getRoot().resolve(place.subpath(0, i)))) return false;
        return true;
    }

    private static boolean enters(Path folder) {
        return Files.isDirectory(folder) && Files.isExecutable(folder);
    }

    private static boolean program(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    private static Optional<String> target(Path link) {
        try {
            return Files.isSymbolicLink(link) ? Optional.of(Files.readSymbolicLink(link).toString()) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// A path put together by its text, as the shell does it: a name that begins with a slash stays below.
    static Optional<Path> child(String folder, String name) {
        try {
            return Optional.of(Path.of(folder + "/" + name));
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private static List<String> folders(Path parent, Comparator<String> order) {
        var names = new ArrayList<String>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, Files::isDirectory)) {
            for (Path entry : entries) names.add(entry.getFileName().toString());
        } catch (IOException | DirectoryIteratorException _) {
            return List.of();
        }
        names.sort(order);
        return names;
    }
}
