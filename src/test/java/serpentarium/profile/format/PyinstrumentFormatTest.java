package serpentarium.profile.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
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
import serpentarium.profile.Profile;
import serpentarium.profile.Timeline;
import serpentarium.profile.Unit;
import serpentarium.profile.Warning;
import serpentarium.profile.analysis.Origin;
import serpentarium.task.TaskContext;

/// Sessions and trees as versions of pyinstrument write them, from 2.3 to 5.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PyinstrumentFormatTest implements FormatContract {
    @Override public ProfileFormat format() {
        return new PyinstrumentFormat();
    }

    private Profile.Stacks read(String json) throws IOException {
        Source source = Source.of("some.json", json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        Profile profile = format().read(source, TaskContext.detached());
        FormatContract.sane(profile);
        return (Profile.Stacks) profile;
    }

    private static List<String> warnings(Profile profile) {
        return profile.info().warnings().stream().map(Warning::id).toList();
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    private static void same(Object expected, Map<String, Double> actual, double within) {
        Map<?, ?> wanted = (Map<?, ?>) expected;
        wanted.forEach((name, value) -> assertEquals(number(value), actual.getOrDefault(name, 0.0), within, name.toString()));
        actual.forEach((name, value) -> assertTrue(value <= within || wanted.containsKey(name), name));
    }

    @TestFactory Stream<DynamicTest> everySampleEqualsItsTruth() {
        return samples().names().map(name -> dynamicTest(name, () -> {
            Map<String, Object> truth = samples().truth(name);
            var profile = (Profile.Stacks) format().read(samples().source(name), TaskContext.detached());
            FormatContract.sane(profile);
            assertEquals(List.of(), profile.info().warnings());
            boolean session = name.endsWith(".pyisession");
            double within = session ? 1e-9 : 1e-5;
            same(truth.get("self"), FormatContract.selfByName(profile, 0), within);
            same(truth.get("total"), FormatContract.totalByName(profile, 0, false), within);
            Map<String, Double> lines = new HashMap<>();
            for (int f = 0; f < profile.frames().size(); f++)
                for (int row = profile.lines().begin(f); row < profile.lines().end(f); row++)
                    lines.merge(profile.frames().name(f) + ":" + profile.lines().line(row), profile.lines().cost(0, row), Double::sum);
            same(truth.get("lines"), lines, within);
            assertEquals(name.contains("2.3") ? null : "Program: shop.py --all", profile.info().command());
            assertEquals(Unit.SECONDS, profile.info().events().getFirst().unit());
            Timeline timeline = profile.timeline(0);
            assertEquals(session ? number(truth.get("duration")) : 0, timeline.size() == 0 ? 0 : timeline.end(timeline.size() - 1), 1e-9);
            assertTrue(!session || timeline.size() > number(truth.get("records")) / 2);
            for (int f = 0; f < profile.frames().size(); f++) {
                Origin origin = Origin.of(profile.frames(), f);
                switch (profile.frames().name(f)) {
                    case "[await]", "[out-of-context]", "<out-of-context>" -> assertEquals(Origin.BUILTIN, origin);
                    case "run", "Runner.run" -> assertEquals(Origin.STANDARD_LIBRARY, origin);
                    case "main" -> assertEquals(40, profile.frames().line(f));
                    case "préparer" -> assertEquals("/srv/café.py", profile.frames().file(f));
                    case "[self]", "[root]" -> throw new AssertionError(profile.frames().name(f) + " is no function");
                    default -> assertEquals(Origin.PROJECT, origin, profile.frames().name(f));
                }
            }
        }));
    }

    @Test void recordsThatAreNone() throws IOException {
        var profile = read("{'frame_records':[[['f\\u0000a.py\\u00003'],0.5],7,[],[['f\\u0000a.py\\u00003'],-1],[[],2],[['g'],'x'],"
                + "[[7,null,'','h\\u0000\\u0000x\\u0001\\u0001c\\u0001lxx\\u0001l7'],1,9],{},[['f\\u0000a.py\\u00003','[self]'],0.25]],'program':5}");
        assertEquals(Map.of("f", 0.75, "«unnamed»", 0.0, "h", 1.0), FormatContract.selfByName(profile, 0));
        assertEquals(5, warnings(profile).size());
        assertEquals(List.of("pyinstrument.bad-record"), warnings(profile).stream().distinct().toList());
        assertEquals(2.5, profile.timeline(0).start(1), "a record without a stack takes its time");
    }

    @Test void fieldsOfATreeInAnyOrder() throws IOException {
        var profile = read("{'root_frame':{'children':[{'time':2,'children':[],'line_no':7,'file_path':'b.py','function':'g'},null,7,[{}],"
                + "{'function':'[self]','time':1,'children':null}],'class_name':'A','time':4,'function':'f','file_path_short':'a.py',"
                + "'odd':{'children':[{}]}},'sample_count':3}");
        assertEquals(Map.of("A.f", 2.0, "g", 2.0), FormatContract.selfByName(profile, 0));
        assertEquals("a.py", profile.frames().file(1), "the short path where there is no other");
        assertEquals(0, profile.timeline(0).size());
    }

    @Test void deepTreesAndStacks() throws IOException {
        int depth = 100_000;
        String frame = "{'function':'f','file_path':'a.py','line_no':1,'time':1,'children':[";
        var profile = read("{'sample_count':1,'root_frame':" + frame.repeat(depth) + "]}".repeat(depth) + "}");
        assertEquals(depth + 1, profile.trees().getFirst().size());
        assertEquals(1, profile.info().events().getFirst().total(), 1e-9);
        var cut = read("{'sample_count':1,'root_frame':" + frame.repeat(1000));
        assertEquals(1001, cut.trees().getFirst().size());
        assertEquals(List.of("pyinstrument.truncated"), warnings(cut));
        var session = read("{'frame_records':[[[" + "'f\\u0000a.py\\u00001',".repeat(depth) + "],1]]}");
        assertEquals(depth + 1, session.trees().getFirst().size());
        assertNull(survive("nested", ("{'root_frame':" + "[".repeat(100_000)).replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    @Test void nothingToShow() {
        for (String bad : List.of("{'frame_records':[]}", "{'frame_records':{}}", "{'root_frame':null,'sample_count':0}", "{'root_frame':[]}"))
            assertEquals("pyinstrument.no-stacks", assertThrows(ProblemException.class, () -> read(bad), bad).problem().id());
    }
}
