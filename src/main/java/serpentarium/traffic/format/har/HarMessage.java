package serpentarium.traffic.format.har;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import serpentarium.base.Strings;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.Headers;
import serpentarium.traffic.Side;
import serpentarium.traffic.WireText;

/// The request or the response of an entry.
final class HarMessage {
    private static final Strings STRINGS = Strings.of(HarMessage.class);

    private final HarReader reader;
    private final Side side;
    final HarRest rest = new HarRest();
    String method = "";
    String url = "";
    String httpVersion = "";
    int status;
    String statusText = "";
    String error;
    Headers headers = Headers.NONE;
    Headers trailers = Headers.NONE;
    private String text;
    private boolean base64;
    private boolean tooLong;
    private byte[] form;
    private double size = -1;
    private double bodySize = -1;

    HarMessage(HarReader reader, Side side) {
        this.reader = reader;
        this.side = side;
    }

    void read(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (field) {
                case "method" -> method = plain(parser, "");
                case "url" -> url = plain(parser, "");
                case "httpVersion" -> version(parser);
                case "status" -> status = (int) Math.clamp(nan(HarRest.numberOf(parser), parser), 0, 32767);
                case "statusText" -> statusText = plain(parser, "");
                case "headers" -> headers = fields(parser, token, "headers");
                case "_trailers" -> trailers = fields(parser, token, "_trailers");
                case "bodySize" -> bodySize = rest.number(field, parser);
                case "postData", "content" -> {
                    if (token == JsonToken.START_OBJECT) content(parser, field);
                    else rest.copy(field, parser);
                }
                case "_error" -> error = rest.text(field, parser);
                default -> rest.copy(field, parser);
            }
        }
    }

    private static double nan(double value, JsonParser parser) throws IOException {
        parser.skipChildren();
        return Double.isNaN(value) ? 0 : value;
    }

    private static String plain(JsonParser parser, String other) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) return parser.getText();
        parser.skipChildren();
        return other;
    }

    /// The spellings of the versions, as one.
    private void version(JsonParser parser) throws IOException {
        String said = plain(parser, "");
        httpVersion = switch (said.toLowerCase(java.util.Locale.ROOT)) {
            case "h2", "http/2", "http/2.0" -> "HTTP/2.0";
            case "h3", "http/3", "http/3.0" -> "HTTP/3";
            case "http/1.1" -> "HTTP/1.1";
            case "http/1.0" -> "HTTP/1.0";
            case "unknown" -> "";
            default -> said;
        };
        if (!httpVersion.equals(said)) rest.field("httpVersion").writeString(said);
    }

    /// Fields as objects, or as pairs in an array. Pseudo-fields of HTTP/2 are no fields of the model; with them, or with what else it cannot say,
    /// the list is kept as it stood.
    private Headers fields(JsonParser parser, JsonToken token, String name) throws IOException {
        if (token != JsonToken.START_ARRAY) {
            rest.copy(name, parser);
            return Headers.NONE;
        }
        List<Headers.Field> fields = new ArrayList<>();
        var kept = new StringWriter();
        boolean beyond = false;
        try (JsonGenerator copy = HarRest.JSON.createGenerator(kept)) {
            copy.writeStartArray();
            for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY && item != null; item = parser.nextToken()) beyond |= field(parser, item, fields, copy);
            copy.writeEndArray();
        }
        if (beyond) rest.field(name).writeRawValue(kept.toString());
        return new Headers(fields);
    }

    private static boolean field(JsonParser parser, JsonToken item, List<Headers.Field> fields, JsonGenerator copy) throws IOException {
        String name = null;
        String value = "";
        boolean beyond = false;
        if (item == JsonToken.START_ARRAY) {
            int index = 0;
            for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY && t != null; t = parser.nextToken(), index++) {
                if (index == 0) name = scalar(parser);
                else if (index == 1) value = scalar(parser);
                else parser.skipChildren();
            }
            pair(copy, name, value);
        } else if (item == JsonToken.START_OBJECT) {
            copy.writeStartObject();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                JsonToken token = parser.nextToken();
                boolean known = key.equals("name") || key.equals("value");
                copy.writeFieldName(key);
                if (!known || token.isStructStart()) {
                    beyond = true;
                    copy.copyCurrentStructure(parser);
                    continue;
                }
                String text = scalar(parser);
                copy.writeString(text);
                if (key.equals("name")) name = text;
                else value = text;
            }
            copy.writeEndObject();
        } else {
            return true;
        }
        if (name == null || name.startsWith(":")) return true;
        // Firefox joins the lines of several cookies.
        for (String line : value.split("\n", -1)) fields.add(new Headers.Field(name, line.endsWith("\r") ? line.substring(0, line.length() - 1) : line));
        return beyond || value.indexOf('\n') >= 0;
    }

    private static void pair(JsonGenerator copy, String name, String value) throws IOException {
        copy.writeStartObject();
        copy.writeStringField("name", name == null ? "" : name);
        copy.writeStringField("value", value);
        copy.writeEndObject();
    }

    private static String scalar(JsonParser parser) throws IOException {
        if (parser.currentToken().isStructStart()) {
            parser.skipChildren();
            return "";
        }
        return parser.currentToken() == JsonToken.VALUE_NULL ? "" : parser.getText();
    }

    private void content(JsonParser parser, String name) throws IOException {
        JsonGenerator json = rest.field(name);
        json.writeStartObject();
        String mime = "";
        List<String[]> params = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken token = parser.nextToken();
            if (field.equals("text") && token == JsonToken.VALUE_STRING) {
                text = reader.body(name);
                tooLong = text == null;
                if ("".equals(text)) json.writeStringField("text", "");
                continue;
            }
            json.writeFieldName(field);
            if (field.equals("params") && token == JsonToken.START_ARRAY) {
                params(parser, json, params);
                continue;
            }
            switch (field) {
                case "size" -> size = HarRest.numberOf(parser);
                case "mimeType" -> mime = token == JsonToken.VALUE_STRING ? parser.getText() : "";
                case "encoding" -> base64 = token == JsonToken.VALUE_STRING && parser.getText().equalsIgnoreCase("base64");
                default -> { }
            }
            json.copyCurrentStructure(parser);
        }
        json.writeEndObject();
        if (text == null && !params.isEmpty() && mime.startsWith("application/x-www-form-urlencoded")) {
            form = form(params);
            rest.field("_paramsOnly").writeBoolean(true);
        }
    }

    private static void params(JsonParser parser, JsonGenerator json, List<String[]> params) throws IOException {
        json.writeStartArray();
        for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY && item != null; item = parser.nextToken()) {
            if (item != JsonToken.START_OBJECT) {
                json.copyCurrentStructure(parser);
                continue;
            }
            String[] pair = {"", ""};
            json.writeStartObject();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                parser.nextToken();
                int at = key.equals("name") ? 0 : key.equals("value") ? 1 : -1;
                if (at >= 0 && parser.currentToken() == JsonToken.VALUE_STRING) pair[at] = parser.getText();
                json.writeFieldName(key);
                json.copyCurrentStructure(parser);
            }
            json.writeEndObject();
            params.add(pair);
        }
        json.writeEndArray();
    }

    private static byte[] form(List<String[]> params) {
        var body = new StringBuilder();
        for (String[] pair : params) {
            if (!body.isEmpty()) body.append('&');
            body.append(coded(pair[0])).append('=').append(coded(pair[1]));
        }
        return body.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /// Browsers differ on whether parameters are decoded already; what looks encoded is taken as it is.
    private static String coded(String text) {
        boolean plain = text.chars().allMatch(c -> c > ' ' && c < 127 && c != '&' && c != '=');
        return plain ? text : URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// Writes the body.
    void body(FlowWriter to) throws IOException {
        long wire = bodySize >= 0 && bodySize < 1e15 ? (long) bodySize : -1;
        if (text == null) {
            if (form != null) {
                to.body(side, form, 0, form.length);
                to.bodyEnd(side, BodyFacts.State.COMPLETE, wire, true);
            } else if (tooLong || size > 0 || side == Side.REQUEST && wire > 0) {
                to.bodyEnd(side, BodyFacts.State.MISSING, wire, true);
            } else if (wire >= 0) {
                to.bodyEnd(side, BodyFacts.State.NONE, wire, true);
            }
            return;
        }
        byte[] bytes;
        var state = text.isEmpty() && size <= 0 ? BodyFacts.State.NONE : BodyFacts.State.COMPLETE;
        if (base64) {
            try {
                bytes = decoded(text);
            } catch (IllegalArgumentException e) {
                reader.warn(STRINGS.get("har.base64", reader.entry()));
                bytes = WireText.encode(text);
                state = BodyFacts.State.PARTIAL;
                rest.field("_asItStands").writeBoolean(true);
            }
        } else {
            bytes = WireText.encode(text);
        }
        to.body(side, bytes, 0, bytes.length);
        to.bodyEnd(side, state, wire, true);
    }

    static byte[] decoded(String base64) {
        byte[] ascii = base64.getBytes(StandardCharsets.ISO_8859_1);
        try {
            return Base64.getDecoder().decode(ascii);
        } catch (IllegalArgumentException e) {
            String clean = base64.replaceAll("\\s", "").replace('-', '+').replace('_', '/');
            return Base64.getDecoder().decode(clean);
        }
    }

    void writeRest(FlowWriter to, String key) throws IOException {
        byte[] bytes = rest.end();
        if (bytes != null) to.extra(key, bytes);
    }
}
