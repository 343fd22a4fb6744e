package serpentarium.profile.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.BitSet;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import serpentarium.profile.FrameTable;
import serpentarium.profile.LineCosts;
import serpentarium.profile.Profile;
import serpentarium.profile.StackTree;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.FlameLayout;
import serpentarium.profile.analysis.FlameSvg;
import serpentarium.profile.analysis.Origin;
import serpentarium.profile.analysis.Outline;
import serpentarium.profile.analysis.Slice;
import serpentarium.task.TaskContext;

/// Colours, pixels, SVG and texts, all without a toolkit.
class FlamePaintTest {
    private static FlameScene scene(Profile profile, boolean dark, BitSet found) {
        Analysis analysis = Analysis.of(Slice.first(profile), TaskContext.detached());
        var colors = new FlameColors(FlameColoring.ORIGIN, analysis, dark, dark ? 0xff0d1117 : 0xffffffff);
        return new FlameScene(analysis.layout(), colors, new FlameLabels(FlameMode.HEAVY, analysis, analysis.layout()), found, found == null ? null : analysis.layout().rowsOf(found),
                0xffb35900);
    }

    private static int[] paint(FlameScene scene, FlameViewport view, int width, int height, double scale) {
        var pixels = new int[width * height];
        new FlameRaster().paint(pixels, width, height, scale, view, scene);
        return pixels;
    }

    @Test void everyShadeIsReadableInBothThemes() {
        for (boolean dark : new boolean[] {false, true}) {
            for (Origin origin : Origin.values()) {
                for (int i = 0; i < 3000; i++) {
                    int fill = FlameColors.shade(origin, "module" + i, dark);
                    assertTrue(FlameColors.contrast(fill, FlameColors.textOn(fill)) >= 4.5, origin + " " + Integer.toHexString(fill));
                }
            }
        }
    }

    @Test void originsLookDifferentAndModulesKeepTheirShade() {
        for (boolean dark : new boolean[] {false, true}) {
            for (Origin a : Origin.values()) {
                for (Origin b : Origin.values())
                    if (a != b) assertTrue(distance(FlameColors.family(a, dark), FlameColors.family(b, dark)) > 20, a + " " + b);
            }
            assertEquals(FlameColors.shade(Origin.PROJECT, "shop.views", dark), FlameColors.shade(Origin.PROJECT, "shop.views", dark));
            assertNotEquals(FlameColors.shade(Origin.PROJECT, "shop.views", dark), FlameColors.shade(Origin.PROJECT, "shop.viewt", dark));
        }
    }

    @Test void everyColourOfEachMeaningIsReadable() {
        for (boolean dark : new boolean[] {false, true}) {
            for (int i = 0; i < 3000; i++) {
                for (int fill : new int[] {FlameColors.hashed("module" + i, dark), FlameColors.heat(i / 3000.0, dark)})
                    assertTrue(FlameColors.contrast(fill, FlameColors.textOn(fill)) >= 4.5, Integer.toHexString(fill));
            }
            assertTrue(FlameColors.contrast(FlameColors.hashed(null, dark), FlameColors.textOn(FlameColors.hashed(null, dark))) >= 4.5);
            assertEquals(FlameColors.hashed("shop.views", dark), FlameColors.hashed("shop.views", dark));
        }
    }

    @Test void colourBlindEyesTellOriginsAndModulesApart() {
        for (boolean dark : new boolean[] {false, true}) {
            for (double[][] eyes : ColorVision.KINDS) {
                for (Origin a : Origin.values())
                    for (Origin b : Origin.values())
                        if (a != b) assertApart(FlameColors.family(a, dark), FlameColors.family(b, dark), eyes, 0.04);
                for (int a = 0; a < FlameColors.HUES; a++)
                    for (int b = 0; b < a; b++) assertApart(FlameColors.hue(a, 0, dark), FlameColors.hue(b, 0, dark), eyes, 0.07);
                // Of two shares of own cost the greater is always the stronger colour.
                for (int i = 1; i <= 4; i++) assertApart(FlameColors.heat(0.06 * i, dark), FlameColors.heat(0.06 * (i - 1), dark), eyes, 0.02);
            }
        }
    }

