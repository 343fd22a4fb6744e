package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import serpentarium.base.Strings;

/// Finds where a body ends while its bytes go through as they are. The chunked coding is read strictly.
///
/// Source: RFC 9112 section 7.1.
final class BodyGate {
    private static final Strings STRINGS = Strings.of(BodyGate.class);
    private static final int LONGEST_LINE = 1 << 13;
    private static final int LONGEST_TRAILERS = 1 << 16;

    private enum State { DONE, LENGTH, SIZE, SPACE, EXTENSION, SIZE_LF, DATA, DATA_CR, DATA_LF, TRAILER, TRAILER_NAME, TRAILER_LINE, TRAILER_LF, LAST_LF, TO_CLOSE }

    private State state = State.DONE;
    private long left;
    private int digits;
    private int line;
    private int trailers;

    /// A body begins.
    void begin(Framing framing) {
        left = framing.length();
        state = switch (framing.kind()) {
            case NONE -> State.DONE;
            case LENGTH -> State.LENGTH;
            case CHUNKED -> size();
            case TO_CLOSE -> State.TO_CLOSE;
        };
    }

    private State size() {
        left = 0;
        digits = 0;
        line = 0;
        trailers = 0;
        return State.SIZE;
    }

    /// Whether the body is over.
    boolean done() {
        return state == State.DONE;
    }

    /// Whether only the end of the connection ends it.
    boolean toClose() {
        return state == State.TO_CLOSE;
    }

    /// How many of the readable bytes belong to the body; ends it where it ends.
    int take(ByteBuf in) throws BadMessage {
        int from = in.readerIndex();
        int end = in.writerIndex();
        int at = from;
        while (at < end && state != State.DONE) {
            switch (state) {
                case LENGTH, DATA -> {
                    int taken = (int) Math.min(left, end - at);
                    left -= taken;
                    at += taken;
                    if (left == 0) state = state == State.LENGTH ? State.DONE : State.DATA_CR;
                }
                case TO_CLOSE -> at = end;
                default -> framing(in.getByte(at++));
            }
        }
        return at - from;
    }

    private void framing(byte b) throws BadMessage {
        state = switch (state) {
            case SIZE -> sizeByte(b);
            case SPACE -> afterSize(b);
            case EXTENSION -> lineByte(b, State.SIZE_LF, State.EXTENSION, LONGEST_LINE);
            case SIZE_LF -> feed(b, left == 0 ? State.TRAILER : State.DATA);
            case DATA_CR -> {
                if (b != '\r') throw bad();
                yield State.DATA_LF;
            }
            case DATA_LF -> feed(b, size());
            case TRAILER -> {
                line = 0;
                if (b == '\r') yield State.LAST_LF;
                if (b == ':') throw bad();
                yield nameByte(b);
            }
            case TRAILER_NAME -> b == ':' ? State.TRAILER_LINE : nameByte(b);
            case TRAILER_LINE -> lineByte(b, State.TRAILER_LF, State.TRAILER_LINE, LONGEST_TRAILERS);
            case TRAILER_LF -> feed(b, State.TRAILER);
            case LAST_LF -> feed(b, State.DONE);
            case DONE, LENGTH, DATA, TO_CLOSE -> state;
        };
        if (trailers > LONGEST_TRAILERS) throw bad();
    }

    private State sizeByte(byte b) throws BadMessage {
        int digit = b < 0 ? -1 : Character.digit(b, 16);
        if (digit >= 0) {
            // Fifteen digits are more than any body has; one more could run over.
            if (++digits > 15) throw bad();
            left = left << 4 | digit;
            return State.SIZE;
        }
        if (digits == 0) throw bad();
        return afterSize(b);
    }

    /// Only a space may stand between a size and what follows it.
    private State afterSize(byte b) throws BadMessage {
        if (b == '\r') return State.SIZE_LF;
        if (b == ';') return State.EXTENSION;
        if (b != ' ' && b != '\t' || ++line > LONGEST_LINE) throw bad();
        return State.SPACE;
    }

    private State nameByte(byte b) throws BadMessage {
        if (!Head.inName(b)) throw bad();
        trailers++;
        return State.TRAILER_NAME;
    }

    private State lineByte(byte b, State ended, State same, int longest) throws BadMessage {
        if (b == '\r') return ended;
        if (b >= 0 && b < ' ' && b != '\t' || b == 127 || ++line > longest) throw bad();
        if (same == State.TRAILER_LINE) trailers++;
        return same;
    }

    private static State feed(byte b, State next) throws BadMessage {
        if (b != '\n') throw bad();
        return next;
    }

    private static BadMessage bad() {
        return new BadMessage(400, STRINGS.get("bad.chunk"));
    }
}
