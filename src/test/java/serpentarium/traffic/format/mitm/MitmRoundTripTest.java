package serpentarium.traffic.format.mitm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

class MitmRoundTripTest {
    @TempDir Path folder;
    private int sessions;

    private static byte[] sample(String name) {
        return new MitmFormatTest().bytes(name);
    }

    private DiskSession session(byte[] dump) throws IOException {
        DiskSession session = DiskSession.create(folder.resolve("s" + sessions++), SessionLimits.NONE);
        new MitmFormat().read(Source.of("dump", dump), ReadOptions.NONE, session, TaskContext.detached());
        return session;
    }

    private static byte[] written(DiskSession session, int version) throws IOException {
        var out = new ByteArrayOutputStream();
        new MitmWriter(version).write(session, _ -> true, out, TaskContext.detached());
        return out.toByteArray();
    }

    private static List<Map<String, Object>> states(byte[] dump) throws IOException {
        List<Map<String, Object>> states = new ArrayList<>();
        for (int at = 0; at < dump.length; ) {
            int colon = at;
            while (dump[colon] != ':') colon++;
            int length = Integer.parseInt(new String(dump, at, colon - at, StandardCharsets.US_ASCII));
            states.add(State.map(Tnet.value(dump, colon + 1, colon + 1 + length, dump[colon + 1 + length])));
            at = colon + length + 2;
        }
        return states;
    }

    private static byte[] dump(Map<String, Object> state) {
        return TnetOutput.bytes(state);
    }

    @ParameterizedTest @ValueSource(strings = {"forward.flows", "http2.flows", "websocket.flows", "errors-raw.flows", "streamed-bodies.flows"})
    void whatWasReadGoesBackAsItWas(String name) throws IOException {
        List<Map<String, Object>> before = states(sample(name));
        try (DiskSession session = session(sample(name))) {
            List<Map<String, Object>> after = states(written(session, MitmWriter.FITTING));
            assertEquals(before.size(), after.size());
            for (int i = 0; i < before.size(); i++) {
                // mitmproxy 8.1 does not write this; later ones take it.
                for (String conn : List.of("client_conn", "server_conn")) assertEquals("tcp", State.map(after.get(i), conn).remove("transport_protocol"));
                assertEquals(before.get(i), after.get(i));
            }
        }
    }

    @ParameterizedTest @ValueSource(strings = {"forward.flows", "websocket.flows", "errors-raw.flows"})
    void theLatestVersionSaysTheSame(String name) throws IOException {
        try (DiskSession first = session(sample(name)); DiskSession second = session(written(first, 21))) {
            assertEquals(first.table().size(), second.table().size());
            for (int row = 0; row < first.table().size(); row++) {
                Flow a = first.flow(row);
                Flow b = second.flow(row);
                assertEquals(List.of(a.id(), a.kind(), a.connection(), a.timing(), String.valueOf(a.request()), String.valueOf(a.response()), String.valueOf(a.error()),
                        a.requestBody(), a.responseBody(), a.messages()), List.of(b.id(), b.kind(), b.connection(), b.timing(), String.valueOf(b.request()),
                        String.valueOf(b.response()), String.valueOf(b.error()), b.requestBody(), b.responseBody(), b.messages()));
                for (int m = 0; m < a.messages(); m++)
                    assertEquals(HexFormat.of().formatHex(first.content(row, m, 1 << 20)), HexFormat.of().formatHex(second.content(row, m, 1 << 20)));
            }
        }
    }

    @Test void theLatestVersionHasExactlyTheFieldsThatMitmproxyTakes() throws IOException {
        try (DiskSession session = session(sample("websocket.flows"))) {
            Map<String, Object> flow = states(written(session, 21)).getFirst();
            assertEquals(set("version,type,id,error,client_conn,server_conn,intercepted,is_replay,marked,metadata,comment,timestamp_created,request,response,websocket"),
                    new TreeSet<>(flow.keySet()));
            String both = "id,transport_protocol,error,tls,certificate_list,alpn,alpn_offers,cipher,cipher_list,tls_version,sni,timestamp_start,"
                    + "timestamp_end,timestamp_tls_setup,peername,sockname,";
            assertEquals(set(both + "mitmcert,proxy_mode"), new TreeSet<>(State.map(flow, "client_conn").keySet()));
            assertEquals(set(both + "address,timestamp_tcp_setup,via"), new TreeSet<>(State.map(flow, "server_conn").keySet()));
            String head = "http_version,headers,content,trailers,timestamp_start,timestamp_end,";
            assertEquals(set(head + "host,port,method,scheme,authority,path"), new TreeSet<>(State.map(flow, "request").keySet()));
            assertEquals(set(head + "status_code,reason"), new TreeSet<>(State.map(flow, "response").keySet()));
            assertEquals(set("messages,closed_by_client,close_code,close_reason,timestamp_end"), new TreeSet<>(State.map(flow, "websocket").keySet()));
        }
    }

