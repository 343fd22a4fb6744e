package serpentarium.profile.format;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Texts by their bytes, each once, numbered from 0: an arena and an open hash table, no object a text. Number 0 is the empty text.
final class ByteTexts {
    /// How many bytes of different texts are kept at most.
    static final int MAX_BYTES = 256 << 20;

    private byte[] arena = new byte[1 << 12];
    private int[] start = new int[256];
    private int[] hash = new int[256];
    private int[] table = new int[1024];
    private int size;
    private int used;

    ByteTexts() {
        intern(new byte[0], 0, 0);
    }

    /// The number of the text in `bytes[from, to)`, a new one where it was not seen before; -1 when there is no room for a new one.
    int intern(byte[] bytes, int from, int to) {
        return intern(bytes, from, to, ByteSearch.hash(bytes, from, to));
    }

    /// See [#intern(byte[], int, int)].
    int intern(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return intern(bytes, 0, bytes.length);
    }

    private int intern(byte[] bytes, int from, int to, int code) {
        int mask = table.length - 1;
        int slot = code & mask;
        for (int known; (known = table[slot]) != 0; slot = slot + 1 & mask)
            if (hash[known - 1] == code && Arrays.equals(arena, start[known - 1], end(known - 1), bytes, from, to)) return known - 1;
        int length = to - from;
        if (length > MAX_BYTES - used) return -1;
        if (used + length > arena.length) arena = Arrays.copyOf(arena, Math.max(used + length, arena.length * 2));
        if (size == hash.length) {
            start = Arrays.copyOf(start, size * 2);
            hash = Arrays.copyOf(hash, size * 2);
        }
        System.arraycopy(bytes, from, arena, used, length);
        start[size] = used;
        hash[size] = code;
        used += length;
        table[slot] = ++size;
        if (size * 2 > table.length) rehash();
        return size - 1;
    }

    private void rehash() {
        table = new int[table.length * 2];
        int mask = table.length - 1;
        for (int id = 0; id < size; id++) {
            int slot = hash[id] & mask;
            while (table[slot] != 0) slot = slot + 1 & mask;
            table[slot] = id + 1;
        }
    }

    private int end(int id) {
        return id + 1 < size ? start[id + 1] : used;
    }

    /// How many texts there are.
    int size() {
        return size;
    }

    /// A text: UTF-8, or Latin-1 where its bytes are not UTF-8.
    String get(int id) {
        return decode(arena, start[id], end(id));
    }

    /// The text of `bytes[from, to)`: UTF-8, or Latin-1 where the bytes are not UTF-8.
    static String decode(byte[] bytes, int from, int to) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from)).toString();
        } catch (CharacterCodingException _) {
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }
    }
}
