package serpentarium.python.engine.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import serpentarium.base.ProblemException;
import serpentarium.task.TaskContext;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskState;
import serpentarium.task.ThreadTasks;

/// The real `pyenv install`, in a copied root, of a Python that takes a second.
@Timeout(120)
class BuildTaskTest {
    @TempDir Path folder;
    private PyenvCopy pyenv;
    private MadeUpPython python;
    private final List<BuildProgress> told = new CopyOnWriteArrayList<>();
    private final List<BuildFollower.Cleanup> cleaned = new CopyOnWriteArrayList<>();

    private final BuildFollower follower = new BuildFollower() {
        @Override public void progress(BuildProgress progress) {
            told.add(progress);
        }

        @Override public void cleaned(Cleanup cleanup) {
            cleaned.add(cleanup);
        }
    };

    @BeforeEach void copy() throws IOException {
        pyenv = PyenvCopy.in(folder);
        python = new MadeUpPython(pyenv, folder);
    }

    @AfterEach void theUsersRootIsAsItWas() throws IOException {
        if (pyenv != null) pyenv.close();
    }

    private BuildTask task(BuildOptions options, Map<String, String> how) throws IOException {
        return new BuildTask(python.workshop(how), python.definition(), options, true, follower);
    }

    private BuildOutcome build(BuildOptions options, Map<String, String> how) throws IOException, InterruptedException {
        return task(options, how).run(TaskContext.detached());
    }

    private Path prefix() {
        return pyenv.root().resolve("versions/3.7.4");
    }

    private void nothingIsLeft() throws IOException {
        assertFalse(Files.exists(pyenv.root().resolve(".build")), "the temporary folder is left");
        assertFalse(Files.exists(prefix()), "a partial version is left");
        assertEquals(List.of(), livingBelow(pyenv.root()));
    }

