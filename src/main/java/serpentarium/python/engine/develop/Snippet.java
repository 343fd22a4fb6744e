package serpentarium.python.engine.develop;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import serpentarium.base.Strings;
import serpentarium.python.Headers;
import serpentarium.python.engine.inventory.Facts;

/// Lines to copy that make a build system take one Python. Each kind is tried by building with it.
public enum Snippet {
    /// A command line that configures a project, whichever name of `find_package` it uses.
    CMAKE,
    /// A `CMakeLists.txt` of a module.
    CMAKE_LISTS,
    /// An entry for `CMakePresets.json`.
    CMAKE_PRESETS,
    /// A native file.
    MESON,
    /// A `setup.py` and how it is run.
    SETUPTOOLS,
    /// A `CMakeLists.txt` of a pybind11 module.
    PYBIND11,
    /// A `CMakeLists.txt` of a nanobind module.
    NANOBIND,
    /// A command that says the flags.
    PKG_CONFIG,
    /// A `Makefile` of a module.
    MAKEFILE,
    /// Variables for a shell.
    SHELL,
    /// An entry for the C/C++ extension of VS Code.
    C_CPP_PROPERTIES;

    private static final Strings STRINGS = Strings.of(Snippet.class);

    /// What menus call it.
    public String label() {
        return STRINGS.get("snippet." + name());
    }

    /// The lines for one Python, or empty where it has not what they need: headers, a `.pc` file, a version that the tool still knows.
    public Optional<String> of(Subject subject) {
        Facts facts = subject.facts();
        boolean three = subject.major().equals("3");
        return switch (this) {
            case CMAKE -> headers(subject, "cmake -S . -B build " + Quoting.line(CmakeHints.arguments(subject)) + "\n");
            case CMAKE_LISTS -> headers(subject, lists(subject));
            case CMAKE_PRESETS -> headers(subject, presets(subject));
            case MESON -> three ? headers(subject, "[binaries]\npython = " + Quoting.meson(subject.executable().toString()) + "\n") : Optional.empty();
            case SETUPTOOLS -> headers(subject, setup(subject));
            case PYBIND11 -> three && minor(facts) >= 6 ? headers(subject, pybind(subject)) : Optional.empty();
            case NANOBIND -> three && minor(facts) >= 9 ? headers(subject, nanobind(subject)) : Optional.empty();
            case PKG_CONFIG -> facts.pkgConfig().map(folder -> "PKG_CONFIG_LIBDIR=" + Quoting.shell(folder.toString()) + " pkg-config --cflags --libs " + embedding(subject) + "\n");
            case MAKEFILE -> headers(subject, makefile(facts));
            case SHELL -> headers(subject, shell(subject));
            case C_CPP_PROPERTIES -> headers(subject, properties(subject));
        };
    }

    private static Optional<String> headers(Subject subject, String text) {
        return Optional.of(text).filter(_ -> subject.facts().compiles());
    }

    private static int minor(Facts facts) {
        return Integer.parseInt(facts.layout().series().substring(facts.layout().series().indexOf('.') + 1));
    }

    private static String lists(Subject subject) {
        String name = "Python" + subject.major();
        return """
                cmake_minimum_required(VERSION 3.18)
                project(example LANGUAGES C)
                find_package(%1$s %2$s EXACT COMPONENTS Interpreter Development.Module REQUIRED)
                %1$s_add_library(example MODULE WITH_SOABI example.c)
                set_target_properties(example PROPERTIES PREFIX "")
                """.formatted(name, subject.facts().layout().series());
    }

    private static String presets(Subject subject) {
        String variables = CmakeHints.variables(subject).entrySet().stream().map(each -> "        " + Quoting.json(each.getKey()) + ": " + Quoting.json(each.getValue()))
                .collect(Collectors.joining(",\n"));
        return """
                {
                  "version": 3,
                  "configurePresets": [
                    {
                      "name": %s,
                      "generator": "Unix Makefiles",
                      "binaryDir": "${sourceDir}/build",
                      "cacheVariables": {
                %s
                      }
                    }
                  ]
                }
                """.formatted(Quoting.json("python-" + subject.facts().version()), variables);
    }