    private static Set<String> set(String names) {
        return new TreeSet<>(List.of(names.split(",")));
    }

    @Test void theTruthThatMitmproxyToldIsHeld() throws IOException {
        int looked = 0;
        for (String name : List.of("forward.flows", "http2.flows", "websocket.flows", "errors-raw.flows", "streamed-bodies.flows")) {
            Map<String, Object> truth = JSON.std.mapFrom(new String(sample(name + ".truth.json"), StandardCharsets.UTF_8));
            try (DiskSession session = session(sample(name))) {
                List<?> flows = (List<?>) truth.get("flows");
                assertEquals(flows.size(), session.table().size());
                for (int row = 0; row < flows.size(); row++) looked += held(session, row, (Map<?, ?>) flows.get(row));
            }
        }
        assertTrue(looked > 400, "only " + looked);
    }

    private static int held(DiskSession session, int row, Map<?, ?> truth) throws IOException {
        Flow flow = session.flow(row);
        Map<?, ?> error = (Map<?, ?>) truth.get("error");
        assertEquals(error == null ? null : error.get("msg"), flow.error());
        int looked = side(session, row, flow, Side.REQUEST, (Map<?, ?>) truth.get("request"));
        if (truth.get("response") instanceof Map<?, ?> response) {
            assertEquals(response.get("status"), flow.response().status());
            // The reference tool takes the phrase as Latin-1.
            assertEquals(response.get("reason"), new String(serpentarium.traffic.WireText.encode(flow.response().reason()), StandardCharsets.ISO_8859_1));
            looked += side(session, row, flow, Side.RESPONSE, response);
        }
        if (truth.get("websocket") instanceof Map<?, ?> websocket) assertEquals(((List<?>) websocket.get("messages")).size(), flow.messages());
        return looked;
    }

    private static int side(DiskSession session, int row, Flow flow, Side side, Map<?, ?> truth) throws IOException {
        List<List<String>> fields = flow.headers(side).fields().stream().map(f -> List.of(f.name(), f.value())).toList();
        assertEquals(truth.get("headers"), fields);
        if (!(truth.get("decoded_body") instanceof Map<?, ?> body) || body.get("sha256") == null) return 1;
        BodyDigest digest = BodyDigest.of(session, row, flow, side);
        assertEquals(body.get("sha256"), HexFormat.of().formatHex(digest.sha256()));
        return 2;
    }

    @Test void aMissingBodyIsMissingAndStaysSo() throws IOException {
        try (DiskSession session = session(sample("streamed-bodies.flows"))) {
            int missing = 0;
            for (int row = 0; row < session.table().size(); row++) if (session.flow(row).responseBody().state() == BodyFacts.State.MISSING) missing++;
            assertTrue(missing > 0);
            long without = states(written(session, 21)).stream().filter(s -> State.map(s, "response").get("content") == null).count();
            assertEquals(missing, without);
        }
    }

