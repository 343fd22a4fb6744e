package serpentarium.profile.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.profile.Glimpse;
import serpentarium.profile.Profile;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Timeline;
import serpentarium.profile.Unit;
import serpentarium.task.TaskContext;

/// Collapsed stacks: the samples against awk's sums, each writer's way of naming frames and threads, and what is damaged.
class CollapsedFormatTest {
    private static final FormatSamples SAMPLES = new FormatSamples("collapsed");
    private final CollapsedFormat format = new CollapsedFormat();

    static Stream<String> good() {
        return SAMPLES.names().filter(SAMPLES::hasTruth);
    }

    private Profile.Stacks read(String text) throws IOException {
        return assertInstanceOf(Profile.Stacks.class, format.read(Source.of("test", text.getBytes(StandardCharsets.UTF_8)),
                TaskContext.detached()));
    }

    /// Self and total by what the file calls a frame; `total` counts a stack once.
    private static Map<String, double[]> sums(Profile.Stacks profile, int event) {
        Map<String, double[]> sums = new HashMap<>();
        for (StackTree tree : profile.trees()) {
            for (int node = 1; node < tree.size(); node++) {
                double cost = tree.self(event, node);
                sums.computeIfAbsent(profile.frames().name(tree.frame(node)), _ -> new double[2])[0] += cost;
                Set<String> seen = new HashSet<>();
                for (int n = node; n > 0; n = tree.parent(n)) {
                    String name = profile.frames().name(tree.frame(n));
                    if (seen.add(name)) sums.computeIfAbsent(name, _ -> new double[2])[1] += cost;
                }
            }
        }
        return sums;
    }

    @ParameterizedTest @MethodSource("good") void agreesWithAwk(String name) throws IOException {
        Map<String, Object> truth = SAMPLES.truth(name);
        var profile = assertInstanceOf(Profile.Stacks.class, format.read(SAMPLES.source(name), TaskContext.detached()));
        assertEquals(((Number) truth.get("total")).doubleValue(), profile.info().events().getFirst().total());
        assertTrue(profile.info().warnings().isEmpty(), profile.info().warnings().toString());
        Map<String, double[]> want = new HashMap<>();
        boolean pyspy = name.contains("pyspy");
        Set<String> several = new HashSet<>();
        for (Object row : (List<?>) truth.get("frames")) {
            List<?> cells = (List<?>) row;
            String text = cells.get(0).toString();
            if (pyspy) text = text.substring(0, text.lastIndexOf(" ("));
            if (text.startsWith("py::")) several.add(text = text.substring(4, text.lastIndexOf(':')));
            double[] sum = want.computeIfAbsent(text, _ -> new double[2]);
            sum[0] += ((Number) cells.get(1)).doubleValue();
            sum[1] += ((Number) cells.get(2)).doubleValue();
        }
        Map<String, double[]> got = sums(profile, 0);
        want.forEach((frame, sum) -> {
            assertTrue(got.containsKey(frame), frame);
            assertEquals(sum[0], got.get(frame)[0], frame);
            if (!pyspy && !several.contains(frame)) assertEquals(sum[1], got.get(frame)[1], frame);
        });
        double lines = 0;
        for (int f = 0; f < profile.frames().size(); f++)
            for (int row = profile.lines().begin(f); row < profile.lines().end(f); row++) lines += profile.lines().cost(0, row);
        assertEquals(pyspy ? profile.info().events().getFirst().total() : 0, lines);
    }

    @ParameterizedTest @MethodSource("good") void isDetectedUnderAnyName(String name) throws IOException {
        for (String called : List.of(name, "unknown")) {
            var bid = assertInstanceOf(Bid.Yes.class, format.sniff(Head.of(Source.of(called, SAMPLES.bytes(name)))));
            assertTrue(bid.strength() >= 15);
            assertInstanceOf(Bid.No.class, new CallgrindFormat().sniff(Head.of(Source.of(called, SAMPLES.bytes(name)))));
        }
    }

