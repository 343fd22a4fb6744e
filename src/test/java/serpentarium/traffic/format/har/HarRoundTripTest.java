package serpentarium.traffic.format.har;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import serpentarium.base.Head;
import serpentarium.base.Source;
import serpentarium.task.TaskContext;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.Headers;
import serpentarium.traffic.Side;
import serpentarium.traffic.engine.BodyDigest;
import serpentarium.traffic.engine.DiskSession;
import serpentarium.traffic.engine.SessionLimits;
import serpentarium.traffic.format.ReadOptions;

class HarRoundTripTest {
    private static final String QUIRKS = """
            {"log": {"version": "1.2", "creator": {"name": "WebInspector", "version": "537.36"}, "browser": {"name": "Firefox", "version": "99"},
             "entries": [
              {"_initiator": {"type": "script", "stack": {"callFrames": []}}, "_priority": "High", "pageref": "page_1", "connection": "443",
               "startedDateTime": "2026-11-22T00:49:03.587-07:00", "time": 100, "serverIPAddress": "[::1]", "_serverPort": 8443, "comment": "slow",
               "request": {"method": "POST", "url": "https://a.test/login?next=%2F", "httpVersion": "h2", "headersSize": -1, "bodySize": 27,
                "headers": [{"name": ":authority", "value": "a.test"}, {"name": "cookie", "value": "a=1"}, {"name": "Cookie", "value": "b=2"}],
                "cookies": [{"name": "a", "value": "1"}], "queryString": [{"name": "next", "value": "/"}],
                "postData": {"mimeType": "application/x-www-form-urlencoded; charset=utf-8", "params": [{"name": "user", "value": "bö"}, {"name": "pin", "value": "1 2"}]}},
               "response": {"status": 200, "statusText": "", "httpVersion": "http/2.0", "headersSize": -1, "bodySize": -1, "_transferSize": 77, "redirectURL": "",
                "headers": [["Set-Cookie", "x=1; Path=/\\ny=2"], ["Content-Type", "text/plain"]], "cookies": [],
                "content": {"size": 3, "mimeType": "text/plain", "text": "\\u00e4\\udcff", "compression": 0}},
               "cache": {"beforeRequest": null}, "timings": {"blocked": 1.5, "_blocked_queueing": 0.5, "dns": 10, "connect": 30, "ssl": 20, "send": 1, "wait": 40, "receive": 5}},
              {"startedDateTime": "2026-11-22T07:49:04Z", "time": 5, "request": {"method": "GET", "url": "https://b.test/", "httpVersion": "", "headers": [], "bodySize": 0},
               "response": {"status": 0, "statusText": "", "httpVersion": "", "headers": [], "content": {"size": 0, "mimeType": "x-unknown"}, "redirectURL": "",
                "headersSize": -1, "bodySize": -1, "_error": "net::ERR_CONNECTION_REFUSED"}, "cache": {}, "timings": {"send": 0, "wait": 0, "receive": 0}},
              {"startedDateTime": "2026-11-22T07:49:05Z", "time": 5, "request": {"method": "GET", "url": "https://b.test/i.png", "httpVersion": "HTTP/3", "headers": [], "bodySize": 0},
               "response": {"status": 200, "statusText": "OK", "httpVersion": "h3", "headers": [], "content": {"size": 900, "mimeType": "image/png", "comment": "not saved"},
                "redirectURL": "", "headersSize": -1, "bodySize": 900}, "cache": {}, "timings": {"send": 0, "wait": 1, "receive": 4}}],
             "pages": [{"id": "page_1", "title": "Login", "startedDateTime": "2026-11-22T07:49:03Z", "pageTimings": {"onLoad": 12}}], "_more": [1, 2.5]}}
            """;

    @TempDir Path folder;
    private int sessions;

    private static byte[] sample(String name) {
        return new HarFormatTest().bytes(name);
    }

    private DiskSession session(byte[] har) throws IOException {
        DiskSession session = DiskSession.create(folder.resolve("s" + sessions++), SessionLimits.NONE);
        new HarFormat().read(Source.of("har", har), ReadOptions.NONE, session, TaskContext.detached());
        return session;
    }

    private static byte[] written(DiskSession session, boolean packed) throws IOException {
        var out = new ByteArrayOutputStream();
        new HarWriter(packed).write(session, _ -> true, out, TaskContext.detached());
        return out.toByteArray();
    }

    private static Map<?, ?> log(byte[] har) throws IOException {
        boolean mark = har[0] == (byte) 0xEF;
        return (Map<?, ?>) JSON.std.mapFrom(new String(har, mark ? 3 : 0, har.length - (mark ? 3 : 0), StandardCharsets.UTF_8)).get("log");
    }

