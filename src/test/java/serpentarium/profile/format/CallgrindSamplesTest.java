package serpentarium.profile.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.profile.CallGraph;
import serpentarium.profile.FrameTable;
import serpentarium.profile.Profile;
import serpentarium.profile.Unit;
import serpentarium.task.TaskContext;

/// Every callgrind sample against what callgrind_annotate and yappi say of it.
class CallgrindSamplesTest {
    private static final FormatSamples SAMPLES = new FormatSamples("callgrind");
    private final CallgrindFormat format = new CallgrindFormat();

    static Stream<String> all() {
        return SAMPLES.names();
    }

    static Stream<String> annotated() {
        return SAMPLES.names().filter(n -> n.startsWith("callgrind.") && !n.endsWith("threads-sep"));
    }

    static Stream<String> yappi() {
        return SAMPLES.names().filter(n -> n.endsWith(".yappi.callgrind"));
    }

    static Stream<String> good() {
        return Stream.concat(annotated(), yappi());
    }

    private Profile.Graph read(String name) throws IOException {
        return assertInstanceOf(Profile.Graph.class, format.read(SAMPLES.source(name), TaskContext.detached()));
    }

    @ParameterizedTest @MethodSource("annotated") void agreesWithCallgrindAnnotate(String name) throws IOException {
        Map<String, Object> truth = SAMPLES.truth(name);
        Profile.Graph profile = read(name);
        List<?> events = list(truth.get("events"));
        assertEquals(events, profile.info().events().subList(0, events.size()).stream().map(e -> e.name()).toList());
        List<?> sums = list(truth.get("sum_exclusive"));
        for (int e = 0; e < events.size(); e++) if (sums.get(e) != null) assertClose(number(sums.get(e)),
                profile.info().events().get(e).total(), "total");
        exclusive(truth, profile);
        if (!truth.containsKey("calls0_lines")) calls(truth, profile);
        if (list(truth.get("inclusive")).size() == ((Number) truth.get("n_inclusive")).intValue()) totals(truth, profile);
        double threads = profile.info().threads().stream().mapToDouble(t -> t.total()).sum();
        assertClose(profile.info().events().getFirst().total(), threads, "threads");
        totalsAreSane(profile);
    }

    /// callgrind_annotate lists inlined code under its own file; here that is what the lines say.
    private static void exclusive(Map<String, Object> truth, Profile.Graph profile) {
        FrameTable frames = profile.frames();
        int events = list(truth.get("events")).size();
        Map<String, double[]> got = new HashMap<>();
        for (int f = 0; f < frames.size(); f++) {
            double[] rest = new double[events];
            for (int e = 0; e < events; e++) for (CallGraph graph : profile.graphs()) rest[e] += graph.self(e, f);
            for (int row = profile.lines().begin(f); row < profile.lines().end(f); row++) {
                if (profile.lines().file(row) == null) continue;
                for (int e = 0; e < events; e++) {
                    double cost = profile.lines().cost(e, row);
                    got.computeIfAbsent(profile.lines().file(row) + ":" + frames.name(f), _ -> new double[events])[e] += cost;
                    rest[e] -= cost;
                }
            }
            double[] sum = got.computeIfAbsent(key(frames, f), _ -> new double[events]);
            for (int e = 0; e < events; e++) sum[e] += rest[e];
        }
        Map<String, double[]> want = new HashMap<>();
        for (Object row : list(truth.get("exclusive"))) {
            List<?> costs = list(list(row).getFirst());
            double[] sum = want.computeIfAbsent(list(row).get(1).toString(), _ -> new double[events]);
            for (int e = 0; e < events; e++) sum[e] += costs.get(e) == null ? 0 : number(costs.get(e));
        }
        assertFalse(want.isEmpty());
        want.forEach((key, costs) -> {
            double[] mine = got.get(key);
            assertTrue(mine != null, key);
            for (int e = 0; e < events; e++) assertClose(costs[e], mine[e], key + " event " + e);
        });
    }

