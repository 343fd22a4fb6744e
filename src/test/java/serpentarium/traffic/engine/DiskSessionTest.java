package serpentarium.traffic.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.base.ProblemException;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.ConnectionFacts;
import serpentarium.traffic.Endpoint;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.Headers;
import serpentarium.traffic.Message;
import serpentarium.traffic.ProcessFacts;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;
import serpentarium.traffic.Timing;
import serpentarium.traffic.TlsFacts;

class DiskSessionTest {
    @TempDir Path folder;

    private static Headers headers(String... pairs) {
        var fields = new java.util.ArrayList<Headers.Field>();
        for (int i = 0; i < pairs.length; i += 2) fields.add(new Headers.Field(pairs[i], pairs[i + 1]));
        return new Headers(fields);
    }

    private static byte[] random(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static void exchange(DiskSession session, String id, String path, byte[] body) throws IOException {
        try (FlowWriter flow = session.begin(id, FlowKind.HTTP, FlowSource.FILE, 1000.5)) {
            flow.request(new RequestHead("POST", "https", "shop.test", 8443, "", path, "HTTP/1.1", headers("Host", "shop.test:8443", "X", "\uDCFF")));
            flow.body(Side.REQUEST, body, 0, body.length);
            flow.bodyEnd(Side.REQUEST, BodyFacts.State.COMPLETE, -1, false);
            flow.response(new ResponseHead(201, "Created", "HTTP/1.1", headers("Content-Type", "Text/HTML; charset=utf-8")));
            flow.timing(new Timing(1000.5, Double.NaN, Double.NaN, 1000.6, 1000.7, 1000.8, 1000.9, 1001, 1001.25, 1002.5));
        }
    }

    private void everything(DiskSession session) throws IOException {
        exchange(session, "one", "/a?b=1", random(200_000, 1));
        try (FlowWriter flow = session.begin("one", FlowKind.WEBSOCKET, FlowSource.PROXY, 1001)) {
            assertEquals("one-2", flow.id());
            flow.connection(new ConnectionFacts("c7", new Endpoint("::1", 5000), new Endpoint("10.0.0.1", 443), null,
                    new TlsFacts("TLSv1.3", "TLS_AES_128_GCM_SHA256", "shop.test", "h2", List.of("PEM"))));
            flow.parent("one");
            flow.process(new ProcessFacts(42, "gunicorn", "gunicorn app"));
            flow.error("broke off");
            flow.notes(":star:", "look here");
            flow.extra("har.cache", new byte[] {1, 2});
            flow.trailers(Side.RESPONSE, headers("grpc-status", "0"));
            for (int i = 0; i < 5000; i++) flow.message(i % 2 == 0 ? Side.REQUEST : Side.RESPONSE, 1001 + i, 1, ("message " + i).getBytes(StandardCharsets.UTF_8), i == 7, i == 8);
        }
        session.warn("byte 7", "odd");
    }

    private void check(DiskSession session) throws IOException {
        FlowTable table = session.table();
        assertEquals(2, table.size());
        assertEquals("POST https://shop.test:8443/a?b=1", table.title(0));
        assertEquals(201, table.status(0));
        assertEquals("text/html", table.text(table.contentType(0)));
        assertEquals(200_000, table.requestSize(0));
        assertEquals(2.0, table.duration(0), 1e-6);
        assertEquals(0.75, table.firstByte(0), 1e-6);
        assertFalse(table.open(0));
        assertEquals(0, table.parent(1));
        assertEquals("gunicorn", table.text(table.process(1)));
        assertEquals(5000, table.messages(1));
        assertTrue(table.failed(1));
        assertEquals(":star:", table.mark(1));
        assertEquals("look here", table.comment(1));
        Flow first = session.flow(0);
        assertEquals(BodyFacts.State.COMPLETE, first.requestBody().state());
        assertEquals("\uDCFF", first.request().headers().first("x").orElseThrow());
        assertArrayEquals(random(200_000, 1), session.body(0, Side.REQUEST).readAllBytes());
        assertEquals(0, session.body(0, Side.RESPONSE).readAllBytes().length);
        Flow second = session.flow(session.row("one-2"));
        assertEquals("TLSv1.3", second.connection().tls().version());
        assertEquals("[::1]:5000", second.connection().client().toString());
        assertEquals("0", second.responseTrailers().first("grpc-status").orElseThrow());
        assertArrayEquals(new byte[] {1, 2}, second.extras().get("har.cache"));
        List<Message> messages = session.messages(1, 4990, 6000);
        assertEquals(10, messages.size());
        assertEquals(1001 + 4990, messages.getFirst().time());
        assertTrue(session.messages(1, 7, 8).getFirst().dropped());
        assertTrue(session.messages(1, 8, 9).getFirst().injected());
        assertEquals("message 4321", new String(session.content(1, 4321, 100), StandardCharsets.UTF_8));
        assertEquals(List.of("byte 7: odd"), session.warnings());
    }

    @Test void whatIsWrittenIsReadBackAtOnceAndLater() throws IOException {
        try (var session = DiskSession.create(folder.resolve("s"), SessionLimits.NONE)) {
            everything(session);
            check(session);
        }
        try (var session = DiskSession.open(folder.resolve("s"), SessionLimits.NONE)) {
            check(session);
            session.notes(0, "", "again");
            session.deleted(1, true);
        }
        try (var session = DiskSession.open(folder.resolve("s"), SessionLimits.NONE)) {
            assertEquals("again", session.table().comment(0));
            assertTrue(session.table().deleted(1));
            session.deleted(1, false);
            assertFalse(session.table().deleted(1));
        }
    }

    @Test void aSessionCanBeOneFile() throws IOException {
        Path file = folder.resolve("x.session");
        try (var session = DiskSession.createFile(file)) {
            everything(session);
        }
        try (var session = DiskSession.open(file, SessionLimits.NONE)) {
            check(session);
        }
    }

    @Test void withoutItsIndexItIsTheSame() throws IOException {
        try (var session = DiskSession.create(folder.resolve("s"), SessionLimits.NONE)) {
            everything(session);
        }
        Path file = folder.resolve("s/0001.flows");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 5);
        }
        try (var session = DiskSession.open(folder.resolve("s"), SessionLimits.NONE)) {
            assertEquals(2, session.warnings().size());
            assertEquals(5000, session.table().messages(1));
            exchange(session, "three", "/", new byte[0]);
        }
        try (var session = DiskSession.open(folder.resolve("s"), SessionLimits.NONE)) {
            assertEquals(3, session.table().size());
        }
    }

    @Test void onlyTheUserCanReadIt() throws IOException {
        try (var session = DiskSession.create(folder.resolve("deep/s"), SessionLimits.NONE)) {
            exchange(session, "a", "/", new byte[0]);
        }
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("deep/s"))));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("deep/s/0001.flows"))));
        try (var session = DiskSession.createFile(folder.resolve("f.session"))) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(session.path())));
        }
    }

    @Test void equalLargeBodiesAreStoredOnce() throws IOException {
        byte[] body = random(300_000, 3);
        try (var session = DiskSession.create(folder.resolve("s"), SessionLimits.NONE)) {
            for (int i = 0; i < 20; i++) exchange(session, "f" + i, "/" + i, body);
            assertArrayEquals(body, session.body(19, Side.REQUEST).readAllBytes());
            assertEquals(300_000, session.flow(19).requestBody().stored());
        }
        assertTrue(Files.size(folder.resolve("s/0001.flows")) < 330_000);
    }

    @Test void secondOpeningIsOnlyRead() throws IOException {
        try (var session = DiskSession.create(folder.resolve("s"), SessionLimits.NONE)) {
            everything(session);
            try (var reader = DiskSession.open(folder.resolve("s"), SessionLimits.NONE)) {
                assertTrue(reader.readOnly());
                check(reader);
                assertThrows(IOException.class, () -> reader.notes(0, "", "x"));
            }
        }
    }

    @Test void aRingDropsTheOldestAndKeepsWhatGoesOn() throws IOException {
        var limits = new SessionLimits(4 << 20, true, 1 << 20);
        try (var session = DiskSession.create(folder.resolve("s"), limits)) {
            FlowWriter open = session.begin("long", FlowKind.WEBSOCKET, FlowSource.PROXY, 1);
            open.request(new RequestHead("GET", "http", "a.test", 80, "", "/chat", "HTTP/1.1", headers("Host", "a.test")));
            open.commit();
            for (int i = 0; i < 200; i++) exchange(session, "f" + i, "/" + i, random(100_000, i));
            open.message(Side.REQUEST, 2, 1, new byte[] {7}, false, false);
            open.close();
            assertEquals("/chat", session.flow(0).request().path());
            assertArrayEquals(new byte[] {7}, session.content(0, 0, 10));
            assertTrue(session.table().deleted(1));
            assertArrayEquals(random(100_000, 199), session.body(200, Side.REQUEST).readAllBytes());
        }
        try (var list = Files.list(folder.resolve("s"))) {
            long size = list.mapToLong(f -> f.toFile().length()).sum();
            assertTrue(size < 6 << 20, "size " + size);
        }
        try (var session = DiskSession.open(folder.resolve("s"), limits)) {
            assertEquals("/chat", session.flow(session.row("long")).request().path());
            assertEquals("/199", session.flow(session.row("f199")).request().path());
        }
    }

    @Test void aFullSessionListsFlowsWithoutBodies() throws IOException {
        var limits = new SessionLimits(2 << 20, false, 1 << 20);
        try (var session = DiskSession.create(folder.resolve("s"), limits)) {
            for (int i = 0; i < 100; i++) exchange(session, "f" + i, "/" + i, random(100_000, i));
            assertEquals(100, session.table().size());
            assertEquals(BodyFacts.State.PARTIAL, session.flow(99).requestBody().state());
            assertEquals(2, session.warnings().size());
        }
    }

    @Test void damagedFilesAreAClearProblemOrAWarning() throws IOException {
        try (var session = DiskSession.createFile(folder.resolve("f"))) {
            everything(session);
        }
        byte[] whole = Files.readAllBytes(folder.resolve("f"));
        var random = new Random(5);
        int problems = 0;
        for (int i = 0; i < 400; i++) {
            byte[] bytes = whole.clone();
            for (int k = 0; k <= i % 4; k++) bytes[random.nextInt(i % 2 == 0 ? bytes.length : 400)] = (byte) random.nextInt();
            Path file = folder.resolve("damaged" + i);
            Files.write(file, i % 3 == 0 ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes);
            try (var session = DiskSession.open(file, SessionLimits.NONE)) {
                for (int row = 0; row < session.table().size(); row++) {
                    session.table().title(row);
                    try {
                        session.flow(row);
                    } catch (IOException e) {
                        problems++;
                    }
                }
            } catch (ProblemException e) {
                problems++;
            }
            Files.delete(file);
        }
        assertTrue(problems > 10, "problems " + problems);
    }

    @Test void extrasAndNotesSurvive() throws IOException {
        try (var session = DiskSession.create(folder.resolve("s"), SessionLimits.NONE); FlowWriter flow = session.begin(null, FlowKind.TCP, FlowSource.PACKETS, 5)) {
            flow.connection(new ConnectionFacts("x", new Endpoint("1.2.3.4", 5), new Endpoint("5.6.7.8", 9), null, null));
            flow.commit();
            assertEquals("tcp://5.6.7.8:9 ← 1.2.3.4:5", session.table().title(0));
            assertEquals(Map.of(), session.flow(0).extras());
            assertTrue(session.table().open(0));
        }
    }
}
