package serpentarium.python.engine;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import serpentarium.python.Rule;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;

/// Looks through a tree of folders for pins: which project pins which version, and which pin is broken. Links to folders are not followed, so that
/// no loop leads anywhere; folders that hold no project of their own are passed by: dependencies, repositories' insides, virtual environments,
/// caches, pyenv's own root.
///
/// @param mostFolders after how many folders it ends
public record PinScan(int mostFolders) {
    private static final Set<String> PASSED = Set.of("node_modules", ".git", ".hg", ".svn", "__pycache__", ".tox", ".nox", ".cache", "site-packages", "dist-packages", ".mypy_cache",
            ".ruff_cache", ".pytest_cache", ".eggs", ".gradle", ".m2", ".cargo", ".rustup", ".npm", ".Trash");
    private static final List<Path> SYSTEM = List.of(Path.of("/proc"), Path.of("/sys"), Path.of("/dev"), Path.of("/run"));
    private static final int TELL = 64;

    /// A scan of a million folders at most.
    public PinScan() {
        this(1_000_000);
    }

    /// A pin and its project.
    ///
    /// @param folder the project's folder
    /// @param rule   what the pin says and what that means
    public record Pin(Path folder, Rule rule) {
        /// Whether a word of it leads nowhere.
        public boolean broken() {
            return rule.words().stream().anyMatch(word -> !word.text().isEmpty() && !word.standing().found());
        }
    }

    /// What a scan found.
    ///
    /// @param folders    how many folders were looked at
    /// @param unreadable how many could not be
    /// @param complete   whether the end was reached before the bound
    public record Found(Path top, List<Pin> pins, int folders, int unreadable, boolean complete) {
        /// The versions that no pin among these, not the global file and not the variable lead to, nor an environment that one leads to. Links are
        /// left out: they take no room.
        public List<String> unused(Resolver resolver) {
            var used = new HashSet<String>();
            pins.forEach(pin -> used.addAll(pin.rule.names()));
            resolver.resolve(resolver.root().path()).chain().forEach(rule -> used.addAll(rule.names()));
            var real = new HashSet<Path>();
            for (String name : used) resolver.root().place(name).flatMap(PinScan::real).ifPresent(real::add);
            return resolver.root().versions().stream().filter(version -> version.target().isEmpty())
                    .filter(version -> real(version.prefix()).map(prefix -> real.stream().noneMatch(each -> each.startsWith(prefix))).orElse(false))
                    .map(PyenvRoot.Version::name).toList();
        }
    }

    /// Looks through the tree below `top`; tells each pin as it is found, on the caller's thread.
    ///
    /// @throws java.util.concurrent.CancellationException when the task was cancelled
    public Found scan(Path top, Resolver resolver, Consumer<Pin> found, TaskContext context) {
        var pins = new ArrayList<Pin>();
        var waiting = new ArrayDeque<Path>();
        waiting.push(top.toAbsolutePath().normalize());
        int folders = 0;
        int unreadable = 0;
        while (!waiting.isEmpty() && folders < mostFolders) {
            context.checkpoint();
            Path folder = waiting.pop();
            if (folders++ % TELL == 0) {
                context.progress(folders, -1, Progress.Unit.ITEMS);
                context.message(folder.toString());
            }
            var below = new ArrayList<Path>();
            boolean environment = false;
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                for (Path entry : entries) {
                    String name = entry.getFileName().toString();
                    if (name.equals("pyvenv.cfg")) environment = true;
                    else if (name.equals(Resolver.PIN)) pin(folder, entry, resolver).ifPresent(pin -> {
                        pins.add(pin);
                        found.accept(pin);
                    });
                    else if (!PASSED.contains(name) && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) below.add(entry);
                }
            } catch (IOException | DirectoryIteratorException _) {
                unreadable++;
            }
            if (!environment || folders == 1) below.stream().filter(each -> !SYSTEM.contains(each) && !each.equals(resolver.root().path())).sorted(java.util.Comparator.reverseOrder()).forEach(waiting::push);
        }
        context.progress(folders, folders, Progress.Unit.ITEMS);
        return new Found(top, List.copyOf(pins), folders, unreadable, waiting.isEmpty());
    }

    private static Optional<Pin> pin(Path folder, Path file, Resolver resolver) {
        return Files.isRegularFile(file) ? Optional.of(new Pin(folder, resolver.pin(file))) : Optional.empty();
    }

    private static Optional<Path> real(Path path) {
        try {
            return Optional.of(path.toRealPath());
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
