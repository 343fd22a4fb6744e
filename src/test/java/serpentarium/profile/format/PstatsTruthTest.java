package serpentarium.profile.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Source;
import serpentarium.profile.CallGraph;
import serpentarium.profile.FrameTable;
import serpentarium.profile.Profile;
import serpentarium.profile.Unit;
import serpentarium.profile.Warning;
import serpentarium.task.TaskContext;

/// Every sample says what the pstats module says.
class PstatsTruthTest {
    private static Stream<DynamicTest> each(String what, Check check) throws IOException {
        List<PstatsSamples.Sample> samples = PstatsSamples.good();
        assertTrue(samples.size() > 80, () -> "only " + samples.size() + " samples");
        return samples.stream().map(sample -> dynamicTest(sample.name() + " " + what, () -> check.on(sample)));
    }

    private interface Check {
        void on(PstatsSamples.Sample sample) throws IOException;
    }

    @TestFactory Stream<DynamicTest> everySampleEqualsItsTruth() throws IOException {
        return each("equals its truth", sample -> new Comparison(sample).run());
    }

    @TestFactory Stream<DynamicTest> everySampleIsDetected() throws IOException {
        return each("is detected", sample -> {
            for (String name : List.of(sample.name(), "unknown")) {
                Bid bid = new PstatsFormat().sniff(Head.of(Source.of(name, sample.bytes())));
                int strength = assertInstanceOf(Bid.Yes.class, bid).strength();
                assertTrue(strength >= (sample.bytes().length == 2 ? 70 : 95), () -> "strength " + strength);
            }
        });
    }

    @TestFactory Stream<DynamicTest> everySampleStopsAtTheFirstCheckpoint() throws IOException {
        return each("stops", sample -> assertThrows(CancellationException.class,
                () -> new PstatsFormat().read(Source.of(sample.name(), sample.bytes()), TaskContext.cancelledAfter(0))));
    }

    /// One sample against its truth.
    private static final class Comparison {
        private final PstatsSamples.Sample sample;
        private final Map<String, Object> truth;
        private final Profile.Graph profile;
        private final CallGraph graph;
        private final FrameTable frames;
        private final Map<List<Object>, Integer> byKey = new HashMap<>();

        Comparison(PstatsSamples.Sample sample) throws IOException {
            this.sample = sample;
            truth = sample.facts();
            profile = sample.read();
            graph = profile.graphs().getFirst();
            frames = profile.frames();
            for (int f = 0; f < frames.size(); f++) assertNull(byKey.put(key(f), f), "twice: " + key(f));
        }

        private List<Object> key(int f) {
            return Arrays.asList(frames.file(f), (long) frames.line(f), frames.name(f));
        }

        private int frame(Object key) {
            List<?> parts = (List<?>) key;
            boolean builtin = parts.get(0).equals("~") || parts.get(0).equals("");
            Integer frame = byKey.get(Arrays.asList(builtin ? null : parts.get(0), number(parts.get(1)).longValue(), parts.get(2)));
            assertNotNull(frame, () -> "no function " + key);
            return frame;
        }

        void run() {
            assertEquals("pstats", profile.info().format());
            assertEquals(Unit.SECONDS, profile.info().events().getFirst().unit());
            assertEquals("time", profile.info().events().getFirst().name());
            assertEquals(1, profile.info().threads().size());
            int functions = number(truth.get("n_functions")).intValue();
            assertEquals(functions, graph.entries());
            assertEquals(functions, frames.size(), "no sample has callers without an entry");
            same(number(truth.get("total_tt")).doubleValue(), profile.info().events().getFirst().total());
            same(number(truth.get("total_tt")).doubleValue(), profile.info().threads().getFirst().total());
            BigInteger primitive = exact(truth.get(sample.yappi() ? "total_calls" : "prim_calls"));
            BigInteger all = exact(truth.get(sample.yappi() ? "prim_calls" : "total_calls"));
            assertEquals(primitive, graph.primitiveCalls().sum());
            assertEquals(all, graph.calls().sum());
            if (functions == 0) {
                assertEquals("pstats.empty", profile.info().warnings().getFirst().id());
                return;
            }
            boolean mixed = sample.name().matches("wl_threads-py3\\.1[23]\\.pstats");
            assertEquals(mixed ? List.of("pstats.threads") : List.of(), profile.info().warnings().stream().map(Warning::id).toList());
            assertEquals(number(truth.get("n_caller_edges")).intValue(), graph.edges());
            rows(list(truth.get("functions")));
            for (Object relation : list(truth.get("relations"))) relation((Map<?, ?>) relation);
            top("top_tottime", f -> graph.self(0, f));
            top("top_cumtime", f -> graph.total(0, f));
            if (!sample.yappi()) top("top_ncalls", f -> graph.calls().exact(f).doubleValue());
        }

