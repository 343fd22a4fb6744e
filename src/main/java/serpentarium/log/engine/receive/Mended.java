package serpentarium.log.engine.receive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import serpentarium.base.Place;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.log.Warning;

/// Looks at what a store's last writer left: checks each run of bytes against its checksum, keeps whole lines that were written after the last of them, and takes away
/// the line that was being written.
final class Mended {
    private static final Strings STRINGS = Strings.of(Mended.class);
    private static final int CHUNK = 1 << 16;

    private Mended() {}

    static List<Warning> folder(Path folder) throws IOException {
        var warnings = new ArrayList<Warning>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path each : all.filter(file -> file.getFileName().toString().startsWith(Packer.UNFINISHED)).toList()) Files.deleteIfExists(each);
        }
        Path live = folder.resolve(LogStore.LIVE);
        if (Files.exists(live)) live(live, warnings);
        return List.copyOf(warnings);
    }

    private static void live(Path file, List<Warning> warnings) throws IOException {
        long summed = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = channel.size();
            Path sums = LogStore.sums(file);
            long damaged = 0;
            if (Files.exists(sums)) {
                byte[] text = Files.readAllBytes(sums);
                int whole = text.length;
                while (whole > 0 && text[whole - 1] != '\n') whole--;
                if (whole < text.length) {
                    try (FileChannel cut = FileChannel.open(sums, StandardOpenOption.WRITE)) {
                        cut.truncate(whole);
                    }
                }
                for (String line : new String(text, 0, whole, StandardCharsets.US_ASCII).split("\n")) {
                    String[] parts = line.split(" ");
                    if (parts.length != 3 || !line.matches("\\d{1,18} \\d{1,9} [0-9a-f]{1,8}")) continue;
                    long at = Long.parseLong(parts[0]);
                    int length = Integer.parseInt(parts[1]);
                    if (at + length > size || crc(channel, at, length) != Long.parseLong(parts[2], 16)) damaged += length;
                    summed = Math.max(summed, Math.min(size, at + length));
                }
            }
            if (damaged > 0) warnings.add(new Warning("store.damaged", STRINGS.get("store.damaged", file.getFileName(), Quantity.size(damaged)), Place.of(file.toString())));
            long end = lastLine(channel, summed, size);
            if (end < size) channel.truncate(end);
        }
    }

    private static long crc(FileChannel channel, long from, int length) throws IOException {
        var crc = new CRC32C();
        var buffer = ByteBuffer.allocate(Math.min(CHUNK, length));
        for (long at = from; at < from + length;) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), from + length - at));
            int read = channel.read(buffer, at);
            if (read <= 0) return -1;
            crc.update(buffer.flip());
            at += read;
        }
        return crc.getValue();
    }

    /// Where the last whole line ends, not before `from`.
    private static long lastLine(FileChannel channel, long from, long size) throws IOException {
        var buffer = ByteBuffer.allocate(CHUNK);
        for (long to = size; to > from;) {
            long begin = Math.max(from, to - CHUNK);
            buffer.clear().limit((int) (to - begin));
            int read = 0;
            while (buffer.hasRemaining() && (read = channel.read(buffer, begin + buffer.position())) > 0) continue;
            if (read <= 0) return from;
            for (int i = (int) (to - begin) - 1; i >= 0; i--) if (buffer.get(i) == '\n') return begin + i + 1;
            to = begin;
        }
        return from;
    }
}
