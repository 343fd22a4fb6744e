package serpentarium.traffic.format.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import serpentarium.base.Source;

/// A key log that programs write to while it is read.
public final class KeyLogTail {
    private static final int STEP = 1 << 16;
    private static final int LONGEST = 1 << 12;

    private final KeyLog keys;
    private final Source file;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private long offset;

    /// Nothing is read before the first [#read()].
    ///
    /// @param keys where the secrets go
    /// @param file the log; it need not be there yet
    public KeyLogTail(KeyLog keys, Source file) {
        this.keys = keys;
        this.file = file;
    }

    /// Reads the lines that were added. A line that has no end yet waits for it; a file that is shorter than before is read from its start.
    ///
    /// @return how many secrets came
    /// @throws IOException when the file is there and cannot be read
    public int read() throws IOException {
        int found = 0;
        try {
            long size = file.size();
            if (size < offset) {
                offset = 0;
                begun.reset();
            }
            if (size == offset) return 0;
            try (InputStream in = file.open()) {
                in.skipNBytes(offset);
                for (byte[] piece; (piece = in.readNBytes(STEP)).length > 0; ) {
                    offset += piece.length;
                    found += lines(piece);
                }
            }
        } catch (NoSuchFileException e) {
            return found;
        }
        return found;
    }

    private int lines(byte[] piece) throws IOException {
        int end = piece.length;
        while (end > 0 && piece[end - 1] != '\n') end--;
        if (end == 0) {
            // A line without end is none of a key log.
            if (begun.size() < LONGEST) begun.write(piece, 0, piece.length);
            return 0;
        }
        begun.write(piece, 0, end);
        int found = keys.add(new ByteArrayInputStream(begun.toByteArray()));
        begun.reset();
        begun.write(piece, end, piece.length - end);
        return found;
    }
}
