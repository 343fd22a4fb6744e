package serpentarium.profile.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.task.TaskContext;

/// When a file counts as written again.
class FileWatchTest {
    private static final FileStamp OLD = new FileStamp(1_000, 10);

    private static FileStamp watch(List<Optional<FileStamp>> looks) throws InterruptedException {
        var left = new ArrayDeque<>(looks);
        FileStamp found = FileWatch.changed(left::pop, OLD, () -> true, TaskContext.detached());
        assertTrue(left.isEmpty(), "ended too early");
        return found;
    }

    private static Optional<FileStamp> at(long time, long size) {
        return Optional.of(new FileStamp(time, size));
    }

    @Test void itEndsOnceTheNewStampHolds() throws Exception {
        assertEquals(new FileStamp(3_000, 30), watch(List.of(at(1_000, 10), at(1_000, 10), at(2_000, 12), at(2_500, 25), at(3_000, 30), at(3_000, 30))));
    }

    @Test void aFileThatIsGoneOrEmptyIsWaitedFor() throws Exception {
        assertEquals(new FileStamp(4_000, 9), watch(List.of(Optional.empty(), Optional.empty(), at(3_000, 0), at(3_000, 0), at(4_000, 9), at(4_000, 9))));
    }

    @Test void theSameTimeWithAnotherSizeIsNew() throws Exception {
        assertEquals(new FileStamp(1_000, 11), watch(List.of(at(1_000, 11), at(1_000, 11))));
    }

    @Test void itEndsWhenCancelled() {
        assertThrows(CancellationException.class, () -> FileWatch.changed(() -> at(1_000, 10), OLD, () -> true, TaskContext.cancelledAfter(3)));
    }

    @Test void stampsOfRealFiles(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a"), "abc");
        assertEquals(3, FileStamp.of(file).orElseThrow().size());
        assertEquals(Optional.empty(), FileStamp.of(folder));
        assertEquals(Optional.empty(), FileStamp.of(folder.resolve("b")));
    }
}
