package serpentarium.profile.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import serpentarium.profile.CallGraph;
import serpentarium.profile.analysis.Neighbourhood.Box;
import serpentarium.profile.analysis.Neighbourhood.Limits;
import serpentarium.profile.analysis.Neighbourhood.Link;
import serpentarium.task.TaskContext;

/// The functions around a function, and where they are drawn.
class NeighbourhoodTest {
    private static final TaskContext CONTEXT = TaskContext.detached();

    private static FunctionGraph graph(Stacks stacks) {
        return FunctionGraph.of(TopDown.of(stacks.tree(), 0, CONTEXT), stacks.functions(), CONTEXT);
    }

    @Test void stacksGiveTheSameEdgesAsCounting() {
        for (int seed = 0; seed < 40; seed++) {
            Stacks stacks = Stacks.random(new Random(seed), 7, 50, 8, true);
            CallGraph calls = graph(stacks).calls();
            var totals = stacks.edgeTotals();
            assertEquals(totals.size(), calls.edges());
            for (int edge = 0; edge < calls.edges(); edge++)
                assertEquals(totals.get(List.of(calls.caller(edge), calls.callee(edge))), calls.edgeTotal(0, edge), "seed " + seed);
            for (int f = 0; f < 7; f++) {
                assertEquals(stacks.functionTotals()[f], calls.total(0, f));
                assertEquals(stacks.functionSelfs()[f], calls.self(0, f));
            }
        }
    }

    @Test void layersAreDistancesAndTheDearestComeFirst() {
        // 0 → 1 → 2 → {3, 4}, 4 → 5; 6 costs next to nothing.
        var stacks = new Stacks().add(10, 0, 1, 2, 3).add(60, 0, 1, 2, 4, 5).add(5, 0, 1).add(0.1, 0, 1, 2, 6);
        Neighbourhood around = Neighbourhood.of(graph(stacks), 2, new Limits(2, 2, 0.01, 40), CONTEXT);
        assertEquals(List.of(2, 1, 0), around.boxes().stream().map(Box::function).filter(f -> f <= 2).toList());
        assertEquals(0, layer(around, 2));
        assertEquals(-1, layer(around, 1));
        assertEquals(-2, layer(around, 0));
        assertEquals(1, layer(around, 3));
        assertEquals(2, layer(around, 5));
        assertEquals(-1, around.box(6), "below a hundredth of the middle");
        assertEquals(1, around.leftOut());
        assertEquals(1, around.boxes().get(0).moreCallees());
        assertTrue(around.links().contains(new Link(around.box(2), around.box(4), null, 60)));
        Neighbourhood near = Neighbourhood.of(graph(stacks), 2, new Limits(1, 1, 0, 40), CONTEXT);
        assertEquals(5, near.boxes().size(), "one level, cheap ones too");
        assertEquals(3, Neighbourhood.of(graph(stacks), 2, new Limits(3, 3, 0, 3), CONTEXT).boxes().size());
        assertThrows(CancellationException.class, () -> Neighbourhood.of(graph(stacks), 2, new Limits(1, 1, 0, 9), TaskContext.cancelledAfter(0)));
    }

    private static int layer(Neighbourhood around, int function) {
        return around.boxes().get(around.box(function)).layer();
    }

    @Test void unknownCostsAreDrawnAndStayUnknown() {
        var graph = new CallGraph.Builder(1, true, true, false);
        for (int f = 0; f < 3; f++) {
            graph.addTotal(0, f, 9 - f);
            graph.calls().set(f, 4);
        }
        for (int callee = 1; callee < 3; callee++) {
            int edge = graph.edge(callee - 1, callee);
            graph.addEdgeTotal(0, edge, Double.NaN);
            graph.edgeCalls().set(edge, 4);
        }
        Neighbourhood around = Neighbourhood.of(new FunctionGraph(graph.build(3), 0, FunctionGraph.Basis.SUMS), 1, new Limits(2, 2, 0.01, 40), CONTEXT);
        assertEquals(3, around.boxes().size());
        assertTrue(around.links().stream().allMatch(link -> Double.isNaN(link.cost()) && link.calls().intValue() == 4));
    }

