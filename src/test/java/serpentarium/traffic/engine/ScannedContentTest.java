package serpentarium.traffic.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.task.TaskContext;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.BodySearch;
import serpentarium.traffic.analysis.FilterParser;
import serpentarium.traffic.analysis.FilterRun;
import serpentarium.traffic.analysis.FlowContent;
import serpentarium.traffic.analysis.RowSet;

/// Reading a session's files straight on all cores finds the same as reading one flow after another.
class ScannedContentTest {
    private static final List<String> FILTERS = List.of("body ~ needle", "body ~ nee?dle\\d", "body ~ [xyz]{3}needle", "body ~ \"no such\"", "request.body ~ needle", "response.body ~ NEEDLE",
            "body ~ kiosk", "header ~ \"x-tea: gr\"", "header:x-tea ~ green", "header x-tea", "header content-encoding = gzip", "not body ~ needle", "body ~ needle and method = POST", "url ~ needle", "needle",
            "host = h3.test or body ~ needle", "body ~ e[a-z]dle");
    @TempDir Path folder;

    /// Nothing but what it must be able to do: one thread, every part looked at.
    private record Plain(FlowContent content) implements FlowContent {
        @Override public Flow flow(int row) throws IOException {
            return content.flow(row);
        }

        @Override public InputStream body(int row, Side side) throws IOException {
            return content.body(row, side);
        }

        @Override public byte[] message(int row, int message) throws IOException {
            return content.message(row, message);
        }
    }

    private static byte[] text(Random random, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) bytes[i] = (byte) "nedlxyz ".charAt(random.nextInt(8));
        String[] all = {"needle7", "NEEDLE", "nedle5", "kio\u017fk", "\u212aiosk", "xyzneedle"};
        if (length > 0 && random.nextInt(4) == 0) {
            byte[] found = all[random.nextInt(all.length)].getBytes(StandardCharsets.UTF_8);
            int at = random.nextInt(3) == 0 ? RecordingFlow.PIECE - random.nextInt(9) : random.nextInt(length);
            if (at + found.length <= length) System.arraycopy(found, 0, bytes, at, found.length);
        }
        return bytes;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    /// Flows of all kinds, several at once.
    private static void fill(DiskSession session, int flows, Random random) throws IOException {
        byte[] same = text(new Random(9), 80_000);
        System.arraycopy("needle1".getBytes(StandardCharsets.UTF_8), 0, same, 40_000, 7);
        var going = new ArrayList<FlowWriter>();
        for (int n = 0; n < flows; n++) {
            boolean messages = random.nextInt(10) == 0;
            FlowWriter flow = session.begin(null, messages ? FlowKind.WEBSOCKET : FlowKind.HTTP, FlowSource.PROXY, n);
            var fields = new ArrayList<>(List.of(new Headers.Field("X-Tea", random.nextBoolean() ? "Green" : "black")));
            int coding = random.nextInt(6);
            byte[] body = random.nextInt(8) == 0 ? same : text(random, random.nextInt(5) == 0 ? random.nextInt(200_000) : random.nextInt(300));
            if (coding == 1) body = gzip(body);
            if (coding <= 3) fields.add(new Headers.Field("Content-encoding", coding == 3 ? "odd" : "gzip"));
            flow.request(new RequestHead(random.nextBoolean() ? "GET" : "POST", "http", "h" + random.nextInt(5) + ".test", 80, "", random.nextInt(6) == 0 ? "/needle" : "/", "HTTP/1.1",
                    new Headers(List.of(new Headers.Field("X-Tea", "none")))));
            byte[] sent = text(random, random.nextInt(3) == 0 ? random.nextInt(90_000) : 0);
            flow.body(Side.REQUEST, sent, 0, sent.length);
            if (random.nextInt(4) == 0) flow.commit();
            boolean late = random.nextInt(4) == 0;
            if (!late) flow.response(new ResponseHead(200, "", "HTTP/1.1", new Headers(fields)));
            for (int from = 0; from < body.length; ) {
                int to = Math.min(body.length, from + 1 + random.nextInt(100_000));
                flow.body(Side.RESPONSE, body, from, to - from);
                if (random.nextInt(6) == 0) flow.commit();
                from = to;
            }
            if (late) flow.response(new ResponseHead(200, "", "HTTP/1.1", new Headers(fields)));
            if (random.nextBoolean()) flow.bodyEnd(Side.RESPONSE, BodyFacts.State.COMPLETE, -1, coding == 2);
            if (messages) for (int m = random.nextInt(5); m >= 0; m--) flow.message(Side.RESPONSE, m, 1, text(random, random.nextInt(100)), false, false);
            going.add(flow);
            if (going.size() > 6) going.remove(random.nextInt(going.size())).close();
        }
        for (int i = 0; i < going.size(); i += 2) going.get(i).close();
        for (FlowWriter flow : going) flow.commit();
    }

    private static List<Integer> rows(DiskSession session, FlowContent content, String filter) throws IOException {
        var parsed = (FilterParser.Result.Parsed) FilterParser.parse(filter);
        FlowTable table = session.table();
        var found = new ArrayList<Integer>();
        new FilterRun(parsed.filter(), table, content, TaskContext.detached()).run(0, table.size(), (rows, from, to) -> {
            for (int i = from; i < to; i++) found.add(rows[i]);
        });
        return found;
    }

