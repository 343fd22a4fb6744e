package serpentarium.python.engine.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import serpentarium.base.ProblemException;
import serpentarium.python.Headers;
import serpentarium.python.Installed;
import serpentarium.python.Origin;
import serpentarium.task.ChildProcess;
import serpentarium.task.TaskContext;

/// What refers to a version is named, and what is removed can be put back until it is deleted; outside of the root nothing is touched.
class RemovalTest {
    @TempDir Path folder;
    private PyenvCopy pyenv;
    private Removal removal;
    private Path version;

    @BeforeEach void make() throws IOException {
        pyenv = PyenvCopy.in(folder);
        removal = new Removal(pyenv.workshop());
        version = pyenv.root().resolve("versions/3.12.1");
        python(version);
        python(pyenv.root().resolve("versions/3.9.2"));
    }

    @AfterEach void close() throws IOException {
        if (pyenv != null) pyenv.close();
    }

    private static void python(Path prefix) throws IOException {
        Path program = Files.createDirectories(prefix.resolve("bin")).resolve("python3.special");
        Files.setPosixFilePermissions(Files.writeString(program, "#!/bin/sh\n"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static List<Path> tree(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.sorted().toList();
        }
    }

    @Test void whatRefersToItIsNamed() throws IOException {
        Files.writeString(pyenv.root().resolve("version"), "# mine\n3.9.2:3.12\n");
        Files.createDirectories(version.resolve("envs/web"));
        Files.createSymbolicLink(pyenv.root().resolve("versions/web"), version.resolve("envs/web"));
        Files.createSymbolicLink(pyenv.root().resolve("versions/new"), Path.of("3.12.1"));
        var pin = new Reference.Pin(folder.resolve("p/.python-version"), 2, "3.12");
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere/venv"));
        var environment = new Installed("venv", "cpython", "3.12.1", elsewhere, Optional.empty(), Origin.VENV, Optional.of("3.12.1"), OptionalLong.empty(),
                new Headers(Optional.empty(), false, Optional.empty(), Optional.empty(), Optional.empty()));
        Removal.Plan plan = removal.plan("3.12.1", List.of(pin), List.of(environment));
        assertEquals(List.of(new Reference.Global(pyenv.root().resolve("version"), "3.12"), pin, new Reference.Environment("web", version.resolve("envs/web"), true),
                new Reference.Environment("venv", elsewhere, false), new Reference.Alias("new", Path.of("3.12.1")), new Reference.Alias("web", version.resolve("envs/web"))), plan.references());
        assertEquals(List.of(new Reference.Global(pyenv.root().resolve("version"), "3.9.2")), removal.plan("3.9.2", List.of(), List.of(environment)).references());
    }

    @Test void aProgramThatRunsInItIsNamed() throws IOException {
        Path program = version.resolve("bin/sleep");
        Files.copy(Path.of("/bin/sleep").toRealPath(), program);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        ChildProcess child = ChildProcess.start(ChildProcess.Spec.of(program.toString(), "60"));
        try {
            long end = System.nanoTime() + 10_000_000_000L;
            List<Reference> found = List.of();
            // The child becomes the program a moment after it was started.
            while (found.isEmpty() && System.nanoTime() < end) found = removal.plan("3.12.1", List.of(), List.of()).references();
            assertTrue(found.size() == 1 && found.getFirst() instanceof Reference.Running running && running.pid() == child.pid() && running.command().contains("sleep"), found::toString);
        } finally {
            child.kill();
        }
    }

    @Test void removedPutBackAndDeleted() throws IOException {
        BuildScratch.rehash(pyenv.workshop());
        Path shim = pyenv.root().resolve("shims/python3.special");
        assertTrue(Files.exists(shim));
        Files.createSymbolicLink(version.resolve("outside"), Files.createDirectories(folder.resolve("precious")));
        Files.writeString(folder.resolve("precious/file"), "x");
        List<Path> before = tree(version);

        removal.remove(removal.plan("3.9.2", List.of(), List.of())).delete(TaskContext.detached());
        Removed removed = removal.remove(removal.plan("3.12.1", List.of(), List.of()));
        assertFalse(Files.exists(version));
        assertFalse(Files.exists(shim), "the shim of the only version that had the program is there");
        assertEquals(List.of("3.12.1"), removal.leftovers().stream().map(Removed::name).toList());

        removal.leftovers().getFirst().undo();
        assertEquals(before, tree(version));
        assertTrue(Files.exists(shim));
        assertFalse(Files.exists(pyenv.root().resolve(".trash")));
        assertEquals("removal.gone", assertThrows(ProblemException.class, removed::undo).problem().id());

        Removed again = removal.remove(removal.plan("3.12.1", List.of(), List.of()));
        assertThrows(CancellationException.class, () -> again.delete(TaskContext.cancelledAfter(1)));
        assertTrue(again.delete(TaskContext.detached()) > 0);
        assertFalse(Files.exists(pyenv.root().resolve(".trash")));
        assertTrue(Files.exists(folder.resolve("precious/file")), "what a link leads to was deleted");
    }

    @Test void ofAnAliasOnlyTheLinkGoes() throws IOException {
        Path alias = Files.createSymbolicLink(pyenv.root().resolve("versions/new"), Path.of("3.12.1"));
        Removal.Plan plan = removal.plan("new", List.of(), List.of());
        assertTrue(plan.alias());
        Removed removed = removal.remove(plan);
        assertFalse(Files.isSymbolicLink(alias));
        removed.undo();
        assertEquals(Path.of("3.12.1"), Files.readSymbolicLink(alias));
        removal.remove(plan).delete(TaskContext.detached());
        assertTrue(Files.exists(version.resolve("bin/python3.special")));
    }

    @Test void anotherOneInItsPlaceStays() throws IOException {
        Removed removed = removal.remove(removal.plan("3.12.1", List.of(), List.of()));
        python(version);
        assertEquals("removal.taken", assertThrows(ProblemException.class, removed::undo).problem().id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../shims", "/etc", "3.12.1/bin", "nothing", "3.12.1/../../shims"})
    void whatIsNoVersionIsRefused(String name) throws IOException {
        List<Path> before = tree(pyenv.root().resolve("versions"));
        assertThrows(ProblemException.class, () -> removal.plan(name, List.of(), List.of()));
        assertThrows(ProblemException.class, () -> removal.remove(new Removal.Plan(name, folder, false, List.of())));
        assertEquals(before, tree(pyenv.root().resolve("versions")));
    }

    @Test void aTrashThatLeadsElsewhereIsRefused() throws IOException {
        Files.createSymbolicLink(pyenv.root().resolve(".trash"), Files.createDirectories(folder.resolve("other")));
        Removal.Plan plan = removal.plan("3.12.1", List.of(), List.of());
        assertEquals("removal.trash", assertThrows(ProblemException.class, () -> removal.remove(plan)).problem().id());
        assertTrue(Files.exists(version));
    }
}
