package serpentarium.traffic.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import serpentarium.task.TaskContext;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;
import serpentarium.traffic.Timing;
import serpentarium.traffic.analysis.FilterParser;
import serpentarium.traffic.analysis.FilterRun;

class FlowFilterTest {
    @TempDir Path folder;
    private DiskSession session;

    @BeforeEach void fill() throws IOException {
        session = DiskSession.create(folder.resolve("s"), SessionLimits.NONE);
        flow("GET", "https", "shop.test", 443, "/cart?id=7", 200, "application/json", 0.1, "{\"price\": 12}", false);
        flow("POST", "http", "shop.test", 8080, "/pay", 500, "text/html; charset=utf-8", 2.5, "Internal Error", true);
        flow("GET", "http", "cdn.test", 80, "/logo.png", 304, "image/png", 0.01, "", false);
        flow("DELETE", "https", "api.test", 443, "/items/9", 0, null, Double.NaN, "", false);
        try (FlowWriter chat = session.begin(null, FlowKind.WEBSOCKET, FlowSource.PROXY, 5)) {
            chat.request(new RequestHead("GET", "http", "chat.test", 80, "", "/ws", "HTTP/1.1", Headers.NONE));
            chat.response(new ResponseHead(101, "Switching Protocols", "HTTP/1.1", Headers.NONE));
            chat.message(Side.REQUEST, 6, 1, "hello SNAKE".getBytes(StandardCharsets.UTF_8), false, false);
        }
        session.notes(1, ":red_circle:", "slow payment");
    }

    @AfterEach void close() throws IOException {
        session.close();
    }

    private void flow(String method, String scheme, String host, int port, String path, int status, String type, double duration, String body, boolean packed)
            throws IOException {
        try (FlowWriter flow = session.begin(null, FlowKind.HTTP, FlowSource.FILE, 1)) {
            flow.request(new RequestHead(method, scheme, host, port, "", path, "HTTP/1.1", new Headers(List.of(new Headers.Field("User-Agent", "python-requests/2")))));
            if (status == 0) {
                flow.error("connection refused");
                return;
            }
            var fields = new ArrayList<Headers.Field>();
            fields.add(new Headers.Field("Content-Type", type));
            if (packed) fields.add(new Headers.Field("Content-Encoding", "gzip"));
            flow.response(new ResponseHead(status, "", "HTTP/1.1", new Headers(fields)));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            if (packed) {
                var out = new ByteArrayOutputStream();
                try (var gzip = new GZIPOutputStream(out)) {
                    gzip.write(bytes);
                }
                bytes = out.toByteArray();
            }
            flow.body(Side.RESPONSE, bytes, 0, bytes.length);
            double no = Double.NaN;
            flow.timing(new Timing(1, no, no, no, no, no, no, no, 1 + duration / 2, 1 + duration));
        }
    }

