package serpentarium.profile.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Source;
import serpentarium.profile.CallGraph;
import serpentarium.profile.Profile;
import serpentarium.profile.StackTree;
import serpentarium.profile.Timeline;
import serpentarium.task.TaskContext;

/// What every format has to do with its samples: find them, stop when told to, and stay calm when they are damaged.
interface FormatContract {
    /// Every format there is beside the one under test.
    List<ProfileFormat> ALL = List.of(new PstatsFormat(), new CallgrindFormat(), new CollapsedFormat(), new SpeedscopeFormat(),
            new ChromeTraceFormat(), new PerfScriptFormat(), new YappiStatFormat(), new ImportTimeFormat(), new PprofFormat(),
            new GeckoFormat(), new MojoFormat(), new PyinstrumentFormat(), new SvgFlameFormat(), new TachFormat(),
                new SamplingLinesFormat());

    /// The format under test.
    ProfileFormat format();

    /// Its good samples.
    default FormatSamples samples() {
        return new FormatSamples(format().id());
    }

    /// How strongly it bids for them at the least.
    default int strength() {
        return 80;
    }

    @TestFactory default Stream<DynamicTest> isDetectedUnderAnyName() {
        return samples().names().map(name -> dynamicTest(name, () -> {
            byte[] bytes = samples().bytes(name);
            for (String called : List.of(name, "unknown")) {
                Head head = Head.of(Source.of(called, bytes));
                int strength = assertInstanceOf(Bid.Yes.class, format().sniff(head), called).strength();
                assertTrue(strength >= strength(), () -> "only " + strength);
                for (ProfileFormat other : ALL) {
                    if (other.id().equals(format().id())) continue;
                    assertFalse(other.sniff(head) instanceof Bid.Yes(int theirs) && theirs >= strength, other.id());
                }
            }
        }));
    }

    @Test default void isNotDetectedInOtherSamples() throws java.io.IOException {
        int looked = 0;
        for (String folder : List.of("callgrind", "collapsed", "speedscope", "chrome", "perf", "yappi", "importtime", "pprof", "gecko",
                "pyinstrument", "svg", "mojo", "tach", "sampling-jsonl")) {
            if (folder.equals(format().id())) continue;
            var others = new FormatSamples(folder);
            for (String name : others.names().toList()) {
                if (name.contains("perf.collapsed")) continue;
                assertInstanceOf(Bid.No.class, format().sniff(Head.of(others.source(name))), name);
                looked++;
            }
        }
        assertTrue(looked > 60);
    }

    @TestFactory default Stream<DynamicTest> stopsAtTheFirstCheckpoint() {
        return samples().names().map(name -> dynamicTest(name,
                () -> assertThrows(CancellationException.class,
                        () -> format().read(samples().source(name), TaskContext.cancelledAfter(0)))));
    }

    @TestFactory default Stream<DynamicTest> cutAnywhereGivesWhatWasReadOrAProblem() {
        return samples().names().map(name -> dynamicTest(name, () -> {
            byte[] bytes = samples().bytes(name);
            int read = 0;
            for (int i = 0; i < 20; i++)
                if (survive("cut " + i, Arrays.copyOf(bytes, (int) ((long) bytes.length * i / 20))) != null) read++;
            assertTrue(read >= leastCuts(), () -> name + " gave nothing when cut");
        }));
    }

    /// In how many of the twenty cuts of each sample something has to be left to show.
    default int leastCuts() {
        return 10;
    }

    /// In how many of the ten thousand damaged copies something has to be left to show.
    default int leastFlips() {
        return 3000;
    }

    @Test default void tenThousandFlips() {
        List<byte[]> small = samples().names().map(name -> samples().bytes(name)).sorted(Comparator.comparingInt(b -> b.length)).limit(5)
                .map(b -> Arrays.copyOf(b, Math.min(b.length, 24_000))).toList();
        int profiles = 0;
        for (int i = 0; i < 10_000; i++)
            if (survive("flip " + i, FormatSamples.damaged(small.get(i % small.size()), i)) != null) profiles++;
        assertTrue(profiles > leastFlips(), "only " + profiles);
    }

