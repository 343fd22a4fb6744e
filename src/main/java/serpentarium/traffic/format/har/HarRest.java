package serpentarium.traffic.format.har;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/// An object's fields that the model does not say, as JSON for writing them back.
final class HarRest {
    /// ASCII only: half a surrogate pair comes through.
    static final JsonFactory JSON = JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private ByteArrayOutputStream bytes;
    private JsonGenerator json;

    /// Where to write a field; the caller writes its value.
    JsonGenerator field(String name) throws IOException {
        if (json == null) {
            bytes = new ByteArrayOutputStream(256);
            json = JSON.createGenerator(bytes);
            json.writeStartObject();
        }
        json.writeFieldName(name);
        return json;
    }

    /// Copies the value at hand; the parser stands at its end afterwards.
    void copy(String name, JsonParser from) throws IOException {
        field(name).copyCurrentStructure(from);
    }

    /// Copies the value at hand and gives it where it is a text.
    String text(String name, JsonParser from) throws IOException {
        String value = from.currentToken() == JsonToken.VALUE_STRING ? from.getText() : null;
        copy(name, from);
        return value;
    }

    /// Copies the value at hand and gives it where it is a number, else NaN.
    double number(String name, JsonParser from) throws IOException {
        double value = numberOf(from);
        copy(name, from);
        return value;
    }

    static double numberOf(JsonParser from) throws IOException {
        return switch (from.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> from.getDoubleValue();
            case VALUE_STRING -> {
                String text = from.getText();
                try {
                    yield text.length() > 30 ? Double.NaN : Double.parseDouble(text);
                } catch (NumberFormatException e) {
                    yield Double.NaN;
                }
            }
            default -> Double.NaN;
        };
    }

    boolean empty() {
        return json == null;
    }

    /// The object; null where it has no field.
    byte[] end() throws IOException {
        if (json == null) return null;
        json.writeEndObject();
        json.close();
        return bytes.toByteArray();
    }
}
