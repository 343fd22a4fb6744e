package serpentarium.traffic.engine.proxy;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayList;

/// The stream of a client: requests come from there.
final class Http2Asker extends Http2Speech {
    private final Passage passage;
    private boolean bodiless;

    Http2Asker(Passage passage) {
        this.passage = passage;
    }

    @Override StringBuilder came(Http2Headers headers) throws BadMessage {
        String method = text(headers.method());
        String path = text(headers.path());
        String scheme = text(headers.scheme());
        String authority = text(headers.authority());
        String host = text(headers.get("host"));
        boolean target = path.startsWith("/") || path.equals("*") && method.equals("OPTIONS");
        if (method.isEmpty() || method.equals("CONNECT") || scheme.isEmpty() || !target || headers.getAll("host").size() > 1) throw bad();
        if (!authority.isEmpty() && !host.isEmpty() && !authority.equalsIgnoreCase(host)) throw bad();
        for (String each : new String[] {method, path, authority}) if (!line(each) || each.indexOf(' ') >= 0 || each.indexOf('\t') >= 0) throw bad();
        bodiless = method.equals("HEAD");
        // Cookies may come in pieces, which only HTTP/2 knows.
        var cookies = new ArrayList<CharSequence>(headers.getAll("cookie"));
        if (cookies.size() > 1) headers.set("cookie", String.join("; ", cookies));
        headers.remove("host");
        var out = new StringBuilder(method).append(' ').append(path).append(" HTTP/1.1\r\n");
        String named = authority.isEmpty() ? host : authority;
        if (!named.isEmpty()) out.append("host: ").append(named).append("\r\n");
        fields(headers, out);
        if (headers.contains("te")) out.append("connection: TE\r\n");
        return out;
    }

    private static String text(CharSequence value) {
        return value == null ? "" : value.toString();
    }

    @Override boolean bodiless(Http2Headers headers, boolean ends) {
        return ends && !headers.contains("content-length");
    }

    @Override Http2Error unfinished() {
        return Http2Error.INTERNAL_ERROR;
    }

    @Override boolean between(Http2Headers headers) {
        return false;
    }

    @Override Saying saying(Head head) throws BadMessage {
        var response = Heads.response(head);
        int status = response.status();
        if (status == 101) throw bad();
        Http2Headers headers = new DefaultHttp2Headers(false).status(Integer.toString(status));
        put(response.headers(), headers);
        return new Saying(headers, Framing.ofResponse(head, status, bodiless), status < 200);
    }

    @Override void refused(BadMessage why) {
        passage.tap().fail(why.getMessage());
        passage.close(true);
    }
}
