package serpentarium.traffic.format.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.Headers;
import serpentarium.traffic.Side;
import serpentarium.traffic.format.ContentEncoding;

/// The messages of gRPC: a flag, a length, and so many bytes. Compressed ones are unpacked.
///
/// Source: gRPC over HTTP2, "Length-Prefixed-Message".
final class GrpcTap implements MessageTap {
    private static final int PREFIX = 5;

    private final Exchange exchange;
    private final Side side;
    private final List<ContentEncoding> encodings;
    private final ByteHold prefix = new ByteHold();
    private final ByteHold message = new ByteHold();
    private long left;
    private double began;
    private boolean dead;

    GrpcTap(Exchange exchange, Side side, Headers headers) {
        this.exchange = exchange;
        this.side = side;
        Optional<List<ContentEncoding>> known = ContentEncoding.parse(headers.first("grpc-encoding").orElse(null));
        encodings = known.orElse(List.of());
    }

    @Override public FlowKind kind() {
        return FlowKind.GRPC;
    }

    @Override public void bytes(double time, byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end && !dead) {
            if (prefix.length() < PREFIX) {
                if (prefix.length() == 0) began = time;
                at += prefix.fill(PREFIX, bytes, at, end - at);
                if (prefix.length() < PREFIX) return;
                byte[] p = prefix.bytes();
                left = (p[1] & 0xffL) << 24 | (p[2] & 0xff) << 16 | (p[3] & 0xff) << 8 | p[4] & 0xff;
                if (p[0] < 0 || p[0] > 1) dead = true;
            }
            int taken = (int) Math.min(left, end - at);
            message.add(bytes, at, Math.min(taken, LARGEST - message.length()));
            at += taken;
            left -= taken;
            if (left == 0 && !dead) emit();
        }
    }

    private void emit() throws IOException {
        byte[] content = message.copy();
        if (prefix.bytes()[0] == 1 && !encodings.isEmpty()) {
            try (var in = ContentEncoding.decode(new ByteArrayInputStream(content), encodings, LARGEST)) {
                content = in.readAllBytes();
            } catch (IOException e) {
                exchange.fail(Recording.STRINGS.get("grpc.corrupt"));
            }
        }
        exchange.writer.message(side, began, 0, content, false, false);
        exchange.grown();
        prefix.clear();
        message.clear();
    }

    @Override public void lost() {
        dead = true;
    }

    @Override public void end(double time) {
        message.clear();
    }
}
