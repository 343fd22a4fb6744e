package serpentarium.profile.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;

import org.junit.jupiter.api.Test;

import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Source;
import serpentarium.profile.LineCosts;
import serpentarium.profile.Profile;
import serpentarium.profile.Unit;
import serpentarium.profile.Warning;

/// Shapes of the format that no sample has.
class PstatsShapeTest {
    private static Profile.Graph read(MarshalBytes bytes) throws IOException {
        return PstatsSamples.read("made.pstats", bytes.done());
    }

    private static List<String> warned(Profile.Graph profile) {
        return profile.info().warnings().stream().map(Warning::id).toList();
    }

    private static int frame(Profile.Graph profile, String name) {
        for (int f = 0; f < profile.frames().size(); f++) if (profile.frames().name(f).equals(name)) return f;
        throw new AssertionError("no " + name);
    }

    /// What Python 3.15's `profiling.sampling` writes: a line a key, samples for counts, a marker among the keys.
    @Test void samplesAreGroupedByFunction() throws IOException {
        var bytes = new MarshalBytes().flag().dict();
        bytes.flag().key("a.py", 10, "main").entry(0, 4, 0.0, 0.004).dict().end();
        bytes.flag().key("a.py", 20, "work").entry(3, 3, 0.003, 0.003).dict().ref(1).number(3).end();
        bytes.flag().key("a.py", 21, "work").entry(1, 1, 0.001, 0.001).dict().ref(1).number(1).end();
        bytes.key("~", 0, "<GC>").entry(2, 2, 0.002, 0.002).dict().end();
        bytes.tuple(1).text("__sampled__").code('T').end();
        var profile = read(bytes);
        assertEquals(List.of("pstats.sampled"), warned(profile));
        assertEquals("profiling.sampling", profile.info().creator());
        var samples = profile.info().events().get(0);
        var time = profile.info().events().get(1);
        assertEquals(Unit.SAMPLES, samples.unit());
        assertEquals(6, samples.total());
        assertEquals(Unit.SECONDS, time.unit());
        assertEquals(0.006, time.total(), 1e-12);
        var graph = profile.graphs().getFirst();
        assertEquals(3, graph.entries());
        assertNull(graph.calls());
        int work = frame(profile, "work");
        assertEquals(4, graph.self(0, work));
        assertEquals(4, graph.total(0, work));
        assertEquals(0.004, graph.self(1, work), 1e-12);
        assertEquals(0, profile.frames().line(work));
        assertEquals(1, graph.callerCount(work));
        int edge = graph.callerEdge(work, 0);
        assertEquals(frame(profile, "main"), graph.caller(edge));
        assertNull(graph.edgeCalls());
        assertEquals(4, graph.edgeTotal(0, edge));
        assertEquals(0.004, graph.edgeTotal(1, edge), 1e-12);
        var lines = profile.lines();
        assertEquals(2, lines.end(work) - lines.begin(work));
        assertEquals(20, lines.line(lines.begin(work)));
        assertEquals(3, lines.cost(0, lines.begin(work)));
        assertEquals(0.001, lines.cost(1, lines.begin(work) + 1));
        int gc = frame(profile, "<GC>");
        assertNull(profile.frames().file(gc));
        assertEquals(lines.begin(gc), lines.end(gc));
        Bid bid = new PstatsFormat().sniff(Head.of(Source.of("unknown", bytes.done())));
        assertEquals(new Bid.Yes(95), bid);
    }

    @Test void sampledTotalNeverExceedsTheProfile() throws IOException {
        var bytes = new MarshalBytes().dict();
        bytes.key("a.py", 1, "f").entry(5, 5, 0.005, 0.005).dict().end();
        bytes.key("a.py", 2, "f").entry(0, 5, 0.0, 0.005).dict().end();
        bytes.tuple(1).text("__sampled__").code('T').end();
        var graph = read(bytes).graphs().getFirst();
        assertEquals(5, graph.total(0, 0));
        assertEquals(0.005, graph.total(1, 0), 1e-12);
    }

    @Test void onlyTheMarkerIsAnEmptyProfile() throws IOException {
        var profile = read(new MarshalBytes().dict().tuple(1).text("__sampled__").code('T').end());
        assertEquals(0, profile.frames().size());
        assertTrue(warned(profile).contains("pstats.empty"));
    }

    @Test void callersWithoutAnEntryComeLast() throws IOException {
        var bytes = new MarshalBytes().dict();
        bytes.key("a.py", 1, "f").entry(2, 2, 1, 1).dict().key("a.py", 9, "ghost").tuple(4).number(2).number(2).real(0.25).real(0.75).end();
        bytes.lone("a.py", 5, "g").end();
        var profile = read(bytes);
        var graph = profile.graphs().getFirst();
        assertEquals(2, graph.entries());
        assertEquals(3, graph.functions());
        assertEquals(2, frame(profile, "ghost"));
        assertEquals(0, graph.total(0, 2));
        assertEquals(0, graph.calls().get(2));
        int edge = graph.callerEdge(0, 0);
        assertEquals(2, graph.caller(edge));
        assertEquals(0.75, graph.edgeTotal(0, edge));
        assertEquals(0.25, graph.edgeSelf(0, edge));
        assertEquals(1.5, profile.info().events().getFirst().total());
    }

