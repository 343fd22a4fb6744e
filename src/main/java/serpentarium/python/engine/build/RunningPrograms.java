package serpentarium.python.engine.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The programs that run in a folder right now.
final class RunningPrograms {
    private static final int LONGEST = 4096;

    private RunningPrograms() {}

    /// Those whose program is there, or that were started by a name there: an environment's interpreter is a link to another one's.
    static List<Reference> in(Path folder) {
        return ProcessHandle.allProcesses().filter(each -> below(each.info().command(), folder) || below(startedAs(each), folder))
                .sorted(Comparator.comparingLong(ProcessHandle::pid))
                .<Reference>map(each -> new Reference.Running(each.pid(), each.info().commandLine().or(() -> each.info().command()).orElse(""))).toList();
    }

    private static boolean below(Optional<String> command, Path folder) {
        try {
            return command.map(Path::of).filter(each -> each.startsWith(folder)).isPresent();
        } catch (InvalidPathException _) {
            return false;
        }
    }

    /// The first word of its command line, where the system keeps that as Linux does.
    private static Optional<String> startedAs(ProcessHandle process) {
        Path file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        if (!Files.isReadable(file)) return Optional.empty();
        try (InputStream in = Files.newInputStream(file)) {
            String words = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
            return Optional.of(words.indexOf(0) < 0 ? words : words.substring(0, words.indexOf(0))).filter(each -> !each.isEmpty());
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
