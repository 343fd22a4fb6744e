package serpentarium.traffic.format.wire;

import java.io.IOException;
import serpentarium.traffic.Headers;
import serpentarium.traffic.Side;

/// One direction of an HTTP/1 connection: finds where messages begin and end.
final class Http1Side {
    private static final int LONGEST_HEAD = 1 << 20;
    private static final int LONGEST_LINE = 1 << 14;

    /// What is expected next.
    enum State {
        /// A message.
        START,
        /// The end of a head.
        HEAD,
        /// So many bytes of body.
        LENGTH,
        /// The size of a chunk.
        CHUNK_SIZE,
        /// So many bytes of a chunk.
        CHUNK,
        /// The line end after a chunk.
        CHUNK_END,
        /// The lines after the last chunk.
        TRAILERS,
        /// Body until the connection is closed.
        TO_CLOSE,
        /// Not HTTP any more: whatever follows the upgrade.
        TAIL,
        /// What follows waits for the other side's answer to an upgrade.
        WAIT,
        /// A place where a message may begin again.
        LOST
    }

    /// How a body is framed.
    ///
    /// @param state  what follows the head
    /// @param length of the body where it is known
    record Framing(State state, long length) {
        static final Framing NONE = new Framing(State.START, 0);
        static final Framing CHUNKED = new Framing(State.CHUNK_SIZE, 0);
        static final Framing TO_CLOSE = new Framing(State.TO_CLOSE, 0);

        static Framing length(long length) {
            return length == 0 ? NONE : new Framing(State.LENGTH, length);
        }
    }

    /// What is done with what was found.
    interface Parts {
        /// A message's head; the answer is null where the message is only a forerunner of another.
        Framing head(Side side, double time, byte[] bytes, int from, int end, boolean whole) throws IOException;

        /// Bytes of its body.
        void body(Side side, double time, byte[] bytes, int offset, int length) throws IOException;

        /// The message is over.
        void end(Side side, double time, Headers trailers, boolean whole) throws IOException;

        /// A body's framing is broken.
        void broken(Side side, double time) throws IOException;

        /// What comes is no head of a response.
        Framing headless(double time) throws IOException;

        /// Bytes after an upgrade.
        void tail(Side side, double time, byte[] bytes, int offset, int length) throws IOException;
    }

    private final Side side;
    private final Parts parts;
    private final Names names;
    private final ByteHold hold = new ByteHold();
    private State state = State.START;
    private double headStart;
    private long left;

    Http1Side(Side side, Names names, Parts parts) {
        this.side = side;
        this.names = names;
        this.parts = parts;
    }

    State state() {
        return state;
    }

    /// Whether a message has begun and not ended.
    boolean inside() {
        return switch (state) {
            case LENGTH, CHUNK_SIZE, CHUNK, CHUNK_END, TRAILERS, TO_CLOSE -> true;
            default -> false;
        };
    }

    void state(State now) {
        state = now;
    }

    void bytes(double time, byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        if (state == State.LOST) {
            if (!Guess.message(bytes, at, end, side)) return;
            state = State.START;
        }
        while (at < end) {
            switch (state) {
                case START -> at = start(time, bytes, at, end);
                case HEAD -> at = head(time, bytes, at, end);
                case LENGTH, CHUNK -> at = body(time, bytes, at, end);
                case CHUNK_SIZE -> at = chunkSize(time, bytes, at, end);
                case CHUNK_END -> at = chunkEnd(bytes, at, end);
                case TRAILERS -> at = trailers(time, bytes, at, end);
                case TO_CLOSE -> {
                    parts.body(side, time, bytes, at, end - at);
                    return;
                }
                case TAIL, WAIT -> {
                    parts.tail(side, time, bytes, at, end - at);
                    return;
                }
                case LOST -> {
                    return;
                }
            }
        }
    }

    private int start(double time, byte[] bytes, int from, int end) throws IOException {
        int at = from;
        while (at < end && (bytes[at] == '\r' || bytes[at] == '\n')) at++;
        if (at == end) return at;
        hold.clear();
        if (side == Side.RESPONSE && !Guess.version(bytes, at, end)) {
            state = parts.headless(time).state();
            return at;
        }
        if (side == Side.REQUEST) {
            Guess guess = Guess.of(bytes, at, end);
            if (guess != Guess.REQUEST && guess != Guess.MORE) {
                state = State.LOST;
                return end;
            }
        }
        headStart = time;
        state = State.HEAD;
        return at;
    }

    private int head(double time, byte[] bytes, int from, int end) throws IOException {
        if (hold.length() == 0) {
            int done = headEnd(bytes, from, end, from);
            if (done >= 0) {
                take(parts.head(side, headStart, bytes, from, done, true), time);
                return done;
            }
        }
        int before = hold.length();
        hold.add(bytes, from, end - from);
        int done = headEnd(hold.bytes(), 0, hold.length(), Math.max(0, before - 3));
        if (done < 0) {
            if (hold.length() <= LONGEST_HEAD) return end;
            cut();
            return end;
        }
        byte[] head = hold.bytes();
        hold.clear();
        take(parts.head(side, headStart, head, 0, done, true), time);
        return from + done - before;
    }

