package serpentarium.traffic.analysis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.ConnectionFacts;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Timing;
import serpentarium.traffic.WireText;

/// Requests that break out of careless quoting.
final class NastyFlows {
    private static final List<String> TEXTS = List.of("it's", "\"double\"", "back\\slash", "trail\\", "$HOME", "$(touch pwned)", "`touch pwned`", "100%", "%s%n%d", "%41%2f%zz",
            "@/etc/passwd", "@-", "-d", "--help", "-", "!!", "!history", "a\nb", "a\r\nb\n", "\n", "tab\there", "nul\0byte", "\u001b[31mred\u0007", "é ü ß", "日本語", "😀",
            "\udcff\udc80raw", "caf\udce9", "\u202egnp.exe", "\u2028line", "${IFS}x", "'; touch pwned; '", "\"; touch pwned; \"", "' + __import__('os').system('touch pwned') + '",
            "'''", "\\x41\\n", "{a,b}[1-3]", "*?~#&|;<>()", "END\n", "EOF", "$'x'", "\\'", "a=b&c=d+e", "%", "''", "\\\\'\\\\\"", "{\"json\": \"it's\"}", "<?xml version='1.0'?>", "\ufeffbom");

    private NastyFlows() {}

    static List<Flow> all(int port) {
        var flows = new ArrayList<Flow>();
        for (String text : TEXTS) {
            flows.add(flow(port, "POST", "/body", text(text), "Content-Type", "text/plain"));
            flows.add(flow(port, "GET", "/h", null, "X-Nasty", text, "X-After", "fine"));
            flows.add(flow(port, "GET", "/p/" + text + "?q=" + text + "&x", null));
        }
        byte[] every = new byte[256];
        for (int i = 0; i < 256; i++) every[i] = (byte) i;
        byte[] much = new byte[150_000];
        new Random(3).nextBytes(much);
        flows.add(flow(port, "POST", "/every", every, "Content-Type", "application/octet-stream"));
        flows.add(flow(port, "PUT", "/much", much, "Content-Type", "application/octet-stream"));
        flows.add(flow(port, "PUT", "/long", text("it's 100% $long `line`\n".repeat(9000)), "Content-Type", "text/plain"));
        flows.add(flow(port, "PUT", "/lines", text("naïve ’line’ \\ \"x\"\n".repeat(300)), "Content-Type", "text/plain; charset=utf-8"));
        flows.add(flow(port, "POST", "/untyped", text("a=1")));
        flows.add(flow(port, "POST", "/empty", null, "Content-Length", "0"));
        flows.add(flow(port, "GET", "/get-with-body", text("{\"q\": 1}"), "Content-Type", "application/json"));
        flows.add(flow(port, "DELETE", "/x", null));
        flows.add(flow(port, "PATCH", "/x", text("[]"), "Content-Type", "application/json"));
        flows.add(flow(port, "HEAD", "/head", null));
        flows.add(flow(port, "M-SEARCH", "/own", null));
        flows.add(flow(port, "pUrGe", "/own", null));
        flows.add(flow(port, "GET", "/a/../b/./c/..", null));
        flows.add(flow(port, "GET", "/a/%2e%2e/b/%7Euser?x=%7e%20+%2B", null));
        flows.add(flow(port, "GET", "?only=query", null));
        flows.add(flow(port, "GET", "/list?a[]=1&a[]=2&m={x}&d=//y", null));
        flows.add(flow(port, "GET", "/twice", null, "X-Two", "one", "x-two", "two", "Cookie", "a=1; b=\"2\"", "Cookie", "c=3", "X-Empty", "", "X-Spaces", "a  b"));
        flows.add(flow(port, "GET", "/own-client", null, "User-Agent", "it's me/1.0 (\"x\")", "Accept", "text/*;q=0.3", "Accept-Encoding", "identity", "Authorization", "Basic YTpi"));
        flows.add(flow(port, "GET", "/vhost", null, "Host", "other.test:99"));
        flows.add(flow(port, "POST", "/parts", text("--B'x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a'b.txt\"\r\n\r\n\0\1\2\r\n--B'x--\r\n"),
                "Content-Type", "multipart/form-data; boundary=\"B'x\""));
        flows.add(flow(port, "POST", "/coded", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0}, "Content-Encoding", "gzip", "Content-Type", "text/plain"));
        flows.add(flow(port, "POST", "/hop", text("x"), "Content-Type", "text/plain", "Transfer-Encoding", "chunked", "Connection", "keep-alive, X-Y", "Expect", "100-continue"));
        flows.add(flow(port, "GET", "/broken", null, "bad name", "x", "X-Broken", "a\r\nX-Smuggled: 1", "", "nameless", "X-Fine", "y"));
        var random = new Random(20_261_127);
        for (int i = 0; i < 40; i++) {
            byte[] body = new byte[random.nextInt(90)];
            for (int k = 0; k < body.length; k++) body[k] = (byte) (random.nextBoolean() ? "'\"\\$`%\n\r\t@-!{}\0".charAt(random.nextInt(15)) : random.nextInt(256));
            String value = WireText.decode(Arrays.copyOf(body, Math.min(20, body.length)));
            flows.add(flow(port, "POST", "/r/" + WireText.decode(Arrays.copyOfRange(body, body.length / 2, body.length)), body, "Content-Type", "x/y", "X-Random", value));
        }
        return flows;
    }

    private static byte[] text(String text) {
        return WireText.encode(text);
    }

    /// The response of each: what [#answer(Flow, int)] says.
    static byte[] answer(int index, byte[] body) {
        return switch (index % 4) {
            case 0 -> ("{\"n\": " + index + ", \"text\": \"it's \\\"quoted\\\" \\\\ é\", \"list\": [1, 2.5, null, true, {}]}").getBytes(StandardCharsets.UTF_8);
            case 1 -> "plain 'text' with \"quotes\"\nand $lines\\\n".getBytes(StandardCharsets.UTF_8);
            case 2 -> body.length == 0 ? new byte[] {0, 1, 2, (byte) 0xff} : body;
            default -> new byte[0];
        };
    }

    private static Flow flow(int port, String method, String path, byte[] body, String... pairs) {
        var fields = new ArrayList<Headers.Field>();
        fields.add(new Headers.Field("Host", "127.0.0.1:" + port));
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals("Host")) fields.removeFirst();
            fields.add(new Headers.Field(pairs[i], pairs[i + 1]));
        }
        long size = body == null ? 0 : body.length;
        if (size > 0) fields.add(new Headers.Field("Content-Length", String.valueOf(size)));
        var head = new RequestHead(method, "http", "127.0.0.1", port, "", path, "HTTP/1.1", new Headers(fields));
        BodyFacts facts = body == null ? BodyFacts.NONE : new BodyFacts(BodyFacts.State.COMPLETE, size, size, false);
        return new Flow("f", FlowKind.HTTP, FlowSource.PROXY, ConnectionFacts.UNKNOWN, Timing.started(0), head, facts, Headers.NONE,
                new ResponseHead(200, "OK", "HTTP/1.1", Headers.NONE), BodyFacts.NONE, Headers.NONE, null, null, null, "", "", 0, Map.of("body", body == null ? new byte[0] : body));
    }

    /// A flow as a call of the case `index`, with its response.
    static HttpCall call(Flow flow, int index) {
        var fields = new ArrayList<>(flow.request().headers().fields());
        fields.add(new Headers.Field("X-Case", String.valueOf(index)));
        RequestHead head = flow.request();
        var marked = new RequestHead(head.method(), head.scheme(), head.host(), head.port(), head.authority(), head.path(), head.httpVersion(), new Headers(fields));
        String type = index % 4 == 0 ? "application/json" : "text/x-it's; charset=\"utf-8\"";
        var response = new ResponseHead(index % 3 == 0 ? 404 : 200, "", "HTTP/1.1", new Headers(List.of(new Headers.Field("Content-Type", type),
                new Headers.Field("X-Set", "it's $x \\ \"y\" %"), new Headers.Field("X-Set", "again"))));
        byte[] body = flow.extras().get("body");
        return HttpCall.of(new Flow("f" + index, flow.kind(), flow.source(), flow.connection(), flow.timing(), marked, flow.requestBody(), Headers.NONE, response,
                BodyFacts.NONE, Headers.NONE, null, null, null, "", "", 0, Map.of()), body, answer(index, body));
    }
}
