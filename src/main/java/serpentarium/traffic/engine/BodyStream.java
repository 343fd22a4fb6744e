package serpentarium.traffic.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import serpentarium.traffic.Side;

/// Reads a body piece by piece, as far as it was written when it gets there.
final class BodyStream extends InputStream {
    private final DiskSession session;
    private final int row;
    private final Side side;
    private int record;
    private List<byte[]> pieces = List.of();
    private int piece;
    private int at;

    BodyStream(DiskSession session, int row, Side side) {
        this.session = session;
        this.row = row;
        this.side = side;
    }

    private boolean more() throws IOException {
        while (piece >= pieces.size() || at >= pieces.get(piece).length) {
            at = 0;
            if (piece + 1 < pieces.size()) {
                piece++;
                continue;
            }
            pieces = session.bodyPieces(row, record, side);
            if (pieces == null) {
                pieces = List.of();
                return false;
            }
            record++;
            piece = 0;
        }
        return true;
    }

    @Override public int read() throws IOException {
        return more() ? pieces.get(piece)[at++] & 0xff : -1;
    }

    @Override public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) return 0;
        if (!more()) return -1;
        byte[] from = pieces.get(piece);
        int take = Math.min(length, from.length - at);
        System.arraycopy(from, at, into, offset, take);
        at += take;
        return take;
    }
}