    private List<Integer> rows(String filter) throws IOException {
        var parsed = assertInstanceOf(FilterParser.Result.Parsed.class, FilterParser.parse(filter), () -> String.valueOf(FilterParser.parse(filter)));
        var found = new ArrayList<Integer>();
        new FilterRun(parsed.filter(), session.table(), new SessionContent(session), TaskContext.detached()).run(0, session.table().size(), (rows, from, to) -> {
            for (int i = from; i < to; i++) found.add(rows[i]);
        });
        return found;
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        "; 0 1 2 3 4", "shop; 0 1", "SHOP pay; 1", "\"/cart?id=7\"; 0", "cart or logo; 0 2", "not shop; 2 3 4", "!shop !chat; 2 3", "shop and not pay; 0",
        "host shop; 0 1", "host:shop.test; 0 1", "method get; 0 2 4", "method:get host:shop; 0", "host 'shop.test'; 0 1", "host; ", "status 500; 1", "status:304; 2", "duration 1s; ", "body price; 0", "body:'internal error'; 1", "path /cart; 0", "status open; ",
        "method = get; 0 2 4", "method != GET; 1 3", "method ~ ^(post|delete)$; 1 3", "host = shop.test; 0 1", "host ~ \\.test$ status >= 400; 1",
        "status >= 400; 1", "status=304; 2", "status < 300; 0 4", "duration > 200ms; 1", "duration > 1 s; 1", "duration <= 0.1s; 0 2", "ttfb > 1s; 1",
        "size > 1kB; ", "response.size >= 13; 0 1", "type ~ json; 0", "type=text/html; 1", "kind = websocket; 4", "source = proxy; 4", "port = 443; 0 3", "port=8080; 1",
        "header:content-type; 0 1 2", "header:user-agent ~ requests; 0 1 2 3", "header content-encoding = gzip; 1", "header ~ ^user-agent:.*python; 0 1 2 3",
        "response.header:content-type ~ png; 2", "body ~ price; 0", "body ~ 'internal\\s+error'; 1", "body = 'Internal Error'; 1", "body ~ snake; 4",
        "response.body ~ internal; 1", "request.body ~ x; ", "is:error; 3", "is:pending; 3", "is:response; 0 1 2 4", "is:marked; 1", "comment ~ slow; 1", "is:asset; 2",
        "(shop or cdn) and (status = 200 | status = 304); 0 2", "~u cart; 0", "~m POST; 1", "~c 500; 1", "~d cdn; 2", "~t json; 0", "~bs price; 0", "~b snake; 4",
        "~q; 3", "~s & ~websocket; 4", "! ~s; 3", "~hq requests; 0 1 2 3", "~e; 3", "~a; 2", "~marked | ~websocket; 1 4", "(~m GET | ~m POST) & !~u shop; 2 4", "~u (cart|pay)$; 1",
        "~all; 0 1 2 3 4", "method~post; 1", "header user-agent !~ requests; 4", "host !~ shop; 2 3 4", "host!~shop; 2 3 4", "header:content-type !~png; 0 1 3 4", "path ~ /(cart|items); 0 3"})
    void findsWhatItAsksFor(String filter, String expected) throws IOException {
        List<Integer> rows = expected == null || expected.isBlank() ? List.of() : java.util.Arrays.stream(expected.strip().split(" ")).map(Integer::valueOf).toList();
        assertEquals(rows, rows(filter == null ? "" : filter), filter);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        "status >=; 9; 9", "status > abc; 9; 12", "shop (; 6; 6", "shop ); 5; 6", "host ~ (; 7; 8", "duration > 5 kg x)(; 17; 18", "~zz x; 0; 3", "is:red; 0; 6", "= 5; 0; 1",
        "\"open; 0; 5", "flavour = x; 0; 7", "host > 5; 5; 6", "and x; 0; 3", "kind = tea; 7; 10", "not; 3; 3"})
    void saysWhereItIsWrong(String filter, int from, int to) {
        var wrong = assertInstanceOf(FilterParser.Result.Wrong.class, FilterParser.parse(filter), filter);
        assertEquals(from + ".." + to, wrong.from() + ".." + wrong.to(), wrong.text());
        assertTrue(wrong.text().length() > 5);
    }

    @Test void anyTextIsAFilterOrSaysWhyNot() {
        var random = new Random(1);
        String[] words = {"(", ")", "and", "or", "not", "!", "~", "~u", "status", ">=", "=", "!=", "!~", "\"", "'", "\\", "host", "5ms", "header", ":", "body", "[", "x"};
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int k = random.nextInt(9); k >= 0; k--) text.append(words[random.nextInt(words.length)]).append(random.nextBoolean() ? " " : "");
            if (FilterParser.parse(text.toString()) instanceof FilterParser.Result.Wrong wrong) assertTrue(wrong.from() <= wrong.to() && wrong.to() <= text.length(), text.toString());
        }
        assertInstanceOf(FilterParser.Result.Wrong.class, FilterParser.parse("(".repeat(5000)));
    }
}