    private static Map<String, Object> old(int minor) {
        Map<String, Object> client = new LinkedHashMap<>(Map.of("address", Map.of("address", State.listOf(Bytes.of("10.0.0.1"), 5000L), "use_ipv6", false),
                "timestamp_start", 5.0, "ssl_established", true));
        Map<String, Object> server = new LinkedHashMap<>(Map.of("address", Map.of("address", State.listOf(Bytes.of("shop.test"), 443L)), "source_address",
                Map.of("address", State.listOf(Bytes.of("10.0.0.1"), 5001L)), "timestamp_start", 5.1, "timestamp_ssl_setup", 5.3, "ssl_established", true, "state", State.listOf()));
        Map<String, Object> request = new LinkedHashMap<>(Map.of("form_in", Bytes.of("relative"), "method", Bytes.of("GET"), "scheme", Bytes.of("https"), "host",
                Bytes.of("shop.test"), "port", 443L, "path", Bytes.of("/old"), "headers", State.listOf(State.listOf(Bytes.of("Host"), Bytes.of("shop.test"))), "content",
                Bytes.NONE, "timestamp_start", 5.4, "timestamp_end", 5.5));
        Map<String, Object> response = new LinkedHashMap<>(Map.of("code", 418L, "msg", Bytes.of("teapot"), "headers", State.listOf(), "content", Bytes.of("tea"),
                "timestamp_start", 5.6, "timestamp_end", 5.7));
        request.put("httpversion", State.listOf(1L, 1L));
        response.put("httpversion", State.listOf(1L, 0L));
        Map<String, Object> flow = new LinkedHashMap<>();
        flow.put("version", State.listOf(0L, (long) minor));
        flow.put("type", Bytes.of("http"));
        flow.put("id", Bytes.of("old-one"));
        flow.put("client_conn", client);
        flow.put("server_conn", server);
        flow.put("request", request);
        flow.put("response", response);
        flow.put("error", null);
        return flow;
    }

    @Test void theOldestDumpsAreRead() throws IOException {
        try (DiskSession session = session(dump(old(11)))) {
            Flow flow = session.flow(0);
            assertEquals("https://shop.test/old", flow.request().url());
            assertEquals("HTTP/1.1", flow.request().httpVersion());
            assertEquals("HTTP/1.0", flow.response().httpVersion());
            assertEquals("teapot", flow.response().reason());
            assertEquals("10.0.0.1:5000", flow.connection().client().toString());
            assertEquals(5.3, flow.timing().tlsEnd());
            assertEquals(3, flow.responseBody().stored());
            assertEquals(17L, states(written(session, MitmWriter.FITTING)).getFirst().get("version"));
        }
    }

    @Test void anOldWebSocketFlowIsJoinedWithItsHandshake() throws IOException {
        Map<String, Object> handshake = states(sample("websocket.flows")).getFirst();
        handshake.put("version", 11L);
        handshake.remove("websocket");
        handshake.put("marked", true);
        handshake.put("metadata", new LinkedHashMap<>(Map.of("websocket", true)));
        Map<String, Object> messages = new LinkedHashMap<>();
        messages.put("version", 11L);
        messages.put("type", "websocket");
        messages.put("id", "other");
        messages.put("metadata", new LinkedHashMap<>(Map.of("websocket_handshake", handshake.get("id"))));
        messages.put("messages", State.listOf(State.listOf(1L, true, "héllo", 7.5, false), State.listOf(2L, false, Bytes.of("x"), 7.6, true)));
        messages.put("close_sender", "client");
        messages.put("close_code", 1001L);
        messages.put("close_reason", "bye");
        messages.put("error", null);
        var both = new ByteArrayOutputStream();
        both.writeBytes(dump(handshake));
        both.writeBytes(dump(messages));
        try (DiskSession session = session(both.toByteArray())) {
            assertEquals(1, session.table().size());
            Flow flow = session.flow(0);
            assertEquals(FlowKind.WEBSOCKET, flow.kind());
            assertEquals(":default:", flow.mark());
            assertEquals("héllo", new String(session.content(0, 0, 100), StandardCharsets.UTF_8));
            assertTrue(session.messages(0, 1, 2).getFirst().dropped());
            Map<String, Object> state = states(written(session, MitmWriter.FITTING)).getFirst();
            assertEquals(1001L, State.map(state, "websocket").get("close_code"));
        }
        try (DiskSession alone = session(dump(messages))) {
            assertEquals(2, alone.flow(0).messages());
        }
    }

