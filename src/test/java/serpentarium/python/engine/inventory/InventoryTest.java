package serpentarium.python.engine.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.python.Installed;
import serpentarium.python.Origin;
import serpentarium.task.TaskContext;

class InventoryTest {
    @TempDir private Path folder;

    /// A prefix with an interpreter, a library and the header that tells its version.
    private Path python(String at, String version) throws IOException {
        Path prefix = folder.resolve(at);
        String series = version.replaceFirst("^(\\d+\\.\\d+).*", "$1");
        program(prefix.resolve("bin/python" + series));
        if (!Files.exists(prefix.resolve("bin/python3"))) Files.createSymbolicLink(prefix.resolve("bin/python3"), Path.of("python" + series));
        Files.createDirectories(prefix.resolve("lib/python" + series));
        Files.writeString(prefix.resolve("lib/python" + series + "/os.py"), "");
        Files.createDirectories(prefix.resolve("include/python" + series));
        Files.writeString(prefix.resolve("include/python" + series + "/Python.h"), "");
        Files.writeString(prefix.resolve("include/python" + series + "/patchlevel.h"), "#define PY_VERSION      \t\"" + version + "\"\n");
        return prefix;
    }

    private static void program(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\nexit 3\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    private Path environment(String at, Path base, String version) throws IOException {
        Path prefix = Files.createDirectories(folder.resolve(at));
        Files.createDirectories(prefix.resolve("bin"));
        Files.createSymbolicLink(prefix.resolve("bin/python"), base.resolve("bin/python3"));
        Files.writeString(prefix.resolve("pyvenv.cfg"), "home = " + base.resolve("bin") + "\ninclude-system-site-packages = false\nversion = " + version + "\n");
        return prefix;
    }

    private Inventory look(Map<String, String> environment) throws IOException {
        return Inventory.of(new Places(environment, folder.resolve("home"), folder.resolve("root"), List.of(folder.resolve("project"))), new FactsReader(),
                TaskContext.detached());
    }

    @Test void everyOriginOnce() throws IOException {
        Path own = python("home/.pyenv/versions/3.12.1", "3.12.1");
        environment("home/.pyenv/versions/3.12.1/envs/web", own, "3.12.1");
        Files.createSymbolicLink(folder.resolve("home/.pyenv/versions/web"), folder.resolve("home/.pyenv/versions/3.12.1/envs/web"));
        Files.createDirectories(folder.resolve("home/.pyenv/versions/3.9.1/bin"));
        Files.createSymbolicLink(folder.resolve("home/.pyenv/versions/gone"), folder.resolve("nowhere"));
        Files.writeString(folder.resolve("home/.pyenv/versions/notes.txt"), "");
        Path uv = python("home/.local/share/uv/python/cpython-3.13.2-linux-x86_64-gnu", "3.13.2");
        Files.createSymbolicLink(folder.resolve("home/.local/share/uv/python/cpython-3.13-linux-x86_64-gnu"), uv);
        python("home/.asdf/installs/python/3.10.4", "3.10.4");
        python("home/.local/share/mise/installs/python/3.11.9", "3.11.9");
        Path conda = python("home/miniforge3", "3.12.8");
        Files.createDirectories(conda.resolve("conda-meta"));
        Files.createDirectories(python("home/elsewhere/science", "3.9.7").resolve("conda-meta"));
        Files.createDirectories(folder.resolve("home/.conda"));
        Files.writeString(folder.resolve("home/.conda/environments.txt"), conda + "\n" + folder.resolve("home/elsewhere/science") + "\n\0bad\n");
        environment("project/.venv", uv, "3.13.2");
        environment("home/.virtualenvs/orphan", folder.resolve("removed"), "3.8.2");
        python("root/usr", "3.11.2");
        python("root/opt/tool", "3.7.1");
        Path stray = python("stray", "3.14.0");
        Inventory found = look(Map.of("PATH", String.join(":", folder.resolve("root/usr/bin").toString(), own.resolve("bin").toString(), stray.resolve("bin").toString(),
                "relative", folder.resolve("home/.pyenv/shims").toString(), folder.resolve("none").toString())));
        var rows = new TreeMap<String, String>();
        for (Found each : found.pythons()) {
            Installed installed = each.installed();
            assertEquals(null, rows.put(folder.relativize(installed.prefix()).toString(), installed.origin().id() + " " + installed.version()
                    + " " + installed.base().map(base -> base.replace(folder.toString(), "")).orElse("-")), () -> installed + " twice");
        }
        var expected = new TreeMap<String, String>();
        expected.put("home/.pyenv/versions/3.12.1", "pyenv 3.12.1 -");
        expected.put("home/.pyenv/versions/3.12.1/envs/web", "pyenv-virtualenv 3.12.1 3.12.1");
        expected.put("home/.pyenv/versions/web", "pyenv-virtualenv 3.12.1 3.12.1");
        expected.put("home/.pyenv/versions/3.9.1", "pyenv 3.9.1 -");
        expected.put("home/.local/share/uv/python/cpython-3.13.2-linux-x86_64-gnu", "uv 3.13.2 -");
        expected.put("home/.asdf/installs/python/3.10.4", "asdf 3.10.4 -");
        expected.put("home/.local/share/mise/installs/python/3.11.9", "mise 3.11.9 -");
        expected.put("home/miniforge3", "conda 3.12.8 -");
        expected.put("home/elsewhere/science", "conda 3.9.7 -");
        expected.put("project/.venv", "venv 3.13.2 cpython-3.13.2-linux-x86_64-gnu");
        expected.put("home/.virtualenvs/orphan", "venv 3.8.2 /removed/bin");
        expected.put("root/usr", "system 3.11.2 -");
        expected.put("root/opt/tool", "system 3.7.1 -");
        expected.put("stray", "unmanaged 3.14.0 -");
        assertEquals(expected, rows);
        assertEquals(List.of("inventory.link"), found.problems().stream().map(each -> each.id()).toList());
        assertEquals(List.of(folder.resolve("home/.virtualenvs/orphan")), found.pythons().stream().filter(each -> each.environment().filter(Environment::orphan).isPresent()).map(each -> each.installed().prefix()).toList());
        assertEquals(Optional.empty(), found.pythons().stream().filter(each -> each.installed().name().equals("3.9.1")).findFirst().orElseThrow().installed().executable());
    }

    @Test void variablesMoveTheFolders() throws IOException {
        python("a/versions/3.8.2", "3.8.2");
        python("b/cpython-3.12.3-linux-x86_64-gnu", "3.12.3");
        python("c/installs/python/3.9.9", "3.9.9");
        python("d/installs/python/3.10.9", "3.10.9");
        environment("e/one", folder.resolve("c/installs/python/3.9.9"), "3.9.9");
        Inventory found = look(Map.of("PYENV_ROOT", folder.resolve("a").toString(), "UV_PYTHON_INSTALL_DIR", folder.resolve("b").toString(), "ASDF_DATA_DIR",
                folder.resolve("c").toString(), "MISE_DATA_DIR", folder.resolve("d").toString(), "WORKON_HOME", folder.resolve("e").toString()));
        assertEquals(List.of(Origin.PYENV, Origin.UV, Origin.ASDF, Origin.MISE, Origin.VENV), found.pythons().stream().map(each -> each.installed().origin()).toList());
        assertEquals(Optional.of("3.9.9"), found.pythons().getLast().installed().base());
    }

    @Test void aDamagedRootSaysSo() throws IOException {
        Files.createDirectories(folder.resolve("home/.pyenv"));
        Files.writeString(folder.resolve("home/.pyenv/versions"), "");
        Inventory found = look(Map.of());
        assertEquals(List.of(), found.pythons());
        assertEquals("inventory.no-folder", found.problems().getFirst().id());
    }

    @Test void stopsWhenItIsCancelled() throws IOException {
        python("home/.pyenv/versions/3.12.1", "3.12.1");
        var places = new Places(Map.of(), folder.resolve("home"), folder.resolve("root"), List.of());
        assertThrows(CancellationException.class, () -> Inventory.of(places, new FactsReader(), TaskContext.cancelledAfter(0)));
    }

    @Test void thisMachine() throws IOException {
        assumeTrue(!RealPythons.pyenv().isEmpty(), "no pyenv version is installed here");
        var reader = new FactsReader();
        Inventory.of(Places.own(List.of()), reader, TaskContext.detached());
        long begin = System.nanoTime();
        Inventory found = Inventory.of(Places.own(List.of()), reader, TaskContext.detached());
        long millis = (System.nanoTime() - begin) / 1_000_000;
        assertTrue(millis < 1_000, () -> millis + " ms");
        var prefixes = found.pythons().stream().map(each -> each.installed().prefix()).toList();
        assertTrue(prefixes.containsAll(RealPythons.pyenv()), prefixes::toString);
        if (Files.isExecutable(Path.of("/usr/bin/python3"))) {
            Found system = found.of(Origin.SYSTEM).stream().filter(each -> each.installed().prefix().equals(Path.of("/usr"))).findFirst().orElseThrow();
            assertTrue(system.installed().version().matches("3\\.\\d+\\.\\d+"), system::toString);
        }
        for (Found each : found.pythons()) assertEquals(List.of(), each.facts().orElseThrow().problems());
    }
}
