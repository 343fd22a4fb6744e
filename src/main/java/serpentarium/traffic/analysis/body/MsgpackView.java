package serpentarium.traffic.analysis.body;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import serpentarium.base.Bid;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;

/// MessagePack as a tree.
///
/// Source: github.com/msgpack/msgpack, spec.md.
public final class MsgpackView implements BodyView {
    private static final Strings STRINGS = Strings.of(MsgpackView.class);
    private static final int DEEPEST = 100_000;

    @Override public String id() {
        return "msgpack";
    }

    @Override public Bid bid(BodyInput in) {
        String type = in.mediaType();
        return type.contains("msgpack") || type.contains("messagepack") ? new Bid.Yes(90) : new Bid.No(STRINGS.get("bid.msgpack"));
    }

    @Override public BodyModel model(BodyInput in, TaskContext context) {
        var run = new Run(ByteBuffer.wrap(in.bytes()), context);
        String note = "";
        try {
            while (run.in.hasRemaining() && !run.out.full()) run.value();
        } catch (BufferUnderflowException _) {
            note = STRINGS.get("note.msgpack.ends");
        }
        run.closeAll();
        if (run.out.tree().size() == 0) throw new ProblemException(Problem.of(STRINGS, "body.msgpack", Place.NOWHERE));
        return new BodyModel.Tree(run.out.tree(), run.out.full() ? STRINGS.get("note.nodes", BodyTree.MOST) : note);
    }

    /// An array or map that is being filled.
    private static final class Open {
        private final int node;
        private final boolean map;
        private long left;

        Open(int node, boolean map, long left) {
            this.node = node;
            this.map = map;
            this.left = left;
        }
    }

    private static final class Run {
        private final ByteBuffer in;
        private final TaskContext context;
        private final TreeText out = new TreeText();
        private final ArrayDeque<Open> open = new ArrayDeque<>();
        private String key = "";
        private boolean keyed;
        private int steps;

        Run(ByteBuffer in, TaskContext context) {
            this.in = in;
            this.context = context;
        }

        void closeAll() {
            while (!open.isEmpty()) out.close(open.pop().node);
        }

        /// Reads one value with all that is inside it.
        void value() {
            do {
                if ((++steps & 4095) == 0) context.checkpoint();
                one(in.get() & 0xff);
                while (!open.isEmpty() && open.peek().left == 0) out.close(open.pop().node);
            } while (!open.isEmpty() && !out.full());
        }

        private void one(int b) {
            if (b < 0x80) leaf(BodyTree.Kind.NUMBER, String.valueOf(b));
            else if (b < 0x90) begin(true, b & 15);
            else if (b < 0xa0) begin(false, b & 15);
            else if (b < 0xc0) text(b & 31);
            else if (b >= 0xe0) leaf(BodyTree.Kind.NUMBER, String.valueOf((byte) b));
            else switch (b) {
                case 0xc0 -> leaf(BodyTree.Kind.WORD, "null");
                case 0xc2 -> leaf(BodyTree.Kind.WORD, "false");
                case 0xc3 -> leaf(BodyTree.Kind.WORD, "true");
                case 0xc4 -> bytes(in.get() & 0xff);
                case 0xc5 -> bytes(in.getShort() & 0xffff);
                case 0xc6 -> bytes(in.getInt() & 0xffffffffL);
                case 0xc7 -> extension(in.get() & 0xff);
                case 0xc8 -> extension(in.getShort() & 0xffff);
                case 0xc9 -> extension(in.getInt() & 0xffffffffL);
                case 0xca -> leaf(BodyTree.Kind.NUMBER, Float.toString(in.getFloat()));
                case 0xcb -> leaf(BodyTree.Kind.NUMBER, Double.toString(in.getDouble()));
                case 0xcc -> leaf(BodyTree.Kind.NUMBER, String.valueOf(in.get() & 0xff));
                case 0xcd -> leaf(BodyTree.Kind.NUMBER, String.valueOf(in.getShort() & 0xffff));
                case 0xce -> leaf(BodyTree.Kind.NUMBER, String.valueOf(in.getInt() & 0xffffffffL));
                case 0xcf -> leaf(BodyTree.Kind.NUMBER, Long.toUnsignedString(in.getLong()));
                case 0xd0 -> leaf(BodyTree.Kind.NUMBER, String.valueOf(in.get()));
                case 0xd1 -> leaf(BodyTree.Kind.NUMBER, String.valueOf(in.getShort()));
                case 0xd2 -> leaf(BodyTree.Kind.NUMBER, String.valueOf(in.getInt()));
                case 0xd3 -> leaf(BodyTree.Kind.NUMBER, String.valueOf(in.getLong()));
                case 0xd4, 0xd5, 0xd6, 0xd7, 0xd8 -> extension(1L << b - 0xd4);
                case 0xd9 -> text(in.get() & 0xff);
                case 0xda -> text(in.getShort() & 0xffff);
                case 0xdb -> text(in.getInt() & 0xffffffffL);
                case 0xdc -> begin(false, in.getShort() & 0xffff);
                case 0xdd -> begin(false, in.getInt() & 0xffffffffL);
                case 0xde -> begin(true, in.getShort() & 0xffff);
                case 0xdf -> begin(true, in.getInt() & 0xffffffffL);
                default -> throw new ProblemException(Problem.of(STRINGS, "body.msgpack", Place.NOWHERE));
            }
        }

        private int take(long length) {
            if (length > in.remaining()) throw new BufferUnderflowException();
            int from = in.position();
            in.position(from + (int) length);
            return from;
        }

        private void text(long length) {
            int from = take(length);
            leaf(BodyTree.Kind.STRING, BytesText.text(in.array(), from, in.position()));
        }

        private void bytes(long length) {
            int from = take(length);
            leaf(BodyTree.Kind.OTHER, BytesText.hex(in.array(), from, in.position()));
        }

        private void extension(long length) {
            byte type = in.get();
            int from = take(length);
            leaf(BodyTree.Kind.OTHER, "ext " + type + ": " + BytesText.hex(in.array(), from, in.position()));
        }

        private boolean asKey() {
            return !open.isEmpty() && open.peek().map && !keyed;
        }

        private void leaf(BodyTree.Kind kind, String value) {
            if (asKey()) {
                key = value;
                keyed = true;
                return;
            }
            out.add(inside(), kind, key, value);
            took();
        }

        private void begin(boolean map, long count) {
            if (open.size() >= DEEPEST) throw new ProblemException(Problem.of(STRINGS, "body.msgpack", Place.NOWHERE));
            if (asKey()) {
                // A key that is a container is legal and unheard of; its parts become entries.
                key = "(…)";
                keyed = true;
            }
            int node = out.add(inside(), map ? BodyTree.Kind.OBJECT : BodyTree.Kind.ARRAY, key, "");
            took();
            open.push(new Open(node, map, count));
        }

        private int inside() {
            return open.isEmpty() ? -1 : open.peek().node;
        }

        private void took() {
            if (!open.isEmpty()) open.peek().left--;
            key = "";
            keyed = false;
        }
    }
}
