package serpentarium.traffic.format.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import serpentarium.traffic.Side;

/// One connection whose protocol is found by what is said, not by its port.
public final class Conversation implements Protocol {
    private static final int MOST_HELD = 1 << 16;

    private final Link link;
    private final boolean sure;
    private final RawStream raw;
    private final ByteHold[] firsts = {new ByteHold(), new ByteHold()};
    private final List<Piece> pieces = new ArrayList<>();
    private final boolean[] unknown = new boolean[2];
    private Protocol protocol;
    private boolean swapped;

    /// What came before the protocol was known.
    private record Piece(Side from, double time, byte[] bytes) {}

    /// A conversation over a connection.
    ///
    /// @param sure whether it is known which side is the client; else what it says may show that it is the server
    public Conversation(Link link, boolean sure) {
        this.link = link;
        this.sure = sure;
        raw = new RawStream(link);
    }

    private Side side(Side from) {
        if (!swapped) return from;
        return from == Side.REQUEST ? Side.RESPONSE : Side.REQUEST;
    }

    @Override public void bytes(Side from, double time, byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) return;
        if (protocol != null) {
            protocol.bytes(side(from), time, bytes, offset, length);
            return;
        }
        ByteHold first = firsts[from.ordinal()];
        boolean again = first.length() == 0;
        Guess guess;
        if (again) guess = Guess.of(bytes, offset, offset + length);
        else {
            first.add(bytes, offset, length);
            guess = Guess.of(first.bytes(), 0, first.length());
        }
        if (guess == Guess.MORE && pieces.size() < 64 && first.length() + length < MOST_HELD && !unknown[from.ordinal()]) {
            if (again) first.add(bytes, offset, length);
            pieces.add(new Piece(from, time, java.util.Arrays.copyOfRange(bytes, offset, offset + length)));
            return;
        }
        protocol = found(guess, from);
        if (protocol == null) unknown[from.ordinal()] = true;
        flush(from);
        if (protocol != null) protocol.bytes(side(from), time, bytes, offset, length);
        else raw.bytes(side(from), time, bytes, offset, length);
    }

    /// Hands over what was held, to the protocol that was found or as it is.
    ///
    /// @param found the side that showed what is spoken; what the other one said before may be the end of something that began earlier
    private void flush(Side found) throws IOException {
        for (Piece piece : pieces)
            if (protocol == null || piece.from != found && !Guess.opening(piece.bytes))
                raw.bytes(side(piece.from), piece.time, piece.bytes, 0, piece.bytes.length);
        if (protocol != null) {
            raw.close(Double.NaN, Ending.CLOSED);
            for (Piece piece : pieces)
                if (piece.from == found || Guess.opening(piece.bytes)) protocol.bytes(side(piece.from), piece.time, piece.bytes, 0, piece.bytes.length);
        }
        pieces.clear();
        for (ByteHold first : firsts) first.clear();
    }

    private Protocol found(Guess guess, Side from) throws IOException {
        Side speaker = switch (guess) {
            case REQUEST, HTTP2, TLS_CLIENT -> Side.REQUEST;
            case RESPONSE, TLS_SERVER -> Side.RESPONSE;
            case MORE, NONE -> null;
        };
        if (speaker == null || sure && side(from) != speaker) return null;
        if (side(from) != speaker) {
            swapped = !swapped;
            link.swap();
        }
        return switch (guess) {
            case REQUEST, RESPONSE -> new Http1(link);
            case HTTP2 -> new Http2(link);
            case TLS_CLIENT, TLS_SERVER -> new TlsStream(link);
            case MORE, NONE -> null;
        };
    }

    @Override public void lost(Side from, double time, long count) throws IOException {
        if (protocol != null) {
            protocol.lost(side(from), time, count);
            return;
        }
        flush(from);
        raw.lost(side(from), time, count);
    }

    @Override public void end(Side from, double time) throws IOException {
        if (protocol != null) protocol.end(side(from), time);
        else raw.end(side(from), time);
    }

    @Override public void close(double time, Ending how) throws IOException {
        if (protocol == null && !pieces.isEmpty()) flush(Side.REQUEST);
        if (protocol != null) {
            protocol.close(time, how);
            return;
        }
        // A connection that failed before anything was said is a flow all the same.
        if (link.failure() != null && !Double.isNaN(time)) raw.writer(time);
        raw.close(time, how);
    }
}
