package serpentarium.python.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.python.Because;
import serpentarium.python.Effect;
import serpentarium.python.Resolution;
import serpentarium.python.RootFixture;
import serpentarium.python.Rule;
import serpentarium.python.Trouble;
import serpentarium.python.Trouble.Kind;
import serpentarium.task.TaskContext;

class ResolverTest {
    @TempDir Path folder;
    private RootFixture root;
    private Path dir;

    @BeforeEach void make() throws IOException {
        root = new RootFixture(folder).version("3.9.18").version("3.12.1").version("3.12.4").global("3.9.18\n");
        program("#!/bin/sh\nexit 0\n");
        for (String command : List.of("python", "python3", "pip")) RootFixture.stub(root.root().resolve("shims").resolve(command));
        dir = root.work("p/q");
    }

    private void program(String text) throws IOException {
        Path program = root.root().resolve("libexec/pyenv");
        Files.createDirectories(program.getParent());
        Files.writeString(program, text);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void pin(Path where, String text) throws IOException {
        Files.writeString(where.resolve(".python-version"), text);
    }

    private Resolution resolve() {
        return new Resolver(root.surroundings()).resolve(dir);
    }

    private List<Kind> kinds(Resolution resolution) {
        resolution.allTroubles().forEach(trouble -> {
            String said = Explanation.sentence(trouble) + Explanation.remedy(trouble).orElse("") + Explanation.command(trouble).orElse("");
            assertFalse(said.contains("{") || said.contains("null"), said);
        });
        return resolution.allTroubles().stream().map(Trouble::kind).toList();
    }

    @Test void theChainSaysWhoWinsAndWhoIsShadowed() throws IOException {
        pin(dir.getParent(), "3.12\n");
        pin(root.work(""), "system # for now\n");
        Resolution found = resolve();
        assertEquals(List.of("3.12.4"), found.names());
        assertEquals(List.of(Effect.UNSET, Effect.WINS, Effect.SHADOWED, Effect.SHADOWED, Effect.SHADOWED), found.chain().stream().map(Rule::effect).toList());
        assertEquals(Optional.of(root.root().resolve("versions/3.12.4/bin/python")), found.launches().get("python").executable());
        assertEquals(List.of(), kinds(found));
        assertEquals("3.12.4, because " + dir.getParent().resolve(".python-version") + " says 3.12", Explanation.answer(found));
        assertEquals("3.12 → 3.12.4: this decides", Explanation.rule(found.winner()));
        var variable = new Resolver(root.surroundings().withVersion("3.9:3.12.1")).resolve(dir);
        assertEquals(Because.PYENV_VERSION, variable.winner().because());
        assertEquals(List.of("3.9.18", "3.12.1"), variable.names());
    }

    @Test void aMissingVersionThatFallsThroughIsTheWorst() throws IOException {
        pin(dir, "3.7.4\n");
        RootFixture.stub(root.system().resolve("python3"));
        Resolution found = resolve();
        assertEquals(List.of("3.7.4"), found.missing());
        assertEquals(List.of(), found.names());
        assertTrue(found.launches().get("python3").fallenThrough());
        assertEquals(Optional.empty(), found.launches().get("python").executable());
        assertEquals(Kind.MISSING_FALLS_THROUGH, kinds(found).getFirst());
        assertEquals("Typing python3 in this folder starts " + root.system().resolve("python3") + ", which is not what the folder asks for.",
                Explanation.launch("python3", found.launches().get("python3")));
        Files.delete(root.system().resolve("python3"));
        assertEquals(List.of(Kind.MISSING), kinds(resolve()));
    }

    @Test void eachOddPinHasItsTrouble() throws IOException {
        pin(dir, "\ufeff3.12.1\n");
        assertTrue(kinds(resolve()).contains(Kind.BOM));
        pin(dir, ">=3.12\n");
        assertTrue(kinds(resolve()).contains(Kind.FOREIGN_SYNTAX));
        pin(dir, "# later\n");
        assertEquals(List.of("system"), resolve().names());
        assertEquals(List.of(Kind.EMPTY_FILE), kinds(resolve()));
        pin(dir, "../x\n3.12.1\n");
        assertEquals(List.of("3.12.1"), resolve().names());
        assertEquals(List.of(Kind.INVALID_WORD), kinds(resolve()));
        pin(dir, "3.*\n");
        assertTrue(kinds(resolve()).contains(Kind.PATTERN));
        Files.delete(dir.resolve(".python-version"));
        Files.createDirectory(dir.resolve(".python-version"));
        assertEquals(Because.GLOBAL_FILE, resolve().winner().because());
        assertEquals(List.of(Kind.NOT_A_FILE), kinds(resolve()));
        Files.delete(dir.resolve(".python-version"));
        Files.createSymbolicLink(dir.resolve(".python-version"), Path.of("gone"));
        assertEquals(List.of(Kind.BROKEN_LINK), kinds(resolve()));
    }

    @Test void linksInTheWayToTheFolderAreNotFollowed() throws IOException {
        Path real = root.work("elsewhere/sub");
        pin(real.getParent(), "3.9.18\n");
        pin(dir, "3.12.1\n");
        Path link = Files.createSymbolicLink(dir.resolve("link"), real);
        assertEquals(List.of("3.12.1"), new Resolver(root.surroundings()).resolve(link).names());
        assertEquals(List.of("3.9.18"), new Resolver(root.surroundings()).resolve(real).names());
    }

    @Test void thePathAndTheShimsAreLookedAt() throws IOException {
        RootFixture.stub(root.system().resolve("python"));
        Map<String, String> environment = root.environment();
        environment.put("PATH", "~/bin:" + root.system() + ":" + root.root().resolve("shims"));
        assertEquals(List.of(Kind.LITERAL_TILDE, Kind.SHIMS_BEHIND), kinds(new Resolver(Surroundings.of(environment)).resolve(dir)));
        environment.put("PATH", root.system().toString());
        assertEquals(List.of(Kind.NO_SHIMS), kinds(new Resolver(Surroundings.of(environment)).resolve(dir)));
        Path env = root.work("env");
        RootFixture.stub(env.resolve("bin/python"));
        environment.put("VIRTUAL_ENV", env.toString());
        environment.put("PATH", env.resolve("bin") + ":" + root.root().resolve("shims"));
        assertEquals(List.of(Kind.ACTIVE_VENV), kinds(new Resolver(Surroundings.of(environment)).resolve(dir)));
        Path lock = Files.createFile(root.root().resolve("shims/.pyenv-shim"));
        assertEquals(List.of(), kinds(resolve()));
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(3600)));
        assertEquals(List.of(Kind.STALE_LOCK), kinds(resolve()));
        Files.delete(lock);
        Files.delete(root.root().resolve("shims/python3"));
        assertEquals(List.of(Kind.SHIM_MISSING), kinds(resolve()));
    }

    @Test void aForeignHookMakesUsAskPyenvItself() throws IOException, InterruptedException {
        Path hook = root.root().resolve("pyenv.d/version-name/mine.bash");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "");
        assertEquals(List.of(Kind.HOOK_UNASKED), kinds(resolve()));
        program("#!/bin/sh\ncase $1 in version-name) echo 3.12.1; echo \"pyenv: version \\`3.7' is not installed (set by x)\" >&2 ;; version-origin) echo mine ;;"
                + " which) echo \"$PYENV_ROOT/versions/3.12.1/bin/$2\" ;; esac\n");
        Resolution asked = AskedPyenv.resolve(new Resolver(Surroundings.of(root.environment())), dir, TaskContext.detached());
        assertTrue(asked.asked());
        assertEquals(List.of("3.12.1"), asked.names());
        assertEquals(List.of("3.7"), asked.missing());
        assertEquals(Optional.of("3.12.1"), asked.launches().get("python").version());
        assertEquals(List.of(Kind.HOOK), kinds(asked));
        Files.delete(hook);
        assertFalse(AskedPyenv.resolve(new Resolver(root.surroundings()), dir, TaskContext.detached()).asked());
    }

    @Test void aDamagedRootSaysWhatIsWrong() throws IOException {
        Path versions = root.root().resolve("versions");
        Files.createSymbolicLink(versions.resolve("3.8"), Path.of("gone"));
        Files.createDirectories(versions.resolve("3.7.4/lib"));
        assertEquals(List.of(Kind.BROKEN_LINK, Kind.PARTIAL), kinds(resolve()).stream().sorted().toList());
        RootFixture.delete(versions);
        assertEquals(List.of(Kind.MISSING, Kind.NO_VERSIONS), kinds(resolve()));
        Files.writeString(versions, "");
        assertTrue(kinds(resolve()).contains(Kind.NOT_A_FOLDER));
        Files.delete(versions);
        Files.createSymbolicLink(versions, Path.of("gone"));
        assertTrue(kinds(resolve()).contains(Kind.BROKEN_LINK));
        Files.writeString(root.root().resolve("libexec/pyenv"), "\u007fELF");
        assertTrue(kinds(resolve()).contains(Kind.OTHER_PYENV));
        RootFixture.delete(root.root().resolve("libexec"));
        assertTrue(kinds(resolve()).contains(Kind.NO_PROGRAM));
        RootFixture.delete(root.root());
        assertEquals(List.of(Kind.NO_PYENV), kinds(resolve()));
        assertEquals(Because.DEFAULT, resolve().winner().because());
        Files.writeString(root.root(), "a file");
        assertEquals(List.of(Kind.NOT_A_FOLDER), kinds(resolve()));
    }
}