    /// Fails where the first says something that the second does not.
    private static void within(Object before, Object after, String where) {
        if (before instanceof Map<?, ?> map) map.forEach((key, value) -> within(value, ((Map<?, ?>) after).get(key), where + "." + key));
        else if (before instanceof List<?> list) {
            assertEquals(list.size(), ((List<?>) after).size(), where);
            for (int i = 0; i < list.size(); i++) within(list.get(i), ((List<?>) after).get(i), where + "[" + i + "]");
        } else if (before instanceof Number number) assertEquals(number.doubleValue(), ((Number) after).doubleValue(), 1e-9, where);
        else assertEquals(before, after, where);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mitmproxy-forward.har", "mitmproxy-http2.har", "ours-errors-firefox.har", "ours-forward-chrome.har", "ours-websocket-chrome.har"})
    void whatWasReadGoesBackAsItWas(String name) throws IOException {
        Map<?, ?> before = log(sample(name));
        before.remove("creator");
        try (DiskSession session = session(sample(name))) {
            within(before, log(written(session, false)), "");
        }
    }

    @Test void quirksGoBackAsTheyWere() throws IOException {
        byte[] har = QUIRKS.getBytes(StandardCharsets.UTF_8);
        Map<?, ?> before = log(har);
        Object creator = before.remove("creator");
        Map<?, ?> pairs = (Map<?, ?>) ((Map<?, ?>) ((List<?>) before.get("entries")).getFirst()).get("response");
        pairs.remove("headers");
        try (DiskSession session = session(har)) {
            Map<?, ?> after = log(written(session, false));
            within(before, after, "");
            assertEquals(creator, after.get("_origin"));
        }
    }

    @Test void quirksAreUnderstood() throws IOException {
        try (DiskSession session = session(QUIRKS.getBytes(StandardCharsets.UTF_8))) {
            Flow login = session.flow(0);
            assertEquals(1795333743.587, login.timing().started(), 1e-6);
            assertEquals(0.1, login.timing().duration(), 1e-6);
            assertEquals(login.timing().started() + 0.0115, login.timing().connectStart(), 1e-6);
            assertEquals(login.timing().connectStart() + 0.01, login.timing().connectEnd(), 1e-6);
            assertEquals(login.timing().connectStart() + 0.03, login.timing().tlsEnd(), 1e-6);
            assertEquals("HTTP/2.0", login.request().httpVersion());
            assertEquals(List.of("a=1", "b=2"), login.request().headers().all("cookie"));
            assertEquals(List.of("x=1; Path=/", "y=2"), login.response().headers().all("set-cookie"));
            assertEquals("user=b%C3%B6&pin=1+2", new String(session.body(0, Side.REQUEST).readAllBytes(), StandardCharsets.UTF_8));
            assertEquals("[::1]:8443", login.connection().server().toString());
            assertEquals("slow", login.comment());
            Flow refused = session.flow(1);
            assertEquals("net::ERR_CONNECTION_REFUSED", refused.error());
            assertTrue(refused.status().isEmpty());
            assertEquals(BodyFacts.State.MISSING, session.flow(2).responseBody().state());
            assertEquals(900, session.flow(2).responseBody().wireSize());
        }
    }

    @Test void theTruthIsHeld() throws IOException {
        int bodies = 0;
        for (String name : List.of("mitmproxy-forward.har", "mitmproxy-http2.har", "ours-errors-firefox.har", "ours-forward-chrome.har", "ours-websocket-chrome.har")) {
            Map<String, Object> truth = JSON.std.mapFrom(new String(sample(name + ".truth.json"), StandardCharsets.UTF_8));
            List<?> entries = (List<?>) truth.get("entries");
            try (DiskSession session = session(sample(name))) {
                assertEquals(entries.size(), session.table().size());
                for (int row = 0; row < entries.size(); row++) {
                    List<?> entry = (List<?>) entries.get(row);
                    Flow flow = session.flow(row);
                    assertEquals(entry.get(0), flow.request().method());
                    assertEquals(entry.get(1), flow.request().url());
                    assertEquals(entry.get(2), flow.status().orElse(0));
                    assertEquals(entry.get(5), flow.request().headers().fields().size());
                    if (entry.get(9) == null || flow.response() == null) continue;
                    BodyDigest digest = BodyDigest.of(session, row, flow, Side.RESPONSE);
                    assertEquals(entry.get(9), HexFormat.of().formatHex(digest.sha256()), name + " " + row);
                    bodies++;
                }
            }
        }
        assertTrue(bodies > 150, "only " + bodies);
    }

    @Test void aCompressedOneIsFoundAndReadBack() throws IOException {
        try (DiskSession first = session(sample("ours-websocket-chrome.har"))) {
            byte[] packed = written(first, true);
            assertTrue(new HarFormat().sniff(Head.of(Source.of("unknown", packed))) instanceof serpentarium.base.Bid.Yes);
            try (DiskSession second = session(packed)) {
                assertEquals(first.table().size(), second.table().size());
                assertEquals(FlowKind.WEBSOCKET, second.flow(0).kind());
                assertEquals(first.flow(0).messages(), second.flow(0).messages());
            }
        }
    }

    @Test void bytesThatAreNoTextComeBack() throws IOException {
        byte[] binary = new byte[200_000];
        new java.util.Random(7).nextBytes(binary);
        byte[] text = "zwölf € 🐍".repeat(20_000).getBytes(StandardCharsets.UTF_8);
        try (DiskSession session = DiskSession.create(folder.resolve("made"), SessionLimits.NONE)) {
            for (byte[] body : List.of(binary, text)) {
                try (var flow = session.begin(null, FlowKind.HTTP, serpentarium.traffic.FlowSource.PROXY, 1000.25)) {
                    flow.request(new serpentarium.traffic.RequestHead("POST", "http", "a.test", 8080, "", "/x", "HTTP/1.1", Headers.NONE));
                    flow.body(Side.REQUEST, body, 0, body.length);
                    flow.response(new serpentarium.traffic.ResponseHead(200, "OK", "HTTP/1.1", Headers.NONE));
                    flow.body(Side.RESPONSE, body, 0, body.length);
                    flow.notes(":star:", "look");
                }
            }
            try (DiskSession back = session(written(session, false))) {
                for (int row = 0; row < 2; row++) {
                    byte[] body = row == 0 ? binary : text;
                    org.junit.jupiter.api.Assertions.assertArrayEquals(body, back.body(row, Side.REQUEST).readAllBytes());
                    org.junit.jupiter.api.Assertions.assertArrayEquals(body, back.body(row, Side.RESPONSE).readAllBytes());
                    assertEquals(":star:", back.flow(row).mark());
                    assertEquals("look", back.flow(row).comment());
                    assertEquals(1000.25, back.flow(row).timing().started());
                }
            }
        }
    }
}
