package serpentarium.python.engine.inventory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import serpentarium.base.Strings;
import serpentarium.task.Abreast;
import serpentarium.task.Lane;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;
import serpentarium.task.TaskSpec;

/// How much room folders take on disk, in whole blocks; a file with several names counts once, links are not followed. What was counted is kept until one of
/// the folders that change when something is installed or removed has another time.
public final class DiskUse {
    private static final Strings STRINGS = Strings.of(DiskUse.class);
    private static final int PIECES = 48;
    private static final long BLOCK = 4096;

    private final Map<Path, Counted> kept = new ConcurrentHashMap<>();

    /// What was counted.
    ///
    /// @param bytes      on disk
    /// @param files      of all kinds, folders too
    /// @param unreadable folders that could not be looked into
    public record Size(long bytes, long files, long unreadable) {
        Size plus(Size other) {
            return new Size(bytes + other.bytes, files + other.files, unreadable + other.unreadable);
        }
    }

    private record Counted(List<Long> times, Size size) {}

    private record Inode(Object device, Object number) {}

    /// Counts one Python's folder as a task.
    public TaskSpec<Size> task(String name, Path folder) {
        return TaskSpec.of(STRINGS.get("size.task", name), Lane.IO, context -> of(folder, context));
    }

    /// Counts a folder, or says again what was counted.
    public Size of(Path folder, TaskContext context) throws IOException {
        Path real = folder.toRealPath();
        List<Long> times = times(real);
        Counted known = kept.get(real);
        if (known != null && known.times.equals(times)) return known.size;
        Size size = count(real, context);
        kept.put(real, new Counted(times, size));
        return size;
    }

    /// Of the folder, what stands in it, its libraries, and where packages are.
    private static List<Long> times(Path folder) throws IOException {
        var times = new ArrayList<Long>();
        times.add(Files.getLastModifiedTime(folder).toMillis());
        for (Path each : Layout.entries(folder)) {
            if (!Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) continue;
            times.add(Files.getLastModifiedTime(each).toMillis());
            if (!each.getFileName().toString().startsWith("lib")) continue;
            for (Path inner : Layout.entries(each)) {
                if (!Files.isDirectory(inner, LinkOption.NOFOLLOW_LINKS)) continue;
                times.add(Files.getLastModifiedTime(inner).toMillis());
                Path packages = inner.resolve("site-packages");
                if (Files.isDirectory(packages)) times.add(Files.getLastModifiedTime(packages).toMillis());
            }
        }
        return times;
    }

    private static Size count(Path folder, TaskContext context) throws IOException {
        var walk = new Walk(context);
        var above = new ArrayDeque<Path>(List.of(folder));
        Size size = walk.entry(folder);
        // Opens folders from the top until there are enough to share out.
        while (!above.isEmpty() && above.size() < PIECES) size = size.plus(walk.open(above.removeFirst(), above));
        List<Path> pieces = List.copyOf(above);
        try (var counted = new Abreast<Size>(pieces.size(), number -> walk.below(pieces.get(number)))) {
            long done = 0;
            for (Size each; (each = counted.next()) != null; context.checkpoint()) {
                size = size.plus(each);
                context.progress(++done, pieces.size(), Progress.Unit.ITEMS);
            }
        }
        return size;
    }

    private static final class Walk {
        private static final boolean UNIX = FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

        private final TaskContext context;
        private final Set<Inode> linked = ConcurrentHashMap.newKeySet();

        Walk(TaskContext context) {
            this.context = context;
        }

        Size below(Path folder) {
            var left = new ArrayDeque<Path>(List.of(folder));
            Size size = new Size(0, 0, 0);
            while (!left.isEmpty()) size = size.plus(open(left.removeLast(), left));
            return size;
        }

        /// The entries of a folder; those that are folders are put with the others that wait.
        Size open(Path folder, ArrayDeque<Path> folders) {
            if (context.cancelled()) throw new CancellationException();
            long bytes = 0;
            long files = 0;
            try (Stream<Path> entries = Files.list(folder)) {
                for (Path each : (Iterable<Path>) entries::iterator) {
                    Size one = entry(each);
                    bytes += one.bytes;
                    files += one.files;
                    if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) folders.addLast(each);
                }
            } catch (IOException | UncheckedIOException _) {
                return new Size(bytes, files, 1);
            }
            return new Size(bytes, files, 0);
        }

        Size entry(Path path) {
            try {
                if (!UNIX) return new Size(blocks(Files.size(path)), 1, 0);
                Map<String, Object> facts = Files.readAttributes(path, "unix:size,nlink,ino,dev,mode", LinkOption.NOFOLLOW_LINKS);
                int kind = (Integer) facts.get("mode") & 0170000;
                boolean folder = kind == 0040000;
                if (!folder && (Integer) facts.get("nlink") > 1 && !linked.add(new Inode(facts.get("dev"), facts.get("ino")))) return new Size(0, 0, 0);
                // A short link is kept in its entry.
                boolean link = kind == 0120000;
                return new Size(link ? 0 : blocks((Long) facts.get("size")), 1, 0);
            } catch (IOException _) {
                return new Size(0, 0, 0);
            }
        }

        private static long blocks(long size) {
            return (size + BLOCK - 1) / BLOCK * BLOCK;
        }
    }
}
