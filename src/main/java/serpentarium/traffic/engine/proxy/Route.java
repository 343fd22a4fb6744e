package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import serpentarium.base.Strings;

/// Where a listener's requests go, and what has to be changed in their heads for it.
interface Route {
    /// The texts of this package.
    Strings STRINGS = Strings.of(Route.class);

    /// What is done with a request.
    sealed interface Step permits Answer, Tunnel, Forward {}

    /// The proxy answers itself.
    ///
    /// @param why for the flow
    record Answer(ByteBuf page, String why) implements Step {}

    /// A CONNECT.
    record Tunnel(Origin to) implements Step {}

    /// It is handed on.
    ///
    /// @param absolute whether the next one is a proxy that wants to see the whole URL
    record Forward(Origin to, boolean absolute) implements Step {}

    /// What is done with a request.
    ///
    /// @throws BadMessage when it is not handed on
    Step step(Head head, RequestLine line, Channel client) throws BadMessage;

    /// Writes a request's head as the server is to see it.
    void request(Head head, RequestLine line, Origin to, ByteBuf out);

    /// A response's head as the client is to see it; null where it stays as it is.
    ByteBuf response(Head head, Asked asked, Passage passage);

    /// The Host field; empty where there is none.
    static String host(Head head) {
        for (int i = 0; i < head.count(); i++) if (head.named(i, "host")) return head.value(i);
        return "";
    }

    /// A first line made anew.
    static void line(RequestLine line, String target, ByteBuf out) {
        out.writeCharSequence(line.method() + " " + target + " " + line.version() + "\r\n", StandardCharsets.ISO_8859_1);
    }

    /// A field made anew.
    static void field(String name, String value, ByteBuf out) {
        out.writeCharSequence(name + ": " + value + "\r\n", StandardCharsets.ISO_8859_1);
    }

    /// The end of a head.
    static void close(ByteBuf out) {
        out.writeShort('\r' << 8 | '\n');
    }

    /// Why a head is refused.
    static String tooLong() {
        return STRINGS.get("bad.long");
    }

    /// Why another server cannot be had.
    static String settled() {
        return STRINGS.get("bad.settled");
    }
}
