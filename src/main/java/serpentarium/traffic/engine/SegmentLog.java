package serpentarium.traffic.engine;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import serpentarium.base.PrivateFiles;

/// Records in append-only files, each with a checksum (CRC-32C), in a folder or in one file.
///
/// A file begins with 16 bytes: `SRPFLOWS`, the version as u32, and its number as u32; all numbers are little-endian. A record is: length of
/// the payload u32, checksum of all that follows u32, type u8, row u32, the position of the row's record before it u64, payload. A position is
/// the file's number in the upper 24 bits and the offset in the lower 40; 0 is none.
final class SegmentLog implements Closeable {
    /// The record belongs to a flow.
    static final int FLOW = 1;
    /// A warning of a source.
    static final int WARNING = 2;
    /// Columns that need not be collected again.
    static final int INDEX = 3;
    /// The bytes before a payload.
    static final int HEADER = 21;
    /// The bytes before the first record of a file.
    static final int START = 16;
    private static final int RECENT = 64;
    private static final int SMALL = 1 << 14;
    /// Payloads of flows are cut at this length by the writer; an index may be longer.
    static final int LONGEST = 1 << 30;
    static final byte[] MAGIC = "SRPFLOWS".getBytes(StandardCharsets.US_ASCII);

    private static final Pattern NAME = Pattern.compile("(\\d{4,8})\\.flows");
    private static final int VERSION = 1;

    /// One record.
    ///
    /// @param position where it lies
    /// @param type     [#FLOW], [#WARNING] or [#INDEX]
    /// @param row      its flow's row; -1 for none
    /// @param before   the position of the row's record before it, or 0
    /// @param payload  its content
    record Entry(long position, int type, int row, long before, byte[] payload) {}

    /// Is shown records in their order.
    interface Visitor {
        /// @return whether to go on
        boolean visit(Entry entry) throws IOException;
    }

    private record Segment(int number, Path path, FileChannel channel) {}

    private final Path folder;
    private final boolean writable;
    private final long segmentSize;
    private final TreeMap<Integer, Segment> segments = new TreeMap<>();
    private final ByteBuffer buffer = PrivateFiles.buffer(1 << 20);
    private final CRC32C crc = new CRC32C();
    /// Records that were read a moment ago: a flow is asked for its head, then for each of its bodies. They never change.
    private final Entry[] recent = new Entry[RECENT];
    /// Length of the last file with what is in the buffer.
    private long length;

    private SegmentLog(Path folder, boolean writable, long segmentSize) {
        this.folder = folder;
        this.writable = writable;
        this.segmentSize = segmentSize;
    }

    /// Opens the files of a folder, or a single file that is the whole log.
    ///
    /// @param segmentSize from this length on a new file is begun; a single file grows without end
    static SegmentLog open(Path path, boolean writable, long segmentSize) throws IOException {
        boolean single = Files.isRegularFile(path);
        var log = new SegmentLog(single ? null : path, writable, single ? Long.MAX_VALUE : segmentSize);
        try {
            if (single) log.add(path, 1);
            else for (Path file : files(path)) log.add(file, number(file));
            if (log.segments.isEmpty() && writable) log.begin(1);
            if (!log.segments.isEmpty()) log.length = log.segments.lastEntry().getValue().channel().size();
            return log;
        } catch (IOException e) {
            log.close();
            throw e;
        }
    }

    /// The log's files in a folder, in their order.
    static List<Path> files(Path folder) throws IOException {
        try (var list = Files.list(folder)) {
            return list.filter(file -> NAME.matcher(file.getFileName().toString()).matches()).sorted((a, b) -> Integer.compare(number(a), number(b)))
                    .toList();
        }
    }

    private static int number(Path file) {
        Matcher matcher = NAME.matcher(file.getFileName().toString());
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 1;
    }

