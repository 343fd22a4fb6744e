package serpentarium.traffic.format.wire;

import java.io.IOException;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.Headers;
import serpentarium.traffic.Side;

/// Reads the messages inside a body that goes by: server-sent events, or those of gRPC.
interface MessageTap {
    /// A message larger than this is not kept as one; its bytes are in the body.
    int LARGEST = 1 << 22;

    /// What kind of flow has such messages.
    FlowKind kind();

    /// The next bytes of the body.
    void bytes(double time, byte[] bytes, int offset, int length) throws IOException;

    /// Bytes are missing here.
    void lost();

    /// The body is over.
    void end(double time) throws IOException;

    /// The tap for a body with this header; null where it has no messages that are known.
    static MessageTap of(Exchange exchange, Side side, Headers headers) {
        String type = null;
        String encoding = null;
        for (Headers.Field field : headers.fields()) {
            int length = field.name().length();
            if (length == 12 && field.name().equalsIgnoreCase("content-type")) type = field.value();
            else if (length == 16 && field.name().equalsIgnoreCase("content-encoding")) encoding = field.value();
        }
        if (type == null || encoding != null && !encoding.equalsIgnoreCase("identity")) return null;
        if (side == Side.RESPONSE && type.regionMatches(true, 0, "text/event-stream", 0, 17)) return new EventTap(exchange);
        boolean grpc = type.regionMatches(true, 0, "application/grpc", 0, 16) && (type.length() == 16 || "+; ".indexOf(type.charAt(16)) >= 0);
        return grpc ? new GrpcTap(exchange, side, headers) : null;
    }
}
