package serpentarium.python.engine.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import serpentarium.base.ProblemException;
import serpentarium.task.ChildProcess;
import serpentarium.task.TaskContext;

/// The catalogue says what pyenv itself says.
class CatalogueTest {
    private static final List<String> NAMES = List.of("2.7.18", "3.7.3", "3.7.4", "3.7.17", "3.12.0", "3.12.13", "3.13.0", "3.13.5", "3.13.5t", "3.13t-dev", "3.14.0a1",
            "3.14.0b2", "3.14.0rc1", "3.15-dev", "3.15.0a2", "pypy3.10-7.3.16", "pypy3.10-7.3.17", "pypy3.10-7.3.17-src", "miniconda3-4.7.12",
            "miniconda3-3.12-25.1.1-1", "miniconda3-latest", "graalpy-24.1.1", "graalpy-community-24.1.1");

    @TempDir Path folder;

    private Catalogue made() throws IOException {
        Path definitions = Files.createDirectories(folder.resolve("plugins/python-build/share/python-build"));
        for (String name : NAMES) Files.writeString(definitions.resolve(name), "");
        Files.createDirectories(definitions.resolve("patches"));
        return Catalogue.read(folder, Optional.empty(), Map.of());
    }

    @Test void familiesSeriesAndTheNewestOfEach() throws IOException {
        Catalogue catalogue = made();
        assertEquals(NAMES.size(), catalogue.size());
        assertEquals("cpython", catalogue.families().firstEntry().getKey());
        assertEquals(List.of("3.13.5", "3.12.13", "3.7.17", "2.7.18", "3.13.5t"), names(catalogue.newest("cpython")));
        assertEquals(List.of("pypy3.10-7.3.17"), names(catalogue.newest("pypy")));
        List<String> all = names(catalogue.families().get("cpython"));
        assertTrue(all.indexOf("3.14.0rc1") < all.indexOf("3.14.0b2") && all.indexOf("3.14.0b2") < all.indexOf("3.14.0a1"), all::toString);
        assertTrue(all.indexOf("3.12.13") < all.indexOf("3.12.0"), all::toString);
        assertTrue(Known.of("3.13t-dev").freeThreaded() && Known.of("3.13t-dev").moving() && Known.of("3.14.0rc1t").preRelease());
    }

    private static List<String> names(List<Known> list) {
        return list.stream().map(Known::name).toList();
    }

    @ParameterizedTest
    @CsvSource({"3.12,3.12.13", "3.13,3.13.5", "3.13t,3.13.5t", "pypy3.10,pypy3.10-7.3.17", "miniconda3,miniconda3-4.7.12", "3.7.4,3.7.4", "2,2.7.18"})
    void prefixesAsPyenvTakesThem(String typed, String name) throws IOException {
        Choice choice = made().resolve(typed);
        assertEquals(typed.equals(name) ? new Choice.Exact(name) : new Choice.Newest(typed, name), choice);
    }

    @ParameterizedTest
    @CsvSource({"3.7.44,3.7.4", "v3.12,3.12.13", "cpython-3.13.0,3.13.0", "python3.12,3.12.13", "3.13+freethreaded,3.13.5t", "3.14,3.14.0rc1", "grallpy-24.1.1,graalpy-24.1.1",
        ">=3.12,3.12.13", "pypi3.10-7.3.17,pypy3.10-7.3.17"})
    void aTypoLeadsToWhatWasMeant(String typed, String meant) throws IOException {
        Choice choice = made().resolve(typed);
        assertTrue(choice instanceof Choice.Unknown unknown && unknown.near().contains(meant) && unknown.near().size() <= 5, choice::toString);
    }

    @Test void theSameWithoutTheLock() throws IOException {
        assertEquals(Optional.of("3.13.5t"), made().freeThreaded("3.13.5"));
        assertEquals(Optional.of("3.13.5t"), made().freeThreaded("3.13.5t"));
        assertEquals(Optional.empty(), made().freeThreaded("3.12.0"));
        assertEquals(Optional.empty(), made().freeThreaded("pypy3.10-7.3.17"));
    }

    @Test void nothingTypedIsNothing() throws IOException {
        assertEquals(new Choice.Unknown("", List.of()), made().resolve("  "));
        assertEquals(new Choice.Unknown("zzzzzzzz", List.of()), made().resolve("zzzzzzzz"));
    }

    @Test void searchFindsStableOnesFirst() throws IOException {
        List<String> found = names(made().search("3.13"));
        assertEquals("3.13.5", found.getFirst());
        assertTrue(found.indexOf("3.13.0") < found.indexOf("3.13.5t") && found.containsAll(List.of("3.13.5t", "3.13t-dev")), found::toString);
        assertEquals(List.of("pypy3.10-7.3.17", "pypy3.10-7.3.16", "pypy3.10-7.3.17-src"), names(made().search("pypy 3.10")));
    }