    @ParameterizedTest @MethodSource("good") void cutAnywhere(String name) {
        byte[] bytes = SAMPLES.bytes(name);
        int read = 0;
        for (int i = 0; i < 20; i++) if (FormatSamples.readDamaged(format, Arrays.copyOf(bytes,
                (int) ((long) bytes.length * i / 20))) != null) read++;
        assertTrue(read > 5);
    }

    @ParameterizedTest @MethodSource("good") void stopsAtTheFirstCheckpoint(String name) {
        assertThrows(CancellationException.class, () -> format.read(SAMPLES.source(name), TaskContext.cancelledAfter(0)));
        assertThrows(CancellationException.class, () -> format.read(SAMPLES.source(name), TaskContext.cancelledAfter(1)));
    }

    @Test void tenThousandDamagedFilesGiveProfilesOrProblems() {
        List<String> names = good().filter(n -> SAMPLES.bytes(n).length < 30_000).toList();
        int read = 0;
        for (int seed = 0; seed < 10_000; seed++)
            if (FormatSamples.readDamaged(format, FormatSamples.damaged(SAMPLES.bytes(names.get(seed % names.size())), seed)) != null)
                    read++;
        assertTrue(read > 9_000);
    }

    @Test void badLinesAreSkippedAndNamed() throws IOException {
        var profile = assertInstanceOf(Profile.Stacks.class, format.read(SAMPLES.source("bad-lines.collapsed"), TaskContext.detached()));
        assertEquals(5 + 2.5 + 99999999999999999999999.0, profile.info().events().getFirst().total());
        assertEquals(1, profile.info().warnings().size());
        assertEquals("4 lines are no stack with a count at the end and were skipped: 2, 3, 4, 9.",
                profile.info().warnings().getFirst().text());
    }

    @Test void pySpyNamesProcessAndThread() throws IOException {
        Profile.Stacks profile = read("""
                process 12:"python a;b.py";thread (0x7F12): MainThread;main (app.py:10);work (app.py:20) 3
                process 12:"python a;b.py";thread (0x7F13): pool (1);main (app.py:11);<lambda> (/srv/x (old)/m.py:7) 2
                process 12:"python a;b.py";thread (0x7F12): MainThread;main (app.py:10);work (app.py:21) 4
                process 12:"python a;b.py";thread (0x7F12): MainThread;main (app.py:10);memcpy (libc.so.6) 1
                """);
        String process = "process 12 (python a;b.py)";
        assertEquals(List.of(new ThreadInfo("MainThread (0x7F12)", 8, process), new ThreadInfo("pool (1) (0x7F13)", 2, process)),
                profile.info().threads());
        assertEquals(List.of(), profile.timelines(), "what is sorted has no order of time");
        assertEquals(4, profile.frames().size());
        assertEquals("work", profile.frames().name(1));
        assertEquals("app.py", profile.frames().file(1));
        assertEquals("/srv/x (old)/m.py", profile.frames().file(2));
        assertEquals("libc.so.6", profile.frames().file(3));
        int row = profile.lines().begin(1);
        assertEquals(2, profile.lines().end(1) - row);
        assertEquals(20, profile.lines().line(row));
        assertEquals(3, profile.lines().cost(0, row));
        assertEquals(4, profile.lines().cost(0, row + 1));
    }

    @Test void threadNamesAsFirstFrameStayFrames() throws IOException {
        Profile.Stacks profile = read("Thread-1 (worker);run;_[k] 3\nThread-1 (worker);run;x_[k] 4\n");
        assertEquals(List.of("Thread-1 (worker)", "run", "_[k]", "x"), java.util.stream.IntStream.range(0, 4)
                .mapToObj(profile.frames()::name).toList());
        assertNull(profile.frames().file(0));
        assertEquals("[kernel]", profile.frames().module(3));
        assertEquals("all threads", profile.info().threads().getFirst().name());
    }