    @Test void sharedEntriesAndCallersAreFollowed() throws IOException {
        var bytes = new MarshalBytes().dict();
        // References: 0 key f, 1 entry, 2 dict of callers, 3 caller's tuple.
        bytes.flag().key("a.py", 1, "f").flag().tuple(5).number(3).number(4).real(1).real(2);
        bytes.flag().dict().ref(0).flag().tuple(4).number(4).number(3).real(0.5).real(1.5).end();
        bytes.key("a.py", 2, "g").ref(1);
        bytes.key("a.py", 3, "h").tuple(5).number(1).number(1).real(1).real(1).ref(2);
        bytes.key("a.py", 4, "i").entry(1, 1, 1, 1).dict().ref(0).ref(3).end();
        bytes.end();
        var profile = read(bytes);
        assertEquals(List.of(), warned(profile));
        var graph = profile.graphs().getFirst();
        assertEquals(4, graph.entries());
        assertEquals(4, graph.calls().get(1));
        assertEquals(3, graph.primitiveCalls().get(1));
        for (int f = 0; f < 4; f++) {
            assertEquals(1, graph.callerCount(f));
            assertEquals(0, graph.caller(graph.callerEdge(f, 0)));
            assertEquals(1.5, graph.edgeTotal(0, graph.callerEdge(f, 0)));
            assertEquals(4, graph.edgeCalls().get(graph.callerEdge(f, 0)));
        }
    }

    @Test void countsAreExchangedOnlyWhereTheWholeFileIs() throws IOException {
        var yappi = new MarshalBytes().dict();
        yappi.key("a.py", 1, "f").entry(9, 3, 1, 1).dict().end().key("a.py", 2, "g").entry(2, 2, 1, 1).dict().end().end();
        var profile = read(yappi);
        assertEquals("yappi", profile.info().creator());
        assertEquals(9, profile.graphs().getFirst().calls().get(0));
        assertEquals(3, profile.graphs().getFirst().primitiveCalls().get(0));
        var mixed = new MarshalBytes().dict();
        mixed.key("a.py", 1, "f").entry(9, 3, 1, 1).dict().end().key("a.py", 2, "g").entry(2, 5, 1, 1).dict().end().end();
        profile = read(mixed);
        assertNull(profile.info().creator());
        assertEquals(3, profile.graphs().getFirst().calls().get(0));
    }

    @Test void wrongEntriesAreSkippedAndTold() throws IOException {
        var bytes = new MarshalBytes().dict();
        bytes.lone("a.py", 1, "good");
        bytes.text("no key").number(1);
        bytes.key("a.py", 2, "short").tuple(2).number(1).number(2);
        bytes.key("a.py", 3, "words").tuple(5).text("x").code('[').i32(1).number(1).real(1).real(1).dict().end();
        bytes.key("a.py", 4, "endless").entry(1, 1, Double.NaN, 1).dict().end();
        bytes.key("a.py", 5, "caller").entry(1, 1, 1, 1).dict().text("who").tuple(1).number(3).key("a.py", 1, "good").number(7).end();
        bytes.key("a.py", 6, "last").entry(1, 1, 1, 1).dict().end().end();
        var profile = read(bytes);
        assertEquals(List.of("pstats.key", "pstats.entry", "pstats.entry", "pstats.entry", "pstats.caller"), warned(profile));
        assertEquals(3, profile.frames().size());
        var graph = profile.graphs().getFirst();
        assertEquals(7, graph.edgeCalls().get(graph.callerEdge(1, 0)));
        assertTrue(Double.isNaN(graph.edgeTotal(0, graph.callerEdge(1, 0))));
        assertFalse(graph.hasEdgeSelf());
        assertTrue(profile.info().warnings().get(1).text().contains("short"));
        assertTrue(profile.info().warnings().get(1).place().offset() > 0);
    }

    @Test void warningsAreBounded() throws IOException {
        var bytes = new MarshalBytes().dict().lone("a.py", 1, "good");
        for (int i = 0; i < 5000; i++) bytes.number(i).number(i);
        var warnings = read(bytes.end()).info().warnings();
        assertEquals(PstatsReader.WARNING_LIMIT + 1, warnings.size());
        assertEquals("pstats.more", warnings.getLast().id());
        assertTrue(warnings.getLast().text().startsWith("4,900"), warnings.getLast().text());
    }

    @Test void theLaterOfTwoEntriesCounts() throws IOException {
        var bytes = new MarshalBytes().dict().lone("a.py", 1, "f").key("a.py", 1, "f").entry(2, 2, 3, 3).dict().end().end();
        var profile = read(bytes);
        assertEquals(List.of("pstats.duplicate"), warned(profile));
        assertEquals(1, profile.frames().size());
        assertEquals(3, profile.info().events().getFirst().total());
        assertEquals(2, profile.graphs().getFirst().calls().get(0));
    }