    private static BodySearch.Result search(DiskSession session, FlowContent content, Pattern pattern) throws IOException {
        int size = session.table().size();
        var told = new ArrayList<BodySearch.Hit>();
        BodySearch.Result result = BodySearch.run(session.table(), content, pattern, RowSet.of(IntStream.range(0, size).toArray()), TaskContext.detached(), told::addAll);
        assertEquals(result.hits(), told);
        return result;
    }

    private static void alike(DiskSession session) throws IOException {
        var content = new SessionContent(session);
        Map<String, Integer> counts = new HashMap<>();
        for (String filter : FILTERS) {
            List<Integer> found = rows(session, content, filter);
            assertEquals(rows(session, new Plain(content), filter), found, filter);
            counts.put(filter, found.size());
        }
        assertTrue(counts.get("body ~ needle") > 10 && counts.get("body ~ \"no such\"") == 0 && counts.get("header x-tea") > 100, counts::toString);
        for (Pattern pattern : List.of(BodySearch.literal("needle"), BodySearch.literal("x-tea: green\nC"), BodySearch.literal("kiosk"), Pattern.compile("ne+dle\\d", Pattern.CASE_INSENSITIVE),
                Pattern.compile("[xyz]{6}"), BodySearch.literal("POST http://h"))) {
            assertEquals(search(session, new Plain(content), pattern), search(session, content, pattern), pattern.pattern());
        }
    }

    @Test void theSameIsFound() throws IOException {
        try (DiskSession session = DiskSession.create(folder.resolve("s"), SessionLimits.NONE)) {
            fill(session, 180, new Random(1));
            alike(session);
            fill(session, 50, new Random(2));
            alike(session);
        }
        try (DiskSession session = DiskSession.open(folder.resolve("s"), SessionLimits.NONE)) {
            alike(session);
        }
    }

    @Test void inManyFilesOfWhichTheOldestAreDropped() throws IOException {
        try (DiskSession session = DiskSession.create(folder.resolve("r"), new SessionLimits(12 << 20, true, 1 << 20))) {
            fill(session, 900, new Random(4));
            assertTrue(session.table().deleted(0));
            var content = new SessionContent(session);
            for (String filter : FILTERS) {
                if (!filter.contains("not")) assertEquals(rows(session, new Plain(content), filter), rows(session, content, filter), filter);
            }
        }
    }

    @Test void everyBodyIsGivenAsItIs() throws IOException {
        try (DiskSession session = DiskSession.create(folder.resolve("b"), new SessionLimits(Long.MAX_VALUE, false, 1 << 20))) {
            fill(session, 200, new Random(5));
            var content = new SessionContent(session);
            FlowContent apart = content.apart().orElseThrow();
            for (int row = 0; row < session.table().size(); row++) {
                assertEquals(content.flow(row).headers(Side.RESPONSE), apart.flow(row).headers(Side.RESPONSE));
                assertEquals(content.flow(row).messages(), apart.flow(row).messages());
                for (Side side : Side.values()) {
                    try (InputStream expected = content.body(row, side); InputStream given = apart.body(row, side)) {
                        assertArrayEquals(expected.readAllBytes(), given.readAllBytes());
                    }
                }
            }
        }
    }

    @Test void aDamagedRecordIsSaid() throws IOException {
        Path file = folder.resolve("d");
        try (DiskSession session = DiskSession.createFile(file)) {
            fill(session, 40, new Random(6));
        }
        byte[] bytes = java.nio.file.Files.readAllBytes(file);
        for (int at = bytes.length / 3; at < bytes.length / 3 + 2000; at++) bytes[at] ^= 5;
        try (DiskSession session = DiskSession.open(file, SessionLimits.NONE)) {
            java.nio.file.Files.write(file, bytes, java.nio.file.StandardOpenOption.WRITE);
            var content = new SessionContent(session);
            assertThrows(IOException.class, () -> rows(session, new Plain(content), "body ~ zebra"));
            assertThrows(IOException.class, () -> rows(session, content, "body ~ zebra"));
            assertEquals(search(session, new Plain(content), BodySearch.literal("needle")), search(session, content, BodySearch.literal("needle")));
            assertFalse(search(session, content, BodySearch.literal("needle")).hits().isEmpty());
        }
    }

    @Test void cancelledAtOnce() throws IOException {
        try (DiskSession session = DiskSession.create(folder.resolve("c"), SessionLimits.NONE)) {
            fill(session, 100, new Random(7));
            var parsed = (FilterParser.Result.Parsed) FilterParser.parse("body ~ needle");
            for (int after : new int[] {0, 1, 20}) {
                var run = new FilterRun(parsed.filter(), session.table(), new SessionContent(session), TaskContext.detached());
                run.test(0);
                assertThrows(CancellationException.class, () -> new FilterRun(parsed.filter(), session.table(), new SessionContent(session), TaskContext.cancelledAfter(after)).run(0, 100,
                        (rows, from, to) -> assertTrue(Arrays.stream(rows, from, to).allMatch(row -> row < 100))));
            }
        }
    }
}