    @Test void austinCountsMicroseconds() throws IOException {
        String text = """
                # austin: 3.6.0
                # interval: 100
                # mode: wall
                P42;T0:43;C:\\app\\main.py:<module>:5;C:\\app\\main.py:run:9 101
                P42;T0:44;/srv/main.py:run:9;:GC: 99
                P42;T0:43;C:\\app\\main.py:<module>:5;C:\\app\\main.py:run:10 100
                """;
        Profile.Stacks profile = read(text);
        assertEquals(70, assertInstanceOf(Bid.Yes.class, format.sniff(new Head("x", text.getBytes(StandardCharsets.UTF_8),
                text.length()))).strength());
        assertEquals(Unit.MICROSECONDS, profile.info().events().getFirst().unit());
        assertEquals("time", profile.info().events().getFirst().name());
        assertEquals("austin 3.6.0", profile.info().creator());
        assertEquals(List.of(new ThreadInfo("thread 0:43", 201, "process 42"), new ThreadInfo("thread 0:44", 99, "process 42")),
                profile.info().threads());
        assertEquals("run", profile.frames().name(1));
        assertEquals("C:\\app\\main.py", profile.frames().file(1));
        assertEquals(2, profile.lines().end(1) - profile.lines().begin(1));
        assertEquals(":GC:", profile.frames().name(3));
        assertEquals(Unit.BYTES, read(text.replace("mode: wall", "mode: memory")).info().events().getFirst().unit());
        assertEquals("cpu", read(text.replace("mode: wall", "mode: cpu")).info().events().getFirst().name());
    }

    @Test void austinWritesInTheOrderOfTime() throws IOException {
        String text = """
                # mode: wall
                P1;T0:1;a.py:f:1 100
                P1;T0:2;a.py:g:1;:INVALID: 90
                P1;T0:1;a.py:f:1;b.py:h:2 50
                P1;T0:1;a.py:f:1 30
                P1;T0:2;a.py:g:1 40
                """;
        Profile.Stacks profile = read(text);
        Timeline one = profile.timeline(0);
        assertEquals(Unit.MICROSECONDS, one.unit());
        assertEquals("0+100 100+50 150+30", times(one));
        assertEquals("0+90 150+40", times(profile.timeline(1)), "it counts from the same moment and has a gap");
        assertEquals("f", profile.frames().name(profile.trees().getFirst().frame(one.node(2))));
        assertEquals(one.node(0), one.node(2));
        Profile.Stacks memory = read(text.replace("mode: wall", "mode: memory").replace(" 50", " -50"));
        assertEquals(Unit.BYTES, memory.timeline(0).unit());
        assertEquals("190+0 190+30", times(memory.timeline(0)).substring("0+100 ".length()));
        assertEquals("100+90 220+40", times(memory.timeline(1)), "bytes follow one another");
        assertEquals(260, memory.info().events().getFirst().total(), "what was freed is no cost");
    }

    private static String times(Timeline line) {
        return java.util.stream.IntStream.range(0, line.size()).mapToObj(i -> (long) line.start(i) + "+" + (long) line.length(i))
                .collect(java.util.stream.Collectors.joining(" "));
    }

    @Test void timesThatDoNotFitAreLeftOut() {
        var times = new ThreadTimes(Unit.SECONDS, 2);
        times.add(1, 0, 1, 1);
        times.add(0, 0, 1, 1);
        assertEquals(List.of(1, 1), times.build(2).stream().map(Timeline::size).toList());
        times = new ThreadTimes(Unit.SECONDS, 2);
        for (int i = 0; i < 5; i++) times.add(0, i * 2, 1, 1);
        assertTrue(times.dropped());
        assertEquals(List.of(), times.build(1));
    }

    @Test void perfsCollapsedStacksNamePythonFunctions() throws IOException {
        Profile.Stacks profile = read("python;py::main:/srv/a:b.py;py::T.f:<frozen x>;f_[i];g_[j] 3\npython;py::x:y:C:/z.py;x_[w] 4\n");
        List<String> names = java.util.stream.IntStream.range(0, profile.frames().size()).mapToObj(f -> profile.frames().name(f) + "|"
                + profile.frames().file(f) + "|" + profile.frames().module(f)).toList();
        assertEquals(List.of("python|null|null", "main|/srv/a:b.py|null", "T.f|<frozen x>|null", "f|null|[inlined]", "g|null|[jit]",
                "x:y|C:/z.py|null", "x_[w]|null|null"), names);
    }

