package serpentarium.profile.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

import serpentarium.pickle.PythonText;

/// The texts of a marshal file, numbered from 0 and each kept once, as bytes: most are compared and never shown.
final class MarshalTexts {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int ARENA_LIMIT = 1 << 30;
    private static final int LABEL_LIMIT = 8192;
    private static final int LABELS_LIMIT = 16 << 20;

    // Nobody can write a file whose texts all fall into one place of the table.
    private final long seed = new SplittableRandom().nextLong();

    private byte[] arena = new byte[4096];
    private int used;
    private int[] start = new int[257];
    private boolean[] bytes = new boolean[256];
    private String[] texts = new String[256];
    private int size;
    private int[] table = new int[1024];
    private int labels;

    /// The number of a text, or -1 when there is no more room for texts.
    ///
    /// @param raw whether the file says bytes, where a surrogate is no character
    int intern(byte[] from, int offset, int length, boolean raw) {
        int mask = table.length - 1;
        int slot = hash(from, offset, length) & mask;
        for (int known; (known = table[slot]) != 0; slot = slot + 1 & mask) {
            int id = known - 1;
            if (Arrays.equals(arena, start[id], start[id + 1], from, offset, offset + length)) return id;
        }
        if (length > ARENA_LIMIT - used) return -1;
        if (used + length > arena.length) arena = Arrays.copyOf(arena, Math.max(used + length, Math.min(arena.length * 2, ARENA_LIMIT)));
        System.arraycopy(from, offset, arena, used, length);
        used += length;
        if (size + 1 == start.length) {
            start = Arrays.copyOf(start, size * 2 + 1);
            bytes = Arrays.copyOf(bytes, size * 2);
            texts = Arrays.copyOf(texts, size * 2);
        }
        bytes[size] = raw;
        start[++size] = used;
        table[slot] = size;
        if (size * 2 > table.length) rehash();
        return size - 1;
    }

    /// The number of the name for a code object, as Python's `repr` without the address; -1 when it is too long, or when there is no
    /// more room for texts: a label can be far longer than what the file needs to call for it.
    int codeLabel(int name, int file, int line) {
        if (length(name) + length(file) > LABEL_LIMIT || labels > LABELS_LIMIT) return -1;
        int before = used;
        byte[] label = concat(ascii("<code object "), bytesOf(name), ascii(", file \""), bytesOf(file), ascii("\", line " + line + ">"));
        int id = intern(label, 0, label.length, false);
        labels += used - before;
        return id;
    }

    private int length(int id) {
        return start[id + 1] - start[id];
    }

    /// The text of a number.
    String text(int id) {
        String known = texts[id];
        return known != null ? known : (texts[id] = PythonText.decode(arena, start[id], length(id), bytes[id]));
    }

    /// Whether the text is exactly these ASCII characters.
    boolean is(int id, String ascii) {
        return length(id) == ascii.length() && text(id).equals(ascii);
    }

    private byte[] bytesOf(int id) {
        return Arrays.copyOfRange(arena, start[id], start[id + 1]);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) length += part.length;
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private void rehash() {
        table = new int[table.length * 4];
        int mask = table.length - 1;
        for (int id = 0; id < size; id++) {
            int slot = hash(arena, start[id], length(id)) & mask;
            while (table[slot] != 0) slot = slot + 1 & mask;
            table[slot] = id + 1;
        }
    }

    private int hash(byte[] from, int offset, int length) {
        long h = seed + length;
        int at = offset;
        int end = offset + length;
        for (; at + 8 <= end; at += 8) {
            h = (h ^ (long) LONG.get(from, at)) * 0x9E3779B97F4A7C15L;
            h ^= h >>> 32;
        }
        for (; at < end; at++) h = (h ^ from[at]) * 0x9E3779B97F4A7C15L;
        return (int) (h ^ h >>> 29 ^ h >>> 47);
    }
}
