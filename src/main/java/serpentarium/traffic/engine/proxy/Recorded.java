package serpentarium.traffic.engine.proxy;

import java.io.IOException;
import serpentarium.traffic.Endpoint;
import serpentarium.traffic.Side;
import serpentarium.traffic.format.wire.Conversation;
import serpentarium.traffic.format.wire.Link;
import serpentarium.traffic.format.wire.Protocol;
import serpentarium.traffic.format.wire.Recording;

/// A connection as the recorder's thread sees it. Nothing of it is used by another thread.
final class Recorded {
    private final Link link;
    private final Conversation conversation;
    private boolean given;

    Recorded(Recording recording, String id, Endpoint client, Endpoint server) {
        link = new Link(recording, id, client, server);
        conversation = new Conversation(link, true);
    }

    Link link() {
        return link;
    }

    void bytes(Side from, double time, byte[] bytes, int length) throws IOException {
        if (!given) conversation.bytes(from, time, bytes, 0, length);
    }

    void lost(Side from, double time, long count) throws IOException {
        if (!given) conversation.lost(from, time, count);
    }

    void end(Side from, double time) throws IOException {
        if (!given) conversation.end(from, time);
    }

    void close(double time, Protocol.Ending how) throws IOException {
        if (given) return;
        given = true;
        conversation.close(time, how);
    }

    /// Gives the connection up: nothing more of it can be written.
    void give() {
        given = true;
    }
}