    @Test void textOfWindowsShells() throws IOException {
        String text = "\uFEFF" + "m\u00E4in;b\uD83D\uDC0D 3\r\n".repeat(20_000) + "c;d 4\r\n";
        for (var charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, StandardCharsets.UTF_8)) {
            byte[] bytes = text.getBytes(charset);
            assertInstanceOf(Bid.Yes.class, format.sniff(Head.of(Source.of("x", bytes))));
            var profile = assertInstanceOf(Profile.Stacks.class, format.read(Source.of("x", bytes), TaskContext.detached()));
            assertEquals(60_004, profile.info().events().getFirst().total());
            assertEquals(List.of(), profile.info().warnings());
            assertEquals("m\u00E4in", profile.frames().name(0));
            assertEquals("b\uD83D\uDC0D", profile.frames().name(1));
            assertEquals(4, profile.frames().size());
        }
    }

    @Test void largeFilesAreTakenApartAhead() throws IOException {
        var text = new StringBuilder();
        double sum = 0;
        for (int i = 0; text.length() < 9 << 20; sum += i++ % 7 + 1)
            text.append("main;a").append(i % 13).append(";b").append(i % 1013).append(";ccccccc").append(i % 5).append(' ').append(i % 7 + 1)
                    .append(i % 100_000 == 99 ? "\nnothing\n" : "\n");
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        var profile = assertInstanceOf(Profile.Stacks.class, format.read(Source.of("x", bytes), TaskContext.detached()));
        assertEquals(sum, profile.info().events().getFirst().total());
        assertEquals(1 + 13 + 13 * 1013 + 13 * 1013 * 5, profile.trees().getFirst().size() - 1);
        assertEquals("collapsed.bad-lines", profile.info().warnings().getFirst().id());
        assertThrows(CancellationException.class, () -> format.read(Source.of("x", bytes), TaskContext.cancelledAfter(20)));
        var seen = new java.util.ArrayList<Glimpse>();
        format.read(Source.of("x", bytes), TaskContext.detached(), new Glimpses() {
            @Override public boolean wanted() {
                return true;
            }

            @Override public void show(Glimpse glimpse) {
                seen.add(glimpse);
            }
        });
        assertTrue(seen.size() > 10);
        assertEquals(sum, seen.getLast().event().total());
        assertEquals(sum, seen.getLast().top().stream().mapToDouble(Glimpse.Row::self).sum(), "five functions have all of it");
        assertEquals(Set.of("ccccccc0", "ccccccc1", "ccccccc2", "ccccccc3", "ccccccc4"),
                seen.getFirst().top().stream().map(Glimpse.Row::name).collect(java.util.stream.Collectors.toSet()));
    }

    @Test void numbersBeyondReason() throws IOException {
        String digits = "9".repeat(307);
        for (String number : List.of("1e400", "NaN", "-1", "Infinity", "0x1", "1.2.3", "9".repeat(399), "9".repeat(5000), digits, "1,2,3"))
            assertEquals(3, read("a;b 1\na;c " + number + "\na;c " + number + "\na;b 2\n").info().events().getFirst().total(), number);
        String large = "9".repeat(280);
        assertTrue(Double.isFinite(read("a;b " + large + "\na;b " + large + "\n").info().events().getFirst().total()));
        assertEquals(7, read("# mode: full\nP1;T2;a.py:f:1 7,0,1\nP1;T2;a.py:f:1 " + digits + ",0,1\nP1;T2;a.py:f:1 1,0," + digits + "\n")
                .info().events().getFirst().total());
    }

    @Test void austinFullHasTimeProcessorTimeAndMemory() throws IOException {
        Profile.Stacks profile = read("# mode: full\nP1;T2;a.py:f:1 10,0,-4096\nP1;T2;a.py:f:2 20,1,8192\n");
        assertEquals(List.of(30.0, 10.0, 8192.0), profile.info().events().stream().map(e -> e.total()).toList());
    }

    @Test void pythonsOwnSamplerNamesThreads() throws IOException {
        Profile.Stacks profile = read("tid:1;app.py:main:3;app.py:work:8 5\ntid:2;app.py:main:3;<GC> 1\n");
        assertEquals(List.of(new ThreadInfo("thread 1", 5), new ThreadInfo("thread 2", 1)), profile.info().threads());
        assertEquals("work", profile.frames().name(1));
        assertEquals("<GC>", profile.frames().name(2));
    }

    @Test void twoCountsAreBeforeAndAfter() throws IOException {
        Profile.Stacks profile = read("a;b 3 5\na;c 2 0\n");
        assertEquals(List.of("before", "after"), profile.info().events().stream().map(e -> e.name()).toList());
        assertEquals(List.of(5.0, 5.0), profile.info().events().stream().map(e -> e.total()).toList());
        assertEquals(List.of("a", "b 3"), List.of(read("a;b 3 5\na;c 2\n").frames().name(0), read("a;b 3 5\na;c 2\n").frames().name(1)));
    }

    @Test void sharedPrefixesLeadToTheSameNodes() throws IOException {
        Profile.Stacks profile = read("a;bc;d 1\na;b;d 2\na;b 4\na 8\na;b;d 16\n\n  a;b;d;e 32\r\nab;b 64\n#x 1\na;b;d;e 128");
        StackTree tree = profile.trees().getFirst();
        assertEquals(9, tree.size());
        Map<String, double[]> sums = sums(profile, 0);
        assertEquals(8, sums.get("a")[0]);
        assertEquals(191, sums.get("a")[1]);
        assertEquals(68, sums.get("b")[0]);
        assertEquals(19, sums.get("d")[0]);
        assertEquals(160, sums.get("e")[0]);
        assertEquals(255, profile.info().events().getFirst().total());
    }

    @Test void deepStacksAndLongLinesAreRead() throws IOException {
        String text = "f;".repeat(100_000) + "g 1\n" + "f;".repeat(100_000) + "h 2\n";
        StackTree tree = read(text).trees().getFirst();
        assertEquals(100_003, tree.size());
    }

    @Test void whatIsNoCollapsedFileIsRefused() {
        for (String text : List.of("", "{\"a\": 1}", "hello world\nno numbers\n", "\0\0\0 1\n", "\uFEFFplain\n"))
            assertInstanceOf(Bid.No.class, sniff(text.getBytes(StandardCharsets.UTF_8)), text);
        String log = "2026-01-01 12:00:00 request took 12\n2026-01-01 12:00:01 request took 9\n";
        assertInstanceOf(Bid.No.class, sniff(log.getBytes(StandardCharsets.UTF_8)));
        assertInstanceOf(Bid.Yes.class, sniff("main 3\nother 4\n".getBytes(StandardCharsets.UTF_8)));
        byte[] wide = "a;b 1\n".getBytes(StandardCharsets.UTF_16);
        assertInstanceOf(Bid.Yes.class, sniff(wide));
        assertInstanceOf(Bid.No.class, sniff("no stack\n".getBytes(StandardCharsets.UTF_16)));
        assertEquals("collapsed.empty", problem(new byte[0]));
        assertEquals("collapsed.no-stacks", problem("x\ny\n".getBytes(StandardCharsets.UTF_8)));
    }

    private Bid sniff(byte[] bytes) {
        return format.sniff(new Head("unknown", bytes, bytes.length));
    }

    private String problem(byte[] bytes) {
        var thrown = assertThrows(ProblemException.class, () -> format.read(Source.of("x", bytes), TaskContext.detached()));
        assertFalse(thrown.problem().title().isEmpty());
        return thrown.problem().id();
    }
}
