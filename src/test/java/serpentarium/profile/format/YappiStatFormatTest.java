package serpentarium.profile.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.profile.CallGraph;
import serpentarium.profile.FrameTable;
import serpentarium.profile.Profile;
import serpentarium.profile.Unit;
import serpentarium.task.TaskContext;

/// yappi's own files against what yappi said in the process that wrote them.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class YappiStatFormatTest implements FormatContract {
    @Override public ProfileFormat format() {
        return new YappiStatFormat();
    }

    @TestFactory Stream<DynamicTest> everySampleEqualsItsTruth() {
        return samples().names().map(name -> dynamicTest(name, () -> {
            Map<String, Object> truth = samples().truth(name);
            var profile = (Profile.Graph) format().read(samples().source(name), TaskContext.detached());
            FormatContract.sane(profile);
            assertEquals(List.of(), profile.info().warnings());
            assertEquals("yappi (" + truth.get("clock_type") + " clock)", profile.info().creator());
            assertEquals(Unit.SECONDS, profile.info().events().getFirst().unit());
            assertEquals(((Number) truth.get("sum_tsub")).doubleValue(), profile.info().events().getFirst().total(), 1e-12);
            CallGraph graph = profile.graphs().getFirst();
            assertEquals(truth.get("n_functions"), graph.entries());
            assertEquals(truth.get("sum_ncall"), graph.calls().sum().intValueExact());
            functions((List<?>) truth.get("functions"), profile.frames(), graph);
        }));
    }

    private static void functions(List<?> rows, FrameTable frames, CallGraph graph) {
        Map<String, Integer> byName = new HashMap<>();
        for (int f = 0; f < frames.size(); f++) byName.put(fullName(frames, f), f);
        int edges = 0;
        for (Object item : rows) {
            Map<?, ?> row = (Map<?, ?>) item;
            Integer f = byName.get(row.get("full_name").toString());
            assertNotNull(f, () -> "no " + row.get("full_name"));
            assertEquals(row.get("name"), frames.name(f));
            assertEquals(Boolean.TRUE.equals(row.get("builtin")) ? null : row.get("module"), frames.file(f));
            assertEquals(Boolean.TRUE.equals(row.get("builtin")) ? FrameTable.NO_LINE : row.get("lineno"), frames.line(f));
            assertEquals(row.get("ncall"), (int) graph.calls().get(f));
            assertEquals(row.get("nactualcall"), (int) graph.primitiveCalls().get(f));
            assertEquals(row.get("tsub"), graph.self(0, f), row.toString());
            assertEquals(row.get("ttot"), graph.total(0, f), row.toString());
            for (Object each : (List<?>) row.get("children")) {
                Map<?, ?> child = (Map<?, ?>) each;
                int callee = byName.get(child.get("full_name").toString());
                int edge = -1;
                for (int e = graph.calleesBegin(f); e < graph.calleesEnd(f); e++) if (graph.callee(e) == callee) edge = e;
                assertTrue(edge >= 0, () -> row.get("full_name") + " -> " + child.get("full_name"));
                Object full = child.get("full_name");
                long listed = ((List<?>) row.get("children")).stream().filter(c -> ((Map<?, ?>) c).get("full_name").equals(full)).count();
                if (listed > 1) continue;
                assertEquals(child.get("ncall"), (int) graph.edgeCalls().get(edge));
                assertEquals(child.get("ttot"), graph.edgeTotal(0, edge));
                assertEquals(child.get("tsub"), graph.edgeSelf(0, edge));
                edges++;
            }
        }
        assertTrue(edges > 3 && edges <= graph.edges());
    }

    private static String fullName(FrameTable frames, int f) {
        return frames.file(f) == null ? frames.module(f) + "." + frames.name(f) : frames.file(f) + ":" + frames.line(f) + " "
                + frames.name(f);
    }

    @Test void noPickleRuns() throws IOException {
        var hostile = new FormatSamples("yappi/hostile");
        for (String name : hostile.names().toList()) {
            assertInstanceOf(Bid.No.class, format().sniff(Head.of(hostile.source(name))), name);
            assertNull(survive(name, hostile.bytes(name)), name);
        }
        assertFalse(Files.exists(Path.of("/opt/corpus_canary_samples")));
    }

    @Test void functionsBeforeTheDamageAreShown() {
        byte[] bytes = samples().bytes("wl_json-cpu-builtins.yappi.ystat");
        var whole = (Profile.Graph) survive("whole", bytes);
        var half = (Profile.Graph) survive("half", Arrays.copyOf(bytes, bytes.length / 2));
        assertEquals("yappi.damaged", half.info().warnings().getFirst().id());
        int functions = half.graphs().getFirst().entries();
        assertTrue(functions > 5 && functions < whole.graphs().getFirst().entries());
        // The file tells the called functions first; each is what it is in the whole file.
        Map<String, Double> self = new HashMap<>();
        for (int f = 0; f < whole.frames().size(); f++) self.put(fullName(whole.frames(), f), whole.graphs().getFirst().self(0, f));
        for (int f = 0; f < functions; f++) assertEquals(self.get(fullName(half.frames(), f)), half.graphs().getFirst().self(0, f));
    }

    private Profile.Graph made(String functions) throws IOException {
        String pickle = "(cyappi\nYFuncStats\n)\u0081}(S'_as_list'\n](" + functions + "eubS'cpu'\nt.";
        Profile profile = format().read(Source.of("made", pickle.getBytes(StandardCharsets.ISO_8859_1)), TaskContext.detached());
        FormatContract.sane(profile);
        return (Profile.Graph) profile;
    }

    @Test void oddShapes() throws IOException {
        var empty = made("");
        assertEquals(0, empty.graphs().getFirst().entries());
        assertEquals(List.of("yappi.empty"), empty.info().warnings().stream().map(w -> w.id()).toList());
        var odd = made("NI5\ncyappi\nYFuncStat\n)\u0081}(S'name'\nS'f'\nS'ncall'\nL99999999999999999999L\n"
                + "S'ttot'\nFinf\nS'tsub'\nI2\nS'lineno'\nI-4\nub");
        assertEquals(1, odd.graphs().getFirst().entries());
        assertEquals("99999999999999999999", odd.graphs().getFirst().calls().exact(0).toString());
        assertEquals(2, odd.info().events().getFirst().total());
        assertEquals(0, odd.graphs().getFirst().total(0, 0));
        assertEquals(FrameTable.NO_LINE, odd.frames().line(0));
        assertEquals(List.of("yappi.bad-function", "yappi.bad-function", "yappi.bad-time", "yappi.bad-number"),
                odd.info().warnings().stream().map(w -> w.id()).toList());
        var other = assertThrows(ProblemException.class, () -> format().read(Source.of("x", "N.".getBytes(StandardCharsets.US_ASCII)),
                TaskContext.detached()));
        assertEquals("yappi.no-statistics", other.problem().id());
    }
}
