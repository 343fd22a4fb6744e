package serpentarium.profile.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.Profile;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Timeline;
import serpentarium.profile.Unit;
import serpentarium.profile.Warning;
import serpentarium.task.TaskContext;

/// perf's text against what perf itself and a script over the same text say.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PerfScriptFormatTest implements FormatContract {
    @Override public ProfileFormat format() {
        return new PerfScriptFormat();
    }

    private Profile.Stacks read(String text) throws IOException {
        Profile profile = format().read(Source.of("some.txt", text.getBytes(StandardCharsets.UTF_8)), TaskContext.detached());
        FormatContract.sane(profile);
        return (Profile.Stacks) profile;
    }

    private static List<String> warnings(Profile profile) {
        return profile.info().warnings().stream().map(Warning::id).toList();
    }

    @TestFactory Stream<DynamicTest> everySampleEqualsItsTruth() {
        return samples().names().map(name -> dynamicTest(name, () -> {
            Map<String, Object> truth = samples().truth(name.replace(".fields", ""));
            var profile = (Profile.Stacks) format().read(samples().source(name), TaskContext.detached());
            FormatContract.sane(profile);
            boolean python = !name.contains("-fp.");
            assertEquals(python ? List.of("perf.folded") : List.of(), warnings(profile));
            double count = ((Number) truth.get("samples")).doubleValue();
            assertEquals(new Event("cpu-clock", "Samples of cpu-clock", Unit.SAMPLES, count), profile.info().events().getFirst());
            assertEquals(1, profile.info().events().size(), "all periods are the same");
            Map<String, Double> commands = new HashMap<>();
            for (ThreadInfo thread : profile.info().threads())
                commands.merge(thread.name().replaceFirst(" [0-9/]+$", ""), thread.total(), Double::sum);
            ((Map<?, ?>) truth.get("comms")).forEach((command, n) -> assertEquals(((Number) n).doubleValue(), commands.get(command)));
            frames(profile, samples().truth(name.replace(".fields", "").replace("-script.txt", ".collapsed")), python);
            boolean header = name.contains(".fields");
            assertEquals(header ? "perf 6.1.187" : "perf", profile.info().creator());
            assertEquals(header, profile.info().command() != null && profile.info().command().startsWith("/usr/bin/perf record -q"));
        }));
    }

    /// Folding leaves the totals of all other frames as they were; without it the own costs are the same, too.
    private static void frames(Profile.Stacks profile, Map<String, Object> truth, boolean folded) {
        Map<String, Double> self = FormatContract.selfByName(profile, 0);
        Map<String, Double> total = FormatContract.totalByName(profile, 0, false);
        int compared = 0;
        for (Object item : (List<?>) truth.get("frames")) {
            List<?> row = (List<?>) item;
            String name = row.get(0).toString();
            if (name.equals("python") || folded && PerfFrames.GLUE.contains(name.replaceFirst("\\..*", ""))) continue;
            if (name.startsWith("py::")) {
                int file = name.lastIndexOf(':');
                boolean found = false;
                for (int f = 0; f < profile.frames().size() && !found; f++)
                    found = profile.frames().name(f).equals(name.substring(4, file))
                            && name.substring(file + 1).equals(profile.frames().file(f));
                assertTrue(found, name);
                compared++;
                continue;
            }
            assertEquals(((Number) row.get(2)).doubleValue(), total.get(name), name);
            if (!folded) assertEquals(((Number) row.get(1)).doubleValue(), self.get(name), name);
            else assertTrue(self.get(name) >= ((Number) row.get(1)).doubleValue(), name);
            compared++;
        }
        assertTrue(compared > 30, () -> "few names");
        if (folded) assertFalse(total.containsKey("py_trampoline_evaluator"));
    }

    @Override public FormatSamples samples() {
        return new FormatSamples("perf");
    }

    @Test void columnsThatComeAndGo() throws IOException {
        String frames = "\n\t    7f1a main+0x12 (/bin/a b)\n\n";
        Map<String, String> threads = Map.of("a b 12/13 [001]  7.5:   250000 cycles:u:", "a b 13", "a 13  7.5: cycles:", "a 13",
                "a 1 13 7.5:", "a 1 13", "a 13 cycles:", "a 13",
                "  13 7.5: cycles:", "13", "a 7.5: cycles:", "a", "a-1:0 13 [000] d..1. 7.5: sched:sched_switch: prev_comm=a prev_pid=13",
                "a-1:0 13");
        for (var each : threads.entrySet()) {
            var profile = read(each.getKey() + frames);
            assertEquals(each.getValue(), profile.info().threads().getFirst().name(), each.getKey());
            assertEquals(1, profile.info().events().getFirst().total());
            assertEquals("main", profile.frames().name(0));
            assertEquals("/bin/a b", profile.frames().module(0));
            assertNull(profile.frames().file(0));
        }
    }

    @Test void samplesHaveTimesAndThreadsProcesses() throws IOException {
        String frame = "\n\t 1 x (/l.so)\n\n";
        var profile = read("a b 7/8 100.000: cycles:" + frame + "a b 7/8 100.010: faults:\n\t 1 y (/l.so)\n\n" + "c 7/9 100.015: cycles:" + frame
                + "a b 7/8 100.020: cycles:" + frame + "a b 7/8 101.000: cycles:" + frame);
        assertEquals(List.of(new ThreadInfo("a b 8", 3, "process 7"), new ThreadInfo("c 9", 1, "process 7")), profile.info().threads());
        Timeline line = profile.timeline(0);
        assertEquals(4, line.size());
        assertEquals(Unit.SECONDS, line.unit());
        double[] starts = {0, 0.01, 0.02, 1};
        for (int s = 0; s < 4; s++) {
            assertEquals(starts[s], line.start(s), 1e-9);
            assertEquals(0.01, line.length(s), 1e-9, "the third sleeps until the last");
            assertEquals(s == 1 ? "y" : "x", profile.frames().name(profile.trees().getFirst().frame(line.node(s))));
        }
        assertEquals(0.015, profile.timeline(1).start(0), 1e-9);
        assertEquals(List.of(), read("a 1 7.5: cycles:" + frame + "a 1 cycles:" + frame).timelines(), "one has no time");
    }

    @Test void namesAndFilesMayHoldColons() {
        for (String name : List.of("py::f|/a:b/c:d.py", "py::f:g|/a.py", "py::<module>|<frozen a:b>", "py::f|C:/x.py", "py::f:g|x.py", "py::f|x"))
            assertEquals(name.indexOf('|') + 1, PerfFrames.pythonFile(name.replace('|', ':')), name);
        for (String name : List.of("py::", "py::f", "py:::", "py::f:", "x::f:/a"))
            assertEquals(-1, PerfFrames.pythonFile(name), name);
    }

    @Test void framesInTheLineOfTheSample() throws IOException {
        var profile = read("          python 17 7.5:   1 cycles:  7f1a main+0x12 (/bin/a)\n"
                + "          cafe 18 7.6:   3 cycles:  ffffffff8 f(int)::operator() (const)+0x1 (/bin/a)\n");
        assertEquals(List.of("python 17", "cafe 18"), profile.info().threads().stream().map(ThreadInfo::name).toList());
        assertEquals(Map.of("main", 1.0, "f(int)::operator() (const)", 1.0), FormatContract.selfByName(profile, 0));
        assertEquals(List.of(new Event("cycles", "Samples of cycles", Unit.SAMPLES, 2),
                new Event("cycles.period", "Period of cycles", Unit.COUNT, 4)), profile.info().events());
        assertEquals(List.of(), warnings(profile));
    }

    @Test void severalEventsAndOddFrames() throws IOException {
        var profile = read("a 1 7.5: 10 cpu-clock:\n\t 1 x (inlined)\n\t 1 y+0x3 (/l.so)\n\n"
                + "a 1 7.6: 30 cpu-clock:\n\t 1 x (/l.so)\n  src.c:12\n\nb 2 7.6: 5 faults:\n\n"
                + "noise\n\na 1 7.7: faults:\n\t 0 [unknown] ([unknown])\n");
        assertEquals(List.of("cpu-clock", "cpu-clock.period", "faults"), profile.info().events().stream().map(Event::name).toList());
        assertEquals(new Event("cpu-clock.period", "Period of cpu-clock", Unit.NANOSECONDS, 40), profile.info().events().get(1));
        assertEquals(Map.of("x", 40.0, "y", 0.0, "[unknown]", 0.0), FormatContract.selfByName(profile, 1));
        assertEquals(Map.of("x", 0.0, "y", 0.0, "[unknown]", 2.0), FormatContract.selfByName(profile, 2));
        assertEquals(List.of("perf.bad-line", "perf.cut-off"), warnings(profile));
        assertEquals(4, profile.frames().size(), "x inlined, y, x of the library, unknown");
    }

    @Test void withoutAddresses() throws IOException {
        var profile = read("a 1 7.5: cycles:\n\tadd (/l.so)\n\tmain (/bin/a)\n\n");
        assertEquals(Map.of("add", 1.0, "main", 0.0), FormatContract.selfByName(profile, 0));
    }

    @Test void pythonNames() throws IOException {
        var profile = read("python 1 7.5: cycles:\n\t 8 builtin_len.lto_priv.0+0x1 (/p)\n\t 7 _PyEval_EvalFrameDefault.cold+0x1 (/p)\n"
                + "\t 6 py::A.f.<locals>.<lambda>:C:/x y.py+0x5 (/tmp/jitted-1-2.so)\n"
                + "\t 5 py_trampoline_evaluator+0x70 (/p)\n\t 4 py:::+0x5 (/tmp/jitted-1-3.so)\n\n"
                + "python 1 7.6: cycles:\n\t 7 _PyEval_EvalFrameDefault+0x1 (/p)\n\n");
        assertEquals(Map.of("builtin_len.lto_priv.0", 1.0, "A.f.<locals>.<lambda>", 0.0, "py:::", 0.0, "_PyEval_EvalFrameDefault", 1.0),
                FormatContract.selfByName(profile, 0));
        int lambda = 0;
        while (!profile.frames().name(lambda).startsWith("A.f")) lambda++;
        assertEquals("C:/x y.py", profile.frames().file(lambda));
        assertEquals(FrameTable.NO_LINE, profile.frames().line(lambda));
    }

    @Test void nothingToShow() {
        for (String bad : List.of("hello\nworld\n", "# ========\n# perf version : 6\n", "a;b;c 12\n"))
            assertEquals("perf.no-samples", assertThrows(ProblemException.class, () -> read(bad), bad).problem().id());
    }

    @Test void deepStacksAndManyKinds() throws IOException {
        var text = new StringBuilder("a 1 7.5: cycles:\n");
        for (int i = 0; i < 100_000; i++) text.append("\t ").append(Integer.toHexString(i)).append(" f").append(i & 3)
                .append("+0x1 (/l)\n");
        assertEquals(100_001, read(text + "\n").trees().getFirst().size());
        text.setLength(0);
        for (int i = 0; i < 40; i++) text.append("a 1 7.5: e").append(i).append(":\n\t 1 x (/l)\n\n");
        var many = read(text.toString());
        assertEquals(16, many.info().events().size());
        assertEquals(List.of("perf.too-large"), warnings(many));
        assertNull(survive("long line", "a 1 7.5: ".concat("x".repeat(3 << 20)).getBytes(StandardCharsets.UTF_8)));
    }
}
