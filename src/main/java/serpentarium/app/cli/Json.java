package serpentarium.app.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigInteger;

/// Writes the command line's JSON documents: whole numbers without a fraction, absent facts as null, ASCII only so that names with lone surrogates
/// come through.
final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
    private static final double EXACT = 1L << 53;

    private Json() {}

    /// Something that writes into a generator.
    @FunctionalInterface
    interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    /// Writes one document and a line end.
    static void document(Writer out, Body body) {
        write(out, body, true);
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes one document on one line.
    static void line(Writer out, Body body) {
        write(out, body, false);
    }

    /// Writes documents one behind another; who writes ends the lines.
    static JsonGenerator lines(Writer out) throws IOException {
        return FACTORY.createGenerator(out).setRootValueSeparator(new SerializedString(""));
    }

    private static void write(Writer out, Body body, boolean pretty) {
        try {
            JsonGenerator json = FACTORY.createGenerator(out);
            if (pretty) json.setPrettyPrinter(new DefaultPrettyPrinter());
            body.write(json);
            json.close();
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void number(JsonGenerator json, String name, double value) throws IOException {
        if (Double.isNaN(value) || Double.isInfinite(value)) json.writeNullField(name);
        else if (value == Math.rint(value) && Math.abs(value) < EXACT) json.writeNumberField(name, (long) value);
        else json.writeNumberField(name, value);
    }

    static void integer(JsonGenerator json, String name, BigInteger value) throws IOException {
        json.writeFieldName(name);
        if (value == null) json.writeNull();
        else json.writeNumber(value);
    }

    static void text(JsonGenerator json, String name, String value) throws IOException {
        if (value == null) json.writeNullField(name);
        else json.writeStringField(name, value);
    }
}
