package serpentarium.profile.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;

/// The first bytes of a file of Python's sampler.
///
/// @param bigEndian whether its fixed numbers are
/// @param python    the version of Python that wrote it, such as `3.15.0`
/// @param interval  microseconds between samples
/// @param samples   how many there should be
/// @param strings   where the texts start, and the samples end
/// @param frames    where the frames start
/// @param packed    whether the samples are packed with zstd
/// @param mode      what was sampled, such as `gil`; empty where the file does not say it
record TachHeader(boolean bigEndian, String python, long interval, long samples, long strings, long frames, boolean packed, String mode) {
    /// How many bytes it takes.
    static final int SIZE = 64;
    /// How many bytes stand after all tables.
    static final int FOOTER = 32;
    private static final int MAGIC = 0x54414348;
    private static final int VERSION = 1;
    private static final int LAST_VERSION = 0xffff;
    /// No file is that large; what one layout of the header takes for an offset is beyond it in the other one.
    private static final long MOST_OFFSET = 1L << 37;

    /// Whether a file starts as one of the sampler's.
    static boolean magic(byte[] head) {
        if (head.length < 8) return false;
        ByteBuffer in = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        boolean little = in.getInt(0) == MAGIC;
        boolean big = in.getInt(0) == Integer.reverseBytes(MAGIC);
        int version = big ? Integer.reverseBytes(in.getInt(4)) : in.getInt(4);
        return (little || big) && version > 0 && version <= LAST_VERSION;
    }

    /// Whether a file starts as one whose sampler was killed: the header, which comes last, is still empty.
    static boolean unfinished(byte[] head) {
        if (head.length < SIZE) return false;
        for (int i = 0; i < SIZE; i++) if (head[i] != 0) return false;
        if (head.length == SIZE) return true;
        if (head.length < SIZE + 13) return false;
        boolean zstd = (ByteBuffer.wrap(head, SIZE, 4).order(ByteOrder.LITTLE_ENDIAN).getInt()) == 0xfd2fb528;
        boolean thread = false;
        for (int i = SIZE; i < SIZE + 8; i++) thread |= head[i] != 0;
        boolean first = head[SIZE + 8] == 0 && head[SIZE + 9] == 0 && head[SIZE + 10] == 0 && head[SIZE + 11] == 0 && head[SIZE + 12] == 1;
        return zstd || thread && first;
    }

    /// Reads it.
    ///
    /// @param size how many bytes the file holds; -1 where nobody knows
    static TachHeader of(byte[] head, long size, Strings strings, String name) {
        if (unfinished(head)) throw problem(strings, "tach.killed", name);
        if (head.length < SIZE || !magic(head)) throw problem(strings, "tach.short", name, head.length);
        boolean big = ByteBuffer.wrap(head).order(ByteOrder.BIG_ENDIAN).getInt() == MAGIC;
        ByteBuffer in = ByteBuffer.wrap(head).order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int version = in.getInt(4);
        String python = (head[8] & 0xff) + "." + (head[9] & 0xff) + "." + (head[10] & 0xff);
        if (version != VERSION) throw problem(strings, "tach.version", name, Integer.toUnsignedString(version), python);
        long interval = in.getLong(20);
        boolean newer = plausible(in.getLong(40), in.getLong(48), in.getInt(56), size);
        boolean older = !newer && plausible(in.getLong(36), in.getLong(44), in.getInt(52), size);
        if (!newer && !older) throw problem(strings, "tach.offsets", name);
        String mode = newer ? mode(in.getInt(60) & 0xff) : "";
        long samples = newer ? in.getLong(28) : in.getInt(28) & 0xffffffffL;
        return new TachHeader(big, python, interval, samples, in.getLong(newer ? 40 : 36), in.getLong(newer ? 48 : 44),
                in.getInt(newer ? 56 : 52) == 1, mode);
    }

    private static boolean plausible(long strings, long frames, int compression, long size) {
        boolean inside = size < 0 || strings <= size && (frames <= size || strings < size);
        return strings >= SIZE && frames >= strings && frames < MOST_OFFSET && inside && (compression == 0 || compression == 1);
    }

    private static String mode(int plusOne) {
        return switch (plusOne) {
            case 1 -> "wall";
            case 2 -> "cpu";
            case 3 -> "gil";
            case 4 -> "all";
            case 5 -> "exception";
            default -> "";
        };
    }

    private static ProblemException problem(Strings strings, String id, String name, Object... arguments) {
        return new ProblemException(Problem.of(strings, id, Place.of(name), arguments));
    }
}