        private void rows(List<?> rows) {
            if (rows == null) return;
            assertEquals(rows.size(), graph.entries());
            for (Object item : rows) {
                List<?> row = (List<?>) item;
                int f = frame(row.get(0));
                row(f, row.get(1), row.get(2), row.get(3), row.get(4));
                List<?> callers = list(row.get(5));
                assertEquals(callers.size(), graph.callerCount(f));
                for (Object caller : callers) edge(frame(list(caller).get(0)), f, list(caller).get(1));
            }
        }

        private void row(int f, Object first, Object second, Object self, Object total) {
            assertEquals(exact(sample.yappi() ? second : first), graph.primitiveCalls().exact(f), () -> key(f) + " primitive calls");
            assertEquals(exact(sample.yappi() ? first : second), graph.calls().exact(f), () -> key(f) + " calls");
            assertEquals(number(self).doubleValue(), graph.self(0, f), () -> key(f) + " self");
            assertEquals(number(total).doubleValue(), graph.total(0, f), () -> key(f) + " total");
        }

        private void edge(int caller, int callee, Object value) {
            int edge = -1;
            for (int e = graph.calleesBegin(caller); e < graph.calleesEnd(caller); e++) if (graph.callee(e) == callee) edge = e;
            assertTrue(edge >= 0, () -> "no edge " + key(caller) + " -> " + key(callee));
            assertEquals(caller, graph.caller(edge));
            boolean timed = value instanceof List<?>;
            assertEquals(exact(timed ? list(value).get(0) : value), graph.edgeCalls().exact(edge));
            assertEquals(timed ? number(list(value).get(2)).doubleValue() : Double.NaN, graph.edgeSelf(0, edge));
            assertEquals(timed ? number(list(value).get(3)).doubleValue() : Double.NaN, graph.edgeTotal(0, edge));
        }

        private void relation(Map<?, ?> relation) {
            int f = frame(relation.get("func"));
            assertEquals(number(relation.get("n_callers")).intValue(), graph.callerCount(f));
            assertEquals(number(relation.get("n_callees")).intValue(), graph.calleesEnd(f) - graph.calleesBegin(f));
            for (Object caller : list(relation.get("callers"))) edge(frame(list(caller).get(0)), f, list(caller).get(1));
            for (Object callee : list(relation.get("callees"))) edge(f, frame(list(callee).get(0)), list(callee).get(1));
        }

        private void top(String which, IntToDoubleFunction cost) {
            List<?> rows = list(truth.get(which));
            double[] sorted = IntStream.range(0, frames.size()).mapToDouble(cost).sorted().toArray();
            for (int i = 0; i < rows.size(); i++) {
                Map<?, ?> row = (Map<?, ?>) rows.get(i);
                int f = frame(row.get("func"));
                row(f, row.get("cc"), row.get("nc"), row.get("tt"), row.get("ct"));
                assertEquals(number(row.get("n_callers")).intValue(), graph.callerCount(f));
                assertEquals(sorted[sorted.length - 1 - i], cost.applyAsDouble(f), which + " at " + i);
            }
        }

        private static List<?> list(Object value) {
            return (List<?>) value;
        }

        private static Number number(Object value) {
            return (Number) value;
        }

        private static BigInteger exact(Object value) {
            return new BigInteger(value.toString());
        }

        private static void same(double expected, double actual) {
            assertEquals(expected, actual, Math.abs(expected) * 1e-9);
        }
    }
}
