package serpentarium.python.engine.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.python.Origin;
import serpentarium.python.engine.PyenvRoot;

/// The places on a machine where there is, or should be, a Python; each once.
final class Candidates {
    private static final Strings STRINGS = Strings.of(Candidates.class);
    private static final Pattern PROGRAM = Pattern.compile("(?:python(?:[23](?:\\.\\d+)?t?)?|pypy(?:3(?:\\.\\d+)?)?|graalpy)(?:\\.exe)?");
    private static final int MOST = 2_000;

    private final Places places;
    private final List<Candidate> found = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    /// Real prefixes of those that have one of their own; real programs of those that share one.
    private final Set<Path> seen = new HashSet<>();

    /// A place.
    ///
    /// @param name       what a person calls it
    /// @param executable its interpreter, where it is known already
    record Candidate(String name, Path prefix, Origin origin, Optional<Path> executable) {}

    Candidates(Places places) {
        this.places = places;
    }

    /// Looks at all places, pyenv's first: what a tool manages is that tool's wherever else it is met.
    List<Candidate> all() {
        pyenv();
        managed(places.uv(), Origin.UV);
        managed(places.asdf(), Origin.ASDF);
        managed(places.mise(), Origin.MISE);
        conda();
        for (Path folder : places.environmentFolders()) for (Path each : Layout.entries(folder)) environment(each);
        places.environments().forEach(this::environment);
        // The PATH names the system's folders again, `/bin` that of `/usr`.
        var folders = new LinkedHashMap<Path, Origin>();
        for (Path folder : places.systemFolders()) folders.putIfAbsent(real(folder), Origin.SYSTEM);
        for (Path each : Layout.entries(places.system().resolve("opt"))) folders.putIfAbsent(real(each.resolve("bin")), Origin.SYSTEM);
        for (Path folder : places.path()) folders.putIfAbsent(real(folder), Origin.UNMANAGED);
        folders.forEach(this::programs);
        return found;
    }

    List<Problem> problems() {
        return problems;
    }

    private void pyenv() {
        Path versions = places.pyenv().resolve("versions");
        if (!Files.exists(versions, LinkOption.NOFOLLOW_LINKS)) return;
        if (!Files.isDirectory(versions)) {
            problems.add(Problem.of(STRINGS, "inventory.no-folder", Place.of(versions.toString())));
            return;
        }
        if (!Files.isReadable(versions)) {
            problems.add(Problem.of(STRINGS, "inventory.unreadable", Place.of(versions.toString())));
            return;
        }
        for (Path each : Layout.entries(versions))
            if (Files.isSymbolicLink(each) && !Files.exists(each)) problems.add(Problem.of(STRINGS, "inventory.link", Place.of(each.toString())));
        for (PyenvRoot.Version each : new PyenvRoot(places.pyenv()).versions())
            add(each.name(), each.prefix(), each.env() || Files.isRegularFile(each.prefix().resolve("pyvenv.cfg")) ? Origin.PYENV_VIRTUALENV : Origin.PYENV);
    }

    /// pyenv's names stand each for itself, also where one is a link to another.
    private void add(String name, Path prefix, Origin origin) {
        found.add(new Candidate(name, prefix, origin, Optional.empty()));
        seen.add(real(prefix));
    }

    private void managed(Path folder, Origin origin) {
        for (Path each : Layout.entries(folder)) {
            if (Files.isSymbolicLink(each) || !Files.isDirectory(each) || each.getFileName().toString().startsWith(".")) continue;
            Path install = each.resolve("install");
            Path prefix = Files.isDirectory(install.resolve("bin")) ? install : each;
            if (Files.isDirectory(prefix.resolve("bin")) && seen.add(real(prefix))) found.add(new Candidate(each.getFileName().toString(), prefix, origin, Optional.empty()));
        }
    }

    private void conda() {
        var prefixes = new ArrayList<Path>();
        for (Path root : places.condaRoots()) {
            prefixes.add(root);
            prefixes.addAll(Layout.entries(root.resolve("envs")));
        }
        PatchLevel.text(places.condaList()).lines().limit(MOST).forEach(line -> Places.absolute(line.strip()).ifPresent(prefixes::add));
        for (Path each : prefixes)
            if (Files.isDirectory(each.resolve("conda-meta")) && interpreter(each).isPresent() && seen.add(real(each)))
                found.add(new Candidate(each.toString(), each, Origin.CONDA, Optional.empty()));
    }

    private void environment(Path prefix) {
        if (found.size() < MOST && !Environments.aside(prefix) && Files.isRegularFile(prefix.resolve("pyvenv.cfg")) && seen.add(real(prefix)))
            found.add(new Candidate(prefix.toString(), prefix, Origin.VENV, Optional.empty()));
    }

    /// The programs of a folder, by its real path, that are interpreters: of links to one another, the real one alone.
    private void programs(Path folder, Origin origin) {
        Path prefix = folder.getParent();
        if (prefix == null || seen.contains(prefix)) return;
        if (Files.isRegularFile(prefix.resolve("pyvenv.cfg"))) {
            environment(prefix);
            return;
        }
        for (Path each : Layout.entries(folder, PROGRAM.asMatchPredicate())) {
            if (!Files.isRegularFile(each) || !Files.isExecutable(each)) continue;
            Path program = real(each);
            Path own = program.getParent() == null ? null : program.getParent().getParent();
            if (own != null && !seen.contains(own) && seen.add(program) && Layout.under(own, series(program)).isPresent())
                found.add(new Candidate(program.toString(), own, origin, Optional.of(program)));
        }
    }

    /// The version in a program's name, such as `3.11` of `python3.11`.
    static Optional<String> series(Path program) {
        String digits = program.getFileName().toString().replaceFirst("^\\D+", "").replaceFirst("(?:t|\\.exe)$", "");
        return Optional.of(digits).filter(each -> each.matches("\\d+\\.\\d+"));
    }

    /// The interpreter in a prefix.
    static Optional<Path> interpreter(Path prefix) {
        Path bin = prefix.resolve("bin");
        return Stream.of("python", "python3", "pypy3", "pypy", "graalpy", "python2").map(bin::resolve).filter(Files::isExecutable).filter(Files::isRegularFile).findFirst()
                .or(() -> Stream.of("python.exe", "Scripts/python.exe").map(prefix::resolve).filter(Files::isRegularFile).findFirst());
    }

    static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException _) {
            return path.toAbsolutePath().normalize();
        }
    }
}