    @Test void whatFollowsTheEndIsTold() throws IOException {
        var profile = read(new MarshalBytes().dict().lone("a.py", 1, "f").end().raw(1, 2, 3));
        assertEquals(List.of("pstats.trailing"), warned(profile));
        assertEquals(1, profile.frames().size());
    }

    @Test void everyNumberOfEveryVersionIsRead() throws IOException {
        var bytes = new MarshalBytes().dict();
        bytes.key("a.py", 1, "f").tuple(5).code('I').i64(5_000_000_000L).code('l').i32(5).raw(1, 0, 0, 0, 0, 0, 0, 0, 16, 0);
        bytes.code('f').raw(3).raw('0', '.', '5').number(2).dict().end();
        bytes.key("a.py", 2, "g").tuple(5).code('F').code('T').code('l').i32(-1).raw(3, 0).code('f').raw(2).raw('1', '0').dict().end();
        bytes.end();
        var profile = read(bytes);
        assertEquals(List.of(), warned(profile));
        var graph = profile.graphs().getFirst();
        assertEquals(5_000_000_000L, graph.primitiveCalls().get(0));
        assertEquals(BigInteger.TWO.pow(64).add(BigInteger.ONE), graph.calls().exact(0));
        assertEquals(0.5, graph.self(0, 0));
        assertEquals(2, graph.total(0, 0));
        assertEquals(-3, graph.self(0, 1));
        assertEquals(10, graph.total(0, 1));
    }

    @Test void textIsDecodedAsItsPythonMeantIt() throws IOException {
        var bytes = new MarshalBytes().dict();
        bytes.tuple(3).bytes('u', "\u00ed\u00b3\u00bf.py").number(1).bytes('s', "caf\u00c3\u00a9").entry(1, 1, 1, 1).dict().end();
        bytes.tuple(3).bytes('s', "\u00ff.py").number(1).bytes('t', "\u00f0\u009f\u0090\u008d").entry(1, 1, 1, 1).dict().end();
        bytes.tuple(3).code('R').i32(0).number(1).code('Z').raw(1, 'z').entry(1, 1, 1, 1).dict().end();
        bytes.end();
        var frames = read(bytes).frames();
        assertEquals("\udcff.py", frames.file(0));
        assertEquals("café", frames.name(0));
        assertEquals("ÿ.py", frames.file(1));
        assertEquals("🐍", frames.name(1));
        assertEquals("🐍", frames.file(2));
        assertEquals("z", frames.name(2));
    }

    @Test void builtinsHaveNoFile() throws IOException {
        var frames = read(new MarshalBytes().dict().lone("~", 0, "<len>").lone("", 0, "sum").lone("x", -1, "f").end()).frames();
        assertNull(frames.file(0));
        assertNull(frames.file(1));
        assertEquals("sum", frames.name(1));
        assertEquals(0, frames.line(2));
    }

    /// The four layouts of a code object, with values that look like the beginning of the bytecode.
    @Test void codeObjectsOfAllLayoutsAreNames() throws IOException {
        int[][] layouts = {{0, 0, 's', 0x40}, {0, 0, 0, 1, 's'}, {0, 0, 0, 0, 's', 0}, {0, 0, 0, 'r', 's'}, {0, 0, 0, 0, 's', 's'}};
        for (int[] layout : layouts) {
            for (boolean newer : new boolean[] {false, true}) {
                if (newer && layout.length != 5) continue;
                var bytes = new MarshalBytes().dict().flag().tuple(3).text("profile").number(0).flag().code('c');
                for (int number : layout) bytes.i32(number);
                bytes.bytes('s', "dS");
                bytes.tuple(4).code('N').code('y').i64(0).i64(0).code('>').i32(1).number(5).code(':').number(1).code('N').code('N');
                bytes.tuple(0).tuple(0);
                if (newer) bytes.bytes('s', "k").text("dir/m.py").text("<module>").text("<module>");
                else bytes.tuple(0).tuple(0).text("dir/m.py").text("<module>");
                bytes.i32(7).bytes('s', "table");
                if (newer) bytes.bytes('s', "");
                bytes.entry(1, 1, 1, 1).dict().end();
                // References: 0 the key, 1 the code object.
                bytes.key("dir/m.py", 7, "<module>").entry(1, 1, 1, 1).dict().ref(0).number(1).end();
                bytes.tuple(3).text("other").number(0).ref(1).entry(1, 1, 1, 1).dict().end();
                bytes.end();
                var profile = read(bytes);
                assertEquals(List.of(), warned(profile));
                assertEquals(3, profile.frames().size());
                String label = "<code object <module>, file \"dir/m.py\", line 7>";
                assertEquals(label, profile.frames().name(0));
                assertEquals("profile", profile.frames().file(0));
                assertEquals(label, profile.frames().name(2));
                assertEquals(0, profile.graphs().getFirst().caller(profile.graphs().getFirst().callerEdge(1, 0)));
                assertEquals(LineCosts.NONE, profile.lines());
                assertInstanceOf(Bid.Yes.class, new PstatsFormat().sniff(Head.of(Source.of("unknown", bytes.done()))));
            }
        }
    }
}
