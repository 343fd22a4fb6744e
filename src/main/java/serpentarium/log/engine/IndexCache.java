package serpentarium.log.engine;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import serpentarium.base.AtomicMove;
import serpentarium.base.PrivateFiles;
import serpentarium.log.TextEncoding;

/// Indexes of files kept in a folder between starts, so that a file of 10 GB is there at once when it is opened again, and one that grew is read on from
/// where it had ended.
///
/// A kept index is that of a file with the same identity, at least as long, with the same bytes in 64 samples spread over what was indexed, its head and
/// its last bytes among them. Anything else about it that is not right, a checksum or a version, makes it as if it were not there.
///
/// A file holds: `SRPLINES` or `SRPRECOR`, version u32, key and birth, name of the charset, unit, mark, what else it depends on, checksum of the samples,
/// the index, CRC-32C of all before.
public final class IndexCache {
    private static final int VERSION = 2;
    private static final int SAMPLES = 64;
    private static final int SAMPLE = 64;
    private static final int HEAD = 1024;
    /// Below this a file is indexed sooner than its index is read.
    static final long WORTH = 8L << 20;

    private final Path folder;
    private final int most;

    /// What is kept of a file.
    private enum Kind {
        LINES, RECORDS;

        byte[] magic() {
            return (this == LINES ? "SRPLINES" : "SRPRECOR").getBytes(StandardCharsets.US_ASCII);
        }

        String suffix() {
            return this == LINES ? ".lines" : ".records";
        }
    }

    /// Reads an index; it begins with the number of bytes that it is of.
    private interface Reading<T> {
        T of(DataInput in, TextEncoding encoding, long size) throws IOException;
    }

    private interface Writing {
        void to(DataOutput out) throws IOException;
    }

    /// What was read.
    ///
    /// @param index what it is
    /// @param bytes how many bytes it is of
    private record Read<T>(T index, long bytes) {}

    /// @param folder where the indexes are kept; made when the first is
    /// @param most   how many are kept; the ones that were written longest ago go
    public IndexCache(Path folder, int most) {
        this.folder = folder;
        this.most = most;
    }

    /// The index that was kept of a file, which may have grown since.
    public Optional<LineIndex> find(LogFile file) {
        return find(file, Kind.LINES, "", (in, encoding, size) -> {
            LineIndex index = LineIndex.read(in, encoding, size);
            return new Read<>(index, index.bytes());
        });
    }

    /// Has an empty index of records take what was kept of the same file.
    ///
    /// @param lines  the lines of the file: records of lines that it does not know are not taken
    /// @param format what the file is taken for
    /// @param zone   of its times that do not say theirs
    boolean find(LogFile file, LineIndex lines, PartFormat format, ZoneId zone, RecordIndex into) {
        return find(file, Kind.RECORDS, format.detection() + zone.getId(), (in, encoding, _) -> {
            if (!encoding.equals(lines.encoding())) throw new IOException("records in another encoding");
            return new Read<>(into, into.read(in, format, lines.known()));
        }).isPresent();
    }

    private <T> Optional<T> find(LogFile file, Kind kind, String depends, Reading<Read<T>> reading) {
        Path kept = file(file, kind);
        try (InputStream raw = Files.newInputStream(kept)) {
            long size = file.size();
            var checked = new CheckedInputStream(new BufferedInputStream(raw, 1 << 16), new CRC32C());
            var in = new DataInputStream(checked);
            byte[] magic = kind.magic();
            boolean fits = Arrays.equals(in.readNBytes(magic.length), magic) && in.readInt() == VERSION && in.readUTF().equals(key(file));
            if (!fits) return Optional.empty();
            var encoding = new TextEncoding(Charset.forName(in.readUTF()), in.readByte() == 2 ? 2 : 1, in.readByte());
            if (in.readLong() != sum(depends)) return Optional.empty();
            int samples = in.readInt();
            Read<T> read = reading.of(in, encoding, size);
            int sum = (int) checked.getChecksum().getValue();
            return in.readInt() == sum && samples == samples(file, read.bytes) ? Optional.of(read.index) : Optional.empty();
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException _) {
            // Damaged: it is made anew.
            return Optional.empty();
        }
    }

