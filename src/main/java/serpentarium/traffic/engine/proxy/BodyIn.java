package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import serpentarium.base.Strings;
import serpentarium.traffic.Headers;

/// Takes a body out of what frames it. The chunked coding is read strictly.
///
/// Source: RFC 9112 section 7.1.
final class BodyIn {
    private static final Strings STRINGS = Strings.of(BodyIn.class);
    private static final int LONGEST_LINE = 1 << 13;
    private static final int LONGEST_TRAILERS = 1 << 16;

    private enum State { DONE, LENGTH, SIZE, DATA, DATA_END, TRAILERS, TO_CLOSE }

    private State state = State.DONE;
    private long left;
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private Headers trailers = Headers.NONE;

    /// Who takes it.
    interface Taker {
        /// Bytes of the body; they are the taker's.
        void take(ByteBuf data);
    }

    /// A body begins.
    void begin(Framing framing) {
        left = framing.length();
        trailers = Headers.NONE;
        lines.reset();
        state = switch (framing.kind()) {
            case NONE -> State.DONE;
            case LENGTH -> State.LENGTH;
            case CHUNKED -> State.SIZE;
            case TO_CLOSE -> State.TO_CLOSE;
        };
    }

    /// Whether the body is over.
    boolean done() {
        return state == State.DONE;
    }

    /// Whether only the end of the connection ends it.
    boolean toClose() {
        return state == State.TO_CLOSE;
    }

    /// The fields that followed it.
    Headers trailers() {
        return trailers;
    }

    /// Takes what there is of it; what follows it stays.
    void take(Gather in, Taker to) throws BadMessage {
        boolean more = true;
        while (more && state != State.DONE && !in.empty()) {
            more = switch (state) {
                case LENGTH, DATA -> {
                    int length = (int) Math.min(left, in.size());
                    left -= length;
                    if (left == 0) state = state == State.LENGTH ? State.DONE : State.DATA_END;
                    if (length > 0) to.take(in.take(length));
                    yield true;
                }
                case TO_CLOSE -> {
                    to.take(in.all());
                    yield false;
                }
                case SIZE -> size(in);
                case DATA_END -> {
                    String line = line(in, 0);
                    if (line != null) state = State.SIZE;
                    yield line != null;
                }
                case TRAILERS -> trailer(in);
                case DONE -> false;
            };
        }
    }

    private boolean size(Gather in) throws BadMessage {
        String line = line(in, LONGEST_LINE);
        if (line == null) return false;
        int digits = 0;
        long size = 0;
        while (digits < line.length() && line.charAt(digits) < 128 && Character.digit(line.charAt(digits), 16) >= 0) {
            // Fifteen digits are more than any body has; one more could run over.
            if (digits == 15) throw bad();
            size = size << 4 | Character.digit(line.charAt(digits++), 16);
        }
        // An extension is for one connection only: it is left out.
        String rest = line.substring(digits).strip();
        if (digits == 0 || !rest.isEmpty() && rest.charAt(0) != ';') throw bad();
        left = size;
        state = size == 0 ? State.TRAILERS : State.DATA;
        if (size == 0) lines.writeBytes(new byte[] {'\r', '\n'});
        return true;
    }

    private boolean trailer(Gather in) throws BadMessage {
        String line = line(in, LONGEST_LINE);
        if (line == null) return false;
        for (int i = 0; i < line.length(); i++) lines.write(line.charAt(i));
        lines.writeBytes(new byte[] {'\r', '\n'});
        if (lines.size() > LONGEST_TRAILERS) throw bad();
        if (line.isEmpty()) {
            trailers = Heads.headers(new Head(lines.toByteArray()));
            state = State.DONE;
        }
        return true;
    }

    /// The next line without its end; null where it is not there yet.
    private static String line(Gather in, int longest) throws BadMessage {
        ByteBuf bytes = in.bytes();
        int from = bytes.readerIndex();
        int end = Math.min(bytes.writerIndex(), from + longest + 2);
        for (int i = from; i < end; i++) {
            byte b = bytes.getByte(i);
            if (b == '\r') {
                if (i + 1 == bytes.writerIndex()) return null;
                if (bytes.getByte(i + 1) != '\n') throw bad();
                String line = bytes.toString(from, i - from, java.nio.charset.StandardCharsets.ISO_8859_1);
                in.skip(i + 2 - from);
                return line;
            }
            if (b >= 0 && b < ' ' && b != '\t' || b == 127 || i - from >= longest) throw bad();
        }
        return null;
    }

    private static BadMessage bad() {
        return new BadMessage(400, STRINGS.get("bad.chunk"));
    }
}