    @Test void noBoxLiesOnAnotherWhateverTheGraph() {
        for (int seed = 0; seed < 80; seed++) {
            var random = new Random(seed);
            Stacks stacks = Stacks.random(random, 12 + random.nextInt(60), 300, 9, seed % 2 == 0);
            Neighbourhood around = Neighbourhood.of(graph(stacks), random.nextInt(stacks.functions()), new Limits(4, 4, 0, 60), CONTEXT);
            GraphDrawing drawing = GraphDrawing.of(around, CONTEXT);
            int boxes = around.boxes().size();
            for (int a = 0; a < boxes; a++) {
                assertTrue(drawing.x(a) >= 0 && drawing.x(a) + GraphDrawing.BOX_WIDTH <= drawing.width());
                assertTrue(drawing.y(a) >= 0 && drawing.y(a) + GraphDrawing.BOX_HEIGHT <= drawing.height());
                assertEquals(a, drawing.boxAt(drawing.x(a) + 3, drawing.y(a) + 3));
                for (int b = 0; b < a; b++)
                    assertFalse(drawing.x(a) == drawing.x(b) && Math.abs(drawing.y(a) - drawing.y(b)) < GraphDrawing.BOX_HEIGHT + 8,
                            "seed " + seed + ": " + a + " and " + b);
            }
            long toOthers = around.links().stream().filter(link -> link.from() != link.to()).count();
            assertEquals(toOthers, drawing.curves().size());
            for (GraphDrawing.Curve curve : drawing.curves()) {
                Link link = around.links().get(curve.link());
                int last = curve.x().length - 1;
                assertTrue(touches(drawing, link.from(), curve.x()[0], curve.y()[0]) && touches(drawing, link.to(), curve.x()[last], curve.y()[last]));
                assertEquals(around.boxes().get(link.to()).layer() <= around.boxes().get(link.from()).layer(), curve.back());
            }
        }
    }

    private static boolean touches(GraphDrawing drawing, int box, double x, double y) {
        boolean side = x == drawing.x(box) || x == drawing.x(box) + GraphDrawing.BOX_WIDTH;
        return side && y > drawing.y(box) && y < drawing.y(box) + GraphDrawing.BOX_HEIGHT;
    }

    @Test void crossingsThatNeedNotBeAreNot() {
        // Two chains that the order of discovery would cross.
        var stacks = new Stacks().add(9, 0, 1, 4).add(8, 0, 2, 3);
        GraphDrawing drawing = GraphDrawing.of(Neighbourhood.of(graph(stacks), 0, new Limits(1, 3, 0, 40), CONTEXT), CONTEXT);
        int a = drawing.shown().box(1);
        int b = drawing.shown().box(2);
        assertEquals(drawing.y(a) < drawing.y(b), drawing.y(drawing.shown().box(4)) < drawing.y(drawing.shown().box(3)));
    }

    @Test void theSvgHoldsEveryBoxAndSurvivesOddNames() throws IOException {
        var stacks = new Stacks().add(9, 0, 1, 2).add(1, 1, 1);
        GraphDrawing drawing = GraphDrawing.of(Neighbourhood.of(graph(stacks), 1, new Limits(2, 2, 0, 40), CONTEXT), CONTEXT);
        var out = new ByteArrayOutputStream();
        GraphSvg.write(out, drawing, new OddLook(), "t & <t>");
        String svg = out.toString(StandardCharsets.UTF_8);
        assertTrue(svg.startsWith("<?xml") && svg.endsWith("</svg>"), svg);
        assertEquals(3, svg.split("&lt;f&gt;", -1).length - 1, svg);
        assertFalse(svg.contains("\u0007"));
        assertTrue(svg.contains("stroke-dasharray"));
    }

    private static final class OddLook implements GraphSvg.Look {
        @Override public int background() {
            return 0xffffff;
        }

        @Override public int fill(int box) {
            return 0xcc8844;
        }

        @Override public int textOn(int fill) {
            return 0;
        }

        @Override public int line() {
            return 0x555555;
        }

        @Override public String name(int box) {
            return "<f>\u0007 & a name that is much too long for its box in the drawing";
        }

        @Override public String figures(int box) {
            return "50 %";
        }

        @Override public String tooltip(int box) {
            return "tip";
        }

        @Override public double totalShare(int box) {
            return 0.5;
        }

        @Override public double selfShare(int box) {
            return 0;
        }

        @Override public String label(int link) {
            return "3 ×";
        }

        @Override public double thickness(int link) {
            return 2;
        }

        @Override public boolean unknown(int link) {
            return true;
        }
    }
}
