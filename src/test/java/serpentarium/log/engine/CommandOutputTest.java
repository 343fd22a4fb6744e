package serpentarium.log.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.base.ProblemException;
import serpentarium.task.Lane;
import serpentarium.task.TaskContext;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.ThreadTasks;

class CommandOutputTest {
    @TempDir Path folder;

    @DisabledOnOs(OS.WINDOWS)
    @Test void bothStreamsAreKeptLineByLine() throws Exception {
        CommandOutput output = CommandOutput.of(List.of("sh", "-c", "echo größe; echo wrong >&2; printf open; exit 3"), folder.resolve("outputs"));
        assertEquals(3, output.run(TaskContext.detached()));
        List<String> lines = Files.readAllLines(output.path());
        assertEquals(List.of("größe", "open", "wrong"), lines.stream().sorted().toList());
        assertTrue(output.path().getFileName().toString().startsWith("sh--c-echo-größe"), output.path().toString());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(output.path())));
        output.delete();
        assertFalse(Files.exists(output.path()));
    }

    @DisabledOnOs(OS.WINDOWS)
    @Timeout(20)
    @Test void whatIsWrittenCanBeReadWhileTheCommandRunsAndItEndsWithItsTask() throws Exception {
        CommandOutput output = CommandOutput.of(List.of("sh", "-c", "echo first; sleep 600"), folder);
        try (var tasks = new ClosingTasks()) {
            TaskHandle<Integer> task = tasks.all.submit(TaskSpec.of("run", Lane.IO, output::run));
            try (LogLines lines = LogLines.open(output.path(), java.util.Optional.empty(), folder)) {
                var follower = new Follower(lines, output.path(), folder, new Follower.Listener() {
                    @Override public void grew(LogPart part, long from, long to) {}

                    @Override public void warned(serpentarium.log.Warning warning) {}
                });
                while (lines.rows() < 1) {
                    follower.turn(TaskContext.detached());
                    Thread.onSpinWait();
                }
                assertEquals("first", lines.rows(0, 1).getFirst().page().text(0));
            }
            task.cancel();
            while (!(task.state() instanceof TaskState.Cancelled<Integer>)) Thread.onSpinWait();
        }
    }

    private static final class ClosingTasks implements AutoCloseable {
        private final ThreadTasks all = new ThreadTasks(Runnable::run);

        @Override public void close() {
            all.shutdown(Duration.ofSeconds(5));
        }
    }

    @Test void aCommandThatIsNotThereIsAProblem() throws Exception {
        CommandOutput output = CommandOutput.of(List.of("no-such-program-anywhere"), folder);
        assertThrows(ProblemException.class, () -> output.run(TaskContext.detached()));
        CommandOutput stopped = CommandOutput.of(List.of("sh", "-c", "true"), folder);
        assertThrows(CancellationException.class, () -> stopped.run(TaskContext.cancelledAfter(0)));
    }

    @Test void aPipeIsKeptToItsEndAndOldOnesGo() throws Exception {
        Path old = Files.writeString(folder.resolve("input-0.log"), "old");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
        Path other = Files.writeString(folder.resolve("kept.txt"), "mine");
        Files.setLastModifiedTime(other, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
        byte[] bytes = "line\n".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        try (OutputFile file = OutputFile.in(folder, "../input / x")) {
            assertEquals(folder, file.path().getParent());
            file.take(new ByteArrayInputStream(bytes));
            assertEquals(bytes.length, Files.size(file.path()));
        }
        assertFalse(Files.exists(old));
        assertTrue(Files.exists(other));
    }
}
