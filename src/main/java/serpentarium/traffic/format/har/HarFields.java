package serpentarium.traffic.format.har;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The fields of an object that a HAR said beyond the model, each as JSON, for writing them back. Each is written once.
final class HarFields {
    private final Map<String, String> raw = new LinkedHashMap<>();

    /// @param json an object, or null for none
    HarFields(byte[] json) throws IOException {
        if (json == null) return;
        try (JsonParser parser = HarRest.JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) return;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                var text = new StringWriter();
                try (JsonGenerator copy = HarRest.JSON.createGenerator(text)) {
                    copy.copyCurrentStructure(parser);
                }
                raw.put(name, text.toString());
            }
        }
    }

    boolean has(String name) {
        return raw.containsKey(name);
    }

    /// The fields of an object in here.
    HarFields inner(String name) throws IOException {
        String json = raw.remove(name);
        return new HarFields(json == null || !json.startsWith("{") ? null : json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /// The text of a field.
    Optional<String> text(String name) throws IOException {
        String json = raw.get(name);
        if (json == null || !json.startsWith("\"")) return Optional.empty();
        try (JsonParser parser = HarRest.JSON.createParser(json)) {
            parser.nextToken();
            return Optional.of(parser.getText());
        }
    }

    void drop(String name) {
        raw.remove(name);
    }

    /// The JSON of a field, which is not written any more.
    String take(String name) {
        return raw.remove(name);
    }

    /// Writes a field as it was; false where there was none.
    boolean put(JsonGenerator to, String name) throws IOException {
        String json = raw.remove(name);
        if (json == null) return false;
        to.writeFieldName(name);
        to.writeRawValue(json);
        return true;
    }

    void putOr(JsonGenerator to, String name, String text) throws IOException {
        if (!put(to, name)) to.writeStringField(name, text);
    }

    void putOr(JsonGenerator to, String name, long number) throws IOException {
        if (!put(to, name)) to.writeNumberField(name, number);
    }

    /// Writes what was not written yet.
    void putRest(JsonGenerator to) throws IOException {
        for (String name : java.util.List.copyOf(raw.keySet())) put(to, name);
    }
}
