package serpentarium.profile.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.Profile;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Timeline;
import serpentarium.profile.Unit;
import serpentarium.profile.Warning;
import serpentarium.task.TaskContext;

/// speedscope files against what a reference reading says, and the shapes that exporters give them.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SpeedscopeFormatTest implements FormatContract {
    private static final String FRAMES = "{'shared':{'frames':[{'name':'a','file':'f.py','line':1},{'name':'b','line':null},{'name':'c'}]},"
            + "'profiles':[";

    @Override public ProfileFormat format() {
        return new SpeedscopeFormat();
    }

    /// The table of frames is the first half of a small file.
    @Override public int leastCuts() {
        return 4;
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

    @TestFactory Stream<DynamicTest> everySampleEqualsItsTruth() {
        return samples().names().map(name -> dynamicTest(name, () -> {
            Map<String, Object> truth = samples().truth(name);
            var profile = (Profile.Stacks) format().read(samples().source(name), TaskContext.detached());
            FormatContract.sane(profile);
            assertEquals(List.of(), profile.info().warnings());
            List<?> profiles = (List<?>) truth.get("profiles");
            double scale = ((Map<?, ?>) profiles.getFirst()).get("unit").equals("milliseconds") ? 1e-3 : 1e-6;
            assertEquals(profiles.stream().map(p -> ((Map<?, ?>) p).get("name")).toList(),
                    profile.info().threads().stream().map(ThreadInfo::name).toList());
            for (int i = 0; i < profiles.size(); i++) {
                Map<?, ?> part = (Map<?, ?>) profiles.get(i);
                if (part.get("weight") instanceof Number weight)
                    assertEquals(weight.doubleValue() * scale, profile.info().threads().get(i).total(), 1e-9);
                StackTree tree = profile.trees().get(i);
                int[] depth = new int[tree.size()];
                int deepest = 0;
                for (int node = 1; node < depth.length; node++) deepest = Math.max(deepest, depth[node] = depth[tree.parent(node)] + 1);
                assertEquals(((Number) part.get("max_depth")).intValue(), deepest);
            }
            Map<String, Double> self = FormatContract.selfByName(profile, 0);
            Map<String, Double> total = FormatContract.totalByName(profile, 0, name.contains(".evented."));
            List<?> names = (List<?>) truth.get("names");
            assertEquals(names.size(), self.size());
            for (Object item : names) {
                List<?> row = (List<?>) item;
                String function = row.get(0).toString();
                assertEquals(((Number) row.get(1)).doubleValue() * scale, self.get(function), 1e-8, function);
                assertEquals(((Number) row.get(2)).doubleValue() * scale, total.get(function), 1e-8, function + " total");
            }
        }));
    }

    @Test void threadsLinesAndEventsOfManyUnits() throws IOException {
        var profile = read("{'$schema':'x','exporter':'memray 1.20','name':'run','profiles':["
                + "{'type':'sampled','name':'Memory','unit':'bytes','samples':[[0,1],[0,2],[]],'weights':[100,50,7]},"
                + "{'type':'sampled','name':'Allocations','unit':'none','samples':[[0,1]],'weights':[3]}],"
                + "'shared':{'frames':[{'name':'a','file':'f.py','line':9},"
                + "{'name':'b','file':'f.py','line':3},{'name':'b','file':'f.py','line':4}]}}");
        assertEquals(List.of(new Event("bytes", "Memory", Unit.BYTES, 150), new Event("weight", "Weight", Unit.COUNT, 3)),
                profile.info().events());
        assertEquals(List.of(new ThreadInfo("Memory", 150), new ThreadInfo("Allocations", 0)), profile.info().threads());
        assertEquals("memray 1.20", profile.info().creator());
        assertEquals("run", profile.info().command());
        assertEquals(2, profile.frames().size(), "a line that ran makes no second function");
        assertEquals(FrameTable.NO_LINE, profile.frames().line(1));
        assertEquals(3, profile.lines().line(profile.lines().begin(1)));
        assertEquals(100, profile.lines().cost(0, profile.lines().begin(1)));
        assertEquals(4, profile.lines().line(profile.lines().begin(1) + 1));
        assertEquals(List.of(), profile.info().warnings());
    }

    private static String times(Profile.Stacks profile, int thread) {
        Timeline line = profile.timeline(thread);
        StackTree tree = profile.trees().get(thread);
        return IntStream.range(0, line.size()).mapToObj(s -> line.start(s) + "+" + line.length(s) + (line.node(s) == 0 ? "-"
                : profile.frames().name(tree.frame(line.node(s))))).collect(Collectors.joining(" "));
    }

    @Test void samplesFollowOneAnother() throws IOException {
        String start = FRAMES + "{'name':'Process 7 Thread 0x1 \\\"Main\\\"','unit':'milliseconds','startValue':500,'endValue':999,";
        for (String lists : List.of("'samples':[[0,1],[0,1],[0],[],[0,9],[0,1]],'weights':[1000,500,250,500,250,250]",
                "'weights':[1000,500,250,500,250,250],'samples':[[0,1],[0,1],[0],[],[0,9],[0,1]]")) {
            var profile = read(start + lists + "},{'name':'Thread 2','unit':'bytes','samples':[[2]],'weights':[8]}]}");
            assertEquals(Unit.SECONDS, profile.timeline(0).unit());
            assertEquals("0.5+1.5b 2.0+0.25a 3.0+0.25b", times(profile, 0));
            assertEquals(new ThreadInfo("Thread 0x1 \"Main\"", 2.0, "Process 7"), profile.info().threads().getFirst());
            assertEquals(Unit.BYTES, profile.timeline(1).unit());
            assertEquals("0.0+8.0c", times(profile, 1));
        }
    }

    @Test void callsWithoutAGapStayApart() throws IOException {
        var events = new StringBuilder();
        for (String event : "O0@1 O1@1 C1@2 O1@2 C1@4 C0@4 O0@4 O1@4 C1@5 C0@6 O2@8 C2@9".split(" "))
            events.append(",{'type':'").append(event.charAt(0)).append("','frame':").append(event.charAt(1)).append(",'at':")
                    .append(event.substring(3)).append("}");
        var profile = read(FRAMES + "{'unit':'seconds','startValue':1,'endValue':9,'events':[" + events.substring(1) + "]}]}");
        assertEquals("1.0+1.0b 2.0+0.0a 2.0+2.0b 4.0+0.0- 4.0+1.0b 5.0+1.0a 8.0+1.0c", times(profile, 0));
    }

    @Test void oddJson() throws IOException {
        var profile = read("\uFEFF{'shared':{'x':[{'y':[1,{'z':null},]},-1.5e-3,true],'frames':[{'name':'a\\u00e4\\ud83d\\udc0d\\ud800\\n\\\\\\/',"
                + "'line':12.0},{'name':'\u00e4','line':3,},]},'profiles':[{'unit':'none','samples':[ [ 0 , 1 ] ,[1.0],[-1],[]],"
                + "'weights':[\n1.25e1, NaN ,-Infinity,123456789012345678901234567890e-30]}],'name':null}");
        assertEquals("a\u00e4\uD83D\uDC0D?\n\\/", profile.frames().name(0));
        assertEquals("\u00e4", profile.frames().name(1));
        assertEquals(12.5, profile.info().events().getFirst().total());
        for (String damaged : List.of("'x':[1 2]", "'x':{'a':1 'b':2}", "'x':tru", "'x':1-2", "'x':'\\x'", "'x':" + "9".repeat(2000), "'x' 1"))
            assertEquals(List.of("speedscope.damaged"),
                    warnings(read(FRAMES + "{'unit':'none','samples':[[0]],'weights':[1]}]," + damaged + ",'y':3}")), damaged);
        for (String cut : List.of("'x':[1,2", "'x':'abc", "'x':12", "'x'", ""))
            assertEquals(List.of("speedscope.truncated"), warnings(read(FRAMES + "{'unit':'none','samples':[[0]],'weights':[1]}]," + cut)), cut);
    }

    @Test void unitsOfTime() throws IOException {
        for (var unit : Map.of("seconds", 1.0, "milliseconds", 1e-3, "microseconds", 1e-6, "nanoseconds", 1e-9).entrySet()) {
            var profile = read(FRAMES + "{'unit':'" + unit.getKey() + "','samples':[[0]],'weights':[4]}]}");
            assertEquals(new Event("time", "Time", Unit.SECONDS, 4 * unit.getValue()), profile.info().events().getFirst());
            assertEquals("profile 1", profile.info().threads().getFirst().name());
        }
    }

    @Test void weightsBeforeSamplesAndMissingOnes() throws IOException {
        var early = read(FRAMES + "{'unit':'seconds','weights':[4,2],'samples':[[0],[0,1],[2]]}]}");
        assertEquals(Map.of("a", 4.0, "b", 2.0, "c", 0.0), FormatContract.selfByName(early, 0));
        assertEquals(List.of("speedscope.no-weight"), warnings(early));
        var late = read(FRAMES + "{'unit':'seconds','samples':[[0],[0,1],[2]],'weights':[4,2]}]}");
        assertEquals(FormatContract.selfByName(early, 0), FormatContract.selfByName(late, 0));
        var none = read(FRAMES + "{'unit':'seconds','samples':[[0],[0,1],[0]]}]}");
        assertEquals(Map.of("a", 2.0, "b", 1.0), FormatContract.selfByName(none, 0));
        assertEquals(Unit.SAMPLES, none.info().events().getFirst().unit());
        assertEquals(List.of("speedscope.no-weights"), warnings(none));
        var twice = read(FRAMES + "{'unit':'none','weights':[1],'samples':[[0],[1],[1]],'samples':[[1]],'weights':[9,9,9]}]}");
        assertEquals(1, twice.info().events().getFirst().total());
    }

    @Test void unbalancedEvents() throws IOException {
        var profile = read(FRAMES + "{'unit':'none','endValue':30,'events':[{'type':'C','frame':0,'at':0},{'type':'O','frame':0,'at':1},"
                + "{'type':'O','frame':1,'at':3},{'type':'O','frame':2,'at':6},{'type':'C','frame':0,'at':10},"
                + "{'type':'O','frame':1,'at':9.9999999999},"
                + "{'type':'O','frame':2,'at':4},{'type':'C','frame':2,'at':20},17,{'type':'Z','frame':0,'at':1}]}]}");
        assertEquals(Map.of("a", 2.0, "b", 3.0 + 10, "c", 4.0 + 10), FormatContract.selfByName(profile, 0));
        assertEquals(List.of("speedscope.not-open", "speedscope.unbalanced", "speedscope.backwards", "speedscope.bad-event",
                "speedscope.bad-event",
                "speedscope.left-open"), warnings(profile));
    }

    @Test void eventsAndSamplesInOneProfile() throws IOException {
        String open = "'events':[{'type':'O','frame':0,'at':1},{'type':'O','frame':1,'at':2}]";
        String close = "'events':[{'type':'C','frame':1,'at':5},{'type':'C','frame':0,'at':9}]";
        var profile = read(FRAMES + "{'unit':'none'," + open + ",'samples':[[2,2,2],[],[2]],'weights':[1,1,1]," + close + "}]}");
        assertEquals(Map.of("a", 1.0 + 4, "b", 3.0, "c", 2.0), FormatContract.selfByName(profile, 0));
    }

    @Test void badFramesAndWeights() throws IOException {
        var profile = read(FRAMES
                + "{'unit':'none','samples':[[0,7],[-1],[0,'x'],[1],5,[99999999999999999999],[2]],'weights':[1,1,1,-3,1,1,8]}]}");
        assertEquals(Map.of("a", 0.0, "b", 0.0, "c", 8.0), FormatContract.selfByName(profile, 0));
        assertTrue(warnings(profile).containsAll(List.of("speedscope.bad-frame", "speedscope.bad-weight", "speedscope.skipped",
                "speedscope.unknown-frame")));
    }

    @Test void nothingToShow() throws IOException {
        for (var bad : Map.of("{'profiles':[{'samples':[[0]],'weights':[1]}]}", "speedscope.no-frames", "{'shared':{'frames':[]}}",
                "speedscope.empty-frames",
                FRAMES + "]}", "speedscope.no-stacks", "[1,2]", "speedscope.no-frames", "{'a' 1}", "speedscope.no-frames").entrySet())
            assertEquals(bad.getValue(), assertThrows(ProblemException.class, () -> read(bad.getKey()), bad.getKey()).problem().id());
        byte[] sample = new FormatSamples("speedscope/hostile").bytes("bad-index.speedscope.json");
        assertNull(FormatSamples.readDamaged(format(), sample));
    }

    @Test void deepStacksAndDeepDocuments() throws IOException {
        int depth = 100_000;
        var stack = new StringBuilder("0");
        for (int i = 1; i < depth; i++) stack.append(",").append(i & 1);
        var profile = read(FRAMES + "{'unit':'none','samples':[[" + stack + "]],'weights':[1]}]}");
        assertEquals(depth + 1, profile.trees().getFirst().size());
        var events = new StringBuilder();
        for (int i = 0; i < depth; i++) events.append("{'type':'O','frame':0,'at':1},");
        for (int i = 0; i < depth; i++) events.append("{'type':'C','frame':1,'at':2},");
        profile = read(FRAMES + "{'unit':'none','events':[" + events + "{'type':'C','frame':0,'at':3}]}]}");
        assertEquals(2, profile.info().events().getFirst().total());
        assertEquals(21, warnings(profile).stream().filter("speedscope.not-open"::equals).count());
        var nested = read(FRAMES + "{'unit':'none','samples':[[0]],'weights':[1]}],'x':" + "[".repeat(200_000));
        assertEquals(List.of("speedscope.damaged"), warnings(nested));
    }

    @Test void hugeClaims() throws IOException {
        String frame = (FRAMES + "{'samples':[[2000000000]],'weights':[1]}]}").replace('\'', '"');
        assertNull(survive("frame", frame.getBytes(StandardCharsets.UTF_8)));
        var profile = read(FRAMES + "{'unit':'none','events':[{'type':'O','frame':16777215,'at':1e300},{'type':'O','frame':1,'at':1e280},"
                + "{'type':'C','frame':1,'at':-1e280}]},{'unit':'none','samples':[[0],[1]],'weights':[1e999,2]}]}");
        assertEquals(2, profile.info().events().getFirst().total());
    }
}