    private static String setup(Subject subject) {
        return """
                # %s setup.py build_ext --inplace
                from setuptools import Extension, setup

                setup(name="example", version="0.1", ext_modules=[Extension("example", ["example.c"])])
                """.formatted(Quoting.shell(subject.executable().toString()));
    }

    private static String pybind(Subject subject) {
        return """
                # cmake -S . -B build %s
                cmake_minimum_required(VERSION 3.18)
                project(example LANGUAGES CXX)
                find_package(Python %s EXACT COMPONENTS Interpreter Development.Module REQUIRED)
                find_package(pybind11 CONFIG REQUIRED)
                pybind11_add_module(example example.cpp)
                """.formatted(Quoting.line(CmakeHints.arguments(subject)), subject.facts().layout().series());
    }

    private static String nanobind(Subject subject) {
        return """
                # cmake -S . -B build %s
                cmake_minimum_required(VERSION 3.18)
                project(example LANGUAGES CXX)
                find_package(Python %s EXACT COMPONENTS Interpreter Development.Module REQUIRED)
                execute_process(COMMAND "${Python_EXECUTABLE}" -m nanobind --cmake_dir OUTPUT_STRIP_TRAILING_WHITESPACE OUTPUT_VARIABLE nanobind_ROOT)
                find_package(nanobind CONFIG REQUIRED)
                nanobind_add_module(example example.cpp)
                """.formatted(Quoting.line(CmakeHints.arguments(subject)), subject.facts().layout().series());
    }

    /// The name of the `.pc` file for a program that holds an interpreter. Before 3.8 the plain one was that; asking such a folder for `-embed` with
    /// the usual search path gives the system's.
    private static String embedding(Subject subject) {
        boolean split = subject.major().equals("3") && minor(subject.facts()) >= 8;
        return "python-" + subject.facts().layout().series() + (split ? "-embed" : "");
    }

    private static String includes(Facts facts) {
        return folders(facts).stream().map(each -> "-I" + Quoting.shell(each.toString())).collect(Collectors.joining(" "));
    }

    private static List<Path> folders(Facts facts) {
        return java.util.stream.Stream.concat(facts.headers().include().stream(), facts.pyconfig().stream()).distinct().toList();
    }

    private static String makefile(Facts facts) {
        return """
                CFLAGS += -fPIC %s
                SUFFIX := %s

                example$(SUFFIX): example.c
                \t$(CC) -shared $(CFLAGS) $< -o $@
                """.formatted(includes(facts).replace("$", "$$"), facts.headers().extSuffix().orElse(".so"));
    }

    private static String shell(Subject subject) {
        var out = new StringBuilder();
        for (String name : List.of("Python" + subject.major(), "Python")) out.append("export ").append(name).append("_ROOT_DIR=").append(Quoting.shell(subject.prefix().toString())).append('\n');
        out.append("export PATH=").append(Quoting.shell(subject.executable().getParent().toString())).append(":\"$PATH\"\n");
        subject.facts().pkgConfig().ifPresent(each -> out.append("export PKG_CONFIG_LIBDIR=").append(Quoting.shell(each.toString())).append('\n'));
        return out.append("export CPPFLAGS=").append(Quoting.shell(includes(subject.facts()))).append('\n').toString();
    }

    private static String properties(Subject subject) {
        Headers headers = subject.facts().headers();
        String folders = folders(subject.facts()).stream().map(each -> Quoting.json(each.toString())).collect(Collectors.joining(", "));
        return """
                {
                  "version": 4,
                  "configurations": [
                    {
                      "name": %s,
                      "includePath": ["${workspaceFolder}/**", %s],
                      "defines": [%s]
                    }
                  ]
                }
                """.formatted(Quoting.json("Python " + subject.facts().version()), folders,
                headers.abi().filter(_ -> subject.facts().freeThreaded()).map(_ -> "\"Py_GIL_DISABLED=1\"").orElse(""));
    }

    /// All that one Python has, in order.
    public static Map<Snippet, String> all(Subject subject) {
        var found = new java.util.EnumMap<Snippet, String>(Snippet.class);
        for (Snippet each : values()) each.of(subject).ifPresent(text -> found.put(each, text));
        return found;
    }
}
