package serpentarium.traffic.engine.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import serpentarium.base.PrivateFiles;
import serpentarium.base.ProblemException;
import serpentarium.task.ChildProcess;
import serpentarium.task.TaskContext;
import serpentarium.traffic.FlowSink;
import serpentarium.traffic.ProcessFacts;

/// Runs a program and captures what it sends meanwhile. The program is told to write the secrets of its TLS connections to a file
/// (`SSLKEYLOGFILE`), so that HTTPS is seen without a proxy and without an authority. Python's `ssl` obeys, and so does what is built on it; curl, too.
public final class ProgramCapture implements Capture {
    private static final String VARIABLE = "SSLKEYLOGFILE";
    private static final String KEYS = "secrets.keylog";

    private final Spec spec;
    private final PacketCapture capture;
    private final Path keys;

    /// What to run, and what to capture.
    ///
    /// @param command     the program and its arguments
    /// @param directory   where it runs, or null for this program's own
    /// @param environment variables set beside those inherited
    /// @param output      takes the lines that it writes, on a thread of the task layer
    /// @param device      the interface; null for a network that the program has for itself, without a way out, where no right is needed
    /// @param filter      in the language of libpcap; empty for everything
    /// @param folder      where packets and secrets go; made if it is not there, and private to the user
    public record Spec(List<String> command, Path directory, Map<String, String> environment, Consumer<ChildProcess.Line> output, String device, String filter,
                       Path folder) {
        public Spec {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }
    }

    /// A run that has not begun.
    public ProgramCapture(CaptureTool tool, Spec spec) {
        this.spec = spec;
        keys = spec.folder.resolve(KEYS);
        String device = spec.device == null ? "lo" : spec.device;
        capture = new PacketCapture(tool, PacketCapture.Spec.of(device, spec.folder).filter(spec.filter).keys(keys));
    }

    @Override public CaptureCount count() {
        return capture.count();
    }

    @Override public boolean running() {
        return capture.running();
    }

    /// Ends the program, and the capture after it.
    @Override public void stop() {
        capture.stop();
    }

    /// Runs the program to its end and reads what it sent into the sink.
    ///
    /// @return the program's exit code; 128 + the signal's number when it was killed
    /// @throws ProblemException      when there is no such program, or packets cannot be captured
    /// @throws CancellationException when the task was cancelled; the program is ended then, too
    public int run(FlowSink sink, TaskContext context) throws IOException, InterruptedException {
        if (spec.device == null) {
            var obstacle = PrivateNetwork.obstacle(context);
            if (obstacle.isPresent()) throw new ProblemException(obstacle.get());
        }
        PrivateFiles.folder(spec.folder);
        PrivateFiles.create(keys).close();
        var guest = new Guest(context);
        capture.with(guest).run(sink, context);
        return guest.code;
    }

    /// The program beside the capture.
    private final class Guest implements PacketCapture.Companion {
        private final TaskContext context;
        private ChildProcess child;
        private TaskContext.Registration killing;
        private int code = -1;

        Guest(TaskContext context) {
            this.context = context;
        }

        @Override public List<String> around(List<String> command) {
            return apart() ? PrivateNetwork.inside(command) : command;
        }

        @Override public boolean apart() {
            return spec.device == null;
        }

        @Override public void ready(long capturePid) throws IOException {
            List<String> command = apart() ? PrivateNetwork.beside(capturePid, spec.command) : spec.command;
            var variables = new HashMap<>(spec.environment);
            variables.put(VARIABLE, keys.toAbsolutePath().toString());
            child = ChildProcess.start(ChildProcess.Spec.of(command.toArray(String[]::new)).in(spec.directory).with(variables).lines(spec.output));
            killing = context.onCancel(child::kill);
        }

        @Override public boolean over() {
            return child != null && !child.alive();
        }

        @Override public void stop() {
            if (child != null) child.kill();
        }

        /// In a network of its own there is nobody else.
        @Override public Optional<ProcessFacts> program() {
            if (!apart() || child == null) return Optional.empty();
            return Optional.of(CommandLine.facts(child.pid(), String.join("\0", spec.command).getBytes(StandardCharsets.UTF_8)));
        }

        @Override public void end() {
            if (child == null) return;
            killing.close();
            child.kill();
            try {
                code = child.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
