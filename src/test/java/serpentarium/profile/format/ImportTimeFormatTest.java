package serpentarium.profile.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.profile.Event;
import serpentarium.profile.Profile;
import serpentarium.profile.StackTree;
import serpentarium.profile.Unit;
import serpentarium.profile.Warning;
import serpentarium.task.TaskContext;

/// Import times against sums that a script made of the same text.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ImportTimeFormatTest implements FormatContract {
    @Override public ProfileFormat format() {
        return new ImportTimeFormat();
    }

    private Profile.Stacks read(String text) throws IOException {
        Profile profile = format().read(Source.of("some.txt", text.getBytes(StandardCharsets.UTF_8)), TaskContext.detached());
        FormatContract.sane(profile);
        return (Profile.Stacks) profile;
    }

    private static int number(Object value) {
        return ((Number) value).intValue();
    }

    @TestFactory Stream<DynamicTest> everySampleEqualsItsTruth() {
        return samples().names().map(name -> dynamicTest(name, () -> {
            Map<String, Object> truth = samples().truth(name);
            var profile = (Profile.Stacks) format().read(samples().source(name), TaskContext.detached());
            FormatContract.sane(profile);
            assertEquals(List.of(), profile.info().warnings());
            assertEquals(new Event("time", "Time", Unit.MICROSECONDS, number(truth.get("sum_self_us"))),
                    profile.info().events().getFirst());
            StackTree tree = profile.trees().getFirst();
            Map<String, Integer> top = new HashMap<>();
            int[] depth = new int[tree.size()];
            int deepest = 0;
            for (int node = 1; node < depth.length; node++) {
                deepest = Math.max(deepest, depth[node] = depth[tree.parent(node)] + 1);
                if (depth[node] == 1) top.merge(profile.frames().name(tree.frame(node)), 1, Integer::sum);
            }
            assertEquals(number(truth.get("max_depth")), deepest - 1, "the script counts from 0");
            assertEquals(number(truth.get("top_level")), top.size());
            Map<String, Double> self = FormatContract.selfByName(profile, 0);
            List<?> dearest = (List<?>) truth.get("max_self");
            assertEquals(number(dearest.get(1)), self.get(dearest.get(0)));
            assertEquals(number(dearest.get(1)), self.values().stream().mapToDouble(v -> v).max().orElseThrow());
            // Python rounds each time to whole microseconds: what it says of all below a module may differ by one a module.
            List<?> widest = (List<?>) truth.get("max_cumulative");
            assertEquals(number(widest.get(1)), FormatContract.totalByName(profile, 0, false).get(widest.get(0)),
                    number(truth.get("modules")));
        }));
    }

    @Test void importersComeAfterWhatTheyImport() throws IOException {
        var profile = read("""
                import time: self [us] | cumulative | imported package
                import time:         1 |          1 |     a.b.c
                a line of the program
                import time:         2 |          3 |   a.b
                import time:         4 |          4 |   a.d
                import time:         8 |         15 | a
                import time:        16 |         16 | a
                import time:        x6 |         16 | bad
                import time:
                import time:        32 |         32 |       lost
                """);
        assertEquals(Map.of("a", 24.0, "a.b", 2.0, "a.b.c", 1.0, "a.d", 4.0, "lost", 32.0), FormatContract.selfByName(profile, 0));
        assertEquals(Map.of("a", 31.0, "a.b", 3.0, "a.b.c", 1.0, "a.d", 4.0, "lost", 32.0), FormatContract.totalByName(profile, 0, false));
        var timeline = profile.timeline(0);
        var order = new StringBuilder();
        for (int s = 0; s < timeline.size(); s++) {
            int node = timeline.node(s);
            order.append(node == 0 ? "-" : profile.frames().name(profile.trees().getFirst().frame(node))).append(' ')
                    .append((int) timeline.start(s)).append(' ');
        }
        assertEquals("a.b.c 0 a.b 1 a.d 3 a 7 - 15 a 15 lost 31 ", order.toString());
        assertEquals(Unit.MICROSECONDS, timeline.unit());
        assertEquals(List.of("importtime.bad-line", "importtime.bad-line"), profile.info().warnings().stream().map(Warning::id).toList());
    }

    @Test void nothingToShow() {
        assertEquals("importtime.no-modules", assertThrows(ProblemException.class, () ->
                read("import time: self [us] | cumulative | imported package\n")).problem().id());
    }

    @Test void deep() throws IOException {
        var text = new StringBuilder();
        for (int i = 2_000; i >= 0; i--) text.append("import time: 1 | 1 | ").append("  ".repeat(i)).append("m\n");
        assertEquals(2_002, read(text.toString()).trees().getFirst().size());
    }
}