    private void add(Path file, int number) throws IOException {
        Set<StandardOpenOption> how = writable ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE) : Set.of(StandardOpenOption.READ);
        FileChannel channel = FileChannel.open(file, how);
        var head = ByteBuffer.allocate(START);
        boolean whole = readFully(channel, head, 0);
        byte[] magic = new byte[MAGIC.length];
        System.arraycopy(head.array(), 0, magic, 0, magic.length);
        if (whole && java.util.Arrays.equals(magic, MAGIC) && intAt(head.array(), 8) == VERSION) {
            segments.put(number, new Segment(number, file, channel));
            return;
        }
        if (!whole && writable && folder != null) {
            // Killed between making the file and writing its first bytes: nothing was in it.
            channel.truncate(0);
            writeStart(channel, number);
            segments.put(number, new Segment(number, file, channel));
            return;
        }
        channel.close();
        throw new IOException(file.getFileName() + (whole ? " is of another version or no part of a session" : " is cut off at its beginning"));
    }

    /// Writes the first bytes of a new file.
    static void start(FileChannel channel, int number) throws IOException {
        writeStart(channel, number);
    }

    private void begin(int number) throws IOException {
        Path file = folder.resolve("%04d.flows".formatted(number));
        FileChannel channel = PrivateFiles.create(file);
        writeStart(channel, number);
        segments.put(number, new Segment(number, file, channel));
        length = START;
    }

    private static void writeStart(FileChannel channel, int number) throws IOException {
        byte[] start = new byte[START];
        System.arraycopy(MAGIC, 0, start, 0, MAGIC.length);
        putInt(start, 8, VERSION);
        putInt(start, 12, number);
        writeFully(channel, ByteBuffer.wrap(start), 0);
    }

    /// The number of the file that is written now.
    int current() {
        return segments.lastKey();
    }

    /// The number of the oldest file.
    int oldest() {
        return segments.firstKey();
    }

    /// The bytes of all files together.
    long size() throws IOException {
        long size = length;
        for (Segment segment : segments.headMap(segments.lastKey()).values()) size += segment.channel().size();
        return size;
    }

    /// Where the next record will lie if it goes into the present file.
    long end() {
        return position(current(), length);
    }

    /// Whether the present file is long enough.
    boolean full() {
        return length >= segmentSize;
    }

    /// Begins a new file.
    void roll() throws IOException {
        flush();
        begin(current() + 1);
    }

    /// Deletes the oldest file.
    void dropOldest() throws IOException {
        Segment oldest = segments.pollFirstEntry().getValue();
        oldest.channel().close();
        Files.deleteIfExists(oldest.path());
    }

    /// Appends a record; it is in the file after [#flush()] at the latest.
    ///
    /// @return its position
    long append(int type, int row, long before, byte[] payload, int size) throws IOException {
        byte[] header = new byte[HEADER];
        putInt(header, 0, size);
        header[8] = (byte) type;
        putInt(header, 9, row);
        for (int k = 0; k < 8; k++) header[13 + k] = (byte) (before >>> 8 * k);
        crc.reset();
        crc.update(header, 8, HEADER - 8);
        crc.update(payload, 0, size);
        putInt(header, 4, (int) crc.getValue());
        long position = end();
        write(header, HEADER);
        write(payload, size);
        return position;
    }

    private void write(byte[] bytes, int size) throws IOException {
        if (size > buffer.remaining()) flush();
        if (size > buffer.capacity()) writeFully(segments.lastEntry().getValue().channel(), ByteBuffer.wrap(bytes, 0, size), length);
        else buffer.put(bytes, 0, size);
        length += size;
    }

    /// Hands what was appended to the system: from now on it outlives this process.
    void flush() throws IOException {
        if (buffer.position() == 0) return;
        long at = length - buffer.position();
        buffer.flip();
        try {
            writeFully(segments.lastEntry().getValue().channel(), buffer, at);
        } finally {
            buffer.compact();
        }
    }

    /// Reads a record.
    ///
    /// @throws IOException when there is none at this position or it is damaged
    Entry read(long position) throws IOException {
        Segment segment = segments.get(number(position));
        if (segment == null) throw new IOException("this part of the session was dropped");
        int slot = (int) (position ^ position >>> 7 ^ position >>> 13) & RECENT - 1;
        Entry known = recent[slot];
        if (known != null && known.position() == position) return known;
        if (writable && segment.number() == current()) flush();
        Entry entry = read(segment, offset(position), writable && segment.number() == current() ? length : segment.channel().size(), new byte[HEADER]);
        if (entry == null) throw new IOException("a record of the session is damaged");
        if (entry.payload().length <= SMALL) recent[slot] = entry;
        return entry;
    }

    private Entry read(Segment segment, long offset, long limit, byte[] header) throws IOException {
        if (offset < START || limit - offset < HEADER || !readFully(segment.channel(), ByteBuffer.wrap(header), offset)) return null;
        int size = intAt(header, 0);
        if (size < 0 || size > LONGEST || size > limit - offset - HEADER) return null;
        byte[] payload = new byte[size];
        if (!readFully(segment.channel(), ByteBuffer.wrap(payload), offset + HEADER)) return null;
        var sum = new CRC32C();
        sum.update(header, 8, HEADER - 8);
        sum.update(payload, 0, size);
        if ((int) sum.getValue() != intAt(header, 4)) return null;
        long before = 0;
        for (int k = 0; k < 8; k++) before |= (header[13 + k] & 0xffL) << 8 * k;
        return new Entry(position(segment.number(), offset), header[8], intAt(header, 9), before, payload);
    }

    /// Shows all records from a position on. What follows a damaged record in the last file is cut off where the log can be written: it was
    /// being written when a process was killed; in another file it is skipped.
    ///
    /// @return a warning for each file that is damaged
    List<String> scan(long from, Visitor visitor) throws IOException {
        var warnings = new ArrayList<String>();
        byte[] header = new byte[HEADER];
        for (Segment segment : List.copyOf(segments.tailMap(Math.max(1, number(from))).values())) {
            long limit = segment.channel().size();
            long offset = segment.number() == number(from) ? Math.max(START, offset(from)) : START;
            boolean last = segment.number() == current();
            while (offset < limit) {
                Entry entry = read(segment, offset, limit, header);
                if (entry == null) {
                    warnings.add("%s: %,d bytes from %,d on are damaged or incomplete".formatted(segment.path().getFileName(), limit - offset, offset));
                    if (last && writable) {
                        segment.channel().truncate(offset);
                        length = offset;
                    }
                    break;
                }
                if (!visitor.visit(entry)) return warnings;
                offset += HEADER + entry.payload().length;
            }
        }
        return warnings;
    }

    /// A file of the log as far as it was written at one moment.
    ///
    /// @param number  its number
    /// @param channel may be closed at any moment by who drops the file
    /// @param end     its length
    record Written(int number, FileChannel channel, long end) {}

    /// The file with a position as far as it is written; null where there is none.
    Written written(long position) throws IOException {
        Segment segment = segments.get(number(position));
        if (segment == null) return null;
        boolean last = writable && segment.number() == current();
        if (last) flush();
        return new Written(segment.number(), segment.channel(), last ? length : segment.channel().size());
    }

    /// Whether a position lies in a file that is there.
    boolean holds(long position) {
        return segments.containsKey(number(position));
    }

    static int number(long position) {
        return (int) (position >>> 40);
    }

    static long offset(long position) {
        return position & (1L << 40) - 1;
    }

    static long position(int number, long offset) {
        return (long) number << 40 | offset;
    }

    static int intAt(byte[] bytes, int at) {
        return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16 | bytes[at + 3] << 24;
    }

    static void putInt(byte[] bytes, int at, int value) {
        for (int k = 0; k < 4; k++) bytes[at + k] = (byte) (value >>> 8 * k);
    }

    private static boolean readFully(FileChannel channel, ByteBuffer into, long at) throws IOException {
        long offset = at;
        while (into.hasRemaining()) {
            int got = channel.read(into, offset);
            if (got < 0) return false;
            offset += got;
        }
        return true;
    }

    private static void writeFully(FileChannel channel, ByteBuffer from, long at) throws IOException {
        long offset = at;
        while (from.hasRemaining()) offset += channel.write(from, offset);
    }

    @Override public void close() throws IOException {
        try {
            if (writable && !segments.isEmpty()) flush();
        } finally {
            for (Segment segment : segments.values()) segment.channel().close();
        }
    }
}
