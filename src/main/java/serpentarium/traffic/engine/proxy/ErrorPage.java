package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import serpentarium.base.Strings;

/// Answers that the proxy gives itself: plain text, nothing of what was sent in it.
final class ErrorPage {
    private static final Strings STRINGS = Strings.of(ErrorPage.class);

    private ErrorPage() {}

    /// A server could not be reached.
    static ByteBuf of(Failure failure, boolean bodiless) {
        return page(failure.status(), failure.page(), "", bodiless);
    }

    /// A request that is not passed on.
    static ByteBuf of(BadMessage bad) {
        return page(bad.status(), STRINGS.get("page.bad"), "", false);
    }

    /// What a server answered is not passed on.
    static ByteBuf response(boolean bodiless) {
        return page(502, STRINGS.get("page.bad-response"), "", bodiless);
    }

    /// What a rule made cannot be sent.
    static ByteBuf rule() {
        return page(502, STRINGS.get("page.rule"), "", false);
    }

    /// A request to the proxy itself.
    static ByteBuf self() {
        return page(400, STRINGS.get("page.self"), "", false);
    }

    /// The password is missing or wrong.
    ///
    /// @param proxy whether it is asked for as a proxy, else as a server
    static ByteBuf password(boolean proxy) {
        String field = proxy ? "Proxy-Authenticate" : "WWW-Authenticate";
        return page(proxy ? 407 : 401, STRINGS.get("page.password"), field + ": Basic realm=\"Serpentarium\"\r\n", false);
    }

    private static ByteBuf page(int status, String text, String field, boolean bodiless) {
        String reason = switch (status) {
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 407 -> "Proxy Authentication Required";
            case 431 -> "Request Header Fields Too Large";
            case 502 -> "Bad Gateway";
            case 504 -> "Gateway Timeout";
            case 505 -> "HTTP Version Not Supported";
            default -> "Bad Request";
        };
        byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + " " + reason + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: " + body.length
                + "\r\nCache-Control: no-store\r\n" + field + "Connection: close\r\n\r\n";
        byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
        return bodiless ? Unpooled.wrappedBuffer(bytes) : Unpooled.wrappedBuffer(bytes, body);
    }
}
