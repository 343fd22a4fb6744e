package serpentarium.log.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    @TempDir Path folder;

    @Test void sizeFollowsTheWriter() throws IOException {
        Path path = write("abc");
        try (LogFile file = LogFile.open(path)) {
            assertEquals(3, file.size());
            Files.writeString(path, "defgh", StandardOpenOption.APPEND);
            assertEquals(8, file.size());
            assertEquals(8, file.size());
            cut(path, 2);
            assertEquals(2, file.size());
            cut(path, 0);
            assertEquals(0, file.size());
            assertEquals(0, file.some(5, 10).length);
            Files.writeString(path, "xy", StandardOpenOption.APPEND);
            assertEquals(2, file.size());
        }
    }

    @Test void aSizeBeyondTwoGigabytes() throws IOException {
        Path path = write("");
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.UTF_8.encode("end"), 7L << 30);
        }
        try (LogFile file = LogFile.open(path)) {
            assertEquals((7L << 30) + 3, file.size());
            assertEquals("end", new String(file.some(7L << 30, 9), StandardCharsets.UTF_8));
            cut(path, 5L << 30);
            assertEquals(5L << 30, file.size());
        }
    }

    @Test void whatWasDeletedOrRenamedIsStillRead() throws IOException {
        Path path = write("kept");
        try (LogFile file = LogFile.open(path)) {
            Files.delete(path);
            Files.writeString(path, "another file");
            assertEquals("kept", text(file));
            assertFalse(FileIdentity.of(path).same(file.identity()));
            try (LogFile other = LogFile.open(path)) {
                assertTrue(FileIdentity.of(path).same(other.identity()));
                Files.move(path, folder.resolve("moved"));
                assertTrue(FileIdentity.of(folder.resolve("moved")).same(other.identity()));
            }
        }
    }

    @Test void anInterruptedThreadClosesTheFileForNobody() throws IOException {
        try (LogFile file = LogFile.open(write("still here"))) {
            byte[] some = new byte[5];
            Thread.currentThread().interrupt();
            try {
                assertEquals(5, file.scan(0, some, 0, 5));
                assertEquals(10, file.size());
                assertEquals("still here", text(file));
            } finally {
                assertTrue(Thread.interrupted());
            }
            assertEquals(5, file.scan(0, some, 0, 5));
            assertEquals("still", new String(some, StandardCharsets.UTF_8));
        }
    }

    @Test void whatIsClosedOrNotThereIsAnError() throws IOException {
        assertThrows(NoSuchFileException.class, () -> LogFile.open(folder.resolve("none")));
        LogFile file = LogFile.open(write("abc"));
        file.close();
        file.close();
        assertTrue(file.closed());
        assertThrows(ClosedChannelException.class, file::size);
        assertThrows(ClosedChannelException.class, () -> file.scan(0, new byte[1], 0, 1));
    }

    @Test void aPartIsReadAsIfItWereAll() throws IOException {
        LogBytes rest = LogBytes.of("log", "zeros: text".getBytes(StandardCharsets.UTF_8)).from(7);
        assertEquals(4, rest.size());
        assertEquals("text", new String(rest.some(0, 99), StandardCharsets.UTF_8));
    }

    private static String text(LogFile file) throws IOException {
        return new String(file.some(0, (int) file.size()), StandardCharsets.UTF_8);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("app.log"), text);
    }

    private static void cut(Path path, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }
}
