package serpentarium.python.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import serpentarium.base.AtomicMove;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.python.analysis.PinEdit;
import serpentarium.python.analysis.PinText;

/// Writes pins and the global file: whole or not at all, comments and line ends kept, with the rights that the file had, through a link to the file
/// that it leads to. What was changed by somebody else since it was looked at is not overwritten.
public final class PinWriter {
    private static final Strings STRINGS = Strings.of(PinWriter.class);
    private static final int TRIES = 100;

    private PinWriter() {}

    /// A file as it was when it was looked at.
    ///
    /// @param bytes what it holds; empty when there is no file
    /// @param link  where it leads to, when it is a link
    public record Seen(Path file, Optional<byte[]> bytes, Optional<Path> link) {
        /// Whether both hold the same.
        boolean same(Seen other) {
            return link.equals(other.link) && bytes.isPresent() == other.bytes.isPresent() && (bytes.isEmpty() || Arrays.equals(bytes.get(), other.bytes.get()));
        }

        /// The words in it.
        public List<String> words() {
            return bytes.map(found -> PinText.fields(PinText.of(found).words()).stream().map(PinText.Word::text).toList()).orElse(List.of());
        }
    }

    /// A change that was made, which [#undo(Change)] takes back.
    public record Change(Seen before, Seen after) {}

    /// Looks at a file, so that it can be changed later.
    ///
    /// @throws ProblemException when it is no file, or too large for a pin, or cannot be read
    public static Seen look(Path file) {
        try {
            Optional<Path> link = Files.isSymbolicLink(file) ? Optional.of(Files.readSymbolicLink(file)) : Optional.empty();
            if (!Files.exists(file)) return new Seen(file, Optional.empty(), link);
            if (!Files.isRegularFile(file)) throw problem("pin.not-a-file", file);
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(Resolver.LARGEST + 1);
                if (bytes.length > Resolver.LARGEST) throw problem("pin.too-large", file);
                return new Seen(file, Optional.of(bytes), link);
            }
        } catch (IOException e) {
            throw new ProblemException(Problem.of(STRINGS, "pin.unreadable", Place.of(file.toString()), String.valueOf(e.getMessage())).causedBy(e));
        }
    }

    /// Makes a file say other words, in that order.
    ///
    /// @throws ProblemException when a word cannot stand in a pin, when the file was changed since it was looked at, or when it cannot be written
    public static Change write(Seen seen, List<String> words) {
        if (words.isEmpty()) throw problem("pin.no-word", seen.file);
        for (String word : words) {
            boolean fits = PinText.of(word.getBytes(java.nio.charset.StandardCharsets.UTF_8)).words().equals(List.of(new PinText.Word(word, 1)));
            if (!fits || word.contains(":") || word.startsWith("\ufeff")) throw new ProblemException(Problem.of(STRINGS, "pin.bad-word", Place.of(seen.file.toString()), word));
        }
        return put(seen, new Seen(seen.file, Optional.of(PinEdit.replace(seen.bytes.orElse(new byte[0]), words)), seen.link));
    }

    /// Deletes a file; of a link only the link.
    ///
    /// @throws ProblemException when it was changed since it was looked at, or cannot be deleted
    public static Change remove(Seen seen) {
        return put(seen, new Seen(seen.file, Optional.empty(), Optional.empty()));
    }

    /// Takes a change back.
    ///
    /// @throws ProblemException when the file was changed since, or cannot be written
    public static Change undo(Change change) {
        return put(change.after, change.before);
    }

    private static Change put(Seen before, Seen after) {
        Seen now = look(before.file);
        if (!now.same(before)) {
            throw new ProblemException(Problem.of(STRINGS, "pin.changed", Place.of(before.file.toString()), told(before), told(now)));
        }
        try {
            if (after.bytes.isEmpty() && after.link.isEmpty()) {
                Files.deleteIfExists(after.file);
            } else {
                if (after.link.isPresent() && !Files.isSymbolicLink(after.file)) Files.createSymbolicLink(after.file, after.link.get());
                if (after.bytes.isPresent()) whole(target(after), after.bytes.get());
                else Files.deleteIfExists(target(after));
            }
        } catch (IOException e) {
            throw new ProblemException(Problem.of(STRINGS, "pin.unwritable", Place.of(before.file.toString()), String.valueOf(e.getMessage())).causedBy(e));
        }
        return new Change(before, after);
    }

    private static Path target(Seen seen) throws IOException {
        if (seen.link.isEmpty()) return seen.file;
        try {
            return seen.file.toRealPath();
        } catch (NoSuchFileException _) {
            return seen.file.resolveSibling(seen.link.get());
        }
    }

    private static void whole(Path target, byte[] bytes) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        boolean there = Files.exists(target);
        if (there && (!Files.isWritable(folder) || !mine(target))) {
            // No file can be put in this one's place without changing whose it is.
            bytes(target, bytes, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
            return;
        }
        if (there && !Files.isWritable(target)) throw new IOException(STRINGS.get("pin.read-only"));
        Path beside = beside(target);
        try {
            bytes(beside, bytes, StandardOpenOption.WRITE);
            var rights = there ? Files.getFileAttributeView(target, PosixFileAttributeView.class) : null;
            if (rights != null) Files.setPosixFilePermissions(beside, rights.readAttributes().permissions());
            AtomicMove.over(beside, target);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static boolean mine(Path target) throws IOException {
        var view = Files.getFileAttributeView(target, PosixFileAttributeView.class);
        return view == null || view.getOwner().getName().equals(System.getProperty("user.name"));
    }

    private static Path beside(Path target) throws IOException {
        for (int i = 0; ; i++) {
            Path name = target.resolveSibling(target.getFileName() + ".tmp" + i);
            try {
                return Files.createFile(name);
            } catch (FileAlreadyExistsException e) {
                if (i >= TRIES) throw e;
            }
        }
    }

    private static void bytes(Path file, byte[] bytes, OpenOption... options) throws IOException {
        try (FileChannel channel = FileChannel.open(file, options)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) channel.write(buffer);
            channel.force(true);
        }
    }

    private static String told(Seen seen) {
        boolean there = seen.bytes.isPresent() || Files.exists(seen.file, LinkOption.NOFOLLOW_LINKS);
        return there ? seen.words().stream().collect(Collectors.joining(", ", "“", "”")) : STRINGS.get("pin.no-file");
    }

    private static ProblemException problem(String id, Path file) {
        return new ProblemException(Problem.of(STRINGS, id, Place.of(file.toString())));
    }
}
