package serpentarium.traffic.engine.live;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import serpentarium.base.Place;
import serpentarium.base.PrivateFiles;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Quantity;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.task.ChildProcess;
import serpentarium.task.TaskContext;
import serpentarium.traffic.Endpoint;
import serpentarium.traffic.FlowSink;
import serpentarium.traffic.ProcessFacts;
import serpentarium.traffic.format.ReadOptions;

/// Captures packets with another program, and reads them while they come: flows appear in the sink as they happen.
///
/// The packets are kept in a folder that is private to the user. [#run] does all of it on the calling thread until [#stop()] is called, the
/// program ends, or the task is cancelled; then the program has ended, too.
public final class PacketCapture implements Capture {
    private static final Strings STRINGS = CaptureSetup.STRINGS;
    private static final String FILE = "packets";
    /// What came before the stop is waited for, but not longer.
    private static final long LONGEST_SETTLE = TimeUnit.SECONDS.toNanos(3);

    private final CaptureTool tool;
    private final Spec spec;
    private final CaptureStatus status = new CaptureStatus();
    private volatile GrowingFiles files;
    private volatile boolean stopping;
    private volatile boolean running;
    private ChildProcess child;
    private ConnectionOwner owner;
    private Companion companion = Companion.NONE;
    private long stopAsked;
    private long settledAt = -1;
    private long settled;
    private boolean asked;
    private boolean killed;
    private boolean bounded;
    private int missed;

    /// What to capture.
    ///
    /// @param device the interface's name
    /// @param filter in the language of libpcap; empty for everything
    /// @param folder where the packets go; made if it is not there, and private to the user
    /// @param keys   the key log that programs write to (`SSLKEYLOGFILE`), or null; it need not be there yet
    /// @param limit  bytes of packets on disk
    public record Spec(String device, String filter, Path folder, Path keys, long limit) {
        /// Packets on disk, unless said otherwise.
        public static final long LIMIT = 1L << 30;

        /// Everything of an interface, up to a gigabyte of it.
        public static Spec of(String device, Path folder) {
            return new Spec(device, "", folder, null, LIMIT);
        }

        /// The same with a filter.
        public Spec filter(String text) {
            return new Spec(device, text, folder, keys, limit);
        }

        /// The same with a key log.
        public Spec keys(Path log) {
            return new Spec(device, filter, folder, log, limit);
        }

        /// The same with another limit.
        public Spec limit(long bytes) {
            return new Spec(device, filter, folder, keys, bytes);
        }
    }

    /// What goes on beside a capture; all calls come from the thread that runs it.
    interface Companion {
        /// Nothing.
        Companion NONE = new Companion() {};

        /// The command that captures, perhaps inside something else.
        default List<String> around(List<String> capture) {
            return capture;
        }

        /// Packets are captured from now on.
        default void ready(long capturePid) throws IOException {}

        /// Whether the capture is to end.
        default boolean over() {
            return false;
        }

        /// The capture is about to end.
        default void stop() {}

        /// Whose the connections are of which the system does not tell.
        default Optional<ProcessFacts> program() {
            return Optional.empty();
        }

        /// Whether it has a network of its own.
        default boolean apart() {
            return false;
        }

        /// The capture has ended.
        default void end() {}
    }

    /// A capture that has not begun.
    public PacketCapture(CaptureTool tool, Spec spec) {
        this.tool = tool;
        this.spec = spec;
    }

    PacketCapture with(Companion other) {
        companion = other;
        return this;
    }

    /// Ends the capture: what was sent until now is still read, then [#run] returns. Returns at once; may be called at any time by any thread.
    @Override public void stop() {
        stopping = true;
        GrowingFiles reading = files;
        if (reading != null) reading.wake();
    }

    /// Whether packets are captured now.
    @Override public boolean running() {
        return running && status.ready();
    }

    /// How far it is.
    @Override public CaptureCount count() {
        GrowingFiles reading = files;
        // The program tells its count late where little happens.
        if (reading == null) return new CaptureCount(status.packets(), 0, status.dropped());
        return new CaptureCount(Math.max(status.packets(), reading.packets()), reading.read(), status.dropped());
    }

