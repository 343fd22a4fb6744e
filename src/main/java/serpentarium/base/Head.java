package serpentarium.base;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// The first bytes of a source: all that a format may look at to bid for it.
///
/// @param name  the source's name; it only breaks ties
/// @param bytes the first [#LIMIT] bytes or fewer, not copied
/// @param size  how many bytes the whole source holds, or -1 where nobody knows
public record Head(String name, byte[] bytes, long size) {
    /// How many bytes are looked at.
    public static final int LIMIT = 64 * 1024;

    /// Reads the head of a source.
    public static Head of(Source source) throws IOException {
        try (InputStream in = source.open()) {
            byte[] bytes = in.readNBytes(LIMIT);
            long size = source.size();
            return new Head(source.name(), bytes, size < 0 && bytes.length < LIMIT ? bytes.length : size);
        }
    }

    /// Whether the bytes are the whole source.
    public boolean whole() {
        return size >= 0 && bytes.length >= size;
    }

    /// The byte at `index` as 0…255, or -1 past the end.
    public int at(int index) {
        return index < bytes.length ? bytes[index] & 0xff : -1;
    }

    /// The bytes as Latin-1, for looking for ASCII words.
    public String latin1() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
