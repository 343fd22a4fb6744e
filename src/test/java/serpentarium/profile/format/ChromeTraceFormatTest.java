package serpentarium.profile.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

/// Traces against what a reference reading says, and the shapes that tracers give them.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChromeTraceFormatTest implements FormatContract {
    @Override public ProfileFormat format() {
        return new ChromeTraceFormat();
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

    private static String event(String phase, String name, double at, String more) {
        return "{'ph':'" + phase + "','name':'" + name + "','pid':1,'tid':2,'ts':" + at + more + "}";
    }

    private static String complete(String name, double at, double length) {
        return event("X", name, at, ",'dur':" + length);
    }

    /// The same run was written as pairs and as complete events: one truth for both.
    @TestFactory Stream<DynamicTest> everySampleEqualsItsTruth() {
        return samples().names().map(name -> dynamicTest(name, () -> {
            Map<String, Object> truth = samples().truth(name.replace(".complete", ""));
            var profile = (Profile.Stacks) format().read(samples().source(name), TaskContext.detached());
            FormatContract.sane(profile);
            assertEquals(List.of(), profile.info().warnings());
            assertEquals(Unit.SECONDS, profile.info().events().getFirst().unit());
            Map<?, ?> threads = (Map<?, ?>) truth.get("threads");
            assertEquals(threads.size(), profile.trees().size());
            List<String> named = profile.info().threads().stream().map(ThreadInfo::name).toList();
            if (!name.contains(".complete")) assertEquals(List.copyOf(threads.values()), named);
            Map<String, Double> self = FormatContract.selfByName(profile, 0);
            Map<String, Double> total = FormatContract.totalByName(profile, 0, false);
            List<?> names = (List<?>) truth.get("names");
            assertEquals(names.size(), self.size());
            for (Object item : names) {
                List<?> row = (List<?>) item;
                String function = row.get(0).toString();
                double rounding = 1e-8 * ((Number) row.get(3)).intValue();
                assertEquals(((Number) row.get(1)).doubleValue() * 1e-6, self.get(function), rounding, function);
                assertEquals(((Number) row.get(2)).doubleValue() * 1e-6, total.get(function), rounding, function + " total");
            }
            if (name.contains(".complete")) assertEquals(samples().truth(name).get("n_names"), self.size());
        }));
    }

    @Test void completeEventsInAnyOrder() throws IOException {
        var profile = read("[" + complete("c", 2, 1) + "," + complete("d", 3, 0) + "," + complete("b", 1, 4) + "," + complete("a", 0, 10)
                + "," + complete("e", 10, 5) + ",");
        assertEquals(Map.of("a", 6e-6, "b", 3e-6, "c", 1e-6, "d", 0.0, "e", 5e-6), rounded(FormatContract.selfByName(profile, 0)));
        assertEquals(List.of(), warnings(profile));
        var same = read("[" + complete("inner", 1, 4) + "," + complete("outer", 1, 4) + "," + complete("before", 0, 1) + "]");
        assertEquals(4e-6, FormatContract.totalByName(same, 0, false).get("outer"), 1e-12);
        assertEquals(0, FormatContract.selfByName(same, 0).get("outer"), 1e-12);
    }

    private static Map<String, Double> rounded(Map<String, Double> values) {
        values.replaceAll((_, v) -> Math.rint(v * 1e9) / 1e9);
        return values;
    }

    @Test void overlapsAreCut() throws IOException {
        var profile = read("[" + complete("a", 0, 10) + "," + complete("b", 8, 5) + "," + complete("c", 20, 5) + ","
                + complete("d", 24.999, 3) + "]");
        assertEquals(Map.of("a", 8e-6, "b", 2e-6, "c", 4.999e-6, "d", 3e-6), rounded(FormatContract.selfByName(profile, 0)));
        assertEquals(List.of("chrome.overlap"), warnings(profile), "a nanosecond is rounding, not overlap");
    }

    @Test void pairsThatDoNotMatch() throws IOException {
        var profile = read("{'traceEvents':[" + event("E", "x", 0, "") + "," + event("B", "a", 1, "") + "," + event("B", "b", 2, "") + ","
                + complete("c", 3, 100) + ","
                + event("E", "", 5, "") + "," + event("B", "d", 6, "") + "," + event("E", "a", 7, "") + "," + event("B", "e", 8, "") + ","
                + event("i", "mark", 9, "") + ","
                + complete("f", 9, 1) + "]}");
        assertEquals(Map.of("a", 2e-6, "b", 1e-6, "c", 2e-6, "d", 1e-6, "e", 1e-6, "f", 1e-6),
                rounded(FormatContract.selfByName(profile, 0)));
        assertEquals(List.of("chrome.not-open", "chrome.overlap", "chrome.unbalanced", "chrome.left-open"), warnings(profile));
    }

    @Test void namesOfViztracerAndItsMetadata() throws IOException {
        var profile = read("{'traceEvents':[{'ph':'M','pid':7,'tid':7,'name':'process_name','args':{'name':'MainProcess'}},"
                + "{'ph':'M','pid':7,'tid':7,'name':'thread_name','args':{'name':'MainThread'}},"
                + "{'pid':7,'tid':7,'ts':1.5,'ph':'X','dur':3,'name':'A.work.<locals>.<lambda> (/tmp/a (1)/w.py:12)','cat':'FEE'},"
                + "{'pid':7,'tid':7,'ts':2,'ph':'X','dur':1,'name':'builtins.len','cat':'FEE'},"
                + "{'pid':8,'tid':9,'ts':2,'ph':'X','dur':1,'name':'odd (x','cat':'FEE'}],"
                + "'viztracer_metadata':{'version':'0.16.3','overflow':true},'file_info':{'files':{'/tmp/w.py':['x = 1',1]}}}");
        assertEquals("viztracer 0.16.3", profile.info().creator());
        assertEquals(List.of("chrome.overflow"), warnings(profile));
        assertEquals(List.of("MainThread, process MainProcess 7", "thread 9, process 8"),
                profile.info().threads().stream().map(ThreadInfo::name).toList());
        assertEquals("A.work.<locals>.<lambda>", profile.frames().name(0));
        assertEquals("/tmp/a (1)/w.py", profile.frames().file(0));
        assertEquals(12, profile.frames().line(0));
        assertEquals("builtins.len", profile.frames().name(1));
        assertNull(profile.frames().file(1));
        assertEquals(FrameTable.NO_LINE, profile.frames().line(1));
        assertEquals("odd (x", profile.frames().name(2));
        assertEquals("builtins", profile.frames().module(1));
        assertEquals(Origin.BUILTIN, Origin.of(profile.frames(), 1));
        assertEquals(List.of("MainProcess 7", "8"), profile.info().threads().stream().map(ThreadInfo::process).toList());
        assertEquals("x = 1", profile.sources().text("/tmp/w.py").orElseThrow());
    }

    @Test void sourcesOfViztracer() throws IOException {
        String fee = ",'cat':'FEE','dur':1";
        var profile = read("{'file_info':{'files':{'/a.py':['def f():\\n  pass',2],'/bad.py':7,'/odd.py':[[1],'x'],'/none.py':[]},"
                + "'functions':{'f':['/a.py',1],'g (/a.py:9)':['/a.py',9],'h':[],'i':3}},'traceEvents':[" + event("X", "f", 0, fee) + ","
                + event("X", "g (/a.py:9)", 1, fee) + "," + event("X", "h", 2, fee) + "]}");
        assertEquals("def f():\n  pass", profile.sources().text("/a.py").orElseThrow());
        assertEquals(1, profile.sources().texts().size());
        assertEquals("/a.py", profile.frames().file(0));
        assertEquals(1, profile.frames().line(0));
        assertEquals(9, profile.frames().line(1));
        assertNull(profile.frames().file(2));
        String huge = "x".repeat(ChromeSources.LONGEST + 1);
        var cut = read("{'traceEvents':[" + complete("a", 0, 1) + "],'file_info':{'files':{'/big.py':['" + huge + "',1]}}}");
        assertEquals(List.of("chrome.damaged"), warnings(cut), "what came before is kept");
    }

    private static List<String> segments(Profile.Stacks profile, int thread) {
        var timeline = profile.timeline(thread);
        List<String> segments = new java.util.ArrayList<>();
        for (int s = 0; s < timeline.size(); s++) {
            int node = timeline.node(s);
            String name = node == 0 ? "-" : profile.frames().name(profile.trees().get(thread).frame(node));
            segments.add(name + " " + Math.round(timeline.start(s) * 1e6) + "+" + Math.round(timeline.length(s) * 1e6));
        }
        return segments;
    }

    @Test void timeIsKeptInOrder() throws IOException {
        var profile = read("[" + complete("a", 100, 10) + "," + complete("b", 102, 3) + "," + complete("b", 105, 2) + ","
                + complete("a", 120, 5) + "," + complete("a", 125, 5) + ",{'ph':'X','name':'c','pid':1,'tid':3,'ts':90,'dur':1}]");
        assertEquals(List.of("a 10+2", "b 12+3", "a 15+0", "b 15+2", "a 17+3", "a 30+5", "- 35+0", "a 35+5"), segments(profile, 0));
        assertEquals(List.of("c 0+1"), segments(profile, 1));
        assertEquals(Unit.SECONDS, profile.timeline(0).unit());
        var pairs = read("[" + event("B", "a", 1, "") + "," + event("B", "b", 2, "") + "," + event("E", "b", 3, "") + ","
                + event("B", "b", 3, "") + "," + event("E", "b", 4, "") + "," + event("E", "a", 9, "") + "]");
        assertEquals(List.of("a 0+1", "b 1+1", "a 2+0", "b 2+1", "a 3+5"), segments(pairs, 0));
    }

    @Test void linesOfPySpyAreThoseThatRan() throws IOException {
        String first = ",'cat':'py-spy','args':{'filename':'w.py','line':5}";
        String second = ",'args':{'line':6,'filename':'w.py'},'cat':'py-spy'";
        var profile = read("[" + event("B", "run", 0, first) + "," + event("E", "run", 2, first) + "," + event("B", "run", 2, second) + ","
                + event("E", "run", 5, second) + "]");
        assertEquals("py-spy", profile.info().creator());
        assertEquals(1, profile.frames().size());
        assertEquals("w.py", profile.frames().file(0));
        assertEquals(FrameTable.NO_LINE, profile.frames().line(0));
        assertEquals(2, profile.lines().end(0) - profile.lines().begin(0));
        assertEquals(5, profile.lines().line(0));
        assertEquals(2e-6, profile.lines().cost(0, 0), 1e-12);
        assertEquals(3e-6, profile.lines().cost(0, 1), 1e-12);
    }

    @Test void onlyTheArrayMayLackItsEnd() throws IOException {
        String inside = complete("a", 0, 1) + "," + complete("b", 2, 1);
        for (String whole : List.of("[" + inside, "[" + inside + ",\n", "[" + inside + "]", "{'traceEvents':[" + inside + "]}",
                "{'traceEvents':[" + inside + ",]}"))
            assertEquals(List.of(), warnings(read(whole)), whole);
        for (String cut : List.of("[" + inside + ",{'ph':'X',", "{'traceEvents':[" + inside, "{'traceEvents':[" + inside + "]"))
            assertEquals(List.of("chrome.truncated"), warnings(read(cut)), cut);
        assertEquals(List.of("chrome.damaged"), warnings(read("[" + inside + ",{'ph' 5}]")));
    }

    @Test void nothingToShow() {
        for (String bad : List.of("[]", "{'traceEvents':[]}", "[" + event("i", "mark", 1, "") + "]", "[" + event("E", "x", 1, "") + "]",
                "[1,2,{}]"))
            assertEquals("chrome.no-events", assertThrows(ProblemException.class, () -> read(bad), bad).problem().id());
    }

    @Test void anUnbalancedTraceIsRead() throws IOException {
        var hostile = new FormatSamples("chrome/hostile");
        var profile = (Profile.Stacks) format().read(hostile.source("unbalanced.chrome.json"), TaskContext.detached());
        FormatContract.sane(profile);
        assertEquals(1, profile.frames().size());
        assertEquals("open", profile.frames().name(0));
    }

    @Test void deepStacksAndManyWrongEnds() throws IOException {
        int depth = 100_000;
        var text = new StringBuilder("[");
        for (int i = 0; i < depth; i++) text.append(event("B", "f" + (i & 1), i, "")).append(',');
        for (int i = 0; i < depth; i++) text.append(event("E", "g", depth, "")).append(',');
        var profile = read(text.toString());
        assertEquals(depth + 1, profile.trees().getFirst().size());
        assertEquals(depth * 1e-6, profile.info().events().getFirst().total(), 1e-9);
        text.setLength(1);
        for (int i = 0; i < depth; i++) text.append(complete("f", i, 2 * depth - i)).append(',');
        assertEquals(depth + 1, read(text.toString()).trees().getFirst().size());
        assertNull(survive("nested", ("[" + "{'args':".repeat(100_000)).replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    @Test void hugeNumbers() throws IOException {
        var profile = read("[" + complete("a", 1e290, 1e290) + "," + complete("b", 1e300, 1) + "," + complete("c", -1e290, 1e290) + ","
                + "{'ph':'X','name':'d','pid':'p','tid':null,'ts':NaN,'dur':1}," + complete("e", 1, -1) + "," + complete("f", 1, 1) + "]");
        assertEquals(List.of("chrome.bad-event"), warnings(profile).stream().distinct().toList());
    }
}
