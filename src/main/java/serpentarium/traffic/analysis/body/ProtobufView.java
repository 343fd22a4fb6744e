package serpentarium.traffic.analysis.body;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import serpentarium.base.Bid;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;

/// Protobuf without its schema, and the frames of gRPC with protobuf in them.
///
/// Source of the frames: grpc.io, gRPC over HTTP2: a byte (1 compressed, 0x80 trailers of gRPC-Web), four bytes of length, the message.
public final class ProtobufView implements BodyView {
    private static final Strings STRINGS = Strings.of(ProtobufView.class);
    private static final int MOST_UNPACKED = 8 << 20;
    private static final int FRAME = 5;

    private final boolean frames;

    private ProtobufView(boolean frames) {
        this.frames = frames;
    }

    /// A message.
    public static ProtobufView message() {
        return new ProtobufView(false);
    }

    /// Frames with messages.
    public static ProtobufView grpc() {
        return new ProtobufView(true);
    }

    @Override public String id() {
        return frames ? "grpc" : "protobuf";
    }

    @Override public Bid bid(BodyInput in) {
        String type = in.mediaType();
        if (frames) return type.startsWith("application/grpc") ? new Bid.Yes(95) : new Bid.No(STRINGS.get("bid.grpc"));
        boolean named = type.contains("protobuf") || type.contains("x-google-protobuf") || type.endsWith("+proto") || type.endsWith("/proto");
        return named ? new Bid.Yes(90) : new Bid.No(STRINGS.get("bid.protobuf"));
    }

    @Override public BodyModel model(BodyInput in, TaskContext context) {
        var out = new TreeText();
        String note = frames ? frames(in, out, context) : message(in, out, context);
        return new BodyModel.Tree(out.tree(), out.full() ? STRINGS.get("note.nodes", BodyTree.MOST) : note);
    }

    private static String message(BodyInput in, TreeText out, TaskContext context) {
        var nodes = new ProtobufNodes(in.bytes(), out, context);
        boolean whole = nodes.message(0, in.bytes().length);
        if (!whole && in.whole()) throw new ProblemException(Problem.of(STRINGS, "body.protobuf", Place.NOWHERE));
        int root = out.add(-1, BodyTree.Kind.OBJECT, "", "");
        nodes.fields(root, 0, in.bytes().length, 0);
        out.close(root);
        return STRINGS.get("note.protobuf");
    }

    private static String frames(BodyInput in, TreeText out, TaskContext context) {
        byte[] bytes = in.bytes();
        int at = 0;
        int count = 0;
        while (bytes.length - at >= FRAME && !out.full()) {
            context.checkpoint();
            int flags = bytes[at] & 0xff;
            long length = (bytes[at + 1] & 0xffL) << 24 | (bytes[at + 2] & 0xff) << 16 | (bytes[at + 3] & 0xff) << 8 | bytes[at + 4] & 0xff;
            if ((flags & 0x7e) != 0 && count == 0) throw new ProblemException(Problem.of(STRINGS, "body.grpc", Place.NOWHERE));
            if (length > bytes.length - at - FRAME) break;
            int from = at + FRAME;
            int to = from + (int) length;
            frame(bytes, flags, from, to, out, context);
            at = to;
            count++;
        }
        if (count == 0 && in.whole()) throw new ProblemException(Problem.of(STRINGS, "body.grpc", Place.NOWHERE));
        return at < bytes.length ? STRINGS.get("note.grpc.ends", bytes.length - at) : "";
    }

    private static void frame(byte[] bytes, int flags, int from, int to, TreeText out, TaskContext context) {
        if ((flags & 0x80) != 0) {
            int last = to;
            while (last > from && (bytes[last - 1] == '\n' || bytes[last - 1] == '\r')) last--;
            out.add(-1, BodyTree.Kind.STRING, STRINGS.get("grpc.trailers"), BytesText.text(bytes, from, last));
            return;
        }
        byte[] content = bytes;
        int begin = from;
        int end = to;
        String name = STRINGS.get("grpc.message", Quantity.size(to - from));
        if ((flags & 1) != 0) {
            name = STRINGS.get("grpc.packed", Quantity.size(to - from));
            try (var gzip = new java.util.zip.GZIPInputStream(new ByteArrayInputStream(bytes, from, to - from))) {
                content = gzip.readNBytes(MOST_UNPACKED);
                begin = 0;
                end = content.length;
            } catch (IOException _) {
                out.add(-1, BodyTree.Kind.OTHER, name, BytesText.hex(bytes, from, to));
                return;
            }
        }
        var nodes = new ProtobufNodes(content, out, context);
        if (!nodes.message(begin, end)) {
            boolean text = BytesText.readable(content, begin, end);
            out.add(-1, text ? BodyTree.Kind.STRING : BodyTree.Kind.OTHER, name,
                    text ? BytesText.text(content, begin, end) : BytesText.hex(content, begin, end));
            return;
        }
        int node = out.add(-1, BodyTree.Kind.OBJECT, name, "");
        if (node >= 0) nodes.fields(node, begin, end, 0);
        out.close(node);
    }
}
