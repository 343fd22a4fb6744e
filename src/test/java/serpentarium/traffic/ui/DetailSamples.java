package serpentarium.traffic.ui;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.ConnectionFacts;
import serpentarium.traffic.Endpoint;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.Headers;
import serpentarium.traffic.ProcessFacts;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;
import serpentarium.traffic.Timing;
import serpentarium.traffic.TlsFacts;
import serpentarium.traffic.engine.DiskSession;
import serpentarium.traffic.engine.SessionLimits;

/// A few flows of each kind, with all that a detail shows.
final class DetailSamples {
    static final double START = 1_796_000_000.0;
    static final int ORDER = 0;
    static final int FORM = 1;
    static final int FAILED = 2;
    static final int SOCKET = 3;
    static final int TCP = 4;
    static final int ORDER_AGAIN = 5;
    static final String TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjMiLCJuYW1lIjoiw4RubmUifQ.c2lnbmF0dXJl";

    private DetailSamples() {}

    static DiskSession session(Path folder) throws IOException {
        DiskSession session = DiskSession.create(folder, SessionLimits.NONE);
        order(session, "order", 0, 200, "{\"id\": 17, \"state\": \"paid\", \"items\": [{\"sku\": \"tea-3\", \"price\": 4.5}, {\"sku\": \"cup\", \"price\": 12}], \"total\": 16.5}");
        form(session);
        failed(session);
        socket(session, 2000);
        tcp(session);
        order(session, "order-again", 60, 409, "{\"id\": 17, \"state\": \"open\", \"items\": [{\"sku\": \"tea-3\", \"price\": 4.75}], \"error\": \"no stock\"}");
        return session;
    }

    private static void order(DiskSession session, String id, double after, int status, String answer) throws IOException {
        double at = START + after;
        try (FlowWriter flow = session.begin(id, FlowKind.HTTP, FlowSource.PROXY, at)) {
            flow.connection(new ConnectionFacts("c1", new Endpoint("10.0.0.7", 40_117), new Endpoint("2001:db8::7", 443), null,
                    new TlsFacts("TLSv1.3", "TLS_AES_128_GCM_SHA256", "shop.test", "http/1.1", chain())));
            flow.process(new ProcessFacts(4711, "gunicorn: worker [shop]", "/srv/venv/bin/python -m gunicorn shop:app --workers 4"));
            flow.request(new RequestHead("POST", "https", "shop.test", 443, "", "/v1/orders?customer=J%C3%BCrgen+B&token=s3cret&flag", "HTTP/1.1",
                    headers("Host", "shop.test", "Authorization", "Bearer " + TOKEN, "content-type", "application/json", "Cookie", "sid=abc; theme=dark",
                            "Accept-Encoding", "gzip, br", "X-Request-Id", id, "User-Agent", "python-requests/2.32.3", "Content-Length", "52")));
            body(flow, Side.REQUEST, "{\"customer\": 17, \"items\": [{\"sku\": \"tea-3\", \"n\": 1}]}".getBytes(StandardCharsets.UTF_8));
            flow.response(new ResponseHead(status, status == 200 ? "OK" : "", "HTTP/1.1", headers("Content-Type", "application/json", "Content-Encoding", "gzip",
                    "Set-Cookie", "sid=def; Path=/; HttpOnly; SameSite=Lax", "Set-Cookie", "seen=1; Max-Age=3600", "Server", "gunicorn", "X-Stock", id)));
            body(flow, Side.RESPONSE, gzip(answer));
            flow.trailers(Side.RESPONSE, headers("Server-Timing", "db;dur=53"));
            flow.timing(new Timing(at, at, at + 0.012, at + 0.012, at + 0.031, at + 0.072, at + 0.072, at + 0.0735, at + 0.2 + after / 100, at + 0.214 + after / 100));
            if (after > 0) flow.parent("order");
        }
    }