    private static void assertApart(int a, int b, double[][] eyes, double least) {
        double apart = ColorVision.distance(a, b, eyes);
        assertTrue(apart >= least, Integer.toHexString(a) + " " + Integer.toHexString(b) + " are " + apart + " apart");
    }

    private static double distance(int a, int b) {
        double sum = 0;
        for (int shift = 0; shift < 24; shift += 8) sum += Math.pow((a >> shift & 0xff) - (b >> shift & 0xff), 2);
        return Math.sqrt(sum);
    }

    @Test void thePixelOfANodeHasItsColour() {
        FlameScene scene = scene(FlameSamples.stacks(3, 0.05), false, null);
        var view = new FlameViewport(scene.layout());
        view.resize(800, 500);
        for (double scale : new double[] {1, 1.5, 2}) {
            int width = (int) (800 * scale);
            int height = (int) (500 * scale);
            int[] pixels = paint(scene, view, width, height, scale);
            int checked = 0;
            for (int node = 0; node < scene.layout().size(); node++) {
                double left = view.x(scene.layout().left(node));
                double right = view.x(scene.layout().right(node));
                double y = view.y(scene.layout().row(node)) + 8;
                if (right - left < 8 || y >= 480) continue;
                int at = (int) (y * scale) * width + (int) ((left + right) / 2 * scale);
                assertEquals(scene.fill(node), pixels[at]);
                checked++;
            }
            assertTrue(checked > 30);
        }
    }

    @Test void aSearchDimsTheRest() {
        Profile.Stacks profile = FlameSamples.stacks(3, 0.05);
        var found = new BitSet();
        found.set(5);
        FlameScene scene = scene(profile, false, found);
        var view = new FlameViewport(scene.layout());
        view.resize(1500, 700);
        int[] pixels = paint(scene, view, 1500, 700, 1);
        int hits = 0;
        for (int node = 1; node < scene.layout().size(); node++) {
            double middle = (view.x(scene.layout().left(node)) + view.x(scene.layout().right(node))) / 2;
            double y = view.y(scene.layout().row(node)) + 8;
            if (view.x(scene.layout().right(node)) - view.x(scene.layout().left(node)) < 6 || y >= 690) continue;
            boolean hit = scene.layout().frame(node) == 5;
            assertEquals(hit ? 0xffb35900 : scene.colors().dimmed(scene.fill(node)), pixels[(int) y * 1500 + (int) middle]);
            if (hit) hits++;
        }
        assertTrue(hits > 0);
    }

    @Test void estimatesAreHatched() {
        FlameScene scene = scene(FlameSamples.graph(FlameSamples.stacks(3, 0.05)), false, null);
        var view = new FlameViewport(scene.layout());
        view.resize(1500, 700);
        int[] pixels = paint(scene, view, 1500, 700, 1);
        int hatched = 0;
        for (int node = 1; node < scene.layout().size(); node++) {
            int from = (int) Math.ceil(view.x(scene.layout().left(node))) + 1;
            int to = (int) view.x(scene.layout().right(node)) - 2;
            int y = (int) view.y(scene.layout().row(node)) + 8;
            if (to - from < 20 || y >= 690) continue;
            boolean two = false;
            for (int x = from; x < to; x++) two |= pixels[y * 1500 + x] != pixels[y * 1500 + from];
            assertEquals(scene.estimated(node), two, scene.labels().label(node));
            assertEquals(scene.estimated(node), scene.labels().label(node).startsWith("≈"));
            if (two) hatched++;
        }
        assertTrue(hatched > 5);
        int node = 1;
        while (!scene.estimated(node)) node++;
        assertTrue(scene.labels().description(node).contains("between"), scene.labels().description(node));
    }