    @Test void oneFolderOverridesAnother() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("mine"));
        Files.writeString(mine.resolve("3.7.4"), "install_package \"Python-3.7.4\" \"http://127.0.0.1/Python-3.7.4.tgz#ABC\" standard verify_py37\n");
        made();
        Definition found = Catalogue.read(folder, Optional.empty(), Map.of("PYTHON_BUILD_DEFINITIONS", mine + ":/no/such/folder")).definition("3.7.4");
        assertEquals(mine.resolve("3.7.4"), found.file());
        assertEquals("Python-3.7.4.tar.gz", found.archives().getFirst().file());
    }

    @Test void aRootThatIsDamagedHasNothing() throws IOException {
        assertEquals(0, Catalogue.read(folder.resolve("nowhere"), Optional.of(folder.resolve("no/program")), Map.of()).size());
        Files.writeString(folder.resolve("plugins"), "a file where a folder should be");
        assertEquals(0, Catalogue.read(folder, Optional.empty(), Map.of()).size());
        assertThrows(ProblemException.class, () -> Catalogue.read(folder, Optional.empty(), Map.of()).definition("3.7.4"));
    }

    @Test void realDefinitionsAreUnderstood() throws IOException {
        try (PyenvCopy pyenv = PyenvCopy.in(folder)) {
            Catalogue catalogue = Catalogue.read(pyenv.root(), Optional.of(pyenv.root().resolve("bin/pyenv")), Map.of());
            assertTrue(catalogue.size() > 900, () -> "only " + catalogue.size());
            Definition plain = catalogue.definition("3.13.5");
            assertEquals(List.of("Python-3.13.5.tar.xz", "Python-3.13.5.tar.gz"), plain.archives().stream().map(Archive::file).toList());
            assertEquals("93e583f243454e6e9e4588ca2c2662206ad961659863277afcdb96801647d640", plain.archive(true).orElseThrow().sha256());
            assertEquals("Python-3.13.5.tar.gz", plain.archive(false).orElseThrow().file());
            assertEquals(Definition.Kind.SOURCE, plain.kind());
            assertTrue(plain.verifies("ssl") && plain.verifies("zlib") && !plain.verifies("_ctypes"));
            Definition free = catalogue.definition("3.13.5t");
            assertTrue(free.freeThreaded());
            assertEquals(plain.archives(), free.archives());
            assertEquals(Definition.Kind.READY, catalogue.definition("miniforge3-24.9.2-0").kind());
            assertEquals(Definition.Kind.REPOSITORY, catalogue.definition("3.15-dev").kind());
            assertEquals("3.13.5", catalogue.byChecksum(plain.archives().get(1).sha256()).orElseThrow().name());
            int source = 0;
            int checked = 0;
            for (Known each : catalogue.families().get(Known.CPYTHON)) {
                Definition definition = catalogue.definition(each.name());
                if (definition.kind() == Definition.Kind.SOURCE) source++;
                if (definition.archives().stream().anyMatch(archive -> archive.sha256().matches("[0-9a-f]{64}"))) checked++;
            }
            int all = catalogue.families().get(Known.CPYTHON).size();
            assertTrue(source > all * 85 / 100 && checked > all * 85 / 100, "of " + all + " are " + source + " sources, " + checked + " with a checksum");
        }
    }

    /// A few names each, drawn from all of pyenv's: what `pyenv latest -k` says is what the catalogue says.
    @Test void prefixesAgreeWithPyenv() throws IOException, InterruptedException {
        try (PyenvCopy pyenv = PyenvCopy.in(folder)) {
            Catalogue catalogue = Catalogue.read(pyenv.root(), Optional.empty(), Map.of());
            Map<String, String> environment = Map.of("PYENV_ROOT", pyenv.root().toString(), "PYENV_VERSION", "system", "LC_ALL", "C");
            List<String> listed = run(pyenv, environment, List.of("python-build", "--definitions"));
            assertEquals(listed.stream().sorted().toList(), catalogue.families().values().stream().flatMap(List::stream).map(Known::name).sorted().toList());
            var typed = new ArrayList<>(List.of("3", "2", "3.", "3.1", "3.12", "3.13t", "3.14t", "3.15", "3.99", "pypy", "pypy3.10", "pypy3.10-7", "miniconda3", "miniconda3-3.12", "anaconda3",
                    "graalpy", "graalpy-community", "stackless", "micropython", "jython", "mambaforge", "3.4", "^", "3.13.5"));
            Stream.of("3.9", "3.10", "3.11", "2.7", "miniforge3", "pypy2.7", "nogil", "ironpython").forEach(typed::add);
            String script = typed.stream().map(each -> "echo \"$(\"$0\" latest -k '" + each + "' 2>/dev/null || true)\"").collect(Collectors.joining("\n"));
            List<String> said = run(pyenv, environment, List.of("bash", "-c", script, pyenv.root().resolve("bin/pyenv").toString()));
            for (int i = 0; i < typed.size(); i++) {
                String ours = switch (catalogue.resolve(typed.get(i))) {
                    case Choice.Exact exact -> exact.name();
                    case Choice.Newest newest -> newest.name();
                    case Choice.Unknown _ -> "";
                };
                assertEquals(said.get(i), ours, typed.get(i));
            }
        }
    }

    private static List<String> run(PyenvCopy pyenv, Map<String, String> environment, List<String> command) throws IOException, InterruptedException {
        var lines = new ArrayList<String>();
        var set = new java.util.HashMap<>(environment);
        set.put("PATH", pyenv.root().resolve("plugins/python-build/bin") + ":/usr/bin:/bin");
        ChildProcess.run(ChildProcess.Spec.of(command.toArray(String[]::new)).in(pyenv.root()).with(set).grace(Duration.ofMillis(200)).lines(line -> {
            if (line.stream() == ChildProcess.Stream.OUT) lines.add(line.text());
        }), TaskContext.detached());
        return lines;
    }
}