    /// The processes that work in a folder or were started with it in their variables.
    private static List<String> livingBelow(Path root) throws IOException {
        var living = new ArrayList<String>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path each : all) {
                if (each.getFileName().toString().equals(Long.toString(ProcessHandle.current().pid()))) continue;
                try {
                    if (Files.readString(each.resolve("environ"), StandardCharsets.ISO_8859_1).contains("PYENV_ROOT=" + root))
                        living.add(each.getFileName() + " " + Files.readString(each.resolve("cmdline"), StandardCharsets.ISO_8859_1).replace('\0', ' '));
                } catch (IOException _) {
                    // It has ended meanwhile, or it is not ours.
                    continue;
                }
            }
        }
        return living;
    }

    @Test void itIsBuiltAndToldPhaseByPhase() throws IOException, InterruptedException {
        BuildTask task = task(BuildOptions.plain(), Map.of());
        var lines = new ArrayList<BuildLog.Line>();
        BuildOutcome outcome;
        try (var _ = task.log().follow(lines::add)) {
            outcome = task.run(TaskContext.detached());
        }
        BuildOutcome.Installed installed = assertInstanceOf(BuildOutcome.Installed.class, outcome, outcome::toString);
        assertTrue(Files.isExecutable(prefix().resolve("bin/python3.7")) && Files.exists(pyenv.root().resolve("shims/python3.7")));
        assertEquals(List.of("_dbm"), installed.missing().stream().map(MissingModules.Module::name).toList());
        assertFalse(Files.exists(pyenv.root().resolve(".build")));
        List<String> kept = Files.readAllLines(installed.log());
        assertEquals(kept, lines.stream().map(BuildLog.Line::text).toList());
        assertTrue(kept.contains("checking for fake feature 40... yes") && kept.contains("Installing Python-3.7.4..."), kept::toString);
        double before = 0;
        for (BuildProgress each : told) {
            assertTrue(each.overall() >= before && each.overall() < 1, each::toString);
            before = each.overall();
        }
        assertTrue(Stream.of(BuildPhase.CONFIGURE, BuildPhase.COMPILE).allMatch(phase -> told.stream().anyMatch(each -> each.phase() == phase)), told::toString);
        assertEquals(List.of(), livingBelow(pyenv.root()));

        // The second one knows how long it takes.
        told.clear();
        assertInstanceOf(BuildOutcome.Installed.class, build(BuildOptions.plain().existing(BuildOptions.Existing.AGAIN), Map.of()));
        assertTrue(told.getFirst().remaining().isPresent(), () -> told.getFirst().toString());
        assertTrue(told.getFirst().remaining().get().compareTo(Duration.ofSeconds(60)) < 0, () -> told.getFirst().toString());
        assertInstanceOf(BuildOutcome.There.class, build(BuildOptions.plain(), Map.of()));
    }

    @Test void optionsReachConfigureAndTheCommandIsTheSame() throws IOException, InterruptedException {
        BuildOptions options = BuildOptions.plain().optimised(true).shared(false).configure("--with-fun").jobs(1);
        BuildOutcome outcome = build(options, Map.of("PYTHON_CONFIGURE_OPTS", "--mine"));
        String said = Files.readAllLines(outcome.log()).stream().filter(line -> line.startsWith("options:")).findFirst().orElseThrow();
        assertTrue(said.contains("--mine --enable-optimizations --with-lto --disable-shared --with-fun"), said);
        assertEquals("PYTHON_CONFIGURE_OPTS='--enable-optimizations --with-lto --disable-shared --with-fun' MAKE_OPTS='-j 1' pyenv install -s 3.7.4", options.command("3.7.4", Map.of()));
        assertInstanceOf(BuildOutcome.Installed.class, build(BuildOptions.plain().debug(true), Map.of()));
        assertTrue(Files.isDirectory(pyenv.root().resolve("versions/3.7.4-debug")));
    }

    @Test void anIncompleteOneSaysWhatIsMissing() throws IOException, InterruptedException {
        BuildOutcome outcome = build(BuildOptions.plain(), Map.of("FAKE_LACKS", "lzma"));
        BuildOutcome.Incomplete incomplete = assertInstanceOf(BuildOutcome.Incomplete.class, outcome, outcome::toString);
        assertEquals(List.of("_lzma", "_dbm"), incomplete.missing().stream().map(MissingModules.Module::name).toList());
        assertTrue(incomplete.packages().contains("sudo apt install liblzma-dev"), incomplete.packages()::toString);
        assertTrue(Files.isDirectory(prefix()));
    }

    @Test void aFailureIsExplainedAndCleanedUp() throws IOException, InterruptedException {
        BuildOutcome.Failed failed = assertInstanceOf(BuildOutcome.Failed.class, build(BuildOptions.plain(), Map.of("FAKE_FAIL", "1")));
        assertEquals(BuildCause.MISSING_HEADER, failed.diagnosis().cause());
        assertEquals(java.util.Set.of(Requirement.FFI), failed.diagnosis().missing());
        assertEquals(failed.diagnosis().line(), Files.readAllLines(failed.log()).get((int) failed.diagnosis().number() - 1));
        nothingIsLeft();
        BuildOutcome.Failed compiler = assertInstanceOf(BuildOutcome.Failed.class, build(BuildOptions.plain(), Map.of("FAKE_NO_CC", "1")));
        assertEquals(BuildCause.NO_COMPILER, compiler.diagnosis().cause());
        nothingIsLeft();
    }

    @Test void itIsStoppedWhereTheOutcomeIsKnown() throws IOException, InterruptedException {
        BuildOutcome.Failed failed = assertInstanceOf(BuildOutcome.Failed.class, build(BuildOptions.plain(), Map.of("FAKE_SSL", "1", "FAKE_WAIT", "compile")));
        assertTrue(failed.diagnosis().early());
        assertEquals(BuildCause.MISSING_SSL, failed.diagnosis().cause());
        assertEquals("checking for stdlib extension module _ssl... missing", failed.diagnosis().line());
        nothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"configure", "compile", "install"})
    void cancelledNothingRemains(String phase) throws IOException, InterruptedException {
        BuildFollower.Cleanup cleanup = cancel(phase, BuildOptions.plain());
        nothingIsLeft();
        assertEquals(phase.equals("install"), cleanup.partialRemoved());
        assertTrue(cleanup.files() > 3, cleanup::toString);
        assertTrue(cleanup.seconds() < 30, cleanup::toString);
        assertFalse(Files.exists(pyenv.root().resolve("shims/python3.7")));
    }

    private BuildFollower.Cleanup cancel(String phase, BuildOptions options) throws IOException, InterruptedException {
        BuildTask task = task(options, Map.of("FAKE_WAIT", phase));
        var waits = new CountDownLatch(1);
        String marker = switch (phase) {
            case "configure" -> "checking for patience";
            case "compile" -> "gcc -c -o Objects/slow.o";
            default -> "Compiling '";
        };
        task.log().follow(line -> {
            if (line.text().startsWith(marker)) waits.countDown();
        });
        var tasks = new ThreadTasks(Runnable::run);
        try {
            TaskHandle<BuildOutcome> handle = tasks.submit(task.spec());
            assertTrue(waits.await(60, TimeUnit.SECONDS), () -> handle.state() + "\n" + task.log().tail());
            long start = System.nanoTime();
            handle.cancel();
            assertInstanceOf(TaskState.Cancelled.class, handle.state());
            long end = start + Duration.ofSeconds(20).toNanos();
            while (!livingBelow(pyenv.root()).isEmpty() && System.nanoTime() < end) Thread.onSpinWait();
            double dead = (System.nanoTime() - start) / 1e9;
            assertTrue(dead < 10, "the group lived " + dead + " s");
        } finally {
            assertTrue(tasks.shutdown(Duration.ofSeconds(20)));
        }
        return cleaned.getLast();
    }

    @Test void whatWasThereComesBack() throws IOException, InterruptedException {
        assertInstanceOf(BuildOutcome.Installed.class, build(BuildOptions.plain(), Map.of()));
        Path mine = Files.writeString(prefix().resolve("lib/python3.7/m1.py"), "what was there");
        BuildFollower.Cleanup cleanup = cancel("install", BuildOptions.plain().existing(BuildOptions.Existing.AGAIN));
        assertTrue(cleanup.earlierRestored(), cleanup::toString);
        assertTrue(Files.isExecutable(prefix().resolve("bin/python3.7")));
        assertEquals("what was there", Files.readString(mine));
        assertFalse(Files.exists(pyenv.root().resolve(".build")));
    }

    @Test void nothingIsBuiltOverAnAliasOrWithoutPyenv() throws IOException {
        Files.createSymbolicLink(prefix(), folder);
        assertEquals("build.alias", assertThrows(ProblemException.class, () -> build(BuildOptions.plain().existing(BuildOptions.Existing.AGAIN), Map.of())).problem().id());
        Files.delete(prefix());
        Workshop none = new Workshop(folder, folder.resolve("no/pyenv"), folder.resolve("state"), Map.of());
        var task = new BuildTask(none, python.definition(), BuildOptions.plain(), true, follower);
        assertEquals("build.no-pyenv", assertThrows(ProblemException.class, () -> task.run(TaskContext.detached())).problem().id());
    }

    @Test void leftoversOfAProgramThatHasEndedGo() throws IOException, InterruptedException {
        Path orphan = Files.createDirectories(pyenv.root().resolve(".build/999999999-3.7.4-x/deep"));
        Files.writeString(orphan.resolve("file"), "");
        assertInstanceOf(BuildOutcome.Installed.class, build(BuildOptions.plain(), Map.of()));
        assertFalse(Files.exists(pyenv.root().resolve(".build")));
    }
}
