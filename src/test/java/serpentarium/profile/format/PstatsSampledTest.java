package serpentarium.profile.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import serpentarium.profile.CallGraph;
import serpentarium.profile.Profile;
import serpentarium.task.TaskContext;

/// The pstats file of Python 3.15's sampler, written with Python's own marshal from samples whose sums are known: an entry a line, callers that
/// are whole numbers, a mark that is true.
class PstatsSampledTest {
    private static final String NAME = "sampled-py3.13.pstats";
    private final FormatSamples samples = new FormatSamples("pstats-sampled");

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    private static void same(Object truth, Map<String, Double> got) {
        got.values().removeIf(v -> v == 0);
        var expected = new HashMap<String, Double>();
        ((Map<?, ?>) truth).forEach((name, value) -> expected.put(name.toString(), number(value)));
        assertEquals(expected, got);
    }

    @Test void functionsCallersAndLinesAreThoseOfTheSamples() throws IOException {
        Map<String, Object> truth = samples.truth(NAME);
        var profile = (Profile.Graph) new PstatsFormat().read(samples.source(NAME), TaskContext.detached());
        assertEquals(number(truth.get("samples")), profile.info().events().get(0).total());
        assertEquals(number(truth.get("seconds")), profile.info().events().get(1).total(), 1e-9);
        CallGraph graph = profile.graphs().getFirst();
        var self = new HashMap<String, Double>();
        var total = new HashMap<String, Double>();
        var edges = new HashMap<String, Double>();
        var lines = new HashMap<String, Double>();
        for (int f = 0; f < profile.frames().size(); f++) {
            String name = profile.frames().name(f);
            self.merge(name, graph.self(0, f), Double::sum);
            total.merge(name, graph.total(0, f), Double::sum);
            for (int c = 0; c < graph.callerCount(f); c++) {
                int edge = graph.callerEdge(f, c);
                edges.merge(profile.frames().name(graph.caller(edge)) + ">" + name, graph.edgeTotal(0, edge), Double::sum);
            }
            for (int row = profile.lines().begin(f); row < profile.lines().end(f); row++)
                lines.merge(name + ":" + profile.lines().line(row), profile.lines().cost(0, row), Double::sum);
            if (name.startsWith("<GC")) assertNull(profile.frames().file(f));
        }
        same(truth.get("self"), self);
        same(truth.get("total"), total);
        same(truth.get("edges"), edges);
        var python = new HashMap<String, Object>();
        ((Map<?, ?>) truth.get("lines")).forEach((line, count) -> {
            if (!line.toString().endsWith(":0")) python.put(line.toString(), count);
        });
        same(python, lines);
    }
}
