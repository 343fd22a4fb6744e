package serpentarium.python.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import serpentarium.task.TaskContext;

/// Waits until something changed that decides which Python applies: a version came or went, a shim, the global file, a pin on the way up from a
/// folder. Looks at times and sizes once a second, which costs nothing and works on every file system.
public final class RootWatch {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private RootWatch() {}

    /// How everything looked at one moment; equal to another when nothing changed in between.
    public record Stamp(List<Mark> marks) {}

    /// How one file or folder looked.
    ///
    /// @param key what tells it from another that took its place
    public record Mark(Path path, long modified, long size, String key) {}

    /// How it looks now.
    ///
    /// @param folders whose pins count, with those above them
    public static Stamp now(Surroundings surroundings, List<Path> folders) {
        var root = new PyenvRoot(surroundings.root());
        var paths = new ArrayList<Path>();
        paths.addAll(List.of(root.path(), root.versionsFolder(), root.globalFile(), root.shims(), root.rehashLock()));
        for (String name : root.names()) {
            paths.add(root.versionsFolder().resolve(name).resolve("bin"));
            paths.add(root.versionsFolder().resolve(name).resolve("envs"));
        }
        for (Path folder : folders) for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) paths.add(at.resolve(Resolver.PIN));
        return new Stamp(paths.stream().distinct().flatMap(path -> mark(path).stream()).toList());
    }

    /// Ends once it looks otherwise than `known`. Work for a task of its own, which ends when it is cancelled.
    ///
    /// @return how it looks then
    public static Stamp changed(Surroundings surroundings, List<Path> folders, Stamp known, TaskContext context) throws InterruptedException {
        var cancelled = new CountDownLatch(1);
        try (var _ = context.onCancel(cancelled::countDown)) {
            while (true) {
                context.checkpoint();
                Stamp now = now(surroundings, folders);
                if (!now.equals(known)) return now;
                if (cancelled.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) context.checkpoint();
            }
        }
    }

    private static Optional<Mark> mark(Path path) {
        try {
            BasicFileAttributes own = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            BasicFileAttributes found = own.isSymbolicLink() && Files.exists(path) ? Files.readAttributes(path, BasicFileAttributes.class) : own;
            return Optional.of(new Mark(path, found.lastModifiedTime().toMillis(), found.size(), own.fileKey() + "/" + found.fileKey()));
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
