package serpentarium.traffic.engine.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.task.ChildProcess;
import serpentarium.task.Lane;
import serpentarium.task.TaskContext;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.Tasks;

/// A short run of another program: its time is bounded, and so is what is kept of what it says.
///
/// @param code    the exit code, or -1 when it was ended because its time was over
/// @param lines   the last lines that it wrote, of both streams
/// @param expired whether its time was over
record BoundedRun(int code, List<String> lines, boolean expired) {
    private static final Strings STRINGS = Strings.of(BoundedRun.class);
    private static final long SLICE_MILLIS = 100;
    private static final int MOST_LINES = 60;
    private static final int LONGEST_LINE = 16 << 10;

    /// Runs a command with an empty input.
    ///
    /// @param tasks       runs beside the caller
    /// @param folder      where it runs
    /// @param environment variables set beside those inherited
    /// @throws ProblemException when there is no such program
    static BoundedRun of(Tasks tasks, List<String> command, Path folder, Map<String, String> environment, Duration limit, TaskContext context)
            throws IOException, InterruptedException {
        var lines = new ArrayList<String>();
        var code = new AtomicInteger(-1);
        var ended = new CountDownLatch(1);
        ChildProcess.Spec spec = ChildProcess.Spec.of(command.toArray(String[]::new)).in(folder).with(environment).longest(LONGEST_LINE)
                .grace(Duration.ofMillis(500)).lines(line -> {
                    synchronized (lines) {
                        if (lines.size() == MOST_LINES) lines.removeFirst();
                        lines.add(line.text());
                    }
                });
        var failed = new AtomicReference<ProblemException>();
        TaskHandle<ProblemException> handle = tasks.submit(TaskSpec.of(STRINGS.get("run.title"), Lane.IO, inner -> {
            try {
                code.set(ChildProcess.run(spec, inner));
            } catch (ProblemException e) {
                failed.set(e);
            } finally {
                ended.countDown();
            }
            return failed.get();
        }).hidden());
        boolean inTime = false;
        try {
            for (long end = System.nanoTime() + limit.toNanos(); !inTime && System.nanoTime() < end; context.checkpoint())
                inTime = ended.await(SLICE_MILLIS, TimeUnit.MILLISECONDS);
        } finally {
            if (!inTime) handle.cancel();
        }
        if (failed.get() != null) throw failed.get();
        synchronized (lines) {
            return new BoundedRun(code.get(), List.copyOf(lines), !inTime);
        }
    }
}
