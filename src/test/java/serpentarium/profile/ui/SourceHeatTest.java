package serpentarium.profile.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import serpentarium.base.Source;
import serpentarium.pack.Unpacked;
import serpentarium.profile.Profile;
import serpentarium.profile.Unit;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.ProfilePart;
import serpentarium.profile.analysis.Slice;
import serpentarium.profile.format.CallgrindFormat;
import serpentarium.profile.format.CallgrindWriter;
import serpentarium.profile.format.PprofFormat;
import serpentarium.profile.format.PprofWriter;
import serpentarium.profile.format.ProfileFormat;
import serpentarium.profile.format.ProfileWriter;
import serpentarium.profile.format.SpeedscopeFormat;
import serpentarium.task.TaskContext;

/// What lines cost by themselves and with all they call, of which threads, in the formats that know it.
class SourceHeatTest {
    private static final String TWO_THREADS = """
            version: 1
            creator: callgrind-3.19.0
            positions: line
            events: Ir

            part: 1
            thread: 1
            fl=(1) a.c
            fn=(1) main
            10 5
            12 1
            cfn=(2) work
            calls=3 20
            12 60
            cfi=(2) b.c
            cfn=(3) other
            calls=1 7
            13 9
            fn=(2)
            21 60
            fl=(2)
            fn=(3)
            7 9

            part: 1
            thread: 2
            fl=(1) a.c
            fn=(2) work
            21 40
            cfn=(2)
            calls=2 20
            22 30
            """;
    /// Two frames of one function at two lines on one stack: the line counts once.
    private static final String SAMPLED = """
            {"$schema":"https://www.speedscope.app/file-format-schema.json","exporter":"py-spy@0.3.14",
            "shared":{"frames":[{"name":"main","file":"a.c","line":3},{"name":"main","file":"a.c","line":4},{"name":"work","file":"a.c","line":9},{"name":"work","file":"a.c","line":10}]},
            "profiles":[{"type":"sampled","name":"one","unit":"seconds","startValue":0,"endValue":10,"samples":[[0,2,2],[0,2],[1,3],[0]],"weights":[1,2,4,8]},
            {"type":"sampled","name":"two","unit":"seconds","startValue":0,"endValue":10,"samples":[[1,2]],"weights":[16]}]}
            """;

    private static Profile read(ProfileFormat format, byte[] bytes) {
        try {
            return format.read(Unpacked.of(Source.of("test", bytes)), TaskContext.detached());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Profile read(ProfileFormat format, String text) {
        return read(format, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Profile again(ProfileWriter writer, ProfileFormat format, Profile profile) {
        var out = new ByteArrayOutputStream();
        try {
            writer.write(profile, out, TaskContext.detached());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return read(format, out.toByteArray());
    }

    private static SourceHeat heat(Profile profile, boolean total, Integer... threads) {
        Slice slice = threads.length == 0 ? Slice.first(profile) : new Slice(profile, 0, Set.of(threads));
        return SourceHeat.of(Analysis.of(slice, TaskContext.detached()), "a.c", total);
    }

    private static List<String> calls(Profile profile, SourceHeat heat, int line) {
        return heat.calls(line).stream().map(call -> profile.frames().name(call.callee()) + " " + (long) call.count() + " " + (long) call.cost()).toList();
    }

    private static void sameAsWritten(Profile profile) {
        assertEquals(65 - 60, heat(profile, false).at(10));
        assertEquals(100, heat(profile, false).at(21));
        assertEquals(60, heat(profile, false, 0).at(21));
        assertEquals(40, heat(profile, false, 1).at(21));
        SourceHeat total = heat(profile, true);
        assertTrue(total.byLine() && total.threads());
        assertEquals(61, total.at(12));
        assertEquals(9, total.at(13));
        assertEquals(List.of("work 3 60"), calls(profile, total, 12));
        assertEquals(List.of("other 1 9"), calls(profile, total, 13));
        assertEquals(List.of(), calls(profile, total, 10));
        assertEquals(List.of(), calls(profile, heat(profile, true, 1), 12));
        assertEquals(List.of("work 2 30"), calls(profile, heat(profile, true, 1), 22));
    }

    @Test void callgrindKnowsWhichLinesCallWhatInEachThread() {
        Profile profile = read(new CallgrindFormat(), TWO_THREADS);
        assertEquals(2, profile.info().threads().size());
        sameAsWritten(profile);
        assertEquals(0, read(new CallgrindFormat(false), TWO_THREADS).sourceLines().parts().size(), "sums need no lines");
    }

    @Test void linesAndTheirCallsAreWrittenInEveryPart() {
        Profile profile = read(new CallgrindFormat(), TWO_THREADS);
        Profile written = again(new CallgrindWriter(), new CallgrindFormat(), profile);
        assertEquals(List.of(), written.info().warnings());
        sameAsWritten(written);
    }

    @Test void oneThreadOfItKeepsItsLines() {
        Profile part = ProfilePart.of(read(new CallgrindFormat(), TWO_THREADS), 0, 1);
        assertEquals(40, heat(part, false).at(21));
        assertEquals(List.of("work 2 30"), calls(part, heat(part, true), 22));
    }

    @Test void aLineOnAStackTwiceCountsOnce() {
        Profile profile = read(new SpeedscopeFormat(), SAMPLED);
        SourceHeat total = heat(profile, true, 0);
        assertEquals(1 + 2 + 8, total.at(3));
        assertEquals(1 + 2, total.at(9));
        assertEquals(4, total.at(4));
        assertEquals(8, heat(profile, false, 0).at(3));
        assertEquals(16, heat(profile, false, 1).at(9));
        assertEquals(19, heat(profile, false).at(9));
        assertEquals(List.of("work -1 3"), calls(profile, total, 3));
        assertEquals(List.of("work -1 1"), calls(profile, total, 9));
    }

    @Test void linesOfSamplesAreWrittenToPprofAndCallgrind() {
        Profile profile = read(new SpeedscopeFormat(), SAMPLED);
        Profile pprof = again(new PprofWriter(), new PprofFormat(), profile);
        Profile callgrind = again(new CallgrindWriter(), new CallgrindFormat(), profile);
        for (Profile each : List.of(pprof, callgrind))
            for (int thread = 0; thread < 2; thread++)
                for (int line : new int[] {3, 4, 9, 10})
                    assertEquals(known(heat(profile, false, thread).at(line)), known(heat(each, false, thread).at(line)) / nanoseconds(each), 1e-6, each.info().format() + " " + line);
        assertEquals(11e9, heat(callgrind, true, 0).at(3), 1);
        assertEquals(List.of("work 0 3000000000"), calls(callgrind, heat(callgrind, true, 0), 3));
    }

    private static double nanoseconds(Profile profile) {
        return profile.info().events().getFirst().unit() == Unit.NANOSECONDS ? 1e9 : 1;
    }

    private static double known(double cost) {
        return Double.isNaN(cost) ? 0 : cost;
    }

    @Test void withoutLinesFunctionsStandAtTheirDefinitions() {
        Profile graph = new SampleProfile().graph();
        SourceHeat heat = SourceHeat.of(Analysis.of(Slice.first(graph), TaskContext.detached()), SampleProfile.FILE, true);
        assertFalse(heat.byLine());
        assertEquals(List.of(), heat.calls(52));
    }
}
