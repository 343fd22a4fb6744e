package serpentarium.python.engine.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import serpentarium.base.AtomicMove;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.task.ChildProcess;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;

/// Packages of one Python, written down and installed into another.
public final class PackageTransfer {
    private static final Strings STRINGS = Strings.of(PackageTransfer.class);

    private PackageTransfer() {}

    /// Writes a requirements file; it is there whole or not at all.
    public static void export(List<InstalledPackage> packages, Path file) throws IOException {
        Path beside = file.resolveSibling("." + file.getFileName() + ".new");
        try {
            Files.writeString(beside, PackageList.requirements(packages));
            AtomicMove.over(beside, file);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /// The command that installs what a file lists, to show and to copy.
    ///
    /// @param wheels a folder to take packages from instead of the index
    public static List<String> command(Path python, Path requirements, Optional<Path> wheels) {
        var command = new ArrayList<>(List.of(python.toString(), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"));
        wheels.ifPresent(folder -> command.addAll(List.of("--no-index", "--find-links", folder.toString())));
        command.addAll(List.of("-r", requirements.toString()));
        return command;
    }

    /// Installs as a task.
    ///
    /// @param target what is installed into
    /// @param lines  is told what pip says
    public static TaskSpec<Void> install(Found target, Path requirements, Optional<Path> wheels, Consumer<String> lines) {
        return TaskSpec.of(STRINGS.get("transfer.task", target.installed().name()), Lane.IO, context -> {
            Path python = target.installed().executable().orElseThrow(() -> problem("transfer.no-python", target, ""));
            var failure = new ArrayList<String>();
            int code = ChildProcess.run(ChildProcess.Spec.of(command(python, requirements, wheels).toArray(String[]::new)).without(Environments.LEADING_ELSEWHERE)
                    .with(Map.of("PYTHONDONTWRITEBYTECODE", "1")).lines(line -> {
                        if (line.text().regionMatches(true, 0, "error:", 0, 6) || line.text().contains("No module named pip")) failure.add(line.text());
                        lines.accept(line.text());
                    }), context);
            if (code != 0) throw problem("transfer.failed", target, failure.isEmpty() ? Integer.toString(code) : failure.getFirst());
            return null;
        });
    }

    private static ProblemException problem(String id, Found target, String what) {
        return new ProblemException(Problem.of(STRINGS, id, Place.of(target.installed().prefix().toString()), target.installed().name(), what));
    }
}