    /// By name alone: callgrind_annotate lists calls of inlined code under the file that code came from.
    private static void calls(Map<String, Object> truth, Profile.Graph profile) {
        Map<String, Double> counts = new HashMap<>();
        Map<String, Double> costs = new HashMap<>();
        Map<String, Double> called = new HashMap<>();
        for (CallGraph graph : profile.graphs()) {
            for (int i = 0; i < graph.edges(); i++) {
                String pair = profile.frames().name(graph.caller(i)) + " -> " + profile.frames().name(graph.callee(i));
                counts.merge(pair, graph.edgeCalls().exact(i).doubleValue(), Double::sum);
                costs.merge(pair, graph.edgeTotal(0, i), Double::sum);
            }
            for (int f = 0; f < graph.functions(); f++) called.merge(profile.frames().name(f), graph.calls().exact(f).doubleValue(),
                    Double::sum);
        }
        Map<String, Double> wantCounts = new HashMap<>();
        Map<String, Double> wantCosts = new HashMap<>();
        Map<String, Double> wantCallees = new HashMap<>();
        Set<String> unlisted = new HashSet<>();
        Set<Object> listed = new HashSet<>();
        for (Object node : list(truth.get("tree"))) listed.add(map(node).get("fn"));
        for (Object row : list(truth.get("inclusive"))) if (!listed.contains(list(row).get(1))) unlisted.add(bare(list(row).get(1)));
        for (Object node : list(truth.get("tree"))) {
            String fn = bare(map(node).get("fn"));
            if (unlisted.contains(fn)) continue;
            for (Object caller : list(map(node).get("callers"))) {
                String pair = bare(list(caller).get(0)) + " -> " + fn;
                wantCounts.merge(pair, number(list(caller).get(1)), Double::sum);
                wantCosts.merge(pair, number(list(list(caller).get(2)).getFirst()), Double::sum);
            }
            for (Object callee : list(map(node).get("callees"))) wantCallees.merge(fn + " -> " + bare(list(callee).get(0)),
                    number(list(callee).get(1)), Double::sum);
        }
        assertFalse(wantCounts.isEmpty());
        wantCounts.forEach((pair, count) -> assertClose(count, counts.getOrDefault(pair, -1.0), pair));
        wantCallees.forEach((pair, count) -> assertClose(count, counts.getOrDefault(pair, -1.0), pair));
        wantCosts.forEach((pair, cost) -> assertClose(cost, costs.get(pair), pair));
        called.forEach((fn, count) -> {
            double sum = counts.entrySet().stream().filter(e -> e.getKey().endsWith(" -> " + fn)).mapToDouble(Map.Entry::getValue).sum();
            assertClose(sum, count, fn);
        });
    }

    /// Functions that can never be active twice: there callgrind_annotate's inclusive cost is right and ours must be the same.
    /// Not where it takes inlined code for a function of its own.
    private static void totals(Map<String, Object> truth, Profile.Graph profile) {
        Map<String, Double> want = new HashMap<>();
        Set<String> recursive = new HashSet<>();
        for (Object row : list(truth.get("inclusive"))) {
            String fn = bare(list(row).get(1));
            if (want.put(fn, number(list(list(row).getFirst()).getFirst())) != null) recursive.add(fn);
        }
        Map<String, Double> got = new HashMap<>();
        for (CallGraph graph : profile.graphs()) {
            for (int f = 0; f < graph.functions(); f++) {
                if (reachesItself(graph, f)) recursive.add(profile.frames().name(f));
                got.merge(profile.frames().name(f), graph.total(0, f), Double::sum);
            }
        }
        int checked = 0;
        for (Map.Entry<String, Double> entry : got.entrySet()) {
            if (recursive.contains(entry.getKey()) || !want.containsKey(entry.getKey())) continue;
            assertEquals(want.get(entry.getKey()), entry.getValue(), 3 + 1e-12 * entry.getValue(), "total of " + entry.getKey());
            checked++;
        }
        assertTrue(checked > 2, "few were compared");
    }

    static boolean reachesItself(CallGraph graph, int function) {
        var seen = new BitSet();
        var open = new ArrayDeque<Integer>(List.of(function));
        while (!open.isEmpty()) {
            int f = open.poll();
            for (int i = graph.calleesBegin(f); i < graph.calleesEnd(f); i++) {
                if (graph.callee(i) == function) return true;
                if (!seen.get(graph.callee(i))) {
                    seen.set(graph.callee(i));
                    open.add(graph.callee(i));
                }
            }
        }
        return false;
    }

    private static String bare(Object fileAndName) {
        String text = fileAndName.toString();
        return text.substring(text.indexOf(':') + 1);
    }

    /// No function of a cycle costs more than everything; every one at least itself.
    private static void totalsAreSane(Profile.Graph profile) {
        for (int e = 0; e < profile.info().events().size(); e++)
            for (CallGraph graph : profile.graphs())
                for (int f = 0; f < graph.functions(); f++)
                    assertTrue(graph.total(e, f) >= graph.self(e, f) * (1 - 1e-9) - 1e-6, profile.frames().name(f));
    }

