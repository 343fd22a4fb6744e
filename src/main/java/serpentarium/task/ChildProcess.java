package serpentarium.task;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;

/// An external program in a process group of its own, so that it and everything it started can be ended together.
///
/// ```java
/// int code = ChildProcess.run(ChildProcess.Spec.of("python3", "-m", "pip", "list").lines(line -> batches.offer(line)), context);
/// ```
public final class ChildProcess {
    private static final Strings STRINGS = Strings.of(ChildProcess.class);
    private static final Duration DRAIN = Duration.ofSeconds(2);

    private final Spec spec;
    private final Process process;
    private final ProcessGroup group;
    private final CountDownLatch readers = new CountDownLatch(2);
    private final Object emitting = new Object();
    /// The consumer threw, or the child ended and what others still write into its pipes is not its own.
    private volatile boolean muted;

    /// Where a line came from.
    public enum Stream { OUT, ERR }

    /// A line that the child wrote, ended by a line feed, a carriage return, both, or the end.
    ///
    /// @param stream where to
    /// @param text   without its end; what is no UTF-8 is replaced
    /// @param cut    whether it was longer than [Spec#longestLine()] and the rest was dropped
    public record Line(Stream stream, String text, boolean cut) {}

    /// What to start.
    ///
    /// @param command     the program and its arguments; a name without a slash is looked up in the PATH
    /// @param directory   where it runs, or null for the program's own
    /// @param environment variables set beside those inherited
    /// @param hidden      variables that are not inherited
    /// @param lines       takes the lines, never two at once, on a thread of this layer; while it is busy the child waits. What it throws
    ///                    is logged, and it is not called again
    /// @param longestLine how many characters of a line are kept
    /// @param grace       how long the child may take to end by itself after a kill
    public record Spec(List<String> command, Path directory, Map<String, String> environment, Set<String> hidden, Consumer<Line> lines,
                       int longestLine, Duration grace) {
        public Spec {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
            hidden = Set.copyOf(hidden);
            Objects.requireNonNull(lines, "lines");
            if (command.isEmpty()) throw new IllegalArgumentException("no command");
            if (longestLine < 1) throw new IllegalArgumentException("longest line " + longestLine);
        }

        /// A command whose lines nobody reads, of 8,192 characters at most, with 3 seconds of grace.
        public static Spec of(String... command) {
            return new Spec(List.of(command), null, Map.of(), Set.of(), _ -> {}, 8192, Duration.ofSeconds(3));
        }

        /// The same with a consumer of lines.
        public Spec lines(Consumer<Line> consumer) {
            return new Spec(command, directory, environment, hidden, consumer, longestLine, grace);
        }

        /// The same in a directory.
        public Spec in(Path folder) {
            return new Spec(command, folder, environment, hidden, lines, longestLine, grace);
        }

        /// The same with more environment variables.
        public Spec with(Map<String, String> variables) {
            return new Spec(command, directory, variables, hidden, lines, longestLine, grace);
        }

        /// The same without some of the variables that would be inherited.
        public Spec without(Collection<String> names) {
            return new Spec(command, directory, environment, Set.copyOf(names), lines, longestLine, grace);
        }

        /// The same with another limit for a line.
        public Spec longest(int characters) {
            return new Spec(command, directory, environment, hidden, lines, characters, grace);
        }

        /// The same with another grace.
        public Spec grace(Duration time) {
            return new Spec(command, directory, environment, hidden, lines, longestLine, time);
        }
    }

    private ChildProcess(Spec spec, Process process, boolean own) {
        this.spec = spec;
        this.process = process;
        this.group = new ProcessGroup(process, own);
        read(Stream.OUT, process.getInputStream());
        read(Stream.ERR, process.getErrorStream());
    }

    /// Starts a program and waits for its end. When the task is cancelled, the program and all that it started are killed first.
    ///
    /// @return the exit code
    /// @throws java.util.concurrent.CancellationException when the task was cancelled
    /// @throws ProblemException                           when there is no such program or directory
    public static int run(Spec spec, TaskContext context) throws IOException, InterruptedException {
        context.checkpoint();
        ChildProcess child = start(spec);
        boolean ended = false;
        try (var _ = context.onCancel(child::kill)) {
            int code = child.await();
            context.checkpoint();
            ended = true;
            return code;
        } finally {
            if (!ended) child.kill();
        }
    }

    /// Starts a program. Its input is empty.
    ///
    /// @throws ProblemException when there is no such program or directory
    public static ChildProcess start(Spec spec) throws IOException {
        Path directory = spec.directory == null ? Path.of("").toAbsolutePath() : spec.directory;
        if (!Files.isDirectory(directory)) throw problem("task.child-directory", directory.toString());
        String program = spec.command.getFirst();
        String path = spec.environment.getOrDefault("PATH", System.getenv("PATH"));
        if (find(program, directory, path).isEmpty()) throw problem("task.child-missing", program);
        // setsid makes the child the leader of a session of its own, and then becomes the program: one process, one number.
        Optional<Path> setsid = find("setsid", directory, System.getenv("PATH"));
        var command = new ArrayList<String>();
        setsid.ifPresent(found -> command.add(found.toString()));
        command.addAll(spec.command);
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeAll(spec.hidden);
        builder.environment().putAll(spec.environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return new ChildProcess(spec, process, setsid.isPresent());
    }

    private static ProblemException problem(String id, String what) {
        return new ProblemException(Problem.of(STRINGS, id, Place.NOWHERE, what));
    }

    private static Optional<Path> find(String program, Path directory, String path) {
        if (program.contains("/") || program.contains(File.separator))
            return Optional.of(directory.resolve(program)).filter(Files::isExecutable);
        if (path == null) return Optional.empty();
        for (String folder : path.split(File.pathSeparator)) {
            for (String ending : File.separatorChar == '/' ? List.of("") : List.of(".exe", ".com", "")) {
                Path candidate = directory.resolve(folder).resolve(program + ending);
                if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private void read(Stream stream, InputStream in) {
        Thread.ofVirtual().name("child-" + process.pid() + "-" + stream).start(() -> {
            try (var reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
                new LineReader(spec.longestLine, (text, cut) -> emit(new Line(stream, text, cut))).readAll(reader);
            } catch (IOException _) {
                // The kill closed the pipe: what was read was told.
                return;
            } finally {
                readers.countDown();
            }
        });
    }

    private void emit(Line line) {
        synchronized (emitting) {
            if (muted) return;
            try {
                spec.lines.accept(line);
            } catch (Throwable e) {
                muted = true;
                Guard.run("A consumer of a child's lines", () -> {
                    throw e;
                });
            }
        }
    }

    /// The child's process number, and that of its group.
    public long pid() {
        return process.pid();
    }

    /// Whether the child itself runs.
    public boolean alive() {
        return process.isAlive();
    }

    /// Waits until the child has ended and its lines were told. Processes that it left behind are not waited for: when they hold its pipes
    /// open, reading ends two seconds later.
    ///
    /// @return the exit code; 128 + the signal's number when it was killed
    public int await() throws InterruptedException {
        int code = process.waitFor();
        boolean all = readers.await(DRAIN.toMillis(), TimeUnit.MILLISECONDS);
        if (!all) {
            synchronized (emitting) {
                muted = true;
            }
        }
        return code;
    }

    /// Ends the child and everything it started, also what has lost its parent: asks first (SIGTERM), and after the grace does not ask
    /// (SIGKILL). Blocks until they are gone; does nothing when they are.
    public void kill() {
        group.kill(spec.grace);
    }
}
