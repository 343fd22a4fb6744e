package serpentarium.python.engine.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import serpentarium.task.TaskHandle;
import serpentarium.task.ThreadTasks;

/// Builds a Python by pyenv and cancels that in a phase, then prints when the last of its processes had ended and when the last of its files was gone, both
/// counted from the cancelling: `CancelledBuild ROOT DEFINITION PHASE…`, with a copied root that has the source in its cache and phases such as `CONFIGURE`.
public final class CancelledBuild {
    private static final long SOME_WORK = 3_000;

    private CancelledBuild() {}

    /// Runs one build a phase.
    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]).toAbsolutePath();
        var environment = new HashMap<>(System.getenv());
        environment.put("PYENV_ROOT", root.toString());
        var workshop = new Workshop(root, root.resolve("bin/pyenv"), Files.createTempDirectory("cancelled-build"), environment);
        Definition definition = Catalogue.read(root, Optional.of(workshop.program()), environment).definition(arguments[1]);
        var tasks = new ThreadTasks(Runnable::run);
        for (String phase : List.of(arguments).subList(2, arguments.length)) cancel(workshop, definition, BuildPhase.valueOf(phase), tasks);
        tasks.shutdown(Duration.ofSeconds(5));
    }

    private static void cancel(Workshop workshop, Definition definition, BuildPhase phase, ThreadTasks tasks) throws IOException, InterruptedException {
        var reached = new CountDownLatch(1);
        var cleanup = new AtomicReference<BuildFollower.Cleanup>();
        var cleaned = new CountDownLatch(1);
        var build = new BuildTask(workshop, definition, BuildOptions.plain(), true, new BuildFollower() {
            @Override public void progress(BuildProgress now) {
                if (now.phase() == phase) reached.countDown();
            }

            @Override public void cleaned(Cleanup what) {
                cleanup.set(what);
                cleaned.countDown();
            }
        });
        TaskHandle<BuildOutcome> handle = tasks.submit(build.spec());
        if (!reached.await(20, TimeUnit.MINUTES)) throw new IllegalStateException("never came to " + phase);
        Thread.sleep(phase == BuildPhase.INSTALL ? SOME_WORK / 2 : SOME_WORK);
        long before = living();
        long begin = System.nanoTime();
        handle.cancel();
        while (living() > 0) Thread.onSpinWait();
        double ended = (System.nanoTime() - begin) / 1e6;
        Path prefix = workshop.versions().resolve(definition.name());
        if (!cleaned.await(1, TimeUnit.MINUTES)) throw new IllegalStateException("nothing was cleaned");
        while (Files.exists(workshop.scratch(), LinkOption.NOFOLLOW_LINKS) || Files.exists(prefix, LinkOption.NOFOLLOW_LINKS)) Thread.onSpinWait();
        double gone = (System.nanoTime() - begin) / 1e6;
        System.out.printf(Locale.ROOT, "%-9s %2d processes; the last ended after %4.0f ms, the last of %,d files (%,d MB) was gone after %5.0f ms; living now: %d%n", phase, before, ended,
                cleanup.get().files(), cleanup.get().bytes() >> 20, gone, living());
    }

    private static long living() {
        return ProcessHandle.current().descendants().filter(ProcessHandle::isAlive).count();
    }
}
