package serpentarium.log.engine.receive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import serpentarium.base.AtomicMove;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.PrivateFiles;
import serpentarium.base.Strings;
import serpentarium.log.Warning;

/// The folder where received records are kept: `received.jsonl` is written now, older ones have the time of their end in their names and are packed
/// (`received.jsonl.2026-11-28_10-15-00.123.zst`). Each is a log like any other, a JSON object a line. Beside each lies a hidden file with a checksum for each run
/// of bytes that was written.
///
/// Used by one thread.
public final class LogStore implements Closeable {
    /// The file that is written now.
    public static final String LIVE = "received.jsonl";
    private static final Strings STRINGS = Strings.of(LogStore.class);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path folder;
    private final StoreLimits limits;
    private final Consumer<Path> ended;
    private final FileChannel lockFile;
    private final FileLock lock;
    private final List<Warning> warnings;
    private FileChannel live;
    private FileChannel sums;
    private long size;
    private long begun;
    private boolean unforced;

    /// Opens a folder, which is made where it is not there, and mends what a killed program left.
    ///
    /// @param ended is told each file that was ended and may be packed
    /// @throws ProblemException where another program writes there
    public static LogStore open(Path folder, StoreLimits limits, Consumer<Path> ended) throws IOException {
        PrivateFiles.folder(folder);
        FileChannel lockFile = FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean good = false;
        try {
            FileLock lock = lock(lockFile);
            if (lock == null) throw new ProblemException(Problem.of(STRINGS, "store.taken", Place.of(folder.toString())));
            var store = new LogStore(folder, limits, ended, lockFile, lock, Mended.folder(folder));
            store.begin();
            good = true;
            return store;
        } finally {
            if (!good) lockFile.close();
        }
    }

    private static FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    private LogStore(Path folder, StoreLimits limits, Consumer<Path> ended, FileChannel lockFile, FileLock lock, List<Warning> warnings) {
        this.folder = folder;
        this.limits = limits;
        this.ended = ended;
        this.lockFile = lockFile;
        this.lock = lock;
        this.warnings = warnings;
    }

    /// Where the checksums of a file stand.
    static Path sums(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".sums");
    }

    /// Where records are.
    public Path folder() {
        return folder;
    }

    /// The file that is written now.
    public Path live() {
        return folder.resolve(LIVE);
    }

    /// What was found damaged when it was opened.
    public List<Warning> warnings() {
        return warnings;
    }

    private void begin() throws IOException {
        Path file = live();
        if (!Files.exists(file)) PrivateFiles.create(file).close();
        if (!Files.exists(sums(file))) PrivateFiles.create(sums(file)).close();
        live = FileChannel.open(file, StandardOpenOption.WRITE);
        sums = FileChannel.open(sums(file), StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        size = live.size();
        begun = size == 0 ? System.currentTimeMillis() : Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class).creationTime().toMillis();
    }

    /// Writes whole lines. Where this returns, they stay when the program is killed.
    ///
    /// @throws IOException where the disk is full or gone: nothing of it was written, and it can be tried again
    public void append(byte[] lines, int length) throws IOException {
        if (length == 0) return;
        if (!live.isOpen() || !sums.isOpen()) begin();
        if (size > 0 && (size + length > limits.segment() || System.currentTimeMillis() - begun > limits.age().toMillis())) rotate();
        var crc = new CRC32C();
        crc.update(lines, 0, length);
        byte[] sum = (size + " " + length + " " + Long.toHexString(crc.getValue()) + "\n").getBytes(StandardCharsets.US_ASCII);
        try {
            var buffer = ByteBuffer.wrap(lines, 0, length);
            for (long at = size; buffer.hasRemaining();) at += live.write(buffer, at);
            var line = ByteBuffer.wrap(sum);
            while (line.hasRemaining()) sums.write(line);
        } catch (IOException e) {
            live.truncate(size);
            throw e;
        }
        size += length;
        unforced = true;
    }

    /// Makes sure that what was written survives the machine.
    public void force() throws IOException {
        if (!unforced) return;
        live.force(false);
        unforced = false;
    }

    /// Ends the file and begins the next one.
    private void rotate() throws IOException {
        live.force(false);
        live.close();
        sums.close();
        Path file = live();
        Path old = unused();
        try {
            AtomicMove.over(sums(file), sums(old));
            AtomicMove.over(file, old);
        } finally {
            begin();
        }
        ended.accept(old);
    }

    private Path unused() {
        for (long millis = System.currentTimeMillis();; millis++) {
            Path file = folder.resolve(LIVE + "." + STAMP.format(Instant.ofEpochMilli(millis)));
            if (!Files.exists(file) && !Files.exists(file.resolveSibling(file.getFileName() + Packer.END))) return file;
        }
    }

    @Override public void close() throws IOException {
        FileChannel file = live;
        FileChannel of = sums;
        try (lockFile; lock; file; of) {
            if (file.isOpen()) force();
        }
    }
}
