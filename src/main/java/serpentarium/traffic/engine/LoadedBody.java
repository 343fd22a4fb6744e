package serpentarium.traffic.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import serpentarium.task.TaskContext;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.Flow;
import serpentarium.traffic.RecordedFlows;
import serpentarium.traffic.Side;
import serpentarium.traffic.format.ContentEncoding;

/// A body, or its beginning, in memory.
///
/// @param bytes       without the content encoding, or as they were sent where that cannot be undone
/// @param cut         whether there is more than was asked for
/// @param facts       what is known of the body
/// @param contentType the field's value; empty where there is none
/// @param encoding    the content encoding as it was sent; empty where there is none
/// @param decoding    what became of it
public record LoadedBody(byte[] bytes, boolean cut, BodyFacts facts, String contentType, String encoding, Decoding decoding) {
    /// What became of a body's content encoding.
    public enum Decoding {
        /// There was none.
        NONE,
        /// It was undone.
        UNDONE,
        /// It was undone as far as there is data; the rest did not come or was not recorded.
        PARTLY,
        /// The source had undone it already.
        BEFORE,
        /// The bytes are not what it promises; they are given as they were sent.
        CORRUPT,
        /// Nobody here knows it; the bytes are given as they were sent.
        UNKNOWN,
        /// It was left alone, as was asked for.
        WIRE
    }

    /// Reads a body.
    ///
    /// @param wire  whether to leave the content encoding alone
    /// @param limit how many bytes are kept
    /// @throws IOException when the session cannot be read
    public static LoadedBody read(RecordedFlows session, int row, Side side, boolean wire, int limit, TaskContext context) throws IOException {
        Flow flow = session.flow(row);
        BodyFacts facts = flow.body(side);
        String type = flow.headers(side).first("content-type").orElse("");
        String encoding = Optional.ofNullable(flow.headers(side).joined("content-encoding")).orElse("").strip();
        Optional<List<ContentEncoding>> codings = ContentEncoding.parse(encoding);
        boolean none = codings.isPresent() && codings.get().isEmpty() || facts.stored() == 0;
        if (!wire && !none && !facts.decoded() && codings.isPresent()) {
            var out = new ByteArrayOutputStream();
            boolean cut = false;
            Decoding decoding = Decoding.UNDONE;
            try (InputStream in = ContentEncoding.decode(session.body(row, side), codings.get(), limit + 1L)) {
                cut = copy(in, out, limit, context);
            } catch (IOException _) {
                decoding = facts.state() != BodyFacts.State.COMPLETE && out.size() > 0 ? Decoding.PARTLY : Decoding.CORRUPT;
            }
            if (decoding != Decoding.CORRUPT) return new LoadedBody(out.toByteArray(), cut, facts, type, encoding, decoding);
            return raw(session, row, side, facts, type, encoding, Decoding.CORRUPT, limit, context);
        }
        Decoding decoding = none ? Decoding.NONE : facts.decoded() ? Decoding.BEFORE : codings.isEmpty() ? Decoding.UNKNOWN : Decoding.WIRE;
        return raw(session, row, side, facts, type, encoding, decoding, limit, context);
    }

    private static LoadedBody raw(RecordedFlows session, int row, Side side, BodyFacts facts, String type, String encoding, Decoding decoding, int limit,
                                  TaskContext context) throws IOException {
        var out = new ByteArrayOutputStream();
        try (InputStream in = session.body(row, side)) {
            boolean cut = copy(in, out, limit, context);
            return new LoadedBody(out.toByteArray(), cut, facts, type, encoding, decoding);
        }
    }

    private static boolean copy(InputStream in, ByteArrayOutputStream out, int limit, TaskContext context) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        for (int got; (got = in.read(buffer)) >= 0; ) {
            context.checkpoint();
            int take = Math.min(got, limit - out.size());
            out.write(buffer, 0, take);
            if (take < got) return true;
        }
        return false;
    }

    /// Writes a whole body, without its content encoding where that can be undone.
    ///
    /// @param limit a bomb is cut here
    /// @throws IOException when the session cannot be read or the target cannot be written
    public static void write(RecordedFlows session, int row, Side side, boolean wire, java.nio.file.Path to, long limit, TaskContext context) throws IOException {
        Flow flow = session.flow(row);
        Optional<List<ContentEncoding>> codings = wire || flow.body(side).decoded() ? Optional.of(List.of())
                : ContentEncoding.parse(flow.headers(side).joined("content-encoding"));
        boolean undo = codings.isPresent() && !codings.get().isEmpty() && flow.body(side).stored() > 0
                && read(session, row, side, false, 1, context).decoding() != Decoding.CORRUPT;
        try (InputStream in = undo ? ContentEncoding.decode(session.body(row, side), codings.get(), limit) : session.body(row, side);
             var out = java.nio.file.Files.newOutputStream(to)) {
            byte[] buffer = new byte[64 * 1024];
            for (int got; (got = in.read(buffer)) >= 0; ) {
                context.checkpoint();
                out.write(buffer, 0, got);
            }
        }
    }
}
