package serpentarium.python.engine.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import serpentarium.base.FolderTree;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.task.ChildProcess;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;

/// Makes virtual environments and takes them away.
public final class Environments {
    private static final Strings STRINGS = Strings.of(Environments.class);
    private static final String ASIDE = ".removed-";
    /// Nothing is written beside the Python that an environment is made from.
    private static final Map<String, String> SURROUNDINGS = Map.of("PYTHONDONTWRITEBYTECODE", "1");

    /// Variables that lead an interpreter to another one's library and packages.
    static final List<String> LEADING_ELSEWHERE = List.of("PYTHONHOME", "PYTHONPATH");

    private Environments() {}

    /// How an environment is made.
    ///
    /// @param systemPackages whether it sees the packages of its base
    /// @param pip            whether pip is put into it
    /// @param prompt         what shells show, or empty for its folder's name
    public record Options(boolean systemPackages, boolean pip, Optional<String> prompt) {
        /// With pip and nothing of the base's.
        public static final Options USUAL = new Options(false, true, Optional.empty());
    }

    /// The command that makes one, to show and to copy.
    public static List<String> command(Path python, Path folder, Options options) {
        var command = new ArrayList<>(List.of(python.toString(), "-m", "venv"));
        if (options.systemPackages) command.add("--system-site-packages");
        if (!options.pip) command.add("--without-pip");
        options.prompt.ifPresent(each -> command.addAll(List.of("--prompt", each)));
        command.add(folder.toAbsolutePath().toString());
        return command;
    }

    /// Makes one as a task. When it fails or is cancelled, what was made is gone again.
    ///
    /// @param base   the Python that it is made from
    /// @param folder where; must not be there yet, or be empty
    /// @param lines  is told what Python says
    public static TaskSpec<Environment> make(Found base, Path folder, Options options, Consumer<String> lines) {
        return TaskSpec.of(STRINGS.get("environment.task", folder), Lane.IO, context -> {
            Path python = base.installed().executable().orElseThrow(() -> problem("environment.no-python", folder, base.installed().name()));
            boolean venv = base.facts().filter(each -> Files.isRegularFile(each.layout().library().resolve("venv/__init__.py"))).isPresent();
            if (!venv) throw problem("environment.no-venv", folder, base.installed().name());
            boolean there = Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
            if (there && (!Files.isDirectory(folder) || !Layout.entries(folder).isEmpty())) throw problem("environment.exists", folder);
            boolean made = false;
            var said = new ArrayList<String>();
            try {
                int code = ChildProcess.run(ChildProcess.Spec.of(command(python, folder, options).toArray(String[]::new)).without(LEADING_ELSEWHERE)
                        .with(SURROUNDINGS).lines(line -> {
                    if (said.size() < 200) said.add(line.text());
                    lines.accept(line.text());
                }), context);
                Optional<Environment> environment = code == 0 ? Environment.of(folder) : Optional.empty();
                if (environment.isEmpty()) throw problem(String.join("\n", said).contains("ensurepip is not available") ? "environment.no-pip" : "environment.failed", folder,
                        base.facts().map(each -> each.layout().series()).orElse("3"), said.isEmpty() ? Integer.toString(code) : said.getLast());
                made = true;
                return environment.get();
            } finally {
                if (!made) FolderTree.delete(folder, () -> {});
            }
        });
    }

    /// Moves an environment aside, in one step, within its own file system. A link to one is not followed: take away what it leads to.
    ///
    /// @param links links that lead to it alone, such as pyenv's second names; they go with it
    /// @return what puts it back, or deletes it for good
    /// @throws ProblemException when it is no virtual environment
    public static Removed remove(Path folder, List<Path> links) throws IOException {
        Path place = folder.toAbsolutePath().normalize();
        if (Files.isSymbolicLink(place) || Environment.of(place).isEmpty()) throw problem("environment.none", place);
        // pyenv lists all that is in a folder `envs`, hidden or not.
        Path beside = place.getParent().endsWith("envs") ? place.getParent() : place;
        Path aside = beside.resolveSibling("." + place.getFileName() + ASIDE + Long.toString(System.currentTimeMillis(), 36));
        Files.move(place, aside);
        var targets = new LinkedHashMap<Path, Path>();
        for (Path link : links) {
            if (!Files.isSymbolicLink(link)) continue;
            targets.put(link, Files.readSymbolicLink(link));
            Files.delete(link);
        }
        return new Removed(place, aside, targets);
    }

    /// Whether a folder is an environment that was moved aside.
    static boolean aside(Path folder) {
        String name = String.valueOf(folder.getFileName());
        return name.startsWith(".") && name.contains(ASIDE);
    }

    /// An environment that was moved aside.
    ///
    /// @param place where it was
    /// @param aside where it is
    /// @param links the links that went with it, and what they led to
    public record Removed(Path place, Path aside, Map<Path, Path> links) {
        public Removed {
            links = Map.copyOf(links);
        }

        /// Puts it back.
        ///
        /// @throws ProblemException when something else has taken its place, or it is not there any more
        public void undo() throws IOException {
            if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) throw problem("environment.taken", place, aside);
            if (!Files.exists(aside, LinkOption.NOFOLLOW_LINKS)) throw problem("environment.gone", place);
            Files.move(aside, place);
            for (Map.Entry<Path, Path> link : links.entrySet())
                if (!Files.exists(link.getKey(), LinkOption.NOFOLLOW_LINKS)) Files.createSymbolicLink(link.getKey(), link.getValue());
        }

        /// Deletes it for good as a task.
        public TaskSpec<Void> delete() {
            return TaskSpec.of(STRINGS.get("environment.delete", place), Lane.IO, context -> {
                FolderTree.delete(aside, context::checkpoint);
                return null;
            });
        }
    }

    private static ProblemException problem(String id, Path place, Object... arguments) {
        return new ProblemException(Problem.of(STRINGS, id, Place.of(place.toString()), arguments));
    }
}
