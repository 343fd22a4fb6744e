package serpentarium.python.engine.build;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.python.analysis.Newest;

/// Everything that pyenv can install, read from its definitions without starting it: names are listed in milliseconds, a file is read when it is asked for.
public final class Catalogue {
    private static final Strings STRINGS = Strings.of(Catalogue.class);
    private static final int NEAR = 5;
    private static final Comparator<Known> NEWEST_FIRST = Comparator.comparing(Known::name, NaturalOrder.ASCENDING).reversed();

    private final SequencedMap<String, Path> files;
    private final SequencedMap<String, List<Known>> families;
    private final DefinitionReader reader = new DefinitionReader(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));

    private Catalogue(SequencedMap<String, Path> files) {
        this.files = files;
        var byFamily = files.keySet().stream().map(Known::of).collect(Collectors.groupingBy(Known::family, TreeMap::new, Collectors.toList()));
        this.families = new LinkedHashMap<>();
        if (byFamily.containsKey(Known.CPYTHON)) families.put(Known.CPYTHON, List.of());
        byFamily.entrySet().stream().sorted(Comparator.comparingInt((Map.Entry<String, List<Known>> each) -> each.getValue().size()).reversed())
                .forEach(each -> families.put(each.getKey(), each.getValue().stream().sorted(NEWEST_FIRST).toList()));
    }

    /// Lists the definitions: folders of `PYTHON_BUILD_DEFINITIONS`, then those of plugins, then pyenv's own. The first to have a name wins. A folder that is
    /// not there or cannot be read has none.
    ///
    /// @param root        `PYENV_ROOT`
    /// @param program     pyenv's program, which may stand elsewhere, with its own definitions
    /// @param environment the user's variables
    public static Catalogue read(Path root, Optional<Path> program, Map<String, String> environment) {
        var folders = new LinkedHashSet<Path>();
        for (String each : environment.getOrDefault("PYTHON_BUILD_DEFINITIONS", "").split(File.pathSeparator)) path(each).ifPresent(folders::add);
        entries(root.resolve("plugins")).forEach(plugin -> folders.add(plugin.resolve("share").resolve("python-build")));
        program.flatMap(Catalogue::real).map(found -> found.getParent().getParent())
                .ifPresent(home -> folders.add(home.resolve("plugins").resolve("python-build").resolve("share").resolve("python-build")));
        var files = new TreeMap<String, Path>();
        for (Path folder : folders)
            for (Path file : entries(folder)) if (Files.isRegularFile(file)) files.putIfAbsent(file.getFileName().toString(), file);
        return new Catalogue(files);
    }

    private static Optional<Path> path(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text).toAbsolutePath());
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private static Optional<Path> real(Path program) {
        try {
            return Optional.of(program.toRealPath()).filter(found -> found.getNameCount() > 2);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static List<Path> entries(Path folder) {
        var found = new ArrayList<Path>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(found::add);
        } catch (IOException | java.nio.file.DirectoryIteratorException _) {
            return List.of();
        }
        found.sort(Comparator.naturalOrder());
        return found;
    }

    /// How many there are.
    public int size() {
        return files.size();
    }

    /// Whether there is one of exactly this name.
    public boolean has(String name) {
        return files.containsKey(name);
    }

    /// The names by family, CPython first, then the largest; within a family the newest first.
    public SequencedMap<String, List<Known>> families() {
        return families;
    }

    /// The newest stable release of each series of a family, the newest series first. Free-threaded builds are series of their own and come after the others.
    public List<Known> newest(String family) {
        var bySeries = new LinkedHashMap<String, Known>();
        for (Known each : families.getOrDefault(family, List.of())) if (each.stable()) bySeries.putIfAbsent(each.series(), each);
        return bySeries.values().stream().sorted(Comparator.comparing(Known::freeThreaded)).toList();
    }

    /// Names in which all the words occur; those that begin with the text come first, stable releases before others, CPython before other families.
    public List<Known> search(String text) {
        String[] words = text.toLowerCase(Locale.ROOT).strip().split("\\s+");
        String first = words[0];
        return families.values().stream().flatMap(List::stream)
                .filter(each -> {
                    for (String word : words) if (!each.name().toLowerCase(Locale.ROOT).contains(word) && !each.family().contains(word)) return false;
                    return true;
                })
                .sorted(Comparator.comparing((Known each) -> !each.name().equals(first)).thenComparing(each -> !each.name().startsWith(first))
                        .thenComparing(each -> !each.stable()).thenComparing(Known::freeThreaded))
                .toList();
    }

    /// What `pyenv install` would install for a text. Spellings of other tools (`v3.12`, `cpython-3.12`, `python3.12`, `3.13+freethreaded`) are not pyenv's, so
    /// they lead to a suggestion.
    public Choice resolve(String typed) {
        String text = typed.strip();
        if (has(text)) return new Choice.Exact(text);
        if (!text.isEmpty()) {
            Optional<String> newest = Newest.of(text, files.keySet());
            if (newest.isPresent()) return new Choice.Newest(text, newest.get());
        }
        return new Choice.Unknown(text, near(text));
    }

    private List<String> near(String text) {
        if (text.isEmpty()) return List.of();
        var near = new LinkedHashSet<String>();
        String plain = text.toLowerCase(Locale.ROOT).replaceFirst("^[=~^<>!]+", "").replaceFirst("^(?:c?python|py|v)[-@=]*(?=\\d)", "").replaceFirst("\\+?freethreaded$", "t");
        if (has(plain)) near.add(plain);
        if (!plain.isEmpty()) Newest.of(plain, files.keySet()).ifPresent(near::add);
        String series = Known.of(plain).series();
        var ranked = files.keySet().stream().map(name -> Map.entry(name, EditDistance.of(plain, name)))
                .filter(each -> each.getValue() <= Math.max(1, Math.min(3, plain.length() / 3)))
                .sorted(Comparator.comparingInt((Map.Entry<String, Integer> each) -> each.getValue())
                        .thenComparing(each -> !Known.of(each.getKey()).stable())
                        .thenComparing(each -> !Known.of(each.getKey()).series().equals(series))
                        .thenComparing(Map.Entry.<String, Integer>comparingByKey(NaturalOrder.ASCENDING).reversed())).toList();
        ranked.stream().limit(2).forEach(each -> near.add(each.getKey()));
        Newest.of(series, files.keySet()).ifPresent(near::add);
        // A series that has pre-releases only.
        families.getOrDefault(Known.CPYTHON, List.of()).stream().filter(each -> each.series().equals(series)).limit(1).forEach(each -> near.add(each.name()));
        ranked.forEach(each -> near.add(each.getKey()));
        return near.stream().limit(NEAR).toList();
    }

    /// The build of the same release without the global lock, where there is one; for one that is without it, itself.
    public Optional<String> freeThreaded(String name) {
        if (has(name) && Known.of(name).freeThreaded()) return Optional.of(name);
        String free = name.endsWith("-dev") ? name.replaceFirst("-dev$", "t-dev") : name + "t";
        return Known.of(name).family().equals(Known.CPYTHON) && has(free) ? Optional.of(free) : Optional.empty();
    }

    /// Reads the definition of a name.
    ///
    /// @throws ProblemException when there is none, or its file cannot be read
    public Definition definition(String name) {
        Path file = files.get(name);
        if (file == null) throw new ProblemException(Problem.of(STRINGS, "build.unknown", Place.NOWHERE, name));
        try {
            return reader.read(name, file);
        } catch (IOException e) {
            throw new ProblemException(Problem.of(STRINGS, "build.unreadable", Place.of(file.toString()), name).causedBy(e));
        }
    }

    /// The definition whose archive has a checksum. Reads all definitions, which takes a moment.
    ///
    /// @param sha256 in lower-case hexadecimal digits
    public Optional<Definition> byChecksum(String sha256) {
        return files.keySet().stream().map(this::readable).flatMap(Optional::stream)
                .filter(each -> !each.freeThreaded() && each.archives().stream().anyMatch(archive -> archive.sha256().equals(sha256))).findFirst();
    }

    /// The definition whose archive has a name in the cache.
    public Optional<Definition> byArchive(String file) {
        return files.keySet().stream().filter(name -> file.contains(Known.of(name).family().equals(Known.CPYTHON) ? name : Known.of(name).family()))
                .map(this::readable).flatMap(Optional::stream)
                .filter(each -> each.archives().stream().anyMatch(archive -> archive.file().equalsIgnoreCase(file))).findFirst();
    }

    private Optional<Definition> readable(String name) {
        try {
            return Optional.of(reader.read(name, files.get(name)));
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
