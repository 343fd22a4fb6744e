package serpentarium.profile.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
import serpentarium.pack.Packing;
import serpentarium.pack.Packs;
import serpentarium.pack.Unpacked;
import serpentarium.profile.Event;
import serpentarium.profile.Profile;
import serpentarium.profile.Timeline;
import serpentarium.profile.Unit;
import serpentarium.profile.Warning;
import serpentarium.task.TaskContext;

/// Files of Python 3.15's sampler that a script wrote by CPython's sources, with its sums over the samples it put in.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TachFormatTest implements FormatContract {
    @Override public ProfileFormat format() {
        return new TachFormat();
    }

    /// The tables come last: without them there is nothing to show.
    @Override public int leastCuts() {
        return 0;
    }

    private Profile.Stacks read(Source source) throws IOException {
        Profile profile = format().read(source, TaskContext.detached());
        FormatContract.sane(profile);
        return (Profile.Stacks) profile;
    }

    private Profile.Stacks read(byte[] bytes) throws IOException {
        return read(Source.of("some.bin", bytes));
    }

    @TestFactory Stream<DynamicTest> everySampleEqualsItsTruth() {
        return samples().names().map(name -> dynamicTest(name, () -> {
            Map<String, Object> truth = samples().truth(name);
            check(truth, read(samples().bytes(name)));
            byte[] packed = Packs.pack(Packing.GZIP, samples().bytes(name));
            check(truth, read(Unpacked.of(Source.of(name, packed))));
        }));
    }

    private static void check(Map<String, Object> truth, Profile.Stacks profile) {
        assertEquals(List.of(), profile.info().warnings());
        assertEquals(List.of("samples", "time", "on-cpu", "gil", "gil-wait", "exception"), profile.info().events().stream().map(Event::name).toList());
        for (int e = 0; e < profile.info().events().size(); e++) {
            Event event = profile.info().events().get(e);
            assertEquals(e == 1 ? Unit.MICROSECONDS : Unit.SAMPLES, event.unit());
            assertEquals(number(((Map<?, ?>) truth.get("totals")).get(event.name())), event.total());
            same(((Map<?, ?>) truth.get("self")).get(event.name()), FormatContract.selfByName(profile, e));
            same(((Map<?, ?>) truth.get("total")).get(event.name()), FormatContract.totalByName(profile, e, false));
        }
        Map<String, Double> lines = new HashMap<>();
        for (int f = 0; f < profile.frames().size(); f++)
            for (int row = profile.lines().begin(f); row < profile.lines().end(f); row++)
                lines.merge(profile.frames().name(f) + ":" + profile.lines().line(row), profile.lines().cost(0, row), Double::sum);
        same(truth.get("lines"), lines);
        Map<?, ?> threads = (Map<?, ?>) truth.get("threads");
        assertEquals(threads.size(), profile.trees().size());
        threads.forEach((id, count) -> {
            int t = 0;
            while (!profile.info().threads().get(t).name().contains(id.toString())) t++;
            assertEquals(number(count), profile.info().threads().get(t).total());
            Timeline time = profile.timeline(t);
            assertEquals(Unit.MICROSECONDS, time.unit());
            assertEquals(number(((Map<?, ?>) truth.get("first")).get(id)), time.start(0));
            assertEquals(number(((Map<?, ?>) truth.get("last")).get(id)) + 1000, time.end(time.size() - 1));
        });
        assertTrue(profile.info().threads().stream().anyMatch(t -> t.name().startsWith("main thread (")));
        assertTrue(profile.info().creator().startsWith("Python 3.15."));
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

    @Test void modesAndMadeUpFrames() throws IOException {
        assertEquals("Python 3.15.1 profiling.sampling, mode gil", read(samples().bytes("big-endian.bin")).info().creator());
        assertEquals("Python 3.15.0 profiling.sampling", read(samples().bytes("older-header.bin")).info().creator());
        Profile.Stacks profile = read(samples().bytes("little-plain.bin"));
        for (int f = 0; f < profile.frames().size(); f++) {
            switch (profile.frames().name(f)) {
                case "<GC>", "<native>" -> assertEquals("null", String.valueOf(profile.frames().file(f)));
                case "Task-7" -> assertEquals("<task>", profile.frames().module(f));
                case "work" -> assertEquals("/srv/app/main.py", profile.frames().file(f));
                default -> {}
            }
        }
    }

    private static List<String> warned(Profile profile) {
        return profile.info().warnings().stream().map(Warning::id).toList();
    }

    private String problem(byte[] bytes) {
        assertInstanceOf(Bid.Yes.class, format().sniff(Head.of(bytes)));
        return assertThrows(ProblemException.class, () -> read(bytes)).problem().id();
    }

    /// Makes a head of bytes.
    private record Head(byte[] bytes) {
        static serpentarium.base.Head of(byte[] bytes) {
            try {
                return serpentarium.base.Head.of(Source.of("x", bytes));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    @Test void aKilledSamplerIsSaidSo() {
        for (String name : List.of("little-plain.bin", "packed.bin", "older-big-endian.bin")) {
            byte[] bytes = samples().bytes(name);
            Arrays.fill(bytes, 0, 64, (byte) 0);
            assertEquals("tach.killed", problem(bytes), name);
        }
        assertEquals("tach.killed", problem(new byte[64]));
        assertInstanceOf(Bid.No.class, format().sniff(Head.of(new byte[4096])));
        assertInstanceOf(Bid.No.class, format().sniff(Head.of(new byte[10])));
    }

    @Test void otherVersionsAndOffsets() {
        byte[] version = samples().bytes("little-plain.bin");
        version[4] = 2;
        assertEquals("tach.version", problem(version));
        byte[] cut = Arrays.copyOf(samples().bytes("little-plain.bin"), 300);
        assertEquals("tach.offsets", problem(cut));
        assertEquals("tach.short", problem(Arrays.copyOf(cut, 40)));
        assertInstanceOf(Bid.No.class, format().sniff(Head.of("TACHYON is a word".getBytes(StandardCharsets.US_ASCII))));
    }

    @Test void withoutTablesFunctionsAreUnknown() throws IOException {
        byte[] bytes = samples().bytes("little-plain.bin");
        Profile.Stacks profile = read(Arrays.copyOf(bytes, bytes.length - 120));
        assertEquals("tach.tables", warned(profile).getFirst());
        assertTrue(warned(profile).contains("tach.unknown-frame"));
        byte[] footer = bytes.clone();
        footer[bytes.length - 20] ^= 1;
        assertEquals(List.of("tach.tables"), warned(read(footer)));
    }

    @Test void damagedSamples() throws IOException {
        byte[] packed = samples().bytes("packed.bin");
        for (int i = 2000; i < 2100; i++) packed[i] ^= 0x55;
        var problem = assertThrows(ProblemException.class, () -> read(packed)).problem();
        assertEquals("tach.no-samples", problem.id());
        assertTrue(problem.detail().contains("The zstd data is damaged."), problem.detail());
        byte[] plain = samples().bytes("little-plain.bin");
        Profile.Stacks whole = read(plain);
        plain[64 + 12] = 9;
        assertEquals("tach.no-samples", problem(plain));
        assertTrue(whole.info().events().getFirst().total() > 500);
    }

    private static byte[] file(byte[] body, int compression, long strings, int frames) {
        var out = new ByteArrayOutputStream();
        ByteBuffer header = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0x54414348).putInt(1).put(new byte[] {3, 15, 0, 0}).putLong(1).putLong(100).putLong(1).putInt(1);
        header.putLong(64 + body.length).putLong(64 + body.length + 6).putInt(compression).putInt(1);
        out.writeBytes(header.array());
        out.writeBytes(body);
        out.writeBytes(new byte[] {3, 'm', 'p', 'y', 1, 'f'});
        out.writeBytes(new byte[] {0, 1, 6, 0, 1, 0, (byte) 255});
        ByteBuffer footer = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN).putInt((int) strings).putInt(frames).putLong(out.size() + 32);
        out.writeBytes(footer.array());
        return out.toByteArray();
    }

    private static byte[] record(long thread, int... rest) {
        byte[] bytes = ByteBuffer.allocate(12 + rest.length).order(ByteOrder.LITTLE_ENDIAN).putLong(thread).putInt(0).array();
        for (int i = 0; i < rest.length; i++) bytes[12 + i] = (byte) rest[i];
        return bytes;
    }

    @Test void hugeClaims() throws IOException {
        byte[] full = record(1, 1, 5, 3, 1, 0);
        assertEquals(1, read(file(full, 0, 2, 1)).info().events().getFirst().total());
        assertEquals(List.of("tach.tables"), warned(read(file(full, 0, -1, -1))));
        byte[] repeat = Packs.join(full, record(1, 0, 0xff, 0xff, 0xff, 0xff, 0x7f, 1, 3));
        assertEquals(List.of("tach.truncated", "tach.count"), warned(read(file(repeat, 0, 2, 1))));
        byte[] deep = Packs.join(full, record(1, 1, 5, 3, 0xff, 0xff, 0xff, 0xff, 0x7f, 1));
        assertEquals(List.of("tach.damaged"), warned(read(file(deep, 0, 2, 1))));
        byte[] shared = Packs.join(full, record(1, 2, 5, 3, 7, 1, 0));
        assertEquals(List.of("tach.damaged"), warned(read(file(shared, 0, 2, 1))));
        byte[] empty = record(1, 0, 1, 5, 3);
        assertEquals(Map.of("«no frames»", 1.0), nonZero(FormatContract.selfByName(read(file(empty, 0, 2, 1)), 0)));
    }

    @Test void stacksThatPythonCutAreTold() throws IOException {
        int[] rest = new int[5 + 256];
        rest[0] = 1;
        rest[1] = 5;
        rest[3] = 0x80;
        rest[4] = 2;
        Profile.Stacks profile = read(file(record(1, rest), 0, 2, 1));
        assertEquals(List.of("tach.full-stacks"), warned(profile));
        assertTrue(profile.info().warnings().getFirst().text().startsWith("1 sample has 256 frames"), profile.info().warnings().toString());
        assertEquals(257, profile.trees().getFirst().size());
    }

    private static Map<String, Double> nonZero(Map<String, Double> map) {
        map.values().removeIf(v -> v == 0);
        return map;
    }

    /// The samples repeat one stack 400 million times in a few kilobytes.
    @Test void aBombInTheSamples() throws IOException {
        byte[] full = record(1, 1, 5, 3, 1, 0);
        byte[] run = new byte[1 << 20];
        for (int i = 0; i < run.length; i += 2) run[i] = 1;
        byte[] packed = Packs.join(Packs.pack(Packing.ZSTD, Packs.join(full, record(1, 0, 0xff, 0xff, 0xff, 0xff, 0x0f))),
                Packs.repeat(Packs.pack(Packing.ZSTD, run, 100), 100));
        long start = System.nanoTime();
        Profile.Stacks profile = read(file(packed, 1, 2, 1));
        assertEquals("tach.truncated", warned(profile).getFirst());
        assertTrue(profile.info().warnings().get(1).text().contains("1,000 times"), profile.info().warnings().toString());
        assertEquals(2, profile.trees().getFirst().size());
        assertTrue(System.nanoTime() - start < 90_000_000_000L);
    }

    @Test void aStackLastsUntilTheNextSampleUnlessThatIsFarAway() throws IOException {
        byte[] body = Packs.join(Packs.join(record(1, 1, 5, 3, 1, 0), record(1, 1, 0xac, 2, 3, 2, 0, 0)), record(1, 1, 0xd0, 0x0f, 3, 1, 0));
        Timeline time = read(file(body, 0, 2, 1)).timeline(0);
        assertEquals(3, time.size());
        assertEquals(5, time.start(0));
        assertEquals(305, time.end(0));
        assertEquals(405, time.end(1));
        assertEquals(2305, time.start(2));
    }
}
