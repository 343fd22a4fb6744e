package serpentarium.python.engine.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is read from files is what the interpreters say of themselves.
class FactsTest {
    /// Each Python of the machine that can be asked.
    record Real(Path prefix, Optional<String> series, Path executable) {
        @Override public String toString() {
            return executable.toString();
        }
    }

    static List<Real> pythons() {
        Stream<Real> own = RealPythons.pyenv().stream().map(each -> new Real(each, Optional.empty(), each.resolve("bin/python")));
        Path system = Path.of("/usr/bin/python3");
        if (!Files.isExecutable(system)) return own.toList();
        try {
            Path real = system.toRealPath();
            return Stream.concat(own, Stream.of(new Real(Path.of("/usr"), Optional.of(real.getFileName().toString().replace("python", "")), real))).toList();
        } catch (IOException _) {
            return own.toList();
        }
    }

    @Test void thereIsSomethingToCompareWith() {
        assumeTrue(!pythons().isEmpty(), "no Python is installed here");
        assertFalse(pythons().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void agreesWithTheInterpreter(Real real) throws IOException, InterruptedException {
        Facts facts = new FactsReader().read(real.prefix, real.series, Optional.of(real.executable)).orElseThrow();
        Map<String, String> said = ask(real, facts);
        assertEquals(said.get("version"), facts.version());
        assertEquals(said.get("SOABI"), facts.headers().abi().orElse("None"));
        assertEquals(said.get("EXT_SUFFIX"), facts.headers().extSuffix().orElse("None"));
        assertEquals(said.get("include"), facts.headers().include().map(Path::toString).orElse("None"));
        assertEquals(said.get("python_h"), facts.headers().pythonH() ? "True" : "False");
        assertEquals(said.get("shared"), facts.shared() ? "1" : "0");
        assertEquals(said.get("debug"), facts.debug() ? "1" : "0");
        assertEquals(said.get("abiflags"), facts.abiFlags());
        assertEquals(said.get("MULTIARCH"), facts.multiarch().orElse("None"));
        assertEquals(said.get("CC"), facts.compiler().orElse("None"));
        assertEquals(said.get("openssl"), facts.openSsl().orElse("None"));
        assertEquals(said.get("missing"), facts.missing().stream().map(OptionalModule::module).sorted().collect(Collectors.joining(" ")));
        assertEquals(said.get("prefix"), facts.layout().prefix().toString());
        assertEquals(Optional.empty(), facts.movedFrom());
        assertEquals(List.of(), facts.problems());
        assertTrue(facts.headers().library().isPresent(), facts::toString);
        assertTrue(facts.wheelTag().orElse("").startsWith("cp" + facts.layout().series().replace(".", "")), facts::toString);
        if (real.series.isEmpty()) {
            assertEquals("--prefix=" + real.prefix, facts.configure().getFirst());
            assertTrue(facts.pkgConfig().isPresent() && facts.configProgram().isPresent() && facts.pyconfig().isPresent(), facts::toString);
        }
    }

    private static Map<String, String> ask(Real real, Facts facts) throws IOException, InterruptedException {
        String names = OptionalModule.of(facts.layout().series()).stream().map(OptionalModule::module).sorted().collect(Collectors.joining(" "));
        var said = new HashMap<String, String>();
        for (String line : RealPythons.ask(real.executable, """
                import sys, os, sysconfig
                def missing(name):
                    try: __import__(name); return False
                    except ImportError: return True
                g = sysconfig.get_config_var
                def say(name, value): print(name + '\\t' + str(value))
                v = sys.version_info
                say('version', '.'.join(map(str, v[:3])))
                for each in ('SOABI', 'MULTIARCH', 'CC'): say(each, g(each))
                say('EXT_SUFFIX', g('EXT_SUFFIX') or g('SO'))
                include = sysconfig.get_path('include')
                say('include', include if os.path.isdir(include) else None)
                say('python_h', os.path.isfile(os.path.join(include, 'Python.h')))
                say('shared', g('Py_ENABLE_SHARED'))
                say('debug', g('Py_DEBUG'))
                say('abiflags', getattr(sys, 'abiflags', ''))
                say('prefix', sys.prefix)
                try: import ssl; say('openssl', ssl.OPENSSL_VERSION)
                except ImportError: say('openssl', None)
                say('missing', ' '.join(n for n in 'NAMES'.split() if missing(n)))
                """.replace("NAMES", names))) {
            String[] parts = line.split("\t", -1);
            said.put(parts[0], parts[1]);
        }
        return said;
    }

    @Test void aMovedRootIsSeen(@TempDir Path folder) throws IOException {
        assumeTrue(!RealPythons.pyenv().isEmpty(), "no pyenv version is installed here");
        Path from = RealPythons.pyenv().getLast();
        Layout layout = Layout.under(from, Optional.empty()).orElseThrow();
        Path library = Files.createDirectories(folder.resolve("moved/lib/" + layout.library().getFileName()));
        Files.writeString(library.resolve("os.py"), "");
        for (Path each : Layout.entries(layout.library()))
            if (each.getFileName().toString().matches("_sysconfigdata.*\\.py")) Files.copy(each, library.resolve(each.getFileName()));
        Facts facts = new FactsReader().read(folder.resolve("moved"), Optional.empty(), Optional.empty()).orElseThrow();
        assertEquals(Optional.of(from), facts.movedFrom());
        // Its own headers are not there: compilers go to the old place, and so does what is said.
        assertTrue(facts.headers().include().orElseThrow().startsWith(from));
        Path own = Files.createDirectories(folder.resolve("moved/include").resolve(facts.headers().include().get().getFileName()));
        Files.writeString(own.resolve("Python.h"), "");
        assertEquals(Optional.of(own), new FactsReader().read(folder.resolve("moved"), Optional.empty(), Optional.empty()).orElseThrow().headers().include());
    }

    @Test void damageIsToldAndNotMore(@TempDir Path folder) throws IOException {
        Path library = Files.createDirectories(folder.resolve("lib/python3.12"));
        assertEquals(Optional.empty(), new FactsReader().read(folder, Optional.empty(), Optional.empty()));
        Files.writeString(library.resolve("os.py"), "");
        Facts bare = new FactsReader().read(folder, Optional.empty(), Optional.empty()).orElseThrow();
        assertEquals("3.12", bare.version());
        assertEquals("facts.none", bare.problems().getFirst().id());
        Files.writeString(library.resolve("_sysconfigdata__linux_x86_64-linux-gnu.py"), "build_time_vars = {'CC': 'gcc',\n 'LIBDIR': __import__('os').system('touch " + folder + "/run')}\n");
        Facts damaged = new FactsReader().read(folder, Optional.empty(), Optional.empty()).orElseThrow();
        assertEquals("literal.value", damaged.problems().getFirst().id());
        assertEquals(2, damaged.problems().getFirst().place().line());
        assertFalse(Files.exists(folder.resolve("run")));
    }
}
