package serpentarium.python.engine.develop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import serpentarium.python.engine.inventory.RealPythons;
import serpentarium.task.TaskContext;

/// Each snippet builds a module that the Python it is for imports and calls.
class SnippetTest {
    private static final String C = ModuleCheck.SOURCE.replace("initanswer", "initexample").replace("PyInit_answer", "PyInit_example").replace("Py_InitModule(\"answer\"", "Py_InitModule(\"example\"")
            .replace("PyModuleDef_HEAD_INIT, \"answer\"", "PyModuleDef_HEAD_INIT, \"example\"");

    @TempDir private Path folder;

    private Subject subject(String series) throws IOException {
        Optional<Subject> found = ChecksTest.subjects().stream().filter(each -> each.facts().layout().series().equals(series) && !each.prefix().equals(Path.of("/usr"))).findFirst();
        assumeTrue(found.isPresent() && needs("cc"), () -> "no Python " + series + " with headers, or no compiler here");
        return found.get();
    }

    private static boolean needs(String... programs) {
        for (String each : programs) if (CommandLog.program(each).isEmpty()) return false;
        return true;
    }

    private void sh(String script) throws IOException, InterruptedException {
        var log = new CommandLog(folder, TaskContext.detached(), _ -> {});
        assertEquals(0, log.run(List.of("/bin/sh", "-euc", script)), () -> String.join("\n", log.lines()));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void calls(Subject subject, Path where) throws IOException, InterruptedException {
        assertEquals(List.of("42"), RealPythons.ask(subject.executable(), "import sys; sys.path.insert(0, '" + where + "'); import example; print(int(example.answer()))"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.7", "3.7", "3.12", "3.13"})
    void cmake(String series) throws IOException, InterruptedException {
        Subject subject = subject(series);
        assumeTrue(needs("cmake", "make"), "no cmake here");
        write("example.c", C);
        write("CMakeLists.txt", Snippet.CMAKE_LISTS.of(subject).orElseThrow());
        sh(Snippet.CMAKE.of(subject).orElseThrow() + "cmake --build build");
        calls(subject, folder.resolve("build"));
        sh("rm -r build");
        write("CMakePresets.json", Snippet.CMAKE_PRESETS.of(subject).orElseThrow());
        sh("cmake --preset python-" + subject.facts().version() + " && cmake --build build");
        calls(subject, folder.resolve("build"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.8", "3.10"})
    void meson(String series) throws IOException, InterruptedException {
        Subject subject = subject(series);
        assumeTrue(needs("meson", "ninja"), "no meson here");
        write("example.c", C);
        write("python.ini", Snippet.MESON.of(subject).orElseThrow());
        write("meson.build", "project('example', 'c')\npy = import('python').find_installation()\npy.extension_module('example', 'example.c', dependencies: py.dependency())\n");
        sh("meson setup --native-file python.ini build && ninja -C build");
        calls(subject, folder.resolve("build"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.7", "3.6", "3.10"})
    void setuptools(String series) throws IOException, InterruptedException {
        Subject subject = subject(series);
        assumeTrue(RealPythons.ask(subject.executable(), "import setuptools; print(1)").equals(List.of("1")), "no setuptools here");
        write("example.c", C);
        String text = Snippet.SETUPTOOLS.of(subject).orElseThrow();
        write("setup.py", text);
        sh(text.lines().findFirst().orElseThrow().substring(2));
        calls(subject, folder);
    }

    @Test void pybind11() throws IOException, InterruptedException {
        Subject subject = subject("3.10");
        assumeTrue(needs("cmake", "make", "c++") && Files.isDirectory(Path.of("/usr/include/pybind11")), "no pybind11 here");
        write("example.cpp", "#include <pybind11/pybind11.h>\nPYBIND11_MODULE(example, m) { m.def(\"answer\", [] { return 42; }); }\n");
        String text = Snippet.PYBIND11.of(subject).orElseThrow();
        write("CMakeLists.txt", text);
        sh(text.lines().findFirst().orElseThrow().substring(2) + " && cmake --build build");
        calls(subject, folder.resolve("build"));
    }

    @Test void nanobind() throws IOException, InterruptedException {
        Subject subject = subject("3.10");
        String text = Snippet.NANOBIND.of(subject).orElseThrow();
        assertTrue(text.contains("-DPython_EXECUTABLE=" + subject.executable()), text);
        assertEquals(Optional.empty(), Snippet.NANOBIND.of(subject("3.8")));
        assumeTrue(needs("cmake", "make", "c++") && RealPythons.ask(subject.executable(), "import nanobind; print(1)").equals(List.of("1")), "no nanobind here");
        write("example.cpp", "#include <nanobind/nanobind.h>\nNB_MODULE(example, m) { m.def(\"answer\", [] { return 42; }); }\n");
        write("CMakeLists.txt", text);
        sh(text.lines().findFirst().orElseThrow().substring(2) + " && cmake --build build");
        calls(subject, folder.resolve("build"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.7", "3.7", "3.8", "3.13"})
    void pkgConfigEmbeds(String series) throws IOException, InterruptedException {
        Subject subject = subject(series);
        assumeTrue(needs("pkg-config"), "no pkg-config here");
        write("main.c", "#include <Python.h>\nint main(void) { Py_Initialize(); return PyRun_SimpleString(\"import sys; open('said', 'w').write(sys.version.split()[0])\"); }\n");
        sh("flags=$(" + Snippet.PKG_CONFIG.of(subject).orElseThrow().strip() + ")\ncc main.c $flags -Wl,-rpath," + subject.prefix() + "/lib -o main\n./main");
        assertEquals(subject.facts().version(), Files.readString(folder.resolve("said")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.7", "3.6", "3.11", "3.13"})
    void makefile(String series) throws IOException, InterruptedException {
        Subject subject = subject(series);
        assumeTrue(needs("make"), "no make here");
        write("example.c", C);
        write("Makefile", Snippet.MAKEFILE.of(subject).orElseThrow());
        sh("make");
        calls(subject, folder);
    }

    @Test void shellVariablesLeadThere() throws IOException, InterruptedException {
        Subject subject = subject("3.9");
        write("example.c", C);
        sh(Snippet.SHELL.of(subject).orElseThrow() + "test \"$(command -v python3)\" = '" + subject.prefix().resolve("bin/python3") + "'\n"
                + "cc -shared -fPIC $CPPFLAGS example.c -o example" + subject.facts().headers().extSuffix().orElseThrow());
        calls(subject, folder);
    }

    @Test void whatIsJsonIsJson() throws IOException {
        Subject subject = subject("3.11");
        for (Snippet kind : List.of(Snippet.CMAKE_PRESETS, Snippet.C_CPP_PROPERTIES)) {
            var texts = new ArrayList<String>();
            try (JsonParser parser = JsonFactory.builder().build().createParser(kind.of(subject).orElseThrow())) {
                while (parser.nextToken() != null) if (parser.currentToken().isScalarValue()) texts.add(parser.getText());
            }
            assertTrue(texts.contains(kind == Snippet.CMAKE_PRESETS ? subject.prefix().toString() : subject.facts().headers().include().orElseThrow().toString()), texts::toString);
        }
    }

    @Test void pathsWithBlanksAreQuoted() throws IOException {
        Subject subject = subject("3.11");
        var odd = new Subject("odd", Path.of("/a b/it's"), Path.of("/a b/it's/bin/python"), subject.facts());
        assertTrue(Snippet.CMAKE.of(odd).orElseThrow().contains("'-DPython3_ROOT_DIR=/a b/it'\\''s'"));
        assertTrue(Snippet.MESON.of(odd).orElseThrow().contains("'/a b/it\\'s/bin/python'"));
        assertEquals(Snippet.values().length, Snippet.all(odd).size());
        for (Snippet each : Snippet.values()) assertTrue(!each.label().isEmpty());
    }
}
