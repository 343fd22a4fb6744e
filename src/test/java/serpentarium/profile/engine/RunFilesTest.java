package serpentarium.profile.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.profile.CallGraph;
import serpentarium.profile.Profile;
import serpentarium.profile.Warning;
import serpentarium.profile.format.CallgrindFormat;
import serpentarium.profile.format.CollapsedFormat;
import serpentarium.profile.format.Glimpses;
import serpentarium.task.TaskContext;

/// Files of one run: which they are, and that their sum is what they are together.
class RunFilesTest {
    private static final List<String> PARTS = List.of("callgrind.out.work-parts.1", "callgrind.out.work-parts.2", "callgrind.out.work-parts.3",
            "callgrind.out.work-parts.4", "callgrind.out.work-parts");
    private static final List<String> THREADS = List.of("callgrind.out.threads-sep-01", "callgrind.out.threads-sep-02", "callgrind.out.threads-sep-03");

    @TempDir Path folder;
    private final ProfileReader reader = new ProfileReader(List.of(new CallgrindFormat(), new CollapsedFormat()));

    private Path sample(String name) throws IOException {
        try (var in = new GZIPInputStream(CallgrindFormat.class.getResourceAsStream("callgrind/" + name + ".gz"))) {
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }

    private List<Path> samples(List<String> names) throws IOException {
        List<Path> paths = new ArrayList<>();
        for (String name : names) paths.add(sample(name));
        return paths;
    }

    private Path made(String name, String process) throws IOException {
        return Files.writeString(folder.resolve(name), "version: 1\n" + process + "\nevents: Ir\nfn=f\n1 5\n");
    }

    private static List<String> names(List<Path> paths) {
        return paths.stream().map(path -> path.getFileName().toString()).toList();
    }

    @Test void anyPartFindsTheOthersInTheOrderInWhichTheyWereWritten() throws IOException {
        List<Path> parts = samples(PARTS);
        made("callgrind.out.work-parts.5", "pid: 1");
        made("callgrind.out.work-partsmore", "pid: 27671");
        for (Path part : parts) assertEquals(PARTS, names(RunFiles.of(part)), part.toString());
    }

    @Test void theEmptyFileOfARunFindsThoseOfTheThreads() throws IOException {
        List<Path> threads = samples(THREADS);
        Path empty = sample("callgrind.out.threads-sep");
        assertEquals(0, Files.size(empty));
        assertEquals(THREADS, names(RunFiles.of(empty)));
        assertEquals(THREADS, names(RunFiles.of(threads.get(1))));
        var problem = assertThrows(ProblemException.class, () -> reader.read(Source.of(empty), TaskContext.detached())).problem();
        assertTrue(problem.detail().contains("callgrind.out.threads-sep-02"), problem.detail());
        Files.delete(threads.get(1));
        Files.delete(threads.get(2));
        assertEquals(1, RunFiles.of(empty).size(), "the empty file is no member, and one file beside it is worth naming");
        assertEquals(List.of(), RunFiles.of(threads.getFirst()));
    }

    @Test void partsOfThreadsAreSortedByPartAndThread() throws IOException {
        List<String> order = List.of("out.77.1-01", "out.77.1-02", "out.77.2-01", "out.77.10-01", "out.77-01", "out.77-02");
        for (String name : order.reversed()) made(name, "pid: 77\ncmd: ./a");
        for (String name : order) assertEquals(order, names(RunFiles.of(folder.resolve(name))), name);
    }

    @Test void runsOfOtherProcessesAreNoCompanions() throws IOException {
        Path first = made("callgrind.out.100", "pid: 100");
        made("callgrind.out.101", "pid: 101");
        made("callgrind.out", "pid: 100");
        assertEquals(List.of(), RunFiles.of(first), "a process number is no part");
        Path plain = made("x.1", "");
        made("x.2", "");
        assertEquals(List.of(), RunFiles.of(plain), "nothing says that they belong together");
        Path one = made("y.1", "pid: 7\ncmd: a");
        made("y.2", "pid: 7\ncmd: b");
        assertEquals(List.of(), RunFiles.of(one));
        assertEquals(List.of(), RunFiles.of(folder.resolve("nowhere").resolve("z.1")));
        assertEquals(List.of(), RunFiles.of(Path.of("/")));
    }

    @Test void theSumOfARunIsTheSumOfItsFiles() throws IOException {
        for (List<String> names : List.of(PARTS.subList(0, 2), THREADS.subList(0, 2))) {
            List<Source> files = samples(names).stream().map(Source::of).toList();
            var whole = assertInstanceOf(Profile.Graph.class, reader.readRun(files, TaskContext.detached(), Glimpses.NONE));
            Map<String, double[]> want = new HashMap<>();
            Map<String, Double> wantLines = new HashMap<>();
            for (Source file : files) add((Profile.Graph) reader.read(file, TaskContext.detached()), want, wantLines);
            Map<String, double[]> got = new HashMap<>();
            Map<String, Double> gotLines = new HashMap<>();
            add(whole, got, gotLines);
            assertEquals(want.keySet(), got.keySet());
            for (String function : want.keySet())
                for (int i = 0; i < want.get(function).length; i++) assertEquals(want.get(function)[i], got.get(function)[i], 1e-9, function + " " + i);
            assertEquals(wantLines, gotLines);
            assertEquals(names.size(), whole.graphs().size(), "each can be picked");
            assertEquals(List.of(), whole.info().warnings());
            double total = whole.info().threads().stream().mapToDouble(thread -> thread.total()).sum();
            assertEquals(whole.info().events().getFirst().total(), total);
        }
    }

    /// Self, total and calls of each function and what each of its lines cost, of all parts.
    private static void add(Profile.Graph profile, Map<String, double[]> functions, Map<String, Double> lines) {
        int events = profile.info().events().size();
        var calls = profile.graphs().stream().map(CallGraph::calls).toList();
        for (int f = 0; f < profile.frames().size(); f++) {
            String name = profile.frames().module(f) + ":" + profile.frames().file(f) + ":" + profile.frames().name(f);
            double[] sum = functions.computeIfAbsent(name, _ -> new double[2 * events + 1]);
            for (int g = 0; g < calls.size(); g++) {
                CallGraph graph = profile.graphs().get(g);
                for (int e = 0; e < events; e++) {
                    sum[2 * e] += graph.self(e, f);
                    sum[2 * e + 1] += graph.total(e, f);
                }
                sum[2 * events] += calls.get(g).get(f);
            }
            for (int row = profile.lines().begin(f); row < profile.lines().end(f); row++)
                lines.merge(name + "@" + profile.lines().file(row) + ":" + profile.lines().line(row), profile.lines().cost(0, row), Double::sum);
        }
    }

    @Test void partsOfOneThreadInSeveralFilesAreOneThread() throws IOException {
        Path first = Files.writeString(folder.resolve("a.1-01"), "pid: 9\nthread: 1\nevents: Ir Dr\nfn=(1) f\n1 5 1\ncfn=(2) g\ncalls=2 1\n2 10 3\n");
        Path second = Files.writeString(folder.resolve("a-01"), "pid: 9\nthread: 1\nevents: Dr Ir Extra\nfn=(1) g\n7 4 6 9\n");
        List<Path> run = RunFiles.of(second);
        assertEquals(List.of(first, second), run);
        Profile.Graph profile = (Profile.Graph) reader.readRun(run.stream().map(Source::of).toList(), TaskContext.detached(), Glimpses.NONE);
        assertEquals(1, profile.graphs().size());
        assertEquals(11, profile.info().events().getFirst().total());
        assertEquals(5, profile.info().events().get(1).total());
        assertEquals(2, profile.frames().size(), "numbers of names hold for one file");
        assertEquals(List.of("callgrind.other-events"), profile.info().warnings().stream().map(Warning::id).toList());
        assertTrue(profile.info().warnings().getFirst().place().source().endsWith("a-01"));
    }

    @Test void filesThatAreNoRunAreRefused() throws IOException {
        Source callgrind = Source.of(made("callgrind.out.5", "pid: 5"));
        Source stacks = Source.of("stacks", "a;b 5\na;c 6\na;d 7\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        Source empty = Source.of("empty", new byte[0]);
        assertEquals("profile.run-mixed", refused(List.of(callgrind, stacks)));
        assertEquals("profile.run-of-one", refused(List.of(stacks, stacks)));
        assertEquals("profile.empty-file", refused(List.of(empty, empty)));
        assertEquals(5, reader.readRun(List.of(empty, callgrind), TaskContext.detached(), Glimpses.NONE).info().events().getFirst().total());
        assertThrows(CancellationException.class, () -> reader.readRun(List.of(callgrind, callgrind), TaskContext.cancelledAfter(0), Glimpses.NONE));
    }

    private String refused(List<Source> files) {
        return assertThrows(ProblemException.class, () -> reader.readRun(files, TaskContext.detached(), Glimpses.NONE)).problem().id();
    }
}