    @ParameterizedTest @MethodSource("yappi") void agreesWithYappi(String name) throws IOException {
        String base = name.substring(0, name.length() - ".callgrind".length());
        Map<String, Object> truth = SAMPLES.truth(SAMPLES.hasTruth(base) ? base : name);
        Profile.Graph profile = read(name);
        assertEquals("yappi", profile.info().creator());
        assertEquals(Unit.MICROSECONDS, profile.info().events().getFirst().unit());
        CallGraph graph = profile.graphs().getFirst();
        if (truth.get("callgrind_sum_self_us") != null) assertEquals(number(truth.get("callgrind_sum_self_us")),
                profile.info().events().getFirst().total());
        Map<?, ?> heavy = null;
        int listed = 0;
        for (Object row : list(truth.get("functions"))) {
            if (heavy == null || number(map(row).get("ttot")) > number(heavy.get("ttot"))) heavy = map(row);
            if (Boolean.TRUE.equals(map(row).get("builtin"))) continue;
            int found = find(profile.frames(), map(row));
            assertTrue(found >= 0, row.toString());
            assertEquals(number(map(row).get("tsub")) * 1e6, graph.self(0, found), 1.01, row.toString());
            listed++;
        }
        assertTrue(listed > 0);
        // Its main calls most through a built-in that was not recorded: the file does not say what that cost.
        if (name.startsWith("wl_unicode")) return;
        double heaviest = number(heavy.get("ttot")) * 1e6;
        String tail = heavy.get("name").toString();
        double nearest = Double.NaN;
        for (int f = 0; f < profile.frames().size(); f++)
            if (profile.frames().name(f).equals(tail) && !(Math.abs(graph.total(0, f) - heaviest) >= Math.abs(nearest - heaviest)))
                    nearest = graph.total(0, f);
        assertEquals(heaviest, nearest, Math.max(2, heaviest * 1e-3), tail);
    }

    private static int find(FrameTable frames, Map<?, ?> row) {
        for (int f = 0; f < frames.size(); f++)
            if (frames.name(f).equals(row.get("name")) && row.get("module").equals(frames.file(f))
                    && number(row.get("lineno")) == frames.line(f)) return f;
        return -1;
    }

    @ParameterizedTest @MethodSource("good") void isDetectedUnderAnyName(String name) throws IOException {
        byte[] bytes = SAMPLES.bytes(name);
        for (String called : List.of(name, "unknown")) {
            var bid = assertInstanceOf(Bid.Yes.class, format.sniff(Head.of(Source.of(called, bytes))));
            assertTrue(bid.strength() >= 90, called);
            assertFalse(new CollapsedFormat().sniff(Head.of(Source.of(called, bytes))) instanceof Bid.Yes(int strength)
                    && strength >= bid.strength());
        }
    }

    @ParameterizedTest @MethodSource("good") void cutAnywhereGivesWhatWasReadOrAProblem(String name) {
        byte[] bytes = SAMPLES.bytes(name);
        int read = 0;
        for (int i = 0; i < 20; i++) {
            byte[] cut = java.util.Arrays.copyOf(bytes, (int) ((long) bytes.length * i / 20));
            Profile profile = FormatSamples.readDamaged(format, cut);
            if (profile == null) continue;
            read++;
            if (name.contains(".out.") && !name.contains("combined") && i < 18) assertFalse(profile.info().warnings().isEmpty(), name
                    + " cut " + i);
        }
        assertTrue(read > 0, name);
    }

    @ParameterizedTest @MethodSource("good") void stopsAtTheFirstCheckpoint(String name) {
        assertThrows(CancellationException.class, () -> format.read(SAMPLES.source(name), TaskContext.cancelledAfter(0)));
    }

    @ParameterizedTest @MethodSource("all") void nothingButProblemsComesOut(String name) {
        Profile profile = FormatSamples.readDamaged(format, SAMPLES.bytes(name));
        if (profile instanceof Profile.Graph graph) assertTrue(graph.frames().size() > 0);
        else assertThrows(ProblemException.class, () -> format.read(SAMPLES.source(name), TaskContext.detached()));
    }

    private static String key(FrameTable frames, int f) {
        String file = frames.file(f);
        String module = frames.module(f);
        String name = frames.name(f);
        return (file != null ? file : name.startsWith("<") && module == null && !name.startsWith("<module") ? "~" : "???") + ":" + name;
    }

    private static void assertClose(double want, double got, String what) {
        assertEquals(want, got, Math.abs(want) * 1e-12, what);
    }

    private static List<?> list(Object value) {
        return (List<?>) value;
    }

    private static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }
}
