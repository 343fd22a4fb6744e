package serpentarium.traffic.analysis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import serpentarium.traffic.Flow;
import serpentarium.traffic.Side;

/// A value that a list shows of each flow and that must be read from the flow: a field of a header, or a place in a JSON body.
public sealed interface FlowValue {
    /// How much of a body is read in search of a place.
    int MOST_BYTES = 4 << 20;
    /// How much of a value is shown.
    int LONGEST = 500;

    /// A field of the header: of the response, or of the request where the response has none.
    ///
    /// @param name whatever its case
    record Header(String name) implements FlowValue {}

    /// A place in a JSON body: of the response, or of the request where the response has none.
    ///
    /// @param path names and numbers with dots between, such as `items.0.price`
    record Json(String path) implements FlowValue {}

    /// The value; null where there is none.
    ///
    /// @throws IOException when the session cannot be read
    default String of(FlowContent content, int row) throws IOException {
        Flow flow = content.flow(row);
        return switch (this) {
            case Header(String name) -> {
                String value = flow.headers(Side.RESPONSE).joined(name);
                yield cut(value != null ? value : flow.headers(Side.REQUEST).joined(name));
            }
            case Json(String path) -> {
                String value = json(content, flow, row, Side.RESPONSE, path);
                yield value != null ? value : json(content, flow, row, Side.REQUEST, path);
            }
        };
    }

    private static String cut(String text) {
        return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private static String json(FlowContent content, Flow flow, int row, Side side, String path) throws IOException {
        if (flow.body(side).stored() == 0) return null;
        byte[] bytes;
        try (InputStream in = content.body(row, side)) {
            bytes = in.readNBytes(MOST_BYTES);
        }
        int first = 0;
        while (first < bytes.length && bytes[first] <= ' ' && bytes[first] >= 0) first++;
        if (first == bytes.length || bytes[first] != '{' && bytes[first] != '[') return null;
        try (JsonParser parser = JsonFactory.builder().build().createParser(bytes, first, bytes.length - first)) {
            return at(parser, parts(path));
        } catch (IOException e) {
            return null;
        }
    }

    /// `$.items[0].price` is the same as `items.0.price`.
    private static List<String> parts(String path) {
        var parts = new ArrayList<String>();
        for (String part : path.replace("[", ".").replace("]", "").split("\\.")) if (!part.isEmpty() && !part.equals("$")) parts.add(part);
        return parts;
    }

    private static String at(JsonParser parser, List<String> parts) throws IOException {
        JsonToken token = parser.nextToken();
        for (String part : parts) {
            if (token == JsonToken.START_OBJECT) token = member(parser, part);
            else if (token == JsonToken.START_ARRAY) token = element(parser, part);
            else return null;
            if (token == null) return null;
        }
        return switch (token) {
            case START_OBJECT, START_ARRAY -> text(parser, token);
            case VALUE_NULL -> "null";
            default -> cut(parser.getText());
        };
    }

    private static JsonToken member(JsonParser parser, String name) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean here = parser.currentName().equals(name);
            JsonToken value = parser.nextToken();
            if (here) return value;
            parser.skipChildren();
        }
        return null;
    }

    private static JsonToken element(JsonParser parser, String number) throws IOException {
        if (!number.matches("\\d{1,9}")) return null;
        int left = Integer.parseInt(number);
        for (JsonToken value = parser.nextToken(); value != JsonToken.END_ARRAY && value != null; value = parser.nextToken()) {
            if (left-- == 0) return value;
            parser.skipChildren();
        }
        return null;
    }

    private static String text(JsonParser parser, JsonToken token) throws IOException {
        int count = 0;
        boolean object = token == JsonToken.START_OBJECT;
        while (count < 1000 && parser.nextToken() != (object ? JsonToken.END_OBJECT : JsonToken.END_ARRAY)) {
            if (object) parser.nextToken();
            parser.skipChildren();
            count++;
        }
        return object ? "{" + count + "}" : "[" + count + "]";
    }
}