    @Test default void nothingMuch() {
        for (String text : List.of("", " ", "\n", "{", "[", "{}", "[]", "\0", "\uFEFF", "[[[[[[[[", "null", "0", "\u0080\u0004."))
            assertEquals(null, survive(text, text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)), text);
    }

    /// Bids and reads; anything but a sane profile or a problem (null) fails the test.
    default Profile survive(String what, byte[] bytes) {
        var head = new Head(what, Arrays.copyOf(bytes, Math.min(bytes.length, Head.LIMIT)), bytes.length);
        assertInstanceOf(Bid.class, format().sniff(head), what);
        Profile profile = FormatSamples.readDamaged(format(), bytes);
        if (profile != null) sane(profile);
        return profile;
    }

    /// Checks that the parts of a profile fit together.
    static void sane(Profile profile) {
        assertFalse(profile.info().events().isEmpty());
        assertFalse(profile.info().threads().isEmpty());
        for (int f = 0; f < profile.frames().size(); f++) {
            assertFalse(profile.frames().name(f) == null || profile.frames().name(f).isEmpty(), "a function without a name");
            assertTrue(profile.frames().line(f) >= -1);
        }
        profile.info().warnings().forEach(w -> assertFalse(w.line().isBlank()));
        switch (profile) {
            case Profile.Stacks(_, _, _, var trees, var timelines, _) -> {
                trees(profile, trees);
                for (int t = 0; t < timelines.size(); t++) timeline(timelines.get(t), trees.get(t));
            }
            case Profile.Graph(_, _, _, var graphs) -> graphs(profile, graphs);
        }
    }

    private static void timeline(Timeline timeline, StackTree tree) {
        for (int segment = 0; segment < timeline.size(); segment++) {
            assertTrue(timeline.node(segment) >= 0 && timeline.node(segment) < tree.size());
            assertTrue(timeline.length(segment) >= 0 && Double.isFinite(timeline.end(segment)));
            assertTrue(segment == 0 || timeline.start(segment) >= timeline.start(segment - 1));
        }
    }

    private static void trees(Profile profile, List<StackTree> trees) {
        assertEquals(profile.info().threads().size(), trees.size());
        int events = profile.info().events().size();
        double[] sums = new double[events];
        for (int t = 0; t < trees.size(); t++) {
            StackTree tree = trees.get(t);
            assertEquals(events, tree.events());
            double first = 0;
            for (int node = 1; node < tree.size(); node++) {
                assertTrue(tree.parent(node) >= 0 && tree.parent(node) < node);
                assertTrue(tree.frame(node) >= 0 && tree.frame(node) < profile.frames().size());
                first += tree.self(0, node);
                for (int e = 0; e < events; e++) {
                    assertTrue(tree.self(e, node) >= 0 && Double.isFinite(tree.self(e, node)));
                    sums[e] += tree.self(e, node);
                }
            }
            assertEquals(first, profile.info().threads().get(t).total(), 1e-9 * first);
        }
        for (int e = 0; e < events; e++) assertEquals(sums[e], profile.info().events().get(e).total(), 1e-9 * sums[e]);
    }

    private static void graphs(Profile profile, List<CallGraph> graphs) {
        assertEquals(profile.info().threads().size(), graphs.size());
        for (CallGraph graph : graphs) {
            assertEquals(profile.frames().size(), graph.functions());
            for (int f = 0; f < graph.functions(); f++) assertTrue(Double.isFinite(graph.self(0, f)) && Double.isFinite(graph.total(0, f)));
        }
    }

    /// The self costs of a profile of stacks by the functions' names.
    static Map<String, Double> selfByName(Profile.Stacks profile, int event) {
        Map<String, Double> self = new HashMap<>();
        for (StackTree tree : profile.trees())
            for (int node = 1; node < tree.size(); node++)
                self.merge(profile.frames().name(tree.frame(node)), tree.self(event, node), Double::sum);
        return self;
    }

    /// The total costs by name, a recursive one not counted twice.
    ///
    /// @param byFunction whether only a function of the same file and line counts as the same
    static Map<String, Double> totalByName(Profile.Stacks profile, int event, boolean byFunction) {
        Map<String, Double> total = new HashMap<>();
        for (StackTree tree : profile.trees()) {
            double[] below = new double[tree.size()];
            for (int node = tree.size() - 1; node > 0; node--) {
                below[node] += tree.self(event, node);
                below[tree.parent(node)] += below[node];
            }
            for (int node = 1; node < tree.size(); node++) {
                int function = tree.frame(node);
                boolean outermost = true;
                for (int up = tree.parent(node); up > 0 && outermost; up = tree.parent(up)) outermost = tree.frame(up) != function
                        && (byFunction || !profile.frames().name(tree.frame(up)).equals(profile.frames().name(function)));
                if (outermost) total.merge(profile.frames().name(function), below[node], Double::sum);
            }
        }
        return total;
    }
}
