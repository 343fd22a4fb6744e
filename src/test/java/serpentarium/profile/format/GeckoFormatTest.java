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
import serpentarium.profile.FrameTable;
import serpentarium.profile.Profile;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Unit;
import serpentarium.profile.Warning;
import serpentarium.profile.analysis.Origin;
import serpentarium.task.TaskContext;

/// One recording as each version of the format would have it: the same figures come out.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GeckoFormatTest implements FormatContract {
    private static final String TABLES = "'stackTable':{'frame':[0,1],'prefix':[null,0]},'frameTable':{'func':[0,1],'line':[3,4]},"
            + "'funcTable':{'name':[0,1],'fileName':[2,2]},'stringArray':['a','b','x.py']";

    @Override public ProfileFormat format() {
        return new GeckoFormat();
    }

    @Override public int strength() {
        return 90;
    }

    /// The tables that say what samples are of stand behind them, in some versions at the very end.
    @Override public int leastCuts() {
        return 0;
    }

    @Override public int leastFlips() {
        return 1500;
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

    private static void same(Object expected, Map<String, Double> actual) {
        Map<?, ?> wanted = (Map<?, ?>) expected;
        wanted.forEach((name, value) -> assertEquals(number(value), actual.getOrDefault(name, 0.0), 1e-9, name.toString()));
        actual.forEach((name, value) -> assertTrue(value == 0 || wanted.containsKey(name), name));
    }

    @TestFactory Stream<DynamicTest> everyVersionSaysTheSame() {
        return samples().names().map(name -> dynamicTest(name, () -> {
            Map<String, Object> truth = samples().truth(name);
            var profile = (Profile.Stacks) format().read(samples().source(name), TaskContext.detached());
            FormatContract.sane(profile);
            assertEquals(List.of(), profile.info().warnings());
            same(truth.get("self"), FormatContract.selfByName(profile, 0));
            same(truth.get("total"), FormatContract.totalByName(profile, 0, false));
            List<?> totals = (List<?>) truth.get("threads");
            for (int t = 0; t < totals.size(); t++)
                assertEquals(number(totals.get(t)), profile.info().threads().get(t).total(), 1e-9);
            Map<String, Double> lines = new HashMap<>();
            for (int f = 0; f < profile.frames().size(); f++)
                for (int row = profile.lines().begin(f); row < profile.lines().end(f); row++)
                    lines.merge(profile.frames().name(f) + ":" + profile.lines().line(row), profile.lines().cost(0, row), Double::sum);
            same(truth.get("lines"), lines);
            assertEquals(List.of("MainThread, process shop 4711", "Pool 1, process shop 4711", "MainThread, process helper 4800"),
                    profile.info().threads().stream().map(ThreadInfo::name).toList());
            assertEquals("helper 4800", profile.info().threads().get(2).process());
            for (int f = 0; f < profile.frames().size(); f++) place(profile, f, name.startsWith("sampler"));
            Unit unit = name.startsWith("tracing") ? Unit.SECONDS : name.startsWith("bytes") ? Unit.BYTES : Unit.SAMPLES;
            assertEquals(unit, profile.info().events().getFirst().unit());
            times(profile, name.startsWith("tracing"));
        }));
    }

    private static void place(Profile profile, int function, boolean sampler) {
        FrameTable frames = profile.frames();
        switch (frames.name(function)) {
            case "main" -> {
                assertEquals("shop.py", frames.file(function));
                assertEquals(sampler ? FrameTable.NO_LINE : 40, frames.line(function));
            }
            case "préparer" -> assertEquals("café.py", frames.file(function));
            case "memcpy" -> {
                assertNull(frames.file(function));
                assertTrue(frames.module(function).endsWith("libc.so.6"));
                assertEquals(Origin.NATIVE, Origin.of(frames, function));
            }
            case "<GC>" -> assertEquals(Origin.BUILTIN, Origin.of(frames, function));
            default -> assertTrue(frames.name(function).length() > 1);
        }
    }

    private static void times(Profile.Stacks profile, boolean spans) {
        double first = Double.POSITIVE_INFINITY;
        for (int t = 0; t < profile.trees().size(); t++) {
            var timeline = profile.timeline(t);
            assertEquals(Unit.SECONDS, timeline.unit());
            assertTrue(timeline.size() > 3);
            first = Math.min(first, timeline.start(0));
            assertTrue(spans || timeline.end(timeline.size() - 1) > 0.01);
        }
        assertEquals(0, first, 0.002, "the first sample may have no stack");
        assertEquals(0.05, profile.timeline(2).start(0), 0.002, "processes have one clock");
    }

    @Test void samplesLastUntilTheNextOne() throws IOException {
        var profile = read("{'meta':{'interval':1},'threads':[{'name':'t'," + TABLES
                + ",'samples':{'stack':[0,1,1,null,0,1],'time':[5,6,7.5,8.5,9.5,20]}}]}");
        var timeline = profile.timeline(0);
        double[][] expected = {{0, 0.001}, {0.001, 0.0025}, {0.0045, 0.001}, {0.015, 0.001}};
        assertEquals(expected.length, timeline.size());
        for (int s = 0; s < expected.length; s++) {
            assertEquals(expected[s][0], timeline.start(s), 1e-12);
            assertEquals(expected[s][1], timeline.length(s), 1e-12);
        }
        assertEquals(Map.of("a", 2.0, "b", 3.0), FormatContract.selfByName(profile, 0));
        assertEquals(List.of(), warnings(profile));
        assertNull(profile.info().threads().getFirst().process());
    }

    @Test void deltasAddUpAndWeightsOfOneThreadAreNotAnothers() throws IOException {
        var profile = read("{'threads':[{'name':'t','tid':1," + TABLES + ",'samples':{'stack':[0,1],'timeDeltas':[5,2],'weight':[-1,3]}},"
                + "{'name':'t','tid':'2'," + TABLES + ",'samples':{'weightType':'bytes','stack':[1],'time':[6],'weight':[64]}}]}");
        assertEquals(List.of("samples", "memory"), profile.info().events().stream().map(e -> e.name()).toList());
        assertEquals(3, profile.info().events().getFirst().total());
        assertEquals(64, profile.info().events().getLast().total());
        assertEquals(List.of("t 1", "t 2"), profile.info().threads().stream().map(ThreadInfo::name).toList());
        assertEquals(0.002, profile.timeline(0).start(1), 1e-12);
        assertEquals(0.001, profile.timeline(1).start(0), 1e-12);
        assertEquals(List.of("gecko.negative"), warnings(profile));
        assertEquals(0.0, profile.info().threads().getLast().total());
    }

    @Test void damagedTables() throws IOException {
        var profile = read("{'meta':{'preprocessedProfileVersion':99},'threads':[{'name':'t',"
                + "'stackTable':{'frame':[0,1,7,0],'prefix':[2,0,null,3]},'frameTable':{'func':[0,9,1]},'funcTable':{'name':[5,1]},"
                + "'samples':{'stack':[0,1,2,3,99,'x',1.5,[1],{}]},'stringArray':['a',7]}]}");
        assertEquals(List.of("gecko.newer", "gecko.bad-stack", "gecko.no-names"), warnings(profile));
        assertTrue(profile.info().events().getFirst().total() >= 3);
        for (String odd : List.of("{'threads':5}", "{'threads':[5,null]}", "{'meta':[],'shared':7,'processes':[[]],'libs':{},'threads':[{}]}",
                "{'threads':[{'samples':[],'stackTable':7,'frameTable':'x','stringTable':{}}]}",
                "{'threads':[{'samples':{'schema':{'stack':0},'data':[[0],[1]]},'stackTable':{'schema':7,'data':[[],[null],7]}}]}"))
            assertEquals("gecko.no-stacks", assertThrows(ProblemException.class, () -> read(odd), odd).problem().id());
    }

    @Test void rowsBeforeTheirSchemaAreTakenAsUsual() throws IOException {
        var profile = read("{'threads':[{'name':'t','samples':{'data':[[1,3],[0,4,9]],'schema':{'stack':0,'time':1}},"
                + "'stackTable':{'data':[[null,0],[0,1]]},'frameTable':{'data':[[0],[1]]},"
                + "'stringTable':['work (file:///x.js:7:3)','0x7fff1234']}]}");
        assertEquals(Map.of("work", 1.0, "0x7fff1234", 1.0), FormatContract.selfByName(profile, 0));
        assertEquals("file:///x.js", profile.frames().file(0));
        assertEquals(7, profile.frames().line(0));
    }

    @Test void deepStacks() throws IOException {
        int depth = 200_000;
        var frame = new StringBuilder("0");
        var prefix = new StringBuilder("null");
        for (int i = 1; i < depth; i++) {
            frame.append(",0");
            prefix.append(',').append(i - 1);
        }
        var profile = read("{'threads':[{'name':'t','stackTable':{'frame':[" + frame + "],'prefix':[" + prefix + "]},"
                + "'frameTable':{'func':[0]},'funcTable':{'name':[0]},'stringArray':['f'],'samples':{'stack':[" + (depth - 1) + "]}}]}");
        assertEquals(depth + 1, profile.trees().getFirst().size());
        assertNull(survive("nested", ("{'processes':[".repeat(100_000)).replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }
}