    private static void form(DiskSession session) throws IOException {
        double at = START + 3;
        try (FlowWriter flow = session.begin("form", FlowKind.HTTP, FlowSource.FILE, at)) {
            flow.connection(new ConnectionFacts("c1", new Endpoint("10.0.0.7", 40_117), new Endpoint("2001:db8::7", 443), null, null));
            flow.request(new RequestHead("POST", "http", "shop.test", 8000, "", "/login", "HTTP/1.1",
                    headers("Host", "shop.test:8000", "Authorization", "Basic YWRhOmx2bGM=", "Content-Type", "application/x-www-form-urlencoded")));
            body(flow, Side.REQUEST, "user=ada&password=lov%26elace&note=a+b%0Ac".getBytes(StandardCharsets.UTF_8));
            flow.response(new ResponseHead(302, "", "HTTP/1.1", headers("Location", "/")));
            double no = Double.NaN;
            flow.timing(new Timing(at, no, no, no, no, no, at, at + 0.001, at + 0.04, at + 0.041));
        }
    }

    private static void failed(DiskSession session) throws IOException {
        try (FlowWriter flow = session.begin("failed", FlowKind.HTTP, FlowSource.PACKETS, START + 4)) {
            flow.request(new RequestHead("GET", "https", "stock.test", 443, "", "/levels", "HTTP/2.0", headers("accept", "*/*")));
            flow.error("The connection was reset while the header of the response was read.");
        }
    }

    private static void socket(DiskSession session, int messages) throws IOException {
        double at = START + 5;
        FlowWriter flow = session.begin("socket", FlowKind.WEBSOCKET, FlowSource.PROXY, at);
        flow.request(new RequestHead("GET", "http", "shop.test", 8000, "", "/live", "HTTP/1.1", headers("Host", "shop.test:8000", "Upgrade", "websocket")));
        flow.response(new ResponseHead(101, "Switching Protocols", "HTTP/1.1", headers("Upgrade", "websocket")));
        for (int i = 0; i < messages; i++) {
            boolean ping = i % 50 == 49;
            byte[] content = ping ? new byte[] {1, 2, 3, (byte) i} : ("{\"tick\": " + i + ", \"price\": " + i * 17 % 1000 / 10.0 + (i == 777 ? ", \"note\": \"needle\"" : "") + "}")
                    .getBytes(StandardCharsets.UTF_8);
            flow.message(i % 3 == 0 ? Side.REQUEST : Side.RESPONSE, at + i * 0.013, ping ? 9 : 1, content, i == 5, i == 7);
        }
        flow.commit();
        flow.close();
    }

    private static void tcp(DiskSession session) throws IOException {
        try (FlowWriter flow = session.begin("tcp", FlowKind.TCP, FlowSource.PACKETS, START + 6)) {
            flow.connection(new ConnectionFacts("c9", new Endpoint("10.0.0.7", 50_001), new Endpoint("10.0.0.9", 6379), null, null));
            flow.message(Side.REQUEST, START + 6, 0, "*1\r\n$4\r\nPING\r\n".getBytes(StandardCharsets.UTF_8), false, false);
            flow.message(Side.RESPONSE, START + 6.001, 0, "+PONG\r\n".getBytes(StandardCharsets.UTF_8), false, false);
        }
    }

    static List<String> chain() throws IOException {
        try (var in = DetailSamples.class.getResourceAsStream("chain.pem")) {
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            var chain = new ArrayList<String>();
            for (String part : text.split("(?<=-----END CERTIFICATE-----)\n")) chain.add(part);
            return chain;
        }
    }

    static Headers headers(String... pairs) {
        var fields = new ArrayList<Headers.Field>();
        for (int i = 0; i < pairs.length; i += 2) fields.add(new Headers.Field(pairs[i], pairs[i + 1]));
        return new Headers(fields);
    }

    static void body(FlowWriter flow, Side side, byte[] bytes) throws IOException {
        flow.body(side, bytes, 0, bytes.length);
        flow.bodyEnd(side, BodyFacts.State.COMPLETE, -1, false);
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
