package serpentarium.profile.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.Slice;
import serpentarium.task.TaskContext;

class SourceHeatTest {
    @Test void heatComesFromLinesOrElseFromDefinitions() {
        var sample = new SampleProfile();
        SourceHeat lines = SourceHeat.of(Analysis.of(Slice.first(sample.stacks()), TaskContext.detached()), SampleProfile.FILE, false);
        assertTrue(lines.byLine());
        assertEquals(0.3, lines.at(44), 1e-9);
        assertEquals(0.35, lines.greatest(), 1e-9);
        assertTrue(Double.isNaN(lines.at(1)) && Double.isNaN(lines.at(100_000)));
        Analysis graph = Analysis.of(Slice.first(sample.graph()), TaskContext.detached());
        SourceHeat functions = SourceHeat.of(graph, SampleProfile.FILE, false);
        assertFalse(functions.byLine());
        assertEquals(graph.functions().self(sample.walk), functions.at(52), 1e-9);
    }
}
