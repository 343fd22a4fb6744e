package serpentarium.profile.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.profile.Event;
import serpentarium.profile.Profile;
import serpentarium.profile.StackTree;
import serpentarium.profile.Timeline;
import serpentarium.profile.Unit;
import serpentarium.profile.Warning;
import serpentarium.task.TaskContext;

/// MOJO files that a script wrote by Austin's sources, with its sums over the samples it put in.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MojoFormatTest implements FormatContract {
    @Override public ProfileFormat format() {
        return new MojoFormat();
    }

    @Override public int strength() {
        return 95;
    }

    private Profile.Stacks read(byte[] bytes) throws IOException {
        Profile profile = format().read(Source.of("some.mojo", bytes), TaskContext.detached());
        FormatContract.sane(profile);
        return (Profile.Stacks) profile;
    }

    @TestFactory Stream<DynamicTest> everySampleEqualsItsTruth() {
        return samples().names().map(name -> dynamicTest(name, () -> {
            Map<String, Object> truth = samples().truth(name);
            Profile.Stacks profile = read(samples().bytes(name));
            assertEquals(List.of(), profile.info().warnings());
            assertEquals(truth.get("events"), profile.info().events().stream().map(Event::name).toList());
            for (int e = 0; e < profile.info().events().size(); e++) {
                Event event = profile.info().events().get(e);
                boolean bytes = event.name().equals("memory") || event.name().equals("freed");
                assertEquals(bytes ? Unit.BYTES : Unit.MICROSECONDS, event.unit());
                assertEquals(number(((Map<?, ?>) truth.get("totals")).get(event.name())), event.total());
                same(((Map<?, ?>) truth.get("self")).get(event.name()), FormatContract.selfByName(profile, e));
                same(((Map<?, ?>) truth.get("total")).get(event.name()), FormatContract.totalByName(profile, e, false));
            }
            same(truth.get("lines"), lines(profile));
            List<?> threads = (List<?>) truth.get("threads");
            for (int t = 0; t < threads.size(); t++) {
                List<?> thread = (List<?>) threads.get(t);
                var info = profile.info().threads().stream().filter(i -> of(i.process(), i.name()).equals(thread(thread.get(0)))).findFirst();
                assertEquals(number(thread.get(1)), info.orElseThrow().total(), thread.toString());
            }
            assertTrue(profile.info().creator().startsWith("austin 3") || profile.info().creator().startsWith("austin 4"));
        }));
    }

    private static String of(String process, String name) {
        return process + ", " + name;
    }

    private static String thread(Object key) {
        String[] parts = key.toString().split("/");
        return of("process " + parts[0], "thread " + parts[2]);
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    private static void same(Object truth, Map<String, Double> got) {
        got.values().removeIf(v -> v == 0);
        var expected = new HashMap<String, Double>();
        ((Map<?, ?>) truth).forEach((name, value) -> expected.put(name.toString(), number(value)));
        assertEquals(expected, got);
    }

    private static Map<String, Double> lines(Profile.Stacks profile) {
        Map<String, Double> got = new HashMap<>();
        for (int f = 0; f < profile.frames().size(); f++)
            for (int row = profile.lines().begin(f); row < profile.lines().end(f); row++)
                got.merge(profile.frames().name(f) + ":" + profile.lines().line(row), profile.lines().cost(0, row), Double::sum);
        return got;
    }

    /// The bytes of a file, event by event.
    static final class Bytes {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Bytes(int version) {
            text("MOJ").number(version);
        }

        private Bytes text(String text) {
            out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            return this;
        }

        Bytes zero(String text) {
            text(text);
            out.write(0);
            return this;
        }

        Bytes number(long value) {
            long left = Math.abs(value);
            int first = (int) (left & 0x3f) | (value < 0 ? 0x40 : 0);
            left >>>= 6;
            out.write(first | (left == 0 ? 0 : 0x80));
            while (left != 0) {
                int b = (int) (left & 0x7f);
                left >>>= 7;
                out.write(b | (left == 0 ? 0 : 0x80));
            }
            return this;
        }

        Bytes event(int id, long... numbers) {
            out.write(id);
            for (long number : numbers) number(number);
            return this;
        }

        Bytes stack(long process, String thread) {
            return event(2, process, 0).zero(thread);
        }

        Bytes frame(long key, String file, String name, int line) {
            return event(11, key * 2 + 10).zero(file).event(11, key * 2 + 11).zero(name)
                    .event(3, key, key * 2 + 10, key * 2 + 11, line, line, 1, 2);
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }

    private static Bytes start() {
        return new Bytes(4).event(1).zero("mode").zero("wall");
    }

    @Test void orderOfTimeAndInterpreters() throws IOException {
        byte[] bytes = start().event(2, 7, 0).zero("a").frame(1, "m.py", "f", 3).frame(2, "m.py", "g", 9).event(5, 1).event(9, 100)
                .event(2, 7, 1).zero("a").event(5, 2).event(9, 100)
                .event(2, 7, 0).zero("a").event(5, 1).event(5, 2).event(9, 50).bytes();
        Profile.Stacks profile = read(bytes);
        assertEquals(List.of("thread a", "thread a of interpreter 1"), profile.info().threads().stream().map(t -> t.name()).toList());
        assertEquals("process 7", profile.info().threads().getFirst().process());
        Timeline time = profile.timeline(0);
        assertEquals(Unit.MICROSECONDS, time.unit());
        assertEquals(2, time.size());
        assertEquals(100, time.start(1));
        assertEquals(150, time.end(1));
        StackTree tree = profile.trees().getFirst();
        assertEquals("g", profile.frames().name(tree.frame(time.node(1))));
        assertEquals("f", profile.frames().name(tree.frame(tree.parent(time.node(1)))));
        assertEquals(0, profile.timeline(1).start(0));
    }

    @Test void aRepeatedStackLosesItsNativeTop() throws IOException {
        byte[] bytes = start().stack(1, "t").frame(1, "m.py", "f", 3).frame(2, "libz.so.1", "deflate", 0).event(5, 1).event(5, 2).event(9, 10)
                .stack(1, "t").event(13).event(9, 20)
                .stack(1, "t").event(13).event(5, 2).event(9, 5)
                .stack(1, "u").event(13).event(9, 1).bytes();
        Profile.Stacks profile = read(bytes);
        assertEquals(Map.of("f", 20.0, "deflate", 15.0, "«no frames»", 1.0), nonZero(FormatContract.selfByName(profile, 0)));
        assertEquals(Map.of("f:3", 20.0), lines(profile));
        int deflate = index(profile, "deflate");
        assertNull(profile.frames().file(deflate));
        assertEquals("libz.so.1", profile.frames().module(deflate));
    }

    private static int index(Profile.Stacks profile, String name) {
        for (int f = 0; f < profile.frames().size(); f++) if (profile.frames().name(f).equals(name)) return f;
        throw new AssertionError(name);
    }

    private static Map<String, Double> nonZero(Map<String, Double> map) {
        map.values().removeIf(v -> v == 0);
        return map;
    }

    private static List<String> warned(Profile profile) {
        return profile.info().warnings().stream().map(Warning::id).toList();
    }

    @Test void aKilledSamplerLeavesWhatItWrote() throws IOException {
        byte[] bytes = start().stack(1, "t").frame(1, "m.py", "f", 3).event(5, 1).event(9, 10).stack(1, "t").event(5, 1).bytes();
        assertEquals(List.of("mojo.no-metric"), warned(read(bytes)));
        Profile.Stacks cut = read(java.util.Arrays.copyOf(bytes, bytes.length - 1));
        assertEquals(List.of("mojo.truncated"), warned(cut));
        assertEquals(10, cut.info().events().getFirst().total());
    }

    @Test void wrongReferencesEventsAndVersions() throws IOException {
        byte[] bytes = start().stack(1, "t").event(5, 99).event(9, 10).stack(2, "t").event(5, 1).event(9, -4).event(77).bytes();
        Profile.Stacks profile = read(bytes);
        assertEquals(List.of("mojo.unknown-frame", "mojo.unknown-frame", "mojo.unknown-event", "mojo.negative"), warned(profile));
        assertEquals(Map.of("«unknown»", 10.0), nonZero(FormatContract.selfByName(profile, 0)));
        var problem = assertThrows(ProblemException.class, () -> read(new Bytes(5).bytes())).problem();
        assertEquals("mojo.version", problem.id());
        assertInstanceOf(Bid.Yes.class, format().sniff(Head.of(Source.of("x", new Bytes(5).bytes()))));
        assertInstanceOf(Bid.No.class, format().sniff(Head.of(Source.of("x", "MOJO is a word".getBytes(StandardCharsets.US_ASCII)))));
        assertEquals("mojo.no-samples", assertThrows(ProblemException.class, () -> read(start().bytes())).problem().id());
    }

    @Test void stacksThatGrowByRepeatingStayCheap() throws IOException {
        Bytes bytes = start().stack(1, "t").frame(1, "m.py", "f", 3).event(5, 1).event(9, 10);
        for (int i = 0; i < 200_000; i++) bytes.stack(1, "t").event(13).event(13).event(5, 1).event(9, 1);
        long start = System.nanoTime();
        Profile.Stacks profile = read(bytes.bytes());
        assertEquals(200_002, profile.trees().getFirst().size());
        assertTrue(System.nanoTime() - start < 20_000_000_000L);
    }

    @Test void keysThreadsAndTextsAreBounded() throws IOException {
        Bytes many = start();
        for (int i = 0; i < 6000; i++) many.stack(1, "t" + i).frame(i, "m" + i + ".py", "f", 3).event(5, i).event(9, 1);
        Profile.Stacks profile = read(many.bytes());
        assertEquals(4096, profile.trees().size());
        assertEquals(List.of("mojo.many-threads"), warned(profile));
        assertEquals(6000, profile.info().events().getFirst().total());
        var endless = start().stack(1, "t").frame(1, "m.py", "f", 3).event(5, 1).event(9, 10).event(11, 5).zero("x".repeat(2 << 20));
        assertEquals(List.of("mojo.damaged"), warned(read(endless.bytes())));
        var number = start().stack(1, "t").frame(1, "m.py", "f", 3).event(5, 1).event(9, 10);
        for (int i = 0; i < 40; i++) number.event(9).event(0xff);
        survive("number", number.bytes());
    }

    @Test void whatATaskWaitedForIsCountedWhereItStood() throws IOException {
        byte[] bytes = start().stack(1, "t").frame(1, "m.py", "f", 3).frame(2, "m.py", "g", 5).event(11, 50).zero("Task-1").event(5, 1).event(9, 10)
                .event(14, 900, 50).event(5, 1).event(5, 2).event(9, 0)
                .stack(1, "t").event(5, 1).event(14, 900, 50).event(5, 1).event(9, 7000).event(9, 10)
                .event(14, 900, 50).event(9, 30).bytes();
        Profile.Stacks profile = read(bytes);
        assertEquals(List.of("time", "suspended"), profile.info().events().stream().map(Event::name).toList());
        assertEquals(20, profile.info().events().getFirst().total());
        assertEquals(Map.of("g", 7000.0, "f", 30.0), nonZero(FormatContract.selfByName(profile, 1)));
        assertEquals(7030, FormatContract.totalByName(profile, 1, false).get("Task-1"));
        var names = new ArrayList<String>();
        profile.info().threads().forEach(t -> names.add(t.name()));
        assertEquals(List.of("thread t", "suspended tasks"), names);
        assertEquals(0, profile.timeline(1).size());
    }
}
