package serpentarium.traffic.format.har;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.List;
import java.util.Optional;
import serpentarium.traffic.Flow;
import serpentarium.traffic.RecordedFlows;
import serpentarium.traffic.Side;
import serpentarium.traffic.format.ContentEncoding;

/// A body without its content encoding, as a HAR has it: looked at once to know what it is, and read again to write it.
///
/// @param size  bytes without the content encoding
/// @param text  whether they are UTF-8
/// @param plain whether the content encoding could be undone, or there was none
record HarBody(RecordedFlows session, int row, Side side, List<ContentEncoding> codings, long size, boolean text, boolean plain) {
    /// No honest body is longer; a bomb is cut here.
    private static final long LIMIT = 4L << 30;

    static HarBody of(RecordedFlows session, int row, Flow flow, Side side) throws IOException {
        boolean decoded = flow.body(side).decoded() || flow.body(side).stored() == 0;
        Optional<List<ContentEncoding>> codings = decoded ? Optional.of(List.of()) : ContentEncoding.parse(flow.headers(side).joined("content-encoding"));
        if (codings.isPresent() && !codings.get().isEmpty()) {
            try {
                return looked(session, row, side, codings.get(), true);
            } catch (IOException e) {
                // What cannot be decoded is written as it was sent.
                return looked(session, row, side, List.of(), false);
            }
        }
        return looked(session, row, side, List.of(), codings.isPresent());
    }

    private static HarBody looked(RecordedFlows session, int row, Side side, List<ContentEncoding> codings, boolean plain) throws IOException {
        try (var reader = new Utf8Chars(open(session, row, side, codings))) {
            char[] buffer = new char[1 << 14];
            while (reader.read(buffer, 0, buffer.length) >= 0) continue;
            return new HarBody(session, row, side, codings, reader.bytes(), reader.valid(), plain);
        }
    }

    private static InputStream open(RecordedFlows session, int row, Side side, List<ContentEncoding> codings) throws IOException {
        InputStream wire = session.body(row, side);
        return codings.isEmpty() ? wire : ContentEncoding.decode(wire, codings, LIMIT);
    }

    /// Writes it as one string value.
    void writeText(JsonGenerator to) throws IOException {
        try (Reader reader = new Utf8Chars(open(session, row, side, codings))) {
            to.writeString(reader, -1);
        }
    }

    void writeBase64(JsonGenerator to) throws IOException {
        try (InputStream in = open(session, row, side, codings)) {
            to.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, in, -1);
        }
    }
}
