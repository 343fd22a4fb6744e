package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import serpentarium.traffic.Side;

/// The server's side of HTTP/1 where heads are looked at: finds where responses end. What it cannot understand goes through as it is.
final class Responses implements Stage {
    private final Passage passage;
    private final Requests requests;
    private final Route route;
    private final BodyGate body = new BodyGate();
    private final Gather unread = new Gather();
    private boolean opaque;
    private boolean inside;

    Responses(Passage passage, Requests requests, Route route) {
        this.passage = passage;
        this.requests = requests;
        this.route = route;
    }

    @Override public void read(ByteBuf bytes) {
        passage.record(Side.RESPONSE, bytes, bytes.readableBytes());
        unread.add(bytes);
        while (!unread.empty() && passage.server() != null) {
            if (opaque) {
                write(unread.size());
                break;
            }
            try {
                if (!next()) break;
            } catch (BadMessage bad) {
                giveUp();
            }
        }
        // The last of them made room for another server: nothing more of this one is wanted.
        if (passage.server() == null) unread.all().release();
        else unread.tidy();
    }

    private void giveUp() {
        opaque = true;
        requests.settle();
    }

    private void write(int length) {
        passage.write(Side.RESPONSE, unread.take(length));
    }

    /// @return whether there may be more to do
    private boolean next() throws BadMessage {
        if (inside) {
            // What is malformed goes through as well: it was the server's word.
            int length = body.take(unread.bytes());
            write(length);
            if (body.done()) over();
            return true;
        }
        int length = unread.head();
        boolean http = startsLikeHttp();
        if (!http || unread.longer(length, Head.LONGEST)) giveUp();
        else if (length < 0) return false;
        else head(length);
        return true;
    }

    private boolean startsLikeHttp() {
        ByteBuf bytes = unread.bytes();
        int from = bytes.readerIndex();
        int length = Math.min(5, bytes.readableBytes());
        for (int i = 0; i < length; i++) if (bytes.getByte(from + i) != "HTTP/".charAt(i)) return false;
        return true;
    }

    private void head(int length) throws BadMessage {
        Asked asked = requests.next();
        if (asked == null) {
            giveUp();
            return;
        }
        var head = new Head(unread.copy(length));
        int status = status(head.line());
        Framing framing = Framing.ofResponse(head, status, asked.head());
        ByteBuf out = route.response(head, asked, passage);
        if (out == null) write(length);
        else {
            unread.skip(length);
            passage.write(Side.RESPONSE, out);
        }
        if (status == 101) upgrade();
        else if (status >= 200) {
            body.begin(framing);
            inside = true;
            if (body.toClose()) requests.settle();
            if (body.done()) over();
        }
    }

    private static int status(String line) throws BadMessage {
        boolean plain = line.length() >= 12 && line.charAt(8) == ' ' && (line.startsWith("HTTP/1.1") || line.startsWith("HTTP/1.0"))
                && (line.length() == 12 || line.charAt(12) == ' ');
        int status = 0;
        for (int i = 9; plain && i < 12; i++) {
            char c = line.charAt(i);
            plain = c >= '0' && c <= '9';
            status = status * 10 + c - '0';
        }
        if (!plain || status < 100) throw new BadMessage(502, "");
        return status;
    }

    private void over() {
        inside = false;
        requests.answered();
    }

    private void upgrade() {
        ByteBuf rest = unread.all();
        End server = passage.server();
        server.stage(null);
        // Recorded already: it only has to be written.
        if (rest.isReadable()) passage.write(Side.RESPONSE, rest);
        else rest.release();
        requests.upgraded();
    }

    @Override public void pause() {
        passage.client().flush();
    }

    @Override public void end() {
        rest();
        passage.ended(Side.RESPONSE);
    }

    @Override public void gone(boolean reset) {
        rest();
        passage.gone(Side.RESPONSE, reset);
    }

    /// A head that broke off is handed on as far as it came.
    private void rest() {
        ByteBuf rest = unread.all();
        if (rest.isReadable()) passage.write(Side.RESPONSE, rest);
        else rest.release();
    }
}
