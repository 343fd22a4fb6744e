package serpentarium.profile.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Source;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.LineCosts;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Unit;
import serpentarium.profile.format.SvgFlameFormat;
import serpentarium.task.TaskContext;

/// The program's own pictures of flame graphs are read again.
class SvgReadBackTest {
    private static final double[] COSTS = {0.25, 0.125, 0.5, 1.0 / 3, 0.0625};

    private static Profile.Stacks sample(Event event) {
        var frames = new FrameTable.Builder();
        int main = frames.add("main", "/srv/app/main (1).py", null, 3);
        int work = frames.add("A.work.<locals>.<lambda>", "/srv/app/w.py", null, 12);
        int len = frames.add("<built-in method builtins.len>", null, null, FrameTable.NO_LINE);
        int odd = frames.add("odd & \"quoted\" (x", "C:\\tmp\\o.py", null, 1);
        var tree = new StackTree.Builder(1);
        int m = tree.child(0, main);
        int w = tree.child(m, work);
        tree.addSelf(0, m, COSTS[0]);
        tree.addSelf(0, w, COSTS[1]);
        tree.addSelf(0, tree.child(w, len), COSTS[2]);
        tree.addSelf(0, tree.child(m, odd), COSTS[3]);
        tree.addSelf(0, tree.child(0, len), COSTS[4]);
        var info = new ProfileInfo("sample", null, null, List.of(event), List.of(new ThreadInfo("main", event.total())), List.of());
        return new Profile.Stacks(info, frames.build(), LineCosts.NONE, List.of(tree.build()));
    }

    private static TreeMap<String, Double> paths(Profile.Stacks profile) {
        var costs = new TreeMap<String, Double>();
        StackTree tree = profile.trees().getFirst();
        FrameTable frames = profile.frames();
        for (int node = 1; node < tree.size(); node++) {
            if (!(tree.self(0, node) > 1e-12)) continue;
            String path = "";
            for (int at = node; at > 0; at = tree.parent(at)) {
                int f = tree.frame(at);
                path = "/" + frames.name(f) + "|" + frames.file(f) + "|" + Math.max(0, frames.line(f)) + path;
            }
            costs.merge(path, tree.self(0, node), Double::sum);
        }
        return costs;
    }

    private static byte[] written(Profile profile) throws IOException {
        var out = new ByteArrayOutputStream();
        new SvgWriter().write(profile, out, TaskContext.detached());
        return out.toByteArray();
    }

    @Test void stacksComeBackWithTheirNamesPlacesAndCosts() throws IOException {
        double sum = 0;
        for (double cost : COSTS) sum += cost;
        for (Unit unit : List.of(Unit.SECONDS, Unit.MICROSECONDS, Unit.NANOSECONDS, Unit.BYTES, Unit.SAMPLES, Unit.COUNT)) {
            Profile.Stacks before = sample(new Event("cost", "cost", unit, sum));
            byte[] svg = written(before);
            assertTrue(new SvgFlameFormat().sniff(Head.of(Source.of("made.svg", svg))) instanceof Bid.Yes, unit.id());
            var after = (Profile.Stacks) new SvgFlameFormat().read(Source.of("made.svg", svg), TaskContext.detached());
            assertEquals(List.of(), after.info().warnings());
            assertEquals(unit, after.info().events().getFirst().unit());
            assertEquals("Serpentarium", after.info().creator());
            TreeMap<String, Double> wanted = paths(before);
            TreeMap<String, Double> found = paths(after);
            assertEquals(wanted.keySet(), found.keySet(), unit.id());
            wanted.forEach((path, cost) -> assertEquals(cost, found.get(path), 1e-12, path));
        }
    }

    @Test void thePictureOfTheDemoHasItsWholeCost() throws IOException {
        var format = new serpentarium.profile.format.CollapsedFormat();
        Profile before = format.read(Source.of(Path.of("assets/demo/shop.collapsed")), TaskContext.detached());
        byte[] svg = written(before);
        assertTrue(new String(svg, StandardCharsets.UTF_8).contains("data-definition-lines"));
        Path file = Files.createTempFile("shop", ".svg");
        try {
            Files.write(file, svg);
            Profile after = new SvgFlameFormat().read(Source.of(file), TaskContext.detached());
            assertEquals(before.info().events().getFirst().total(), after.info().events().getFirst().total(), 1e-6);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
