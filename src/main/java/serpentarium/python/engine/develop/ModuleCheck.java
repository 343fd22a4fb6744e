package serpentarium.python.engine.develop;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.python.Headers;
import serpentarium.task.Lane;
import serpentarium.task.TaskContext;
import serpentarium.task.TaskSpec;

/// Compiles a module of a few lines with the folders and names that are shown, imports it and calls it.
public final class ModuleCheck {
    private static final Strings STRINGS = Strings.of(ModuleCheck.class);
    private static final String MARK = "serpentarium:";

    /// The module; its function gives 42.
    static final String SOURCE = """
            #include <Python.h>
            static PyObject *answer(PyObject *self, PyObject *none) { return PyLong_FromLong(42); }
            static PyMethodDef methods[] = {{"answer", answer, METH_NOARGS, ""}, {NULL, NULL, 0, NULL}};
            #if PY_MAJOR_VERSION < 3
            PyMODINIT_FUNC initanswer(void) { PyModule_AddStringConstant(Py_InitModule("answer", methods), "headers", PY_VERSION); }
            #else
            static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "answer", "", -1, methods, NULL, NULL, NULL, NULL};
            PyMODINIT_FUNC PyInit_answer(void) {
                PyObject *made = PyModule_Create(&module);
                if (made) PyModule_AddStringConstant(made, "headers", PY_VERSION);
                return made;
            }
            #endif
            """;

    private static final String SCRIPT = """
            import sys
            sys.path.insert(0, sys.argv[1])
            import answer
            print("serpentarium:imported=" + answer.headers)
            print("serpentarium:runtime=" + sys.version.split()[0])
            print("serpentarium:called=" + str(int(answer.answer())))
            """;

    private final Path scratch;

    /// @param scratch where the folder of each check is made; programs must be allowed to run from there
    public ModuleCheck(Path scratch) {
        this.scratch = scratch;
    }

    /// The check as a task.
    ///
    /// @param lines is told what the commands say as they say it
    public TaskSpec<ModuleReport> task(Subject subject, Consumer<String> lines) {
        return TaskSpec.of(STRINGS.get("module.task", subject.name()), Lane.IO, context -> run(subject, lines, context));
    }

    /// Does the check.
    ///
    /// @throws ProblemException when there are no headers or no compiler
    public ModuleReport run(Subject subject, Consumer<String> lines, TaskContext context) throws IOException, InterruptedException {
        Headers headers = subject.facts().headers();
        if (headers.include().isEmpty() || !headers.pythonH())
            throw new ProblemException(Problem.of(STRINGS, "module.no-headers", Place.of(subject.prefix().toString()), subject.name(), subject.facts().layout().series()));
        Path compiler = compiler(subject).orElseThrow(() -> new ProblemException(Problem.of(STRINGS, "module.no-compiler", Place.NOWHERE)));
        try (Scratch place = Scratch.in(scratch)) {
            Files.writeString(place.folder().resolve("answer.c"), SOURCE);
            Files.writeString(place.folder().resolve("call.py"), SCRIPT);
            String file = "answer" + headers.extSuffix().orElse(".so");
            var log = new CommandLog(place.folder(), context, lines);
            boolean compiled = log.run(compile(subject, compiler, file)) == 0 && Files.isRegularFile(place.folder().resolve(file));
            if (compiled) log.run(List.of(subject.executable().toString(), "-B", "-E", "-s", place.folder().resolve("call.py").toString(), place.folder().toString()));
            List<String> said = log.lines();
            Optional<String> imported = value(said, "imported");
            return new ModuleReport(compiled, imported.isPresent(), value(said, "called").filter("42"::equals).isPresent(), file, imported, value(said, "runtime"), said);
        }
    }

    private static List<String> compile(Subject subject, Path compiler, String file) {
        var folders = new LinkedHashSet<Path>();
        subject.facts().headers().include().ifPresent(folders::add);
        subject.facts().pyconfig().ifPresent(folders::add);
        var command = new ArrayList<>(List.of(compiler.toString()));
        if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac")) command.addAll(List.of("-bundle", "-undefined", "dynamic_lookup"));
        else command.add("-shared");
        command.add("-fPIC");
        for (Path each : folders) command.add("-I" + each);
        command.addAll(List.of("answer.c", "-o", file));
        return command;
    }

    /// The one that built the interpreter, where it is here; else the usual ones.
    private static Optional<Path> compiler(Subject subject) {
        Stream<String> own = subject.facts().compiler().map(each -> each.strip().split("\\s+")[0]).filter(each -> !each.contains(File.separator)).stream();
        return Stream.concat(own, Stream.of("cc", "gcc", "clang")).flatMap(each -> CommandLog.program(each).stream()).findFirst();
    }

    private static Optional<String> value(List<String> lines, String name) {
        String begin = MARK + name + "=";
        return lines.stream().filter(each -> each.startsWith(begin)).map(each -> each.substring(begin.length())).reduce((_, last) -> last);
    }
}