    private static Map<String, Object> dnsMessage(boolean query) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("timestamp", query ? 9.0 : 9.5);
        message.put("id", 42L);
        message.put("query", query);
        message.put("op_code", 0L);
        message.put("authoritative_answer", false);
        message.put("truncation", false);
        message.put("recursion_desired", true);
        message.put("recursion_available", !query);
        message.put("reserved", 0L);
        message.put("response_code", 0L);
        message.put("questions", State.listOf(new LinkedHashMap<>(Map.of("name", "shop.test", "type", 1L, "class_", 1L))));
        message.put("answers", query ? State.listOf() : State.listOf(new LinkedHashMap<>(Map.of("name", "shop.test", "type", 1L, "class_", 1L, "ttl", 60L, "data",
                Bytes.of(new byte[] {10, 0, 0, 7})))));
        message.put("authorities", State.listOf());
        message.put("additionals", State.listOf());
        return message;
    }

    @Test void dnsTcpAndUdpFlowsGoThereAndBack() throws IOException {
        Map<String, Object> base = states(sample("websocket.flows")).getFirst();
        for (String key : List.of("request", "response", "websocket")) base.remove(key);
        Map<String, Object> dns = new LinkedHashMap<>(base);
        dns.put("type", "dns");
        dns.put("request", dnsMessage(true));
        dns.put("response", dnsMessage(false));
        Map<String, Object> tcp = new LinkedHashMap<>(base);
        tcp.put("type", "tcp");
        tcp.put("messages", State.listOf(State.listOf(true, Bytes.of("hello"), 9.0), State.listOf(false, Bytes.of("there"), 9.25)));
        Map<String, Object> udp = new LinkedHashMap<>(tcp);
        udp.put("type", "udp");
        udp.put("version", 21L);
        for (Map<String, Object> flow : List.of(dns, tcp, udp)) {
            try (DiskSession session = session(dump(flow))) {
                assertEquals(flow.get("type"), session.flow(0).kind().id());
                assertEquals(2, session.flow(0).messages());
                Map<String, Object> after = states(written(session, MitmWriter.FITTING)).getFirst();
                for (String key : List.of("type", "version", "id")) assertEquals(flow.get(key), after.get(key));
                for (String key : List.of("messages", "request", "response")) assertEquals(flow.get(key), after.get(key));
            }
        }
        byte[] wire = MitmDns.pack(dnsMessage(false));
        assertEquals(dnsMessage(false), MitmDns.unpack(wire, 9.5));
        for (int cut = 0; cut < wire.length; cut++) assertEquals(null, MitmDns.unpack(java.util.Arrays.copyOf(wire, cut), 9.5));
    }

    @Test void theRealMitmproxyReadsWhatIsWritten() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mitmdump")) && Files.isExecutable(Path.of("/usr/bin/python3")));
        Path file = folder.resolve("written.flows");
        try (DiskSession session = session(sample("forward.flows"))) {
            Files.write(file, written(session, 17));
        }
        Path original = folder.resolve("original.flows");
        Files.write(original, sample("forward.flows"));
        Process python = new ProcessBuilder("/usr/bin/python3", "-c", """
                import sys
                from mitmproxy.io import FlowReader
                a, b = ([f.get_state() for f in FlowReader(open(p, 'rb')).stream()] for p in sys.argv[1:])
                print(len(a), a == b)
                """, file.toString(), original.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertTrue(python.waitFor(60, TimeUnit.SECONDS));
        assertEquals("75 True", said);
    }

    @Test void aHarsBodyIsWrittenWithHeadersThatSayHowItIs() throws IOException {
        try (DiskSession session = DiskSession.create(folder.resolve("har"), SessionLimits.NONE)) {
            try (var flow = session.begin(null, FlowKind.HTTP, serpentarium.traffic.FlowSource.FILE, 1)) {
                flow.request(new serpentarium.traffic.RequestHead("GET", "http", "a.test", 80, "", "/", "HTTP/1.1", Headers.NONE));
                flow.response(new serpentarium.traffic.ResponseHead(200, "OK", "HTTP/1.1", new Headers(List.of(new Headers.Field("Content-Encoding", "br"),
                        new Headers.Field("Content-Length", "3")))));
                flow.body(Side.RESPONSE, "plain".getBytes(StandardCharsets.US_ASCII), 0, 5);
                flow.bodyEnd(Side.RESPONSE, BodyFacts.State.COMPLETE, 3, true);
            }
            Map<String, Object> response = State.map(states(written(session, 17)).getFirst(), "response");
            assertEquals(State.listOf(State.listOf(Bytes.of("Content-Length"), Bytes.of("5"))), response.get("headers"));
            assertFalse(response.get("content") == null);
        }
    }
}
