package serpentarium.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// The program is told to end while a child runs.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the child is a shell script")
class ExitHookTest {
    /// A program as the command line is one: tasks inline, a child that ignores the request, a hook.
    static final class Program {
        private Program() {}

        /// Starts it; tells the child's number on the standard output.
        public static void main(String[] args) {
            var tasks = new InlineTasks();
            var spec = ChildProcess.Spec.of("sh", "-c", "trap '' TERM; echo $$; while :; do sleep 600; done").grace(Duration.ofMillis(200)).lines(Program::tell);
            try (var _ = ExitHook.of(() -> tasks.shutdown(Duration.ofSeconds(10)))) {
                tasks.submit(TaskSpec.of("child", Lane.IO, context -> ChildProcess.run(spec, context)));
            }
        }

        private static void tell(ChildProcess.Line line) {
            try (var out = new FileOutputStream(FileDescriptor.out)) {
                out.write((line.text() + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    @Test void endingTheProgramEndsItsChildren() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var grandchild = new CompletableFuture<ProcessHandle>();
        var program = ChildProcess.start(ChildProcess.Spec.of(java, "-Xshare:auto", "-cp", System.getProperty("java.class.path"), Program.class.getName())
                .lines(line -> {
                    if (line.stream() == ChildProcess.Stream.OUT) grandchild.complete(ProcessHandle.of(Long.parseLong(line.text())).orElseThrow());
                }));
        ProcessHandle handle = TasksContract.get(grandchild);
        assertTrue(handle.isAlive());
        ProcessHandle.of(program.pid()).orElseThrow().destroy();
        assertEquals(143, program.await(), "ended by SIGTERM, after its hooks");
        handle.onExit().get(TasksContract.LONG.toSeconds(), TimeUnit.SECONDS);
    }

    @Test void aClosedHookIsForgotten() {
        var ran = new ArrayList<String>();
        ExitHook hook = ExitHook.of(() -> ran.add("ran"));
        hook.close();
        hook.close();
        assertEquals(List.of(), ran);
    }
}
