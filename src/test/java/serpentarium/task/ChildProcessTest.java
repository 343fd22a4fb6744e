package serpentarium.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.base.ProblemException;
import serpentarium.task.ChildProcess.Line;
import serpentarium.task.ChildProcess.Spec;
import serpentarium.task.ChildProcess.Stream;

/// Real children: shells and what they start.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the children are shell scripts")
class ChildProcessTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    private final LogCapture log = new LogCapture();
    private final ThreadTasks tasks = new ThreadTasks(Runnable::run);
    private final ConcurrentLinkedQueue<Line> lines = new ConcurrentLinkedQueue<>();

    @AfterEach void end() {
        assertTrue(tasks.shutdown(TasksContract.LONG));
        log.close();
    }

    private Spec shell(String script) {
        return Spec.of("sh", "-c", script).lines(lines::add);
    }

    private static int run(Spec spec) {
        try {
            return ChildProcess.run(spec, TaskContext.detached());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// A child that tells the numbers of its descendants, each on a line; they are waited for when it was started.
    private List<ProcessHandle> cancelled(String script, int descendants) {
        var pids = new ConcurrentLinkedQueue<ProcessHandle>();
        var started = new CompletableFuture<Boolean>();
        var spec = Spec.of("sh", "-c", script).grace(SHORT).lines(line -> {
            pids.add(ProcessHandle.of(Long.parseLong(line.text())).orElseThrow());
            if (pids.size() == descendants) started.complete(true);
        });
        var handle = tasks.submit(TaskSpec.of("child", Lane.IO, context -> ChildProcess.run(spec, context)));
        TasksContract.get(started);
        for (ProcessHandle pid : pids) assertTrue(pid.isAlive());
        long start = System.nanoTime();
        handle.cancel();
        assertTrue(System.nanoTime() - start < 200_000_000L, "cancelling waits for nobody");
        assertInstanceOf(TaskState.Cancelled.class, handle.state());
        return List.copyOf(pids);
    }

    private static void assertGone(List<ProcessHandle> handles) {
        for (ProcessHandle handle : handles) {
            try {
                handle.onExit().get(TasksContract.LONG.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                throw new AssertionError(handle + " is still there", e);
            }
        }
    }

    @Test void linesAndCodeComeBack() {
        assertEquals(3, run(shell("echo one; echo two >&2; printf 'three\\r\\nfour\\rfive'; exit 3")));
        assertEquals(List.of("one", "three", "four", "five"), lines.stream().filter(line -> line.stream() == Stream.OUT).map(Line::text).toList());
        assertEquals(List.of(new Line(Stream.ERR, "two", false)), lines.stream().filter(line -> line.stream() == Stream.ERR).toList());
    }

    @Test void aLineWithoutEndIsCut() {
        assertEquals(0, run(shell("head -c 3000000 /dev/zero | tr '\\0' x; echo; echo after").longest(10)));
        assertEquals(List.of(new Line(Stream.OUT, "xxxxxxxxxx", true), new Line(Stream.OUT, "after", false)), List.copyOf(lines));
    }

    @Test void bytesThatAreNoTextAreReplaced() {
        run(shell("printf '\\303\\244\\377\\n'"));
        assertEquals("ä\uFFFD", lines.peek().text());
    }

    @Test void inputIsEmptyAndEnvironmentAndDirectoryAreTaken(@TempDir Path folder) throws IOException {
        Path real = folder.toRealPath();
        assertEquals(0, run(shell("cat; echo $SNAKE; pwd").in(real).with(Map.of("SNAKE", "adder"))));
        assertEquals(List.of("adder", real.toString()), lines.stream().map(Line::text).toList());
    }

    @Test void aVariableIsKeptFromTheChildUnlessItIsSet() {
        assertEquals(0, run(shell("echo ${HOME-none} ${LANG-none} $PATH").without(List.of("HOME", "LANG", "NEVER_SET")).with(Map.of("LANG", "C"))));
        assertEquals("none C " + System.getenv("PATH"), lines.peek().text());
    }

    @Test void aMissingProgramIsAProblem() {
        for (String name : List.of("no-such-program-here", "/no/such/program", "./gone")) {
            var e = assertThrows(ProblemException.class, () -> ChildProcess.start(Spec.of(name)));
            assertEquals("task.child-missing", e.problem().id());
            assertTrue(e.problem().title().contains(name), e.problem().title());
        }
        var e = assertThrows(ProblemException.class, () -> ChildProcess.start(Spec.of("sh").in(Path.of("/no/such/folder"))));
        assertEquals("task.child-directory", e.problem().id());
    }

    @Test void nothingIsStartedForACancelledTask(@TempDir Path folder) {
        Path mark = folder.resolve("mark");
        assertThrows(CancellationException.class, () -> ChildProcess.run(Spec.of("touch", mark.toString()), TaskContext.cancelledAfter(0)));
        assertFalse(Files.exists(mark));
    }

    @Test void cancellingEndsTheChild() {
        assertGone(cancelled("echo $$; exec sleep 600", 1));
    }

    @Test void cancellingEndsAGrandchildThatIgnoresTheRequest() {
        assertGone(cancelled("echo $$; sh -c 'trap \"\" TERM; echo $$; while :; do sleep 600; done' & wait", 2));
    }

    @Test void cancellingEndsWhatHasLostItsParent() {
        assertGone(cancelled("echo $$; (sh -c 'trap \"\" TERM; echo $$; exec sleep 600' &); exec sleep 600", 2));
    }

    @Test void cancellingEndsWhatMadeAGroupOfItsOwn() {
        assertGone(cancelled("echo $$; setsid sh -c 'echo $$; exec sleep 600' & wait", 2));
    }

    @Test void aGentleChildMayTidyUp(@TempDir Path folder) throws InterruptedException, IOException {
        Path tidy = folder.resolve("tidy");
        var ready = new CompletableFuture<Line>();
        var child = ChildProcess.start(Spec.of("sh", "-c", "trap 'echo bye > \"" + tidy + "\"; exit 7' TERM; echo ready; while :; do sleep 0.1; done")
                .lines(ready::complete).grace(TasksContract.LONG));
        assertTrue(child.alive());
        assertEquals("ready", TasksContract.get(ready).text());
        child.kill();
        assertEquals(7, child.await());
        assertEquals("bye\n", Files.readString(tidy));
        child.kill();
        assertFalse(child.alive());
    }

    @Test void shutdownWaitsUntilTheChildIsGone() {
        var pid = new CompletableFuture<ProcessHandle>();
        tasks.submit(TaskSpec.of("child", Lane.IO, context -> ChildProcess.run(Spec.of("sh", "-c", "trap '' TERM; echo $$; while :; do sleep 600; done").grace(SHORT)
                .lines(line -> pid.complete(ProcessHandle.of(Long.parseLong(line.text())).orElseThrow())), context)));
        ProcessHandle handle = TasksContract.get(pid);
        assertTrue(tasks.shutdown(TasksContract.LONG));
        assertFalse(handle.isAlive());
    }

    @Test void whatIsLeftBehindWithThePipeDoesNotHoldTheEnd() {
        assertEquals(0, run(shell("sleep 5 & echo done")));
        assertEquals("done", lines.peek().text());
    }

    @Test void aConsumerThatThrowsIsNotCalledAgainAndTheChildEnds() {
        var calls = new ArrayList<String>();
        assertEquals(0, run(Spec.of("sh", "-c", "for i in 1 2 3; do echo $i; done").lines(line -> {
            calls.add(line.text());
            throw new IllegalStateException("planned");
        })));
        assertEquals(List.of("1"), calls);
        assertEquals(1, log.records().size());
    }

    @Test void specsAreChecked() {
        assertThrows(IllegalArgumentException.class, Spec::of);
        assertThrows(IllegalArgumentException.class, () -> Spec.of("sh").longest(0));
    }
}