    /// Captures until it is stopped, and reads what it captures into the sink. Once.
    ///
    /// @throws ProblemException      when the right is missing, the filter or the interface is none, or the program failed
    /// @throws CancellationException when the task was cancelled
    public void run(FlowSink sink, TaskContext context) throws IOException, InterruptedException {
        CaptureSetup.startable(tool, context);
        PrivateFiles.folder(spec.folder);
        Path file = spec.folder.resolve(FILE + (tool.rings() ? ".pcapng" : ".pcap"));
        // A program that makes its file readable for others finds it there already.
        if (!tool.rings()) PrivateFiles.create(file).close();
        List<String> command = companion.around(tool.capture(spec.device, spec.filter, file, spec.limit));
        child = ChildProcess.start(ChildProcess.Spec.of(command.toArray(String[]::new)).lines(status::line));
        running = true;
        try (var _ = context.onCancel(child::kill)) {
            read(sink, context);
            int code = child.await();
            if (status.dropped() > 0) sink.warn("", STRINGS.get("capture.dropped", status.dropped()));
            String said = status.said();
            if (!killed && code != 0 && status.ready()) sink.warn("", STRINGS.get("capture.ended", said.isEmpty() ? STRINGS.get("capture.code", code) : said));
        } finally {
            running = false;
            companion.end();
            child.kill();
        }
    }

    private void read(FlowSink sink, TaskContext context) throws IOException, InterruptedException {
        files = new GrowingFiles(spec.folder, FILE, () -> !child.alive(), context);
        // Until the first packet may come nothing is read: where the program fails at once there is nothing to read at all.
        while (!status.ready() && child.alive()) {
            context.checkpoint();
            files.await();
            if (stopping) child.kill();
        }
        if (!status.ready()) {
            child.await();
            if (stopping) return;
            throw new ProblemException(failure(status.said(), context));
        }
        owner = companion.apart() ? ConnectionOwner.inNetworkOf(child.pid()) : new ConnectionOwner();
        companion.ready(child.pid());
        var options = new ReadOptions(spec.keys == null ? null : Source.of(spec.keys), this::process);
        tool.format().read(files.beside(() -> turn(sink)), options, sink, context);
    }

    /// Between two reads: looks whether it is time to end.
    private void turn(FlowSink sink) {
        limit(sink);
        if (!stopping && companion.over()) stopping = true;
        if (!stopping || killed) return;
        long now = System.nanoTime();
        if (!asked) {
            companion.stop();
            stopAsked = now = System.nanoTime();
        }
        asked = true;
        if (files.read() != settledAt) {
            settledAt = files.read();
            settled = now;
        }
        if (now - settled < TimeUnit.MILLISECONDS.toNanos(tool.settleMillis()) && now - stopAsked < LONGEST_SETTLE) return;
        killed = true;
        child.kill();
    }

    private void limit(FlowSink sink) {
        if (files.missed() > missed) {
            missed = files.missed();
            sink.warn("", STRINGS.get("capture.missed", missed));
        }
        if (bounded) return;
        if (tool.rings()) bounded = files.files() > tool.ringFiles();
        else bounded = files.read() >= spec.limit;
        if (!bounded) return;
        String limit = Quantity.size(spec.limit);
        sink.warn("", STRINGS.get(tool.rings() ? "capture.ring" : "capture.full", limit));
        if (!tool.rings()) stopping = true;
    }

    private Optional<ProcessFacts> process(Endpoint near, Endpoint far) {
        Optional<ProcessFacts> found = owner.of(near, far);
        return found.isPresent() ? found : companion.program();
    }

    private Problem failure(String said, TaskContext context) throws IOException, InterruptedException {
        if (CaptureSetup.refused(said)) return CaptureRights.refused(tool, said, context);
        if (said.contains("apture filter") || said.contains("syntax error"))
            return Problem.of(STRINGS, "capture.filter", Place.NOWHERE, spec.filter, CaptureSetup.filterWords(said));
        return Problem.of(STRINGS, "capture.failed", Place.NOWHERE, spec.device, said.isEmpty() ? STRINGS.get("capture.silent", tool.program()) : said);
    }
}