    private static Document svg(FlameScene scene, FlameSvg.View view) throws Exception {
        var out = new ByteArrayOutputStream();
        int boxes = FlameSvg.write(out, scene.layout(), view, FlameExport.look(scene), "All", TaskContext.detached());
        Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(out.toByteArray()));
        int rectangles = 0;
        NodeList all = document.getElementsByTagName("rect");
        for (int i = 0; i < all.getLength(); i++) if (((Element) all.item(i)).getAttribute("fill").startsWith("#")) rectangles++;
        // Besides the boxes there is the background, and the line of the hatching where there is one.
        assertEquals(boxes + (scene.layout().estimated() ? 2 : 1), rectangles);
        return document;
    }

    @Test void anSvgIsWellFormedAndHoldsTheBoxes() throws Exception {
        FlameScene scene = scene(FlameSamples.stacks(3, 0.05), false, null);
        FlameLayout layout = scene.layout();
        Document document = svg(scene, new FlameSvg.View(0, layout.width(), 0, layout.rowCount() - 1, 1200));
        NodeList texts = document.getElementsByTagName("text");
        assertTrue(texts.getLength() > 10);
        boolean module = false;
        for (int i = 0; i < texts.getLength(); i++) module |= texts.item(i).getTextContent().equals("<module>");
        assertTrue(module, "angle brackets are escaped and come back");
        Document part = svg(scene, new FlameSvg.View(layout.width() / 2, layout.width() * 0.6, 1, 4, 300));
        assertEquals("80", part.getDocumentElement().getAttribute("height"));
        svg(scene(FlameSamples.graph(FlameSamples.stacks(3, 0.05)), true, null), new FlameSvg.View(0, layout.width(), 0, 9, 900));
    }

    @Test void anSvgOfHostileNamesIsWellFormed() throws Exception {
        var frames = new FrameTable.Builder();
        var tree = new StackTree.Builder(1);
        var names = List.of("a\u0000b\u001bc", "]]>&amp;<!--", "\ud800lonely", "x".repeat(100_000), "\uffff", "\u202eright", "");
        for (String name : names) tree.addSelf(0, tree.child(0, frames.add(name, "f\u0001.py", "m\u0007", 3)), 10);
        Profile.Stacks like = FlameSamples.stacks(3, 1);
        FlameScene scene = scene(new Profile.Stacks(like.info(), frames.build(), LineCosts.NONE, List.of(tree.build())), false, null);
        Document document = svg(scene, new FlameSvg.View(0, scene.layout().width(), 0, 1, 2000));
        assertTrue(document.getElementsByTagName("g").getLength() >= names.size());
        for (int node = 1; node < scene.layout().size(); node++) {
            assertTrue(scene.labels().label(node).length() < 500);
            assertFalse(scene.labels().label(node).chars().anyMatch(Character::isISOControl));
        }
    }

    @Test void anSvgHasABoundedNumberOfBoxes() throws Exception {
        FlameScene scene = scene(FlameSamples.large(300_000), false, null);
        var out = new ByteArrayOutputStream();
        var view = new FlameSvg.View(0, scene.layout().width(), 0, scene.layout().rowCount() - 1, 1600);
        int boxes = FlameSvg.write(out, scene.layout(), view, FlameExport.look(scene), "All", TaskContext.detached());
        assertTrue(boxes <= FlameSvg.MOST_BOXES && boxes > 10_000, boxes + " boxes");
    }

    @Test void anOutlineIsIndentedAndBounded() {
        FlameScene scene = scene(FlameSamples.stacks(3, 0.05), false, null);
        Outline all = Outline.of(scene.layout(), 0, 100_000, scene.labels()::outlineLine);
        String[] lines = all.text().split("\n");
        assertEquals(all.lines(), lines.length);
        assertTrue(all.leftOut() > 0);
        assertTrue(lines[0].startsWith("100.0 %"), lines[0]);
        assertTrue(lines[1].startsWith("  ") && lines[1].contains("<module>"), lines[1]);
        assertTrue(lines[2].startsWith("    ") && lines[2].contains("serve_forever"), lines[2]);
        assertEquals(7, Outline.of(scene.layout(), 0, 7, scene.labels()::outlineLine).lines());
    }

    @Test void timeIsDividedByRoundNumbers() {
        assertEquals(0.5, FlamePainter.niceStep(0.21), 1e-12);
        assertEquals(2, FlamePainter.niceStep(1.3), 1e-12);
        assertEquals(100, FlamePainter.niceStep(51), 1e-9);
        assertEquals(1e-6, FlamePainter.niceStep(1e-6), 1e-15);
    }

    @Test void longNamesLoseTheirMiddle() {
        assertEquals("short", FlameLabels.middleCut("short", 10));
        assertEquals("abcde…wxyz", FlameLabels.middleCut("abcdefghijklmnopqrstuvwxyz", 10));
    }
}
