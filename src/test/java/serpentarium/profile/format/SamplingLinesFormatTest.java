package serpentarium.profile.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.profile.Profile;
import serpentarium.profile.Unit;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.Slice;
import serpentarium.task.TaskContext;

/// Counts of Python 3.15's sampler that a script wrote by CPython's sources, with its sums over the stacks it put in.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SamplingLinesFormatTest implements FormatContract {
    @Override public ProfileFormat format() {
        return new SamplingLinesFormat();
    }

    /// Counts come last: without them there is nothing to show.
    @Override public int leastCuts() {
        return 0;
    }

    /// Of a damaged line nothing is read, and the counts are one line.
    @Override public int leastFlips() {
        return 1000;
    }

    private Profile.Graph read(String text) throws IOException {
        Profile profile = format().read(Source.of("test", text.getBytes(StandardCharsets.UTF_8)), TaskContext.detached());
        FormatContract.sane(profile);
        return (Profile.Graph) profile;
    }

    private String text(String name) {
        return new String(samples().bytes(name), StandardCharsets.UTF_8);
    }

    @TestFactory Stream<DynamicTest> everySampleEqualsItsTruth() {
        return samples().names().map(name -> dynamicTest(name, () -> {
            Map<String, Object> truth = samples().truth(name);
            Profile.Graph profile = read(text(name));
            assertEquals(1, profile.info().warnings().size(), "only that there are no stacks");
            assertEquals(Unit.SAMPLES, profile.info().events().getFirst().unit());
            assertEquals(number(truth.get("samples")), profile.info().events().getFirst().total());
            assertEquals(number(truth.get("samples")) * number(truth.get("interval")) * 1e-6, profile.info().events().get(1).total(), 1e-9);
            same(truth.get("self"), sums(profile, false));
            same(truth.get("total"), sums(profile, true));
            Map<String, Double> lines = new HashMap<>();
            for (int f = 0; f < profile.frames().size(); f++)
                for (int row = profile.lines().begin(f); row < profile.lines().end(f); row++)
                    lines.merge(profile.frames().name(f) + ":" + profile.lines().line(row), profile.lines().cost(0, row), Double::sum);
            same(truth.get("lines"), lines);
        }));
    }

    private static Map<String, Double> sums(Profile.Graph profile, boolean total) {
        Map<String, Double> sums = new HashMap<>();
        var graph = profile.graphs().getFirst();
        for (int f = 0; f < graph.functions(); f++) sums.merge(profile.frames().name(f), total ? graph.total(0, f) : graph.self(0, f), Double::sum);
        return sums;
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    private static void same(Object truth, Map<String, Double> got) {
        got.values().removeIf(v -> v == 0);
        var expected = new HashMap<String, Double>();
        ((Map<?, ?>) truth).forEach((name, value) -> expected.put(name.toString(), number(value)));
        assertEquals(expected, got);
    }

    @Test void theTreeIsNoLargerThanTheSamples() throws IOException {
        Profile.Graph profile = read(text("wall.jsonl"));
        Analysis analysis = Analysis.of(Slice.first(profile), TaskContext.detached());
        assertEquals(profile.info().events().getFirst().total(), analysis.tree().total(0), 1e-6);
        assertEquals("profiling.sampling, mode wall", profile.info().creator());
        assertEquals("profiling.sampling", read(text("no-mode.jsonl")).info().creator());
        for (int f = 0; f < profile.frames().size(); f++) if (profile.frames().name(f).equals("<GC>")) assertNull(profile.frames().file(f));
    }

    @Test void whatIsMissingIsSaid() throws IOException {
        String text = text("wall.jsonl");
        String withoutEnd = text.substring(0, text.lastIndexOf("{\"type\":\"end\""));
        assertTrue(read(withoutEnd).info().warnings().stream().anyMatch(w -> w.line().contains("breaks off")), withoutEnd);
        String unknown = text.replace("\"entries\":[", "\"entries\":[{\"frame_id\":99999,\"self\":1,\"cumulative\":1},");
        assertTrue(read(unknown).info().warnings().stream().anyMatch(w -> w.line().contains("99999")));
        String twice = text.replace("\"samples_total\":", "\"samples_total\":1");
        assertTrue(read(twice).info().warnings().stream().anyMatch(w -> w.line().contains("samples; its frames")));
        assertThrows(ProblemException.class, () -> read(text.substring(0, text.indexOf('\n') + 1)));
        assertThrows(ProblemException.class, () -> read(""));
        assertEquals(0, read(text).graphs().getFirst().edges());
    }
}
