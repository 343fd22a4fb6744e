package serpentarium.profile.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

import serpentarium.base.Source;
import serpentarium.profile.FrameTable;
import serpentarium.profile.LineCosts;
import serpentarium.profile.Profile;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Unit;
import serpentarium.profile.Warning;
import serpentarium.task.TaskContext;

/// pprof files that a script wrote by the published schema, with its sums over them.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PprofFormatTest implements FormatContract {
    @Override public ProfileFormat format() {
        return new PprofFormat();
    }

    /// The tables that say what samples are of come last.
    @Override public int leastCuts() {
        return 1;
    }

    private Profile.Stacks read(byte[] bytes) throws IOException {
        Profile profile = format().read(Source.of("some.pb", bytes), TaskContext.detached());
        FormatContract.sane(profile);
        return (Profile.Stacks) profile;
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    @TestFactory Stream<DynamicTest> everySampleEqualsItsTruth() {
        return samples().names().map(name -> dynamicTest(name, () -> {
            Map<String, Object> truth = samples().truth(name);
            byte[] bytes = samples().bytes(name);
            Profile.Stacks profile = read(bytes);
            assertEquals(List.of(), profile.info().warnings());
            boolean lastFirst = !name.startsWith("tables");
            for (int e = 0; e < 2; e++) {
                int type = lastFirst ? 1 - e : e;
                List<?> names = (List<?>) ((List<?>) truth.get("types")).get(type);
                var event = profile.info().events().get(e);
                assertEquals(names.get(0), event.name());
                String unit = names.get(1).toString();
                double scale = unit.equals("nanoseconds") ? 1e-9 : unit.equals("milliseconds") ? 1e-3 : 1;
                Unit counted = event.name().equals("samples") ? Unit.SAMPLES : Unit.COUNT;
                assertEquals(unit.equals("bytes") ? Unit.BYTES : scale < 1 ? Unit.SECONDS : counted, event.unit());
                double total = number(((List<?>) truth.get("totals")).get(type)) * scale;
                assertEquals(total, event.total(), total * 1e-12);
                same((Map<?, ?>) ((List<?>) truth.get("self")).get(type), FormatContract.selfByName(profile, e), scale, true);
                same((Map<?, ?>) ((List<?>) truth.get("total")).get(type), FormatContract.totalByName(profile, e, true), scale, false);
            }
            lines((Map<?, ?>) truth.get("lines_of_first_type"), profile, lastFirst ? 1 : 0);
        }));
    }

    private static void same(Map<?, ?> truth, Map<String, Double> got, double scale, boolean zeros) {
        if (zeros) got.values().removeIf(v -> v == 0);
        assertEquals(truth.keySet(), got.keySet());
        truth.forEach((name, value) -> assertEquals(number(value) * scale, got.get(name), number(value) * scale * 1e-12, name.toString()));
    }

    private static void lines(Map<?, ?> truth, Profile.Stacks profile, int event) {
        Map<String, Double> got = new HashMap<>();
        LineCosts lines = profile.lines();
        for (int f = 0; f < profile.frames().size(); f++)
            for (int row = lines.begin(f); row < lines.end(f); row++)
                got.merge(profile.frames().name(f) + ":" + lines.line(row), lines.cost(event, row), Double::sum);
        same(truth, got, 1, true);
    }

    @Test void placesOfFunctions() throws IOException {
        FrameTable frames = read(samples().bytes("go-order.pb")).frames();
        int seen = 0;
        for (int f = 0; f < frames.size(); f++) {
            switch (frames.name(f)) {
                case "main" -> assertEquals("/srv/app/main.py:3", frames.file(f) + ":" + frames.line(f));
                case "<lambda>" -> assertEquals("/srv/app/web.py:" + FrameTable.NO_LINE, frames.file(f) + ":" + frames.line(f));
                case "0xdead0009" -> assertEquals("/usr/bin/python3", frames.module(f));
                default -> seen--;
            }
            seen++;
        }
        assertEquals(3, seen);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) bytes[i] = (byte) values[i];
        return bytes;
    }

    @Test void hugeClaimsAndNonsense() throws IOException {
        assertNull(survive("text", bytes(0x32, 0xff, 0xff, 0xff, 0xff, 0x07)));
        assertNull(survive("message", bytes(0x12, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f)));
        assertNull(survive("varint", bytes(0x48, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)));
        // A type, a sample whose value is negative, one of an unknown place, and a place that is defined twice.
        var profile = read(bytes(0x0a, 2, 8, 0, 0x12, 13, 8, 1, 16, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0x12, 4, 8, 2,
                16, 5, 0x12, 4, 8, 1, 16, 3,
                0x22, 4, 8, 1, 0x18, 9, 0x22, 4, 8, 1, 0x18, 7, 0x12, 2, 16, 1));
        assertEquals(Map.of("0x7", 3.0), FormatContract.selfByName(profile, 0));
        assertEquals(List.of("pprof.negative", "pprof.empty-sample", "pprof.unknown-location"),
                profile.info().warnings().stream().map(Warning::id).toList());
        assertEquals("value 1", profile.info().events().getFirst().name());
    }

    /// A field of bytes.
    private static byte[] field(int number, byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) out.writeBytes(part);
        byte[] body = out.toByteArray();
        out.reset();
        out.write(number << 3 | 2);
        out.write(body.length);
        out.writeBytes(body);
        return out.toByteArray();
    }

    @Test void labelsDivideThreads() throws IOException {
        byte[] labels = field(3, bytes(8, 1, 16, 2));
        byte[] other = field(3, bytes(8, 3, 24, 77));
        byte[] process = field(3, bytes(8, 4, 24, 12));
        byte[] id = field(3, bytes(8, 5, 24, 99));
        var out = new ByteArrayOutputStream();
        out.writeBytes(field(1, bytes(8, 0, 16, 0)));
        out.writeBytes(field(2, bytes(8, 1, 16, 5), labels, other, process));
        out.writeBytes(field(2, bytes(8, 1, 16, 2), other));
        out.writeBytes(field(2, bytes(8, 1, 16, 4), process, labels));
        out.writeBytes(field(2, bytes(8, 1, 16, 1), labels, id));
        out.writeBytes(field(2, bytes(8, 1, 16, 1), id));
        out.writeBytes(field(4, bytes(8, 1, 0x18, 9)));
        byte[] cut = out.toByteArray();
        for (String text : List.of("", "thread name", "main", "span id", "pid", "thread id"))
            out.writeBytes(field(6, text.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        Profile.Stacks profile = read(out.toByteArray());
        assertEquals(List.of(new ThreadInfo("main", 9, "process 12"), new ThreadInfo("no thread named", 2), new ThreadInfo("main (99)", 1),
                new ThreadInfo("thread 99", 1)), profile.info().threads());
        assertEquals(List.of(), profile.info().warnings());
        assertEquals(List.of(new ThreadInfo("all threads", 13)), read(cut).info().threads(), "nothing says what the labels are");
    }

    @Test void deepStacks() throws IOException {
        var out = new ByteArrayOutputStream();
        int depth = 100_000;
        out.writeBytes(bytes(0x0a, 4, 8, 0, 16, 0));
        int body = 1 + 3 + depth + 2;
        out.writeBytes(bytes(0x12, body & 0x7f | 0x80, body >> 7 & 0x7f | 0x80, body >> 14, 0x0a, depth & 0x7f | 0x80,
                depth >> 7 & 0x7f | 0x80, depth >> 14));
        for (int i = 0; i < depth; i++) out.write(1 + (i & 1));
        out.writeBytes(bytes(16, 1, 0x22, 4, 8, 1, 0x18, 1, 0x22, 4, 8, 2, 0x18, 2));
        assertEquals(depth + 1, read(out.toByteArray()).trees().getFirst().size());
    }
}
