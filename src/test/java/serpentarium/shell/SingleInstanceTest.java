package serpentarium.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.task.ThreadTasks;

/// Two starts in one process: the second hands its files to the first.
class SingleInstanceTest {
    @TempDir Path temporary;

    private final ThreadTasks tasks = new ThreadTasks(Runnable::run);
    private final BlockingQueue<List<Path>> taken = new LinkedBlockingQueue<>();
    private Path folder;
    private SingleInstance first;
    private SingleInstance second;

    @BeforeEach void begin() {
        folder = temporary.resolve("run");
        first = new SingleInstance(folder, tasks);
        second = new SingleInstance(folder, tasks);
    }

    @AfterEach void end() {
        second.close();
        first.close();
        assertTrue(tasks.shutdown(Duration.ofSeconds(5)));
    }

    @Test void theSecondHandsItsFilesToTheFirst() throws InterruptedException, IOException {
        List<Path> files = List.of(Path.of("/srv/a file.pstats"), Path.of("/srv/ünï.callgrind"));
        assertFalse(second.handOver(files), "nobody listens yet");
        assertTrue(first.listen(taken::add));
        assertFalse(second.listen(taken::add), "one is enough");
        assertTrue(second.handOver(files));
        assertEquals(files, taken.poll(5, TimeUnit.SECONDS));
        assertTrue(second.handOver(List.of()));
        assertEquals(List.of(), taken.poll(5, TimeUnit.SECONDS));
        assertEquals(PosixFilePermissions.fromString("rwx------"), Files.getPosixFilePermissions(folder));
    }

    @Test void relativePathsBecomeAbsoluteOnTheWay() throws InterruptedException {
        assertTrue(first.listen(taken::add));
        assertTrue(second.handOver(List.of(Path.of("here.pstats"))));
        assertEquals(List.of(Path.of("here.pstats").toAbsolutePath()), taken.poll(5, TimeUnit.SECONDS));
    }

    @Test void whenTheFirstIsGoneTheSecondTakesItsPlace() throws InterruptedException {
        assertTrue(first.listen(taken::add));
        first.close();
        assertFalse(second.handOver(List.of()));
        assertTrue(second.listen(taken::add));
        assertTrue(first.handOver(List.of(Path.of("/x"))));
        assertEquals(List.of(Path.of("/x")), taken.poll(5, TimeUnit.SECONDS));
    }

    @Test void aSocketThatACrashLeftBehindIsReplaced() throws IOException {
        Files.createDirectory(folder);
        try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(folder.resolve("window.socket")));
        }
        assertTrue(Files.exists(folder.resolve("window.socket")));
        assertFalse(second.handOver(List.of()));
        assertTrue(first.listen(taken::add));
        assertTrue(second.handOver(List.of()));
    }

    @Test void nonsenseIsNotTakenAndStopsNothing() throws IOException, InterruptedException {
        assertTrue(first.listen(taken::add));
        for (byte[] nonsense : List.of("GET / HTTP/1.1\r\n\r\n".getBytes(),
                ByteBuffer.allocate(8).putInt(0x53525031).putInt(Integer.MAX_VALUE).array(),
                ByteBuffer.allocate(12).putInt(0x53525031).putInt(1).putInt(-1).array())) {
            try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("window.socket")))) {
                channel.write(ByteBuffer.wrap(nonsense));
                assertEquals(-1, channel.read(ByteBuffer.allocate(1)));
            } catch (IOException reset) {
                assertTrue(reset.getMessage().contains("reset") || reset.getMessage().contains("pipe"), reset.getMessage());
            }
        }
        assertTrue(second.handOver(List.of(Path.of("/still/works"))));
        assertEquals(List.of(Path.of("/still/works")), taken.poll(5, TimeUnit.SECONDS));
        assertNull(taken.poll());
    }

    @Test void aFolderThatCannotBeUsedMeansAnOwnWindow() throws IOException {
        Path file = Files.writeString(temporary.resolve("a file"), "");
        assertFalse(new SingleInstance(file, tasks).listen(taken::add));
        Path deep = temporary.resolve("x".repeat(120));
        assertFalse(new SingleInstance(deep, tasks).listen(taken::add), "longer than a socket's name may be");
    }

    @Test void theFolderIsTheSessionsOwnWhereThereIsOne() {
        Path settings = Path.of("/home/me/.config/serpentarium");
        assertEquals(temporary.resolve("serpentarium"), SingleInstance.folder(Map.of("XDG_RUNTIME_DIR", temporary.toString()), settings));
        assertEquals(settings.resolve("run"), SingleInstance.folder(Map.of("XDG_RUNTIME_DIR", "/does/not/exist"), settings));
        assertEquals(settings.resolve("run"), SingleInstance.folder(Map.of(), settings));
    }
}
