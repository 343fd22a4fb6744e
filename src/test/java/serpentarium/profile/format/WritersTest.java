package serpentarium.profile.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.pack.Unpacked;
import serpentarium.profile.Profile;
import serpentarium.profile.Unit;
import serpentarium.task.TaskContext;

/// Everything that can be read is written in each format and read back.
class WritersTest {
    private record Sample(ProfileFormat format, String folder, String name, java.util.function.Supplier<byte[]> bytes) {
        Profile read() {
            return FormatSamples.readDamaged(format, bytes.get());
        }

        @Override public String toString() {
            return folder + "/" + name;
        }
    }

    private static Stream<Sample> samples() {
        Stream<Sample> packed = FormatContract.ALL.stream().filter(f -> !f.id().equals("pstats") && WritersTest.class.getResource(f.id()) != null)
                .flatMap(f -> new FormatSamples(f.id()).names().map(name -> new Sample(f, f.id(), name, () -> new FormatSamples(f.id()).bytes(name))));
        try {
            return Stream.concat(packed, PstatsSamples.good().stream().map(s -> new Sample(new PstatsFormat(), "pstats", s.name(), s::bytes)));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Stream<DynamicTest> each(ProfileWriter writer, Class<? extends Profile> kind, java.util.function.Consumer<Profile> check) {
        return samples().map(sample -> dynamicTest(writer.id() + " of " + sample, () -> {
            Profile profile = sample.read();
            boolean fits = profile != null && profile.info().events().stream().allMatch(e -> e.total() < (e.unit() == Unit.SECONDS ? 9e9 : 9e18));
            if (fits && profile.frames().size() > 0 && kind.isInstance(profile)) check.accept(profile);
        }));
    }

    private static void same(Map<String, double[]> before, Map<String, double[]> after, double slack) {
        before.forEach((key, sum) -> {
            double[] now = after.getOrDefault(key, new double[2]);
            assertEquals(sum[0], now[0], slack + 1e-9 * Math.abs(sum[0]), () -> "self of " + key);
            assertEquals(sum[1], now[1], slack + 1e-9 * Math.abs(sum[1]), () -> "total of " + key);
        });
        after.forEach((key, sum) -> assertTrue(before.containsKey(key) || sum[1] <= slack, () -> key + " is new"));
    }

    private static void sameEdges(Map<String, Double> before, Map<String, Double> after, double slack) {
        before.forEach((key, sum) -> {
            double now = after.getOrDefault(key, 0.0);
            if (Double.isNaN(sum)) assertTrue(Double.isNaN(now), key);
            else assertEquals(Math.max(0, sum), now, slack + 1e-9 * Math.abs(sum), key);
        });
    }

    private static void detected(ProfileFormat format, byte[] bytes) throws java.io.IOException {
        assertInstanceOf(Bid.Yes.class, format.sniff(Head.of(Unpacked.of(Source.of("unknown", bytes)))));
    }

    private static Profile again(ProfileWriter writer, ProfileFormat format, Profile profile) {
        byte[] bytes = Written.bytes(writer, profile);
        try {
            detected(format, bytes);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Profile read = Written.read(format, bytes);
        FormatContract.sane(read);
        return read;
    }

    @TestFactory Stream<DynamicTest> callgrindComesBackWithItsCallsAndTotals() {
        return each(new CallgrindWriter(), Profile.class, profile -> {
            Profile read = again(new CallgrindWriter(), new CallgrindFormat(), profile);
            assertEquals(List.of(), read.info().warnings());
            assertEquals(profile.info().events().size(), read.info().events().size());
            int threads = profile.info().threads().size();
            assertEquals(threads, read.info().threads().size());
            for (int t = 0; t < threads && threads > 1; t++)
                assertEquals(CallgrindNaming.clean(profile.info().threads().get(t).name()), read.info().threads().get(t).name());
            for (int e = 0; e < profile.info().events().size(); e++) {
                double each = profile.info().events().get(e).unit() == Unit.SECONDS ? 1e-7 : 1e-4;
                same(Written.functions(profile, e, false), Written.functions(read, e, false), each);
                sameEdges(Written.edges(profile, e, false), Written.edges(read, e, false), each);
            }
            assertEquals(Written.calls(profile), Written.calls(read));
        });
    }

    @TestFactory Stream<DynamicTest> pprofComesBack() {
        return each(new PprofWriter(), Profile.Stacks.class, profile -> {
            Profile read = again(new PprofWriter(), new PprofFormat(), profile);
            assertEquals(profile.info().events().size(), read.info().events().size());
            for (int e = 0; e < profile.info().events().size(); e++) {
                double each = 1e-9 * profile.frames().size() + 1e-6 * read.frames().size();
                same(Written.functions(profile, e, true), Written.functions(read, e, true), each);
                sameEdges(Written.edges(profile, e, true), Written.edges(read, e, true), each);
            }
        });
    }

    @TestFactory Stream<DynamicTest> speedscopeComesBack() {
        return each(new SpeedscopeWriter(), Profile.Stacks.class, profile -> {
            Profile read = again(new SpeedscopeWriter(), new SpeedscopeFormat(), profile);
            assertEquals(profile.info().events().size() * profile.info().threads().size(), read.info().threads().size());
            if (profile.info().events().size() > 1) return;
            for (int t = 0; t < profile.info().threads().size(); t++)
                assertEquals(profile.info().threads().get(t).name(), read.info().threads().get(t).name());
            same(Written.functions(profile, 0, true), Written.functions(read, 0, true), 1e-9);
            sameEdges(Written.edges(profile, 0, true), Written.edges(read, 0, true), 1e-9);
            for (int t = 0; t < profile.info().threads().size(); t++) order((Profile.Stacks) profile, (Profile.Stacks) read, t);
        });
    }

    /// What ran when is the same, where the segments are what the event counts; elsewhere no order is made up.
    private static void order(Profile.Stacks before, Profile.Stacks after, int thread) {
        var times = before.timeline(thread);
        var now = after.timeline(thread);
        if (now.size() == 0) return;
        assertTrue(times.size() > 0);
        double scale = times.unit() == Unit.MICROSECONDS ? 1e-6 : times.unit() == Unit.NANOSECONDS ? 1e-9 : 1;
        double nowScale = now.unit() == Unit.MICROSECONDS ? 1e-6 : now.unit() == Unit.NANOSECONDS ? 1e-9 : 1;
        int last = times.size() - 1;
        while (last > 0 && (times.node(last) == 0 || times.length(last) == 0)) last--;
        double end = times.end(last) * scale;
        assertEquals(end, now.end(now.size() - 1) * nowScale, 1e-6 * Math.max(1, end));
        for (int part = 1; part < 100; part++) {
            double moment = (times.start(0) * scale * (100 - part) + end * part) / 100;
            int one = times.at(moment / scale);
            int other = now.at(moment / nowScale);
            if (one >= times.size() || times.start(one) * scale > moment || Math.min(moment - times.start(one) * scale, times.end(one) * scale - moment) < 1e-6) continue;
            int node = times.node(one);
            String name = node == 0 ? "" : Written.key(before.frames(), before.trees().get(thread).frame(node), true);
            boolean covered = other < now.size() && now.start(other) * nowScale <= moment && now.node(other) > 0;
            assertEquals(name, covered ? Written.key(after.frames(), after.trees().get(thread).frame(now.node(other)), true) : "", "at " + moment);
        }
    }

    @TestFactory Stream<DynamicTest> collapsedComesBack() {
        return each(new CollapsedWriter(), Profile.Stacks.class, profile -> {
            Profile read = again(new CollapsedWriter(), new CollapsedFormat(), profile);
            assertEquals(1, read.info().events().size());
            assertEquals(profile.info().events().getFirst().name(), read.info().events().getFirst().name());
            double before = profile.info().events().getFirst().total() * Written.scale(profile.info().events().getFirst());
            double after = read.info().events().getFirst().total() * Written.scale(read.info().events().getFirst());
            assertEquals(before, after, 1e-6 * before);
            boolean plain = Written.functions(profile, 0, false).keySet().stream().allMatch(key -> !key.contains(";") && !key.contains(" ("))
                    && Written.functions(profile, 0, true).keySet().equals(Written.functions(profile, 0, false).keySet());
            if (plain) same(Written.functions(profile, 0, false), Written.functions(read, 0, false), 1e-6);
        });
    }

    @Test void theOrderOfTimeOfATraceIsKept() {
        Profile.Stacks trace = (Profile.Stacks) samples().filter(s -> s.folder.equals("chrome")).findFirst().orElseThrow().read();
        Profile.Stacks again = (Profile.Stacks) again(new SpeedscopeWriter(), new SpeedscopeFormat(), trace);
        assertTrue(trace.timeline(0).size() > 10);
        assertTrue(again.timeline(0).size() > 10);
        order(trace, again, 0);
        Profile.Stacks sums = (Profile.Stacks) samples().filter(s -> s.folder.equals("pprof")).findFirst().orElseThrow().read();
        assertEquals(0, ((Profile.Stacks) again(new SpeedscopeWriter(), new SpeedscopeFormat(), sums)).timeline(0).size(), "none is made up");
    }

    @Test void stacksAreNotMadeUp() {
        Profile graph = samples().filter(s -> s.folder.equals("callgrind")).findFirst().orElseThrow().read();
        for (ProfileWriter writer : List.of(new CollapsedWriter(), new SpeedscopeWriter(), new PprofWriter())) {
            assertFalse(writer.says().sums());
            assertThrows(ProblemException.class, () -> writer.write(graph, OutputStream.nullOutputStream(), TaskContext.detached()), writer.id());
        }
    }

    @Test void stopsWhenCancelled() {
        Profile stacks = samples().filter(s -> s.folder.equals("collapsed")).findFirst().orElseThrow().read();
        for (ProfileWriter writer : List.of(new CollapsedWriter(), new SpeedscopeWriter(), new PprofWriter(), new CallgrindWriter()))
            assertThrows(CancellationException.class, () -> writer.write(stacks, OutputStream.nullOutputStream(), TaskContext.cancelledAfter(0)), writer.id());
    }
}
