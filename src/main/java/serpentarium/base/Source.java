package serpentarium.base;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Bytes that can be read from the start, more than once, with a name for messages.
public interface Source {
    /// What messages call it.
    String name();

    /// How many bytes it holds now, or -1 where nobody knows before all is read.
    long size() throws IOException;

    /// The bytes from the start. The stream is not buffered: read it in large pieces.
    InputStream open() throws IOException;

    /// A file on disk.
    static Source of(Path file) {
        return new File(file);
    }

    /// Bytes in memory, for tests and for what was unpacked.
    static Source of(String name, byte[] bytes) {
        return new Memory(name, bytes);
    }

    /// A file on disk.
    ///
    /// @param path where it is
    record File(Path path) implements Source {
        @Override public String name() {
            return path.toString();
        }

        @Override public long size() throws IOException {
            return Files.size(path);
        }

        @Override public InputStream open() throws IOException {
            return Files.newInputStream(path);
        }
    }

    /// Bytes in memory.
    ///
    /// @param name  what messages call them
    /// @param bytes the bytes, not copied
    record Memory(String name, byte[] bytes) implements Source {
        @Override public long size() {
            return bytes.length;
        }

        @Override public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }
}
