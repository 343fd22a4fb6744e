package serpentarium.python.engine.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where an interpreter keeps its things.
///
/// @param prefix         the folder that holds `bin` and `lib`
/// @param library        the folder of its standard library, such as `lib/python3.12`
/// @param implementation `cpython`, `pypy`, `graalpy` …
/// @param series         the language's version that it speaks, such as `3.12`
/// @param freeThreaded   whether the library's folder is that of a build without the global lock
public record Layout(Path prefix, Path library, String implementation, String series, boolean freeThreaded) {
    private static final Pattern FOLDER = Pattern.compile("(python|pypy)(\\d+\\.\\d+)(t?)");

    /// Finds it under a prefix. Where several share one, as in `/usr`, it is that of the series, or the newest.
    ///
    /// @param series such as `3.11`, or empty when it is not known
    public static Optional<Layout> under(Path prefix, Optional<String> series) {
        var found = new ArrayList<Layout>();
        for (String name : List.of("lib", "lib64")) {
            Path folder = prefix.resolve(name);
            for (Path each : entries(folder, FOLDER.asMatchPredicate())) {
                Matcher matcher = FOLDER.matcher(each.getFileName().toString());
                if (matcher.matches() && holdsLibrary(each)) found.add(new Layout(prefix, each, implementation(prefix, matcher.group(1)), matcher.group(2), !matcher.group(3).isEmpty()));
            }
        }
        if (found.isEmpty()) oldPypy(prefix).ifPresent(found::add);
        return found.stream().filter(each -> series.isEmpty() || each.series.equals(series.get())).max(Comparator.comparing(Layout::number));
    }

    private int number() {
        int dot = series.indexOf('.');
        return Integer.parseInt(series.substring(0, Math.min(dot, 4))) * 10_000 + Integer.parseInt(series.substring(dot + 1, Math.min(series.length(), dot + 5)));
    }

    private static boolean holdsLibrary(Path folder) {
        return Files.isRegularFile(folder.resolve("os.py")) || Files.isRegularFile(folder.resolve("os.pyc"));
    }

    private static String implementation(Path prefix, String word) {
        if (word.equals("pypy")) return "pypy";
        if (Files.isRegularFile(prefix.resolve("bin/graalpy"))) return "graalpy";
        if (Files.isRegularFile(prefix.resolve("bin/jython"))) return "jython";
        if (Files.isRegularFile(prefix.resolve("bin/pypy")) || Files.isRegularFile(prefix.resolve("bin/pypy3"))) return "pypy";
        return "cpython";
    }

    /// PyPy before 3.8 has its library in `lib-python/3` beside `lib_pypy`.
    private static Optional<Layout> oldPypy(Path prefix) {
        if (!Files.isDirectory(prefix.resolve("lib_pypy"))) return Optional.empty();
        return entries(prefix.resolve("lib-python")).stream().filter(Layout::holdsLibrary).findFirst().map(each -> {
            String series = each.getFileName().toString();
            Optional<String> written = PatchLevel.series(prefix.resolve("include").resolve("patchlevel.h"));
            return new Layout(prefix, each, "pypy", written.orElse(series.equals("3") ? "3.0" : series.matches("\\d+\\.\\d+") ? series : "2.7"), false);
        });
    }

    /// The entries of a folder in order, none where it cannot be read.
    static List<Path> entries(Path folder) {
        return entries(folder, _ -> true);
    }

    /// Those entries whose names are wanted.
    static List<Path> entries(Path folder, Predicate<String> wanted) {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(each -> wanted.test(each.getFileName().toString())).sorted().toList();
        } catch (IOException | java.io.UncheckedIOException _) {
            return List.of();
        }
    }

    /// The folders in which packages are installed for it, those that exist, its own first. Debian has names of its own for them.
    public List<Path> packageFolders() {
        var folders = new ArrayList<Path>();
        String name = library.getFileName().toString();
        for (String lib : List.of("lib", "lib64")) folders.add(prefix.resolve(lib).resolve(name).resolve("site-packages"));
        folders.add(prefix.resolve("site-packages"));
        if (prefix.equals(Path.of("/usr"))) {
            folders.add(Path.of("/usr/local/lib").resolve(name).resolve("dist-packages"));
            folders.add(Path.of("/usr/lib").resolve(series.startsWith("3") ? "python3" : name).resolve("dist-packages"));
            folders.add(Path.of("/usr/lib").resolve(name).resolve("dist-packages"));
        }
        var found = new ArrayList<Path>();
        for (Path each : folders) if (Files.isDirectory(each) && found.stream().noneMatch(other -> same(other, each))) found.add(each);
        return List.copyOf(found);
    }

    private static boolean same(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException _) {
            return false;
        }
    }
}
