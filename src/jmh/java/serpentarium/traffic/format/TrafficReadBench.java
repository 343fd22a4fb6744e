package serpentarium.traffic.format;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import serpentarium.base.Source;
import serpentarium.task.TaskContext;
import serpentarium.traffic.engine.DiskSession;
import serpentarium.traffic.engine.SessionLimits;
import serpentarium.traffic.format.har.HarFormat;
import serpentarium.traffic.format.har.HarWriter;
import serpentarium.traffic.format.mitm.MitmFormat;
import serpentarium.traffic.format.mitm.MitmWriter;

/// How long reading traffic into a session on disk takes, beside mitmproxy's own `FlowReader` on the same dump in the same run.
///
/// The environment variable `DUMP` names a dump whose flows are taken over and over until there are 50 MB; `PYTHON` a Python that has mitmproxy.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class TrafficReadBench {
    private static final long SIZE = 50_000_000;
    private static final String READ = """
            import sys
            from mitmproxy.io import FlowReader
            for line in sys.stdin:
                with open(sys.argv[1], 'rb') as f:
                    n = sum(1 for _ in FlowReader(f).stream())
                print('done', n, flush=True)
            """;

    private Path folder;
    private Path dump;
    private Path har;
    private Process python;
    private Writer toPython;
    private BufferedReader fromPython;
    private int sessions;

    /// Makes the files and starts the peer.
    @Setup(Level.Trial)
    public void setUp() throws IOException {
        folder = Files.createTempDirectory("traffic-bench");
        dump = folder.resolve("made.flows");
        har = folder.resolve("made.har");
        byte[] sample = Files.readAllBytes(Path.of(System.getenv("DUMP")));
        try (var out = Files.newOutputStream(dump)) {
            for (long size = 0; size < SIZE; size += sample.length) out.write(sample);
        }
        try (DiskSession session = session(new MitmFormat(), dump); var out = new java.io.BufferedOutputStream(Files.newOutputStream(har), 1 << 16)) {
            new HarWriter(false).write(session, _ -> true, out, TaskContext.detached());
        }
        String name = System.getenv().getOrDefault("PYTHON", "/usr/bin/python3");
        python = new ProcessBuilder(name, "-c", READ, dump.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        toPython = python.outputWriter();
        fromPython = python.inputReader();
        System.out.printf("%n# dump %,d bytes, har %,d bytes%n", Files.size(dump), Files.size(har));
    }

    /// Ends the peer and removes the files.
    @TearDown(Level.Trial)
    public void tearDown() throws IOException {
        toPython.close();
        python.destroy();
        remove(folder);
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    private DiskSession session(TrafficFormat format, Path file) throws IOException {
        DiskSession session = DiskSession.create(folder.resolve("session" + sessions++), SessionLimits.NONE);
        format.read(Source.of(file), ReadOptions.NONE, session, TaskContext.detached());
        return session;
    }

    private int read(TrafficFormat format, Path file) throws IOException {
        try (DiskSession session = session(format, file)) {
            return session.table().size();
        } finally {
            remove(folder.resolve("session" + (sessions - 1)));
        }
    }

    /// A dump into a session.
    @Benchmark
    public int mitmproxyDump() throws IOException {
        return read(new MitmFormat(), dump);
    }

    /// The same dump by the peer, into nothing.
    @Benchmark
    public String mitmproxyDumpByMitmproxy() throws IOException {
        toPython.write("read\n");
        toPython.flush();
        return fromPython.readLine();
    }

    /// A HAR into a session.
    @Benchmark
    public int har() throws IOException {
        return read(new HarFormat(), har);
    }

    /// A session as a dump, into nothing.
    @Benchmark
    public int writeDump() throws IOException {
        try (DiskSession session = session(new MitmFormat(), dump)) {
            new MitmWriter(MitmWriter.FITTING).write(session, _ -> true, java.io.OutputStream.nullOutputStream(), TaskContext.detached());
            return session.table().size();
        } finally {
            remove(folder.resolve("session" + (sessions - 1)));
        }
    }
}
