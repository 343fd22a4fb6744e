package serpentarium.traffic.engine;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import serpentarium.traffic.Flow;
import serpentarium.traffic.RecordedFlows;
import serpentarium.traffic.Side;
import serpentarium.traffic.format.ContentEncoding;

/// The size and SHA-256 of a body without its content encoding; of the bytes as they were sent where they cannot be decoded.
///
/// @param size   bytes
/// @param sha256 32 bytes
/// @param corrupt whether the content encoding is not known or the bytes are not what it promises
public record BodyDigest(long size, byte[] sha256, boolean corrupt) {
    /// No honest body is longer; a bomb is cut here.
    public static final long LIMIT = 4L << 30;
    private static final int LARGE = 64 * 1024;
    /// Most requests have no body: their digest need not be made each time.
    private static final byte[] EMPTY = sha256Digest().digest();

    /// Reads a body through.
    ///
    /// @throws IOException when the session cannot be read
    public static BodyDigest of(RecordedFlows session, int row, Flow flow, Side side) throws IOException {
        if (flow.body(side).stored() == 0) return new BodyDigest(0, EMPTY.clone(), false);
        Optional<List<ContentEncoding>> codings = flow.body(side).decoded() ? Optional.of(List.of())
                : ContentEncoding.parse(flow.headers(side).joined("content-encoding"));
        if (codings.isPresent() && !codings.get().isEmpty()) {
            try (InputStream in = ContentEncoding.decode(session.body(row, side), codings.get(), LIMIT)) {
                return of(in, false, LARGE);
            } catch (IOException e) {
                // What cannot be decoded is shown as it was sent.
                return raw(session, row, side, true, flow.body(side).stored());
            }
        }
        return raw(session, row, side, codings.isEmpty(), flow.body(side).stored());
    }

    private static BodyDigest raw(RecordedFlows session, int row, Side side, boolean corrupt, long stored) throws IOException {
        try (InputStream in = session.body(row, side)) {
            return of(in, corrupt, (int) Math.min(stored, LARGE));
        }
    }

    private static BodyDigest of(InputStream in, boolean corrupt, int room) throws IOException {
        MessageDigest digest = sha256Digest();
        byte[] buffer = new byte[room];
        long size = 0;
        for (int got; (got = in.read(buffer)) >= 0; size += got) digest.update(buffer, 0, got);
        return new BodyDigest(size, digest.digest(), corrupt);
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
