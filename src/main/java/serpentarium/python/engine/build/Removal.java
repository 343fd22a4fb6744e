package serpentarium.python.engine.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.python.Installed;
import serpentarium.python.analysis.Newest;

/// Takes versions away: says first what refers to them, moves them aside in one step, and deletes them later, so that it can be undone until then.
public final class Removal {
    private static final Strings STRINGS = Strings.of(Removal.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS");
    private static final long LARGEST_FILE = 64 << 10;

    private final Workshop workshop;

    /// @param workshop whose versions
    public Removal(Workshop workshop) {
        this.workshop = workshop;
    }

    /// What would be removed.
    ///
    /// @param name       the name in `versions`
    /// @param path       what goes
    /// @param alias      whether only a link goes, and what it leads to stays
    /// @param references what would miss it, the most important first
    public record Plan(String name, Path path, boolean alias, List<Reference> references) {
        public Plan {
            references = List.copyOf(references);
        }
    }

    /// Looks for what refers to a version. Changes nothing.
    ///
    /// @param pins      pins that mean this version, found elsewhere
    /// @param installed every Python that is known, for the environments that were made from this one
    /// @throws ProblemException when there is no version of this name, or the name is that of something else
    public Plan plan(String name, Collection<Reference.Pin> pins, Collection<Installed> installed) throws IOException {
        Path path = path(name);
        boolean alias = Files.isSymbolicLink(path);
        var references = new ArrayList<Reference>();
        global(name).ifPresent(references::add);
        references.addAll(pins);
        if (!alias) {
            Path real = path.toRealPath();
            references.addAll(RunningPrograms.in(real));
            references.addAll(environments(name, path, real, installed));
            references.addAll(aliases(path, real, workshop.versions()));
        }
        return new Plan(name, path, alias, references);
    }

    /// Looks for what refers to a virtual environment. Changes nothing.
    ///
    /// @param name     what it is called
    /// @param place    its folder
    /// @param pins     pins that mean it
    /// @param versions pyenv's folder of versions, whose links may lead to it
    public static Plan environment(String name, Path place, Collection<Reference.Pin> pins, Path versions) throws IOException {
        Path real = realOrSame(place);
        var references = new ArrayList<Reference>(pins);
        references.addAll(RunningPrograms.in(place));
        if (Files.isDirectory(versions)) references.addAll(aliases(place, real, versions));
        return new Plan(name, place, false, references);
    }

    private Path path(String name) {
        Path path;
        try {
            path = workshop.versions().resolve(name);
        } catch (InvalidPathException _) {
            throw problem("removal.name", name, workshop.versions());
        }
        boolean plain = !name.isEmpty() && !name.equals(".") && !name.equals("..") && path.getNameCount() == workshop.versions().getNameCount() + 1
                && workshop.versions().equals(path.getParent());
        if (!plain) throw problem("removal.name", name, workshop.versions());
        if (!Files.isSymbolicLink(path) && !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) throw problem("removal.none", name, path);
        return path;
    }

    private static ProblemException problem(String id, String name, Path place) {
        return new ProblemException(Problem.of(STRINGS, id, Place.of(place.toString()), name));
    }

    /// The word of the global file that means this version, in full or as a prefix of which it is the newest.
    private Optional<Reference> global(String name) throws IOException {
        Path file = workshop.root().resolve("version");
        if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) return Optional.empty();
        List<String> names = names();
        for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n")) {
            String first = line.strip().split("\\s+")[0];
            if (first.startsWith("#")) continue;
            for (String word : first.split(":")) {
                String plain = word.startsWith("python-") && !names.contains(word) ? word.substring("python-".length()) : word;
                if (!plain.isEmpty() && Newest.of(plain, names).filter(name::equals).isPresent()) return Optional.of(new Reference.Global(file, word));
            }
        }
        return Optional.empty();
    }

    private List<String> names() throws IOException {
        var names = new ArrayList<String>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(workshop.versions())) {
            for (Path each : all) if (Files.isDirectory(each)) names.add(each.getFileName().toString());
        }
        return names;
    }

    private static boolean below(String command, Path folder) {
        try {
            return Path.of(command).startsWith(folder);
        } catch (InvalidPathException _) {
            return false;
        }
    }

    private static List<Reference> environments(String name, Path path, Path real, Collection<Installed> installed) throws IOException {
        var found = new ArrayList<Reference>();
        Path own = path.resolve("envs");
        if (Files.isDirectory(own)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(own)) {
                for (Path each : all) if (Files.isDirectory(each)) found.add(new Reference.Environment(each.getFileName().toString(), each, true));
            }
        }
        found.sort(Comparator.comparing(each -> ((Reference.Environment) each).name()));
        for (Installed each : installed) {
            boolean based = each.base().filter(base -> base.equals(name) || below(base, path) || below(base, real)).isPresent();
            if (based && !each.prefix().startsWith(path) && !each.prefix().startsWith(real) && !realOrSame(each.prefix()).startsWith(real))
                found.add(new Reference.Environment(each.name(), each.prefix(), false));
        }
        return found;
    }

    private static Path realOrSame(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException _) {
            return path;
        }
    }

    private static List<Reference> aliases(Path path, Path real, Path versions) throws IOException {
        var found = new ArrayList<Reference>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(versions)) {
            for (Path each : all)
                if (!each.equals(path) && Files.isSymbolicLink(each) && realOrSame(each).startsWith(real))
                    found.add(new Reference.Alias(each.getFileName().toString(), Files.readSymbolicLink(each)));
        }
        found.sort(Comparator.comparing(each -> ((Reference.Alias) each).name()));
        return found;
    }

    /// Moves a version aside, in one step, and makes the shims anew. Of an alias only the link goes.
    ///
    /// @return what takes it back, or deletes it for good
    /// @throws ProblemException when it is not there any more, or cannot be moved
    public Removed remove(Plan plan) throws IOException {
        Path path = path(plan.name());
        if (plan.alias() != Files.isSymbolicLink(path)) throw problem("removal.changed", plan.name(), path);
        Path trash = workshop.trash();
        if (Files.isSymbolicLink(trash)) throw problem("removal.trash", plan.name(), trash);
        Files.createDirectories(trash);
        Path aside = trash.resolve(plan.name() + "." + TIME.format(LocalDateTime.now()));
        try {
            Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException _) {
            throw problem("removal.other-disk", plan.name(), path);
        }
        BuildScratch.rehash(workshop);
        return new Removed(workshop, plan.name(), path, aside);
    }

    /// What earlier runs have moved aside and not deleted, the newest first.
    public List<Removed> leftovers() throws IOException {
        var found = new ArrayList<Removed>();
        if (!Files.isDirectory(workshop.trash(), LinkOption.NOFOLLOW_LINKS)) return found;
        var entries = new ArrayList<Path>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(workshop.trash())) {
            for (Path each : all) if (each.getFileName().toString().matches(".+\\.\\d{17}")) entries.add(each);
        }
        entries.sort(Comparator.comparing((Path each) -> each.getFileName().toString().replaceFirst("^.*\\.", "")).reversed());
        for (Path each : entries) {
            String name = each.getFileName().toString().replaceFirst("\\.\\d{17}$", "");
            found.add(new Removed(workshop, name, workshop.versions().resolve(name), each));
        }
        return found;
    }
}