    /// What is there of a head is all there will be.
    private void cut() throws IOException {
        int line = HeadLines.lineEnd(hold.bytes(), 0, hold.length());
        if (line < hold.length()) parts.head(side, headStart, hold.bytes(), 0, hold.length(), false);
        hold.clear();
        state = State.LOST;
    }

    private void take(Framing framing, double time) throws IOException {
        state = framing == null ? State.START : framing.state();
        left = framing == null ? 0 : framing.length();
        if (framing != null && state == State.START) parts.end(side, time, Headers.NONE, true);
    }

    private static int headEnd(byte[] bytes, int from, int end, int search) {
        for (int i = search; i < end; i++) {
            if (bytes[i] != '\n') continue;
            if (i + 1 < end && bytes[i + 1] == '\n') return i + 2;
            if (i + 2 < end && bytes[i + 1] == '\r' && bytes[i + 2] == '\n') return i + 3;
        }
        return -1;
    }

    private int body(double time, byte[] bytes, int from, int end) throws IOException {
        int taken = (int) Math.min(left, end - from);
        parts.body(side, time, bytes, from, taken);
        left -= taken;
        if (left == 0) {
            boolean chunk = state == State.CHUNK;
            state = chunk ? State.CHUNK_END : State.START;
            if (!chunk) parts.end(side, time, Headers.NONE, true);
        }
        return from + taken;
    }

    private int line(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end && bytes[i] != '\n') i++;
        hold.add(bytes, from, Math.min(i - from, LONGEST_LINE));
        return i;
    }

    private int chunkSize(double time, byte[] bytes, int from, int end) throws IOException {
        int at = line(bytes, from, end);
        if (at == end && hold.length() < LONGEST_LINE) return end;
        long size = size(hold.bytes(), hold.length());
        hold.clear();
        if (size < 0) {
            state = State.LOST;
            parts.broken(side, time);
            return end;
        }
        left = size;
        state = size == 0 ? State.TRAILERS : State.CHUNK;
        return at + 1;
    }

    /// The size before a chunk's extensions; -1 where it is none or beyond reason.
    private static long size(byte[] line, int length) {
        int at = 0;
        while (at < length && line[at] == ' ') at++;
        long size = 0;
        int digits = 0;
        for (; at < length; at++, digits++) {
            int digit = Character.digit(line[at], 16);
            if (digit < 0) break;
            if (size >= 1L << 55) return -1;
            size = size << 4 | digit;
        }
        boolean over = at == length || line[at] == ';' || line[at] == ' ' || line[at] == '\t' || line[at] == '\r';
        return digits == 0 || !over ? -1 : size;
    }

    private int chunkEnd(byte[] bytes, int from, int end) {
        int at = from;
        if (bytes[at] == '\r') at++;
        if (at == end) return at;
        state = State.CHUNK_SIZE;
        return bytes[at] == '\n' ? at + 1 : at;
    }

    private int trailers(double time, byte[] bytes, int from, int end) throws IOException {
        int at = from;
        while (at < end) {
            int stop = at;
            while (stop < end && bytes[stop] != '\n') stop++;
            int before = hold.length();
            int taken = Math.min(stop, end - 1) + 1 - at;
            if (before < LONGEST_HEAD) hold.add(bytes, at, taken);
            at += taken;
            if (stop < end && emptyLast()) {
                Headers trailers = HeadLines.fields(names, hold.bytes(), 0, hold.length());
                hold.clear();
                state = State.START;
                parts.end(side, time, trailers, true);
                return at;
            }
        }
        return at;
    }

    private boolean emptyLast() {
        byte[] b = hold.bytes();
        int n = hold.length() - 1;
        if (n > 0 && b[n - 1] == '\r') n--;
        return n == 0 || b[n - 1] == '\n';
    }

    void lost(long count) throws IOException {
        switch (state) {
            case LENGTH, CHUNK -> {
                if (left > count) left -= count;
                else breakOff();
            }
            case HEAD -> cut();
            case CHUNK_SIZE, CHUNK_END, TRAILERS -> breakOff();
            case START -> state = State.LOST;
            case TO_CLOSE, TAIL, WAIT, LOST -> { }
        }
    }

    private void breakOff() throws IOException {
        hold.clear();
        state = State.LOST;
        parts.end(side, Double.NaN, Headers.NONE, false);
    }

    /// The side sends no more.
    void end(double time) throws IOException {
        switch (state) {
            case TO_CLOSE -> parts.end(side, Double.NaN, Headers.NONE, true);
            case HEAD -> cut();
            case LENGTH, CHUNK, CHUNK_SIZE, CHUNK_END, TRAILERS -> parts.end(side, Double.NaN, Headers.NONE, false);
            case START, TAIL, WAIT, LOST -> { }
        }
        if (state != State.TAIL) state = State.LOST;
    }
}
