package serpentarium.python.engine.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import serpentarium.task.ChildProcess;
import serpentarium.task.TaskContext;

/// The Pythons of the machine that tests run on, to compare with. Nothing is written beside them.
public final class RealPythons {
    /// Keeps an interpreter from writing what it compiled.
    public static final Map<String, String> CLEAN = Map.of("PYTHONDONTWRITEBYTECODE", "1", "PYTHONNOUSERSITE", "1", "PYTHONWARNINGS", "ignore");

    private RealPythons() {}

    /// The prefixes of pyenv's versions, in order; empty where there is no pyenv.
    public static List<Path> pyenv() {
        Path versions = Path.of(System.getenv().getOrDefault("PYENV_ROOT", System.getProperty("user.home") + "/.pyenv")).resolve("versions");
        if (!Files.isDirectory(versions)) return List.of();
        try (Stream<Path> all = Files.list(versions)) {
            return all.filter(each -> Files.isExecutable(each.resolve("bin/python"))).filter(each -> !Files.exists(each.resolve("pyvenv.cfg"))).sorted().toList();
        } catch (IOException _) {
            return List.of();
        }
    }

    /// What a Python prints for a script, line by line.
    public static List<String> ask(Path python, String script) throws IOException, InterruptedException {
        return said(CLEAN, python.toString(), "-B", "-c", script);
    }

    /// What a program prints on standard output.
    public static List<String> said(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        var lines = new ArrayList<String>();
        ChildProcess.run(ChildProcess.Spec.of(command).with(environment).longest(1 << 20).lines(line -> {
            if (line.stream() == ChildProcess.Stream.OUT) lines.add(line.text());
        }), TaskContext.detached());
        return lines;
    }
}
