package serpentarium.profile.format;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
import serpentarium.profile.Profile;
import serpentarium.task.TaskContext;

/// How long reading takes, beside Python's own `pstats.Stats(file)` on the same file in the same run.
///
/// The peer is a Python that is started before the measurement and told over a pipe to load the file once more; the environment variable
/// `PYTHON` names it, `python3` otherwise. Sizes of the files are printed at set-up, so that milliseconds become megabytes a second.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ReadBench {
    private static final String MAKE_PSTATS = """
            import marshal, random, sys
            rng = random.Random(5)
            keys = [('/srv/app/module_%03d/file_%02d.py' % (n % 400, n % 37), n % 900 + 1, 'function_%05d' % n) for n in range(20000)]
            stats = {}
            for key in keys:
                callers = {rng.choice(keys): (rng.randrange(1, 9), rng.randrange(1, 9), rng.random(), rng.random()) for _ in range(5)}
                stats[key] = (3, 5, rng.random(), rng.random() * 10, callers)
            marshal.dump(stats, open(sys.argv[1], 'wb'))
            """;
    private static final String LOAD_PSTATS = """
            import pstats, sys
            for line in sys.stdin:
                pstats.Stats(sys.argv[1])
                print('done', flush=True)
            """;

    private Path pstats;
    private Path callgrind;
    private Path collapsed;
    private Path sampled;
    private Path evented;
    private Process python;
    private Writer toPython;
    private BufferedReader fromPython;

    /// Makes the files and starts the peer.
    @Setup(Level.Trial)
    public void setUp() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("read-bench");
        pstats = folder.resolve("made.pstats");
        callgrind = folder.resolve("callgrind.out.made");
        collapsed = folder.resolve("made.collapsed");
        String name = System.getenv().getOrDefault("PYTHON", "python3");
        new ProcessBuilder(name, "-c", MAKE_PSTATS, pstats.toString()).inheritIO().start().waitFor();
        makeCallgrind(40_000, 20);
        makeCollapsed(400_000);
        sampled = folder.resolve("sampled.json");
        evented = folder.resolve("evented.json");
        StackFiles.make("sampled", sampled, 50_000_000);
        StackFiles.make("evented", evented, 50_000_000);
        python = new ProcessBuilder(name, "-c", LOAD_PSTATS, pstats.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        toPython = python.outputWriter();
        fromPython = python.inputReader();
        System.out.printf("%n# pstats %,d bytes, callgrind %,d bytes, collapsed %,d bytes%n", Files.size(pstats), Files.size(callgrind), Files.size(collapsed));
    }

    /// Ends the peer and removes the files.
    @TearDown(Level.Trial)
    public void tearDown() throws IOException {
        toPython.close();
        python.destroy();
        for (Path file : new Path[] {pstats, callgrind, collapsed, sampled, evented}) Files.deleteIfExists(file);
        Files.deleteIfExists(pstats.getParent());
    }

    private void makeCallgrind(int functions, int linesEach) throws IOException {
        var rng = new Random(3);
        try (BufferedWriter out = Files.newBufferedWriter(callgrind)) {
            out.write("# callgrind format\nversion: 1\ncreator: made\npositions: line\nevents: Ir Dr Dw\n\n");
            for (int f = 0; f < functions; f++) {
                out.write("fl=(" + f % 500 + (f < 500 ? ") /src/file_" + f + ".c" : ")") + "\nfn=(" + f + ") function_" + f + "\n");
                for (int line = 0; line < linesEach; line++)
                    out.write((line == 0 ? "" + (10 + f % 3000) : "+" + (1 + line % 3)) + " " + rng.nextInt(100_000) + " " + rng.nextInt(9000) + " 12\n");
                for (int call = 0; call < 4; call++)
                    out.write("cfn=(" + rng.nextInt(f + 1) + ")\ncalls=" + (1 + rng.nextInt(50)) + " 20\n* " + rng.nextInt(1_000_000) + " 4000 300\n");
                out.write("\n");
            }
        }
    }

    private void makeCollapsed(int lines) throws IOException {
        var rng = new Random(4);
        try (BufferedWriter out = Files.newBufferedWriter(collapsed)) {
            for (int i = 0; i < lines; i++) {
                out.write("main (app.py:10)");
                for (int d = 0, depth = 5 + rng.nextInt(25); d < depth; d++) out.write(";work_" + rng.nextInt(40) + " (/srv/app/m" + d + ".py:" + (d * 7 + 1) + ")");
                out.write(" " + (1 + rng.nextInt(20)) + "\n");
            }
        }
    }

    /// 20,000 functions with 100,000 callers.
    @Benchmark
    public Profile pstats() throws IOException {
        return new PstatsFormat().read(Source.of(pstats), TaskContext.detached());
    }

    /// The same file by the peer.
    @Benchmark
    public String pstatsByPython() throws IOException {
        toPython.write("load\n");
        toPython.flush();
        return fromPython.readLine();
    }

    /// 40,000 functions with 20 lines and 4 calls each.
    @Benchmark
    public Profile callgrind() throws IOException {
        return new CallgrindFormat().read(Source.of(callgrind), TaskContext.detached());
    }

    /// 40 threads of samples, 8 to 30 frames deep, as py-spy writes them.
    @Benchmark
    public Profile speedscopeSampled() throws IOException {
        return new SpeedscopeFormat().read(Source.of(sampled), TaskContext.detached());
    }

    /// 40 threads of calls.
    @Benchmark
    public Profile speedscopeEvented() throws IOException {
        return new SpeedscopeFormat().read(Source.of(evented), TaskContext.detached());
    }

    /// 400,000 stacks of 5 to 30 frames.
    @Benchmark
    public Profile collapsed() throws IOException {
        return new CollapsedFormat().read(Source.of(collapsed), TaskContext.detached());
    }
}
