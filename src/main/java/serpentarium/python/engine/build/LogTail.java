package serpentarium.python.engine.build;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Reads on in the log that python-build writes into a folder of its own, as it grows.
final class LogTail implements AutoCloseable {
    private static final int CHUNK = 64 << 10;
    private static final int LONGEST = 8192;

    private final Path folder;
    private final byte[] bytes = new byte[CHUNK];
    private final ByteBuffer undecoded = ByteBuffer.allocate(CHUNK + 8);
    private final CharBuffer chars = CharBuffer.allocate(CHUNK + 8);
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE).onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final StringBuilder line = new StringBuilder();
    private InputStream in;

    LogTail(Path folder) {
        this.folder = folder;
    }

    /// Tells the lines that have come since the last time.
    ///
    /// @param last whether nothing comes any more, so that a line without an end is one
    void read(Consumer<String> lines, boolean last) throws IOException {
        if (in == null && !open()) return;
        for (int read; (read = in.read(bytes)) > 0; ) {
            undecoded.put(bytes, 0, read).flip();
            decoder.decode(undecoded, chars, false);
            undecoded.compact();
            chars.flip();
            while (chars.hasRemaining()) take(chars.get(), lines);
            chars.clear();
        }
        if (last && !line.isEmpty()) end(lines);
    }

    private boolean open() throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "python-build.*.log")) {
            for (Path each : found) {
                // Not a channel: the interrupt of a cancelled task would close it.
                in = new FileInputStream(each.toFile());
                return true;
            }
        }
        return false;
    }

    private void take(char c, Consumer<String> lines) {
        if (c == '\n') end(lines);
        else if (c != '\r' && line.length() < LONGEST) line.append(c);
    }

    private void end(Consumer<String> lines) {
        String text = line.toString();
        line.setLength(0);
        lines.accept(text);
    }

    @Override public void close() throws IOException {
        if (in != null) in.close();
    }
}
