package serpentarium.traffic.ui;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
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
import serpentarium.traffic.engine.DiskSession;
import serpentarium.traffic.engine.SessionLimits;

/// A shop's traffic: a program that serves requests and calls others for each.
final class SampleTraffic {
    private static final double START = 1_780_000_000.0;
    private static final String TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjMifQ.c2lnbmF0dXJl";

    private SampleTraffic() {}

    static DiskSession session(Path folder, int flows) throws IOException {
        DiskSession session = DiskSession.create(folder, SessionLimits.NONE);
        fill(session, 0, flows);
        return session;
    }

    static void fill(DiskSession session, int from, int to) throws IOException {
        var random = new Random(7 + from);
        for (int i = from; i < to; i++) flow(session, i, random);
    }

    private static void flow(DiskSession session, int i, Random random) throws IOException {
        double at = START + i * 0.037 + random.nextDouble() * 0.02;
        FlowKind kind = i % 97 == 50 ? FlowKind.WEBSOCKET : i % 61 == 30 ? FlowKind.SSE : FlowKind.HTTP;
        try (FlowWriter flow = session.begin("f" + i, kind, i % 4 == 0 ? FlowSource.REVERSE : FlowSource.PROXY, at)) {
            String host = i % 4 == 0 ? "shop.test" : List.of("api.payments.test", "stock.internal", "mail.test", "cdn.shop.test").get(random.nextInt(4));
            String path = switch (random.nextInt(6)) {
                case 0 -> "/v1/orders/" + random.nextInt(5000) + "?token=" + Integer.toHexString(random.nextInt()) + "&page=" + random.nextInt(9);
                case 1 -> "/v1/orders";
                case 2 -> "/v1/customers/" + random.nextInt(300) + "/basket/items";
                case 3 -> "/static/app." + Integer.toHexString(random.nextInt(99)) + ".js";
                case 4 -> "/search?q=green+tea&sort=price";
                default -> "/health";
            };
            String method = path.equals("/v1/orders") ? "POST" : i % 45 == 3 ? "DELETE" : "GET";
            flow.connection(new ConnectionFacts("c" + host + i / 40, new Endpoint("10.0.0.7", 40_000 + i / 40), new Endpoint("10.0.1.2", 443), null, null));
            flow.process(new ProcessFacts(100 + i % 3, i % 3 == 0 ? "gunicorn: worker [shop]" : "celery", null));
            flow.request(new RequestHead(method, i % 4 == 0 ? "http" : "https", host, i % 4 == 0 ? 8000 : 443, "", path, i % 5 == 0 ? "HTTP/2.0" : "HTTP/1.1",
                    headers("Host", host, "Authorization", "Bearer " + TOKEN, "X-Request-Id", "r" + i)));
            if (method.equals("POST")) body(flow, Side.REQUEST, "{\"customer\": " + i % 300 + ", \"items\": [{\"sku\": \"tea-" + i % 17 + "\", \"price\": 4.5}]}");
            if (i % 4 != 0) flow.parent("f" + i / 4 * 4);
            double wait = 0.004 + Math.abs(random.nextGaussian()) * (path.startsWith("/v1") ? 0.09 : 0.015);
            double read = 0.001 + Math.abs(random.nextGaussian()) * 0.02;
            if (i % 71 == 13) {
                flow.error("The connection was reset.");
                flow.timing(timing(at, Double.NaN, at + wait));
                return;
            }
            int status = i % 29 == 4 ? 500 : i % 17 == 6 ? 404 : i % 23 == 9 ? 304 : i % 43 == 11 ? 429 : method.equals("POST") ? 201 : 200;
            String type = path.endsWith(".js") ? "text/javascript" : path.startsWith("/v1") ? "application/json" : "text/html; charset=utf-8";
            flow.response(new ResponseHead(status, "", "HTTP/1.1", headers("Content-Type", type, "Server", "gunicorn", "Set-Cookie", "sid=" + i + "; Path=/")));
            if (status < 300) body(flow, Side.RESPONSE, type.contains("json") ? "{\"id\": " + i + ", \"state\": \"" + (i % 3 == 0 ? "paid" : "open") + "\", \"total\": "
                    + random.nextInt(9000) / 100.0 + "}" : "x".repeat(random.nextInt(20_000)));
            if (status >= 500) body(flow, Side.RESPONSE, "{\"error\": \"Traceback (most recent call last): KeyError: 'stock'\"}");
            flow.timing(timing(at, at + wait, at + wait + read));
            if (kind == FlowKind.WEBSOCKET) for (int m = 0; m < 5; m++) flow.message(Side.RESPONSE, at + m, 1, ("tick " + m).getBytes(StandardCharsets.UTF_8), false, false);
            if (i % 50 == 20) flow.notes(":star:", "look at the second try");
        }
    }

    private static Timing timing(double at, double first, double end) {
        double no = Double.NaN;
        return new Timing(at, no, no, no, no, no, at, at + 0.001, first, end);
    }

    private static Headers headers(String... pairs) {
        var fields = new java.util.ArrayList<Headers.Field>();
        for (int i = 0; i < pairs.length; i += 2) fields.add(new Headers.Field(pairs[i], pairs[i + 1]));
        return new Headers(fields);
    }

    private static void body(FlowWriter flow, Side side, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        flow.body(side, bytes, 0, bytes.length);
    }
}
