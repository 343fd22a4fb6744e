package serpentarium.traffic.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.base.ProblemException;
import serpentarium.task.TaskContext;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.JsonSecrets;
import serpentarium.traffic.analysis.Pseudonyms;
import serpentarium.traffic.analysis.Secrets;
import serpentarium.traffic.format.ReadOptions;
import serpentarium.traffic.format.har.HarExtras;
import serpentarium.traffic.format.har.HarFormat;
import serpentarium.traffic.format.har.HarWriter;
import serpentarium.traffic.format.mitm.MitmFormat;
import serpentarium.traffic.format.mitm.MitmWriter;

class SessionExportTest {
    private static final String SECRET = "s3cr3t-Val";
    private static final String JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcDEF123";
    private static final SessionExport EXPORT = new SessionExport(List.of(new HarWriter(false), new HarWriter(true), new MitmWriter(MitmWriter.FITTING)));

    @TempDir Path folder;
    private DiskSession session;

    @BeforeEach void fill() throws IOException {
        session = DiskSession.create(folder.resolve("s"), SessionLimits.NONE);
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(("{\"user\": \"ann\",  \"access_token\": \"" + SECRET + "1\", \"nested\": {\"password\": [\"" + SECRET + "2\", 77]}, \"n\": 12}").getBytes(StandardCharsets.UTF_8));
        }
        try (FlowWriter flow = session.begin("one", FlowKind.HTTP, FlowSource.PROXY, 10)) {
            flow.request(new RequestHead("POST", "https", "a.test", 443, "", "/login?token=" + SECRET + "3&page=2", "HTTP/1.1", new Headers(List.of(
                    new Headers.Field("Authorization", "Bearer " + SECRET + "4"), new Headers.Field("Cookie", "sid=" + SECRET + "5; theme=" + SECRET + "6"),
                    new Headers.Field("X-CSRF-Token", SECRET + "7"), new Headers.Field("Referer", "https://ann:" + SECRET + "8@b.test/?api_key=" + SECRET + "9"),
                    new Headers.Field("Content-Type", "application/x-www-form-urlencoded"), new Headers.Field("X-Own", SECRET + "10")))));
            byte[] form = ("name=ann&password=" + SECRET + "11&jwt=" + JWT).getBytes(StandardCharsets.UTF_8);
            flow.body(Side.REQUEST, form, 0, form.length);
            flow.response(new ResponseHead(200, "OK", "HTTP/1.1", new Headers(List.of(new Headers.Field("Content-Encoding", "gzip"),
                    new Headers.Field("Content-Type", "application/json"), new Headers.Field("Content-Length", String.valueOf(zipped.size())),
                    new Headers.Field("Set-Cookie", "sid=" + SECRET + "5; HttpOnly")))));
            flow.body(Side.RESPONSE, zipped.toByteArray(), 0, zipped.size());
            flow.extra(HarExtras.REQUEST, ("{\"cookies\":[{\"name\":\"sid\",\"value\":\"" + SECRET + "5\"}],\"queryString\":[{\"name\":\"q\",\"value\":\"" + SECRET
                    + "3\"}],\"_x\":{\"name\":\"session\",\"value\":\"" + SECRET + "12\"}}").getBytes(StandardCharsets.UTF_8));
            flow.extra("other.unknown", SECRET.getBytes(StandardCharsets.UTF_8));
        }
        try (FlowWriter flow = session.begin("two", FlowKind.WEBSOCKET, FlowSource.PROXY, 11)) {
            flow.request(new RequestHead("GET", "https", "a.test", 443, "", "/ws", "HTTP/1.1", new Headers(List.of(new Headers.Field("Cookie", "sid=" + SECRET + "5")))));
            flow.response(new ResponseHead(101, "", "HTTP/1.1", Headers.NONE));
            flow.message(Side.REQUEST, 12, 1, ("{\"auth\": \"" + SECRET + "13\", \"text\": \"hi\"}").getBytes(StandardCharsets.UTF_8), false, false);
            flow.message(Side.RESPONSE, 12.5, 1, ("hello " + JWT).getBytes(StandardCharsets.UTF_8), false, false);
        }
    }

    @AfterEach void close() throws IOException {
        session.close();
    }

    private Path export(String name, Secrets secrets) throws IOException {
        Path out = folder.resolve(name);
        EXPORT.write(session, _ -> true, out, Optional.ofNullable(secrets), true, TaskContext.detached());
        return out;
    }

    @Test void noSecretIsInWhatIsGivenToOthers() throws IOException {
        for (String name : List.of("x.har", "x.flows", "x.session")) {
            Path out = export(name, Secrets.USUAL.and(List.of("X-Own")));
            String text = Files.readString(out, StandardCharsets.ISO_8859_1);
            assertFalse(text.contains(SECRET), name + " " + text.indexOf(SECRET));
            assertFalse(text.contains("eyJzdWIi"), name);
            assertTrue(text.contains("theme=" + Pseudonyms.PREFIX) && text.contains("page=2") && text.contains("ann"), name);
            // The same cookie has the same name in both flows and directions.
            Matcher sid = Pattern.compile("sid=(redacted-[0-9a-f]+)").matcher(text);
            assertTrue(sid.find());
            String first = sid.group(1);
            int seen = 1;
            for (; sid.find(); seen++) assertEquals(first, sid.group(1));
            assertTrue(seen >= 3, name + " " + seen);
            if (Files.getFileStore(out).supportsFileAttributeView("posix"))
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(out)));
        }
    }

    @Test void aChangedBodyIsReadBackWithHeadersThatFit() throws IOException {
        try (DiskSession back = DiskSession.create(folder.resolve("back"), SessionLimits.NONE)) {
            new MitmFormat().read(serpentarium.base.Source.of(export("y.flows", Secrets.USUAL)), ReadOptions.NONE, back, TaskContext.detached());
            Flow flow = back.flow(0);
            byte[] body = back.body(0, Side.RESPONSE).readAllBytes();
            String json = new String(body, StandardCharsets.UTF_8);
            assertTrue(json.startsWith("{\"user\": \"ann\",  \"access_token\": \"redacted-"), json);
            assertTrue(json.endsWith("\"n\": 12}"), json);
            assertEquals(Optional.empty(), flow.response().headers().first("content-encoding"));
            assertEquals(String.valueOf(body.length), flow.response().headers().first("content-length").orElseThrow());
            assertTrue(flow.request().headers().first("authorization").orElseThrow().startsWith("Bearer redacted-"));
            assertEquals(SECRET + "10", flow.request().headers().first("x-own").orElseThrow());
        }
    }

    @Test void aSessionKeepsEverything() throws IOException {
        try (DiskSession back = DiskSession.open(export("z.session", null), SessionLimits.NONE)) {
            assertEquals(2, back.table().size());
            for (int row = 0; row < 2; row++) {
                Flow a = session.flow(row);
                Flow b = back.flow(row);
                assertEquals(List.of(a.id(), a.kind(), a.source(), a.timing(), a.request(), a.response(), a.requestBody(), a.responseBody(), a.messages(), a.extras().keySet()),
                        List.of(b.id(), b.kind(), b.source(), b.timing(), b.request(), b.response(), b.requestBody(), b.responseBody(), b.messages(), b.extras().keySet()));
                assertArrayEquals(session.body(row, Side.RESPONSE).readAllBytes(), back.body(row, Side.RESPONSE).readAllBytes());
            }
            assertArrayEquals(session.content(1, 0, 1000), back.content(1, 0, 1000));
        }
    }

    @Test void onlyTheRowsThatAreWantedAreWritten() throws IOException {
        session.deleted(0, true);
        Path out = folder.resolve("w.har");
        EXPORT.write(session, row -> row < 2, out, Optional.empty(), false, TaskContext.detached());
        try (DiskSession back = DiskSession.create(folder.resolve("w"), SessionLimits.NONE)) {
            new HarFormat().read(serpentarium.base.Source.of(out), ReadOptions.NONE, back, TaskContext.detached());
            assertEquals(1, back.table().size());
            assertEquals("https://a.test/ws", back.flow(0).request().url());
        }
        assertThrows(ProblemException.class, () -> EXPORT.write(session, _ -> true, out, Optional.empty(), false, TaskContext.detached()));
        assertThrows(ProblemException.class, () -> EXPORT.write(session, _ -> true, folder.resolve("w.txt"), Optional.empty(), true, TaskContext.detached()));
        assertThrows(ProblemException.class, () -> EXPORT.write(session, _ -> true, folder, Optional.empty(), true, TaskContext.detached()));
    }

    @Test void aBodyTooLargeToLookThroughIsLeftOut() throws IOException {
        try (FlowWriter flow = session.begin("big", FlowKind.HTTP, FlowSource.PROXY, 13)) {
            flow.response(new ResponseHead(200, "OK", "HTTP/1.1", new Headers(List.of(new Headers.Field("Content-Encoding", "gzip")))));
            var zipped = new ByteArrayOutputStream();
            try (var gzip = new GZIPOutputStream(zipped)) {
                byte[] zeros = new byte[1 << 20];
                for (int i = 0; i < 40; i++) gzip.write(zeros);
            }
            flow.body(Side.RESPONSE, zipped.toByteArray(), 0, zipped.size());
        }
        var redacted = new RedactedFlows(session, Secrets.USUAL);
        assertEquals(BodyFacts.State.MISSING, redacted.flow(2).responseBody().state());
        assertEquals(0, redacted.body(2, Side.RESPONSE).readAllBytes().length);
        assertEquals(1, redacted.notes().size());
    }

    @Test void bodiesAreFilesWithNamesOfOurOwn() throws IOException {
        try (FlowWriter flow = session.begin("../../evil", FlowKind.HTTP, FlowSource.PROXY, 14)) {
            flow.request(new RequestHead("GET", "http", "a.test", 80, "", "/../../../etc/passwd", "HTTP/1.1", Headers.NONE));
            flow.response(new ResponseHead(200, "OK", "HTTP/1.1", new Headers(List.of(new Headers.Field("Content-Type", "text/../../x"),
                    new Headers.Field("Content-Encoding", "gzip")))));
            flow.body(Side.RESPONSE, "no gzip".getBytes(StandardCharsets.UTF_8), 0, 7);
        }
        Path bodies = folder.resolve("bodies");
        BodyFiles.Written written = BodyFiles.write(session, _ -> true, bodies, TaskContext.detached());
        assertEquals(List.of("0001-request.form", "0001-response.json", "0003-response.txt"), written.files());
        assertEquals(List.of("0003-response.txt"), written.corrupt());
        assertEquals("no gzip", Files.readString(bodies.resolve("0003-response.txt")));
        assertTrue(Files.readString(bodies.resolve("0001-response.json")).contains(SECRET + "1"));
        try (var files = Files.list(bodies)) {
            assertEquals(3, files.count());
        }
    }

    @Test void jsonKeepsItsShape() {
        var names = new Pseudonyms();
        Secrets secrets = Secrets.USUAL;
        String json = "{ \"a\" : [1, true, null],\n \"token\":null, \"password\" : \"p\\\"q\", \"pin\": 1234, \"deep\": {\"secret\": {\"x\": [\"y\", 5]}, \"z\": 6} }";
        String masked = JsonSecrets.masked(json, secrets, _ -> "X");
        assertEquals("{ \"a\" : [1, true, null],\n \"token\":null, \"password\" : \"X\", \"pin\": \"X\", \"deep\": {\"secret\": {\"x\": [\"X\", \"X\"]}, \"z\": 6} }", masked);
        assertEquals("{\"password\": \"X", JsonSecrets.masked("{\"password\": \"cut of", secrets, _ -> "X"));
        assertEquals("[{\"name\":\"Cookie\",\"value\":\"X\"},{\"name\":\"Accept\",\"value\":\"b\"}]",
                JsonSecrets.masked("[{\"name\":\"Cookie\",\"value\":\"a\"},{\"name\":\"Accept\",\"value\":\"b\"}]", secrets, _ -> "X"));
        assertEquals(names.apply("same"), names.apply("same"));
        assertFalse(names.apply("same").equals(new Pseudonyms().apply("same")));
    }
}
