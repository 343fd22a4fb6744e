package serpentarium.traffic.engine.trust;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.task.ChildProcess;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;

/// Programs started with a [ClientEnvironment]: a shell in a terminal window, or one command whose output is shown. Only what is started here sees the
/// variables; no file of the user's is touched.
public final class ClientShell {
    private static final Strings STRINGS = Strings.of(ClientShell.class);
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int LONGEST_TITLE = 60;

    private final Path folder;
    private final Map<String, String> environment;

    /// A terminal and how it is told what to run.
    ///
    /// @param program   its name in the PATH
    /// @param arguments what stands before the command
    record Terminal(String program, List<String> arguments) {}

    private static final List<Terminal> TERMINALS = List.of(new Terminal("x-terminal-emulator", List.of("-e")), new Terminal("gnome-terminal", List.of("--")),
            new Terminal("kgx", List.of("--")), new Terminal("konsole", List.of("-e")), new Terminal("xfce4-terminal", List.of("-x")),
            new Terminal("ptyxis", List.of("--")), new Terminal("kitty", List.of()), new Terminal("alacritty", List.of("-e")), new Terminal("xterm", List.of("-e")));

    /// @param folder      where the script for a terminal is put: our own
    /// @param environment the user's variables: PATH, SHELL and TERMINAL are looked at
    public ClientShell(Path folder, Map<String, String> environment) {
        this.folder = folder.toAbsolutePath();
        this.environment = Map.copyOf(environment);
    }

    /// The terminal that a shell would be opened in, or empty where there is none.
    public Optional<String> terminal() {
        return found().map(Terminal::program);
    }

    /// Opens the user's shell in a terminal window of its own, which stays when this program ends.
    ///
    /// @param variables what is set in it
    /// @param directory where it starts
    /// @throws ProblemException when there is no terminal
    public void open(ClientEnvironment variables, Path directory) throws IOException {
        Terminal terminal = found().orElseThrow(() -> new ProblemException(Problem.of(STRINGS, "shell.no-terminal", Place.NOWHERE)));
        ChildProcess.start(ChildProcess.Spec.of(command(terminal, script(variables)).toArray(String[]::new)).in(directory));
    }

    /// Runs one command as a shell would, with an empty input, until it ends or the task is cancelled.
    ///
    /// @param commandLine as a person types it
    /// @param directory   where it runs
    /// @param lines       takes what it writes, see [ChildProcess.Spec#lines()]
    /// @return the exit code
    public TaskSpec<Integer> run(String commandLine, Path directory, ClientEnvironment variables, Consumer<ChildProcess.Line> lines) {
        String title = commandLine.length() > LONGEST_TITLE ? commandLine.substring(0, LONGEST_TITLE) + "…" : commandLine;
        boolean windows = File.separatorChar == '\\';
        ChildProcess.Spec spec = (windows ? ChildProcess.Spec.of("cmd.exe", "/c", commandLine) : ChildProcess.Spec.of("/bin/sh", "-c", commandLine))
                .in(directory).with(variables.variables()).lines(lines);
        return TaskSpec.of(STRINGS.get("shell.run", title), Lane.IO, context -> ChildProcess.run(spec, context));
    }

    private Optional<Terminal> found() {
        String chosen = environment.getOrDefault("TERMINAL", "");
        Stream<Terminal> own = chosen.matches("[\\w./-]+") ? Stream.of(new Terminal(chosen, TERMINALS.stream()
                .filter(each -> chosen.endsWith("/" + each.program) || chosen.equals(each.program)).findFirst().map(Terminal::arguments).orElse(List.of("-e"))))
                : Stream.of();
        return Stream.concat(own, TERMINALS.stream()).filter(each -> installed(each.program)).findFirst();
    }

    private boolean installed(String program) {
        if (program.contains("/")) return Files.isExecutable(Path.of(program));
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator)).filter(each -> !each.isEmpty())
                .anyMatch(each -> Files.isExecutable(Path.of(each).resolve(program)));
    }

    /// The terminal's own output goes nowhere: with a pipe to us it would end when we do.
    private static List<String> command(Terminal terminal, Path script) {
        var command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", terminal.program));
        command.addAll(terminal.arguments);
        command.addAll(List.of("sh", script.toString()));
        return command;
    }

    /// A script that sets the variables and becomes the shell. Some terminals ask a server of theirs to open the window, which has variables of its own; and
    /// what stands in a command line, all users of a machine can read.
    private Path script(ClientEnvironment variables) throws IOException {
        Files.createDirectories(folder);
        sweep();
        FileAttribute<?>[] mode = folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))} : new FileAttribute<?>[0];
        Path script = Files.createTempFile(folder, "shell-", ".sh", mode);
        String shell = ClientEnvironment.quoted(ClientEnvironment.Shell.SH, environment.getOrDefault("SHELL", "/bin/sh"));
        String text = variables.lines(ClientEnvironment.Shell.SH) + "rm -f -- \"$0\"\n" + "exec " + shell + "\n";
        Files.writeString(script, text, StandardCharsets.UTF_8, StandardOpenOption.TRUNCATE_EXISTING);
        return script;
    }

    /// Takes scripts away whose terminal never came.
    private void sweep() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.getFileName().toString().matches("shell-.*\\.sh")).toList())
                if (Files.getLastModifiedTime(file).toInstant().isBefore(Instant.now().minus(KEPT))) Files.deleteIfExists(file);
        }
    }
}