    /// Keeps an index; what stands in its way is no reason to stop whoever shows the log.
    ///
    /// @return whether it was kept
    public boolean keep(LogFile file, LineIndex index) {
        return index.bytes() >= WORTH && keep(file, Kind.LINES, index.encoding(), "", index::write);
    }

    /// Keeps an index of records.
    ///
    /// @return whether it was kept
    boolean keep(LogFile file, LineIndex lines, PartFormat format, ZoneId zone, RecordIndex index) {
        return lines.bytes() >= WORTH && keep(file, Kind.RECORDS, lines.encoding(), format.detection() + zone.getId(), index::write);
    }

    private boolean keep(LogFile file, Kind kind, TextEncoding encoding, String depends, Writing writing) {
        Path kept = file(file, kind);
        try {
            PrivateFiles.folder(folder);
            Path beside = Files.createTempFile(folder, "new", ".part");
            try {
                write(file, kind, encoding, depends, writing, beside);
                AtomicMove.over(beside, kept);
            } finally {
                Files.deleteIfExists(beside);
            }
            drop(kind);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static void write(LogFile file, Kind kind, TextEncoding encoding, String depends, Writing writing, Path to) throws IOException {
        var sum = new CRC32C();
        try (var out = new DataOutputStream(new CheckedOutputStream(new BufferedOutputStream(Channels.newOutputStream(
                FileChannel.open(to, StandardOpenOption.WRITE)), 1 << 16), sum))) {
            out.write(kind.magic());
            out.writeInt(VERSION);
            out.writeUTF(key(file));
            out.writeUTF(encoding.charset().name());
            out.writeByte(encoding.unit());
            out.writeByte(encoding.mark());
            out.writeLong(sum(depends));
            // The index may grow while it is written: it is written as far as it is now.
            var now = new ByteArrayOutputStream();
            writing.to(new DataOutputStream(now));
            byte[] body = now.toByteArray();
            long bytes = ByteBuffer.wrap(body).getLong();
            out.writeInt(samples(file, bytes));
            out.write(body);
            out.writeInt((int) sum.getValue());
        }
    }

    private static long sum(String text) {
        var sum = new CRC32C();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return sum.getValue() << 32 | text.hashCode() & 0xffffffffL;
    }

    private static int samples(LogFile file, long bytes) throws IOException {
        var sum = new CRC32C();
        sum.update(file.some(0, (int) Math.min(HEAD, bytes)));
        for (int i = 1; i <= SAMPLES; i++) {
            long at = Math.max(0, (long) ((double) bytes / SAMPLES * i) - SAMPLE);
            sum.update(file.some(at, (int) Math.min(SAMPLE, bytes - at)));
        }
        long end = Math.max(0, bytes - HEAD);
        sum.update(file.some(end, (int) (bytes - end)));
        return (int) sum.getValue();
    }

    private void drop(Kind kind) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.list(folder)) {
            all = files.filter(file -> file.toString().endsWith(kind.suffix())).toList();
        }
        if (all.size() <= most) return;
        record Kept(Path path, long written) {}
        var kept = new ArrayList<Kept>();
        for (Path path : all) kept.add(new Kept(path, Files.getLastModifiedTime(path).toMillis()));
        kept.sort(Comparator.comparingLong(Kept::written));
        for (Kept each : kept.subList(0, kept.size() - most)) Files.deleteIfExists(each.path());
    }

    private static String key(LogFile file) {
        // Where there is no inode, the name has to do.
        return file.identity().key().isEmpty() ? file.path().toAbsolutePath() + file.identity().text() : file.identity().text();
    }

    private Path file(LogFile file, Kind kind) {
        var sum = new CRC32C();
        byte[] key = key(file).getBytes(StandardCharsets.UTF_8);
        sum.update(key);
        return folder.resolve(HexFormat.of().toHexDigits((int) sum.getValue()) + HexFormat.of().toHexDigits(Arrays.hashCode(key)) + kind.suffix());
    }
}
