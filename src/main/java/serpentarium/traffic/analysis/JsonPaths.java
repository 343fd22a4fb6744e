package serpentarium.traffic.analysis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A JSON document as its values by their places, such as `items[0].price`.
final class JsonPaths {
    /// Documents with more values are not taken apart.
    private static final int MOST = 200_000;

    private JsonPaths() {}

    /// The values of a document in its order, strings in quotes, empty objects and arrays as `{}` and `[]`; empty where the bytes are no JSON.
    static Optional<Map<String, String>> of(byte[] bytes) {
        var values = new LinkedHashMap<String, String>();
        try (JsonParser parser = JsonFactory.builder().build().createParser(bytes)) {
            var indices = new ArrayList<Integer>();
            var lengths = new ArrayList<Integer>();
            var path = new StringBuilder();
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (values.size() > MOST) return Optional.empty();
                switch (token) {
                    case FIELD_NAME -> {
                        path.setLength(lengths.getLast());
                        String name = parser.currentName();
                        path.append(path.isEmpty() ? "" : ".").append(name.matches("\\w+") ? name : "\"" + name + "\"");
                    }
                    case START_OBJECT, START_ARRAY -> {
                        step(path, indices, lengths);
                        indices.add(token == JsonToken.START_ARRAY ? 0 : -1);
                        lengths.add(path.length());
                        values.put(path.toString(), token == JsonToken.START_ARRAY ? "[]" : "{}");
                    }
                    case END_OBJECT, END_ARRAY -> {
                        indices.removeLast();
                        path.setLength(lengths.removeLast());
                    }
                    case VALUE_STRING -> {
                        step(path, indices, lengths);
                        values.put(path.toString(), "\"" + parser.getText() + "\"");
                    }
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> {
                        step(path, indices, lengths);
                        values.put(path.toString(), parser.getText());
                    }
                    case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> { }
                }
            }
            return values.isEmpty() ? Optional.empty() : Optional.of(withoutParents(values));
        } catch (IOException e) {
            return Optional.empty();
        }
    }


    /// In an array, on to the next place.
    private static void step(StringBuilder path, List<Integer> indices, List<Integer> lengths) {
        if (indices.isEmpty() || indices.getLast() < 0) return;
        path.setLength(lengths.getLast());
        int index = indices.getLast();
        path.append('[').append(index).append(']');
        indices.set(indices.size() - 1, index + 1);
    }

    /// An object or array that has something in it is said by what is in it.
    private static Map<String, String> withoutParents(Map<String, String> values) {
        var kept = new LinkedHashMap<String, String>();
        String parent = null;
        for (Map.Entry<String, String> entry : values.entrySet()) {
            if (parent != null && (parent.isEmpty() || entry.getKey().startsWith(parent + ".") || entry.getKey().startsWith(parent + "["))) kept.remove(parent);
            kept.put(entry.getKey(), entry.getValue());
            parent = entry.getValue().equals("{}") || entry.getValue().equals("[]") ? entry.getKey() : null;
        }
        return kept;
    }
}
