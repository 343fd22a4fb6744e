package serpentarium.python.engine.inventory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a shared library of Linux says of the libraries that it is linked with.
///
/// @param needed      the names of the libraries, such as `libssl.so.3`
/// @param searchPaths where they are looked for first, as it is written (`$ORIGIN` stands for the library's own folder)
record ElfFile(List<String> needed, List<String> searchPaths) {
    private static final int HEADER = 64;
    private static final int LOAD = 1;
    private static final int DYNAMIC = 2;
    private static final int NEEDED = 1;
    private static final int STRING_TABLE = 5;
    private static final int RPATH = 15;
    private static final int RUNPATH = 29;
    private static final int MOST_SEGMENTS = 64;
    private static final int LARGEST_DYNAMIC = 64 << 10;
    private static final int LONGEST_NAME = 4096;

    /// Reads the dynamic section, or answers empty where the file is no ELF file, is damaged or has none.
    static Optional<ElfFile> read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new Reader(channel).read();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private record Segment(int type, long offset, long address, long size) {}

    private static final class Reader {
        private final FileChannel channel;
        private ByteOrder order;
        private boolean wide;

        Reader(FileChannel channel) {
            this.channel = channel;
        }

        Optional<ElfFile> read() throws IOException {
            ByteBuffer head = bytes(0, HEADER);
            if (head.remaining() < HEADER || head.getInt(0) != 0x7f454c46) return Optional.empty();
            wide = head.get(4) == 2;
            order = head.get(5) == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
            head.order(order);
            long table = wide ? head.getLong(32) : head.getInt(28) & 0xffffffffL;
            int size = head.getShort(wide ? 54 : 42) & 0xffff;
            int count = head.getShort(wide ? 56 : 44) & 0xffff;
            if (size < (wide ? 56 : 32) || count > MOST_SEGMENTS) return Optional.empty();
            var segments = new ArrayList<Segment>();
            ByteBuffer all = bytes(table, size * count);
            if (all.remaining() < size * count) return Optional.empty();
            for (int i = 0; i < count; i++) segments.add(segment(all, i * size));
            return segments.stream().filter(each -> each.type == DYNAMIC).findFirst().isEmpty() ? Optional.empty() : dynamic(segments);
        }

        private Segment segment(ByteBuffer table, int at) {
            return wide ? new Segment(table.getInt(at), table.getLong(at + 8), table.getLong(at + 16), table.getLong(at + 32))
                    : new Segment(table.getInt(at), word(table, at + 4), word(table, at + 8), word(table, at + 16));
        }

        private long word(ByteBuffer buffer, int at) {
            return wide ? buffer.getLong(at) : buffer.getInt(at) & 0xffffffffL;
        }

        private Optional<ElfFile> dynamic(List<Segment> segments) throws IOException {
            Segment own = segments.stream().filter(each -> each.type == DYNAMIC).findFirst().orElseThrow();
            int width = wide ? 8 : 4;
            ByteBuffer entries = bytes(own.offset, Math.clamp(own.size, 0, LARGEST_DYNAMIC));
            var names = new ArrayList<Long>();
            var paths = new ArrayList<Long>();
            long strings = -1;
            for (int at = 0; at + 2 * width <= entries.limit(); at += 2 * width) {
                long tag = word(entries, at);
                long value = word(entries, at + width);
                if (tag == 0) break;
                if (tag == NEEDED) names.add(value);
                if (tag == RPATH || tag == RUNPATH) paths.add(value);
                if (tag == STRING_TABLE) strings = value;
            }
            long table = strings;
            Optional<Segment> home = segments.stream().filter(each -> each.type == LOAD && table >= each.address && table - each.address < each.size).findFirst();
            if (table < 0 || home.isEmpty()) return Optional.empty();
            long offset = home.get().offset + table - home.get().address;
            var needed = new ArrayList<String>();
            for (long name : names) needed.add(text(offset, name));
            var folders = new ArrayList<String>();
            for (long path : paths) folders.addAll(List.of(text(offset, path).split(":")));
            return Optional.of(new ElfFile(List.copyOf(needed), List.copyOf(folders)));
        }

        private String text(long table, long at) throws IOException {
            ByteBuffer buffer = bytes(table + at, LONGEST_NAME);
            int end = 0;
            while (end < buffer.limit() && buffer.get(end) != 0) end++;
            return new String(buffer.array(), 0, end, StandardCharsets.UTF_8);
        }

        /// Those of the bytes that the file has; places beyond its end have none.
        private ByteBuffer bytes(long offset, int count) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(count);
            if (order != null) buffer.order(order);
            if (offset < 0 || offset >= channel.size()) return buffer.limit(0);
            long at = offset;
            while (buffer.hasRemaining()) {
                int read = channel.read(buffer, at);
                if (read < 0) break;
                at += read;
            }
            return buffer.flip();
        }
    }
}
