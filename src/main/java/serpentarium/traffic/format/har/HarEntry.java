package serpentarium.traffic.format.har;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import serpentarium.base.Place;
import serpentarium.base.Strings;
import serpentarium.traffic.ConnectionFacts;
import serpentarium.traffic.Endpoint;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSink;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;
import serpentarium.traffic.Timing;
import serpentarium.traffic.WireText;

/// One entry of a HAR: its fields may come in any order, so it is collected first.
final class HarEntry {
    private static final Strings STRINGS = Strings.of(HarEntry.class);
    private static final int TEXT = 1;

    private final HarReader reader;
    private final HarRest rest = new HarRest();
    private HarMessage request;
    private HarMessage response;
    private double started = Double.NaN;
    private String startedText = "";
    private double time = Double.NaN;
    private final double[] timings = {Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN};
    private String server;
    private double serverPort = Double.NaN;
    private String client;
    private double clientPort = Double.NaN;
    private String connection;
    private String comment = "";
    private String mark = "";
    private String error;
    private boolean websocket;
    private final List<Sent> messages = new ArrayList<>();

    private record Sent(Side from, double time, int opcode, byte[] content) {}

    private enum Phase { BLOCKED, DNS, CONNECT, SEND, WAIT, RECEIVE, SSL }

    HarEntry(HarReader reader) {
        this.reader = reader;
    }

    void read(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken token = parser.nextToken();
            boolean object = token == JsonToken.START_OBJECT;
            switch (field) {
                case "startedDateTime" -> startedAt(parser);
                case "time" -> time = rest.number(field, parser);
                case "request" -> {
                    if (object) (request = new HarMessage(reader, Side.REQUEST)).read(parser);
                    else parser.skipChildren();
                }
                case "response" -> {
                    if (object) (response = new HarMessage(reader, Side.RESPONSE)).read(parser);
                    else parser.skipChildren();
                }
                case "timings" -> {
                    if (object) timings(parser);
                    else rest.copy(field, parser);
                }
                case "serverIPAddress" -> server = rest.text(field, parser);
                case "_serverPort" -> serverPort = rest.number(field, parser);
                case "_clientAddress" -> client = rest.text(field, parser);
                case "_clientPort" -> clientPort = rest.number(field, parser);
                case "connection" -> {
                    connection = token.isScalarValue() && token != JsonToken.VALUE_NULL ? parser.getText() : null;
                    rest.copy(field, parser);
                }
                case "comment" -> comment = text(field, parser);
                case "_mark" -> mark = text(field, parser);
                case "_error" -> error = rest.text(field, parser);
                case "_resourceType" -> websocket |= "websocket".equals(rest.text(field, parser));
                case "_webSocketMessages" -> {
                    if (token == JsonToken.START_ARRAY) messages(parser);
                    else rest.copy(field, parser);
                }
                default -> rest.copy(field, parser);
            }
        }
    }

    private String text(String field, JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) return parser.getText();
        rest.copy(field, parser);
        return "";
    }

    private void startedAt(JsonParser parser) throws IOException {
        startedText = text("startedDateTime", parser);
        started = HarTime.seconds(startedText);
    }

    private void timings(JsonParser parser) throws IOException {
        JsonGenerator json = rest.field("timings");
        json.writeStartObject();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            json.writeFieldName(field);
            for (Phase phase : Phase.values())
                if (phase.name().equalsIgnoreCase(field)) timings[phase.ordinal()] = HarRest.numberOf(parser) / 1000;
            json.copyCurrentStructure(parser);
        }
        json.writeEndObject();
    }

    private void messages(JsonParser parser) throws IOException {
        websocket = true;
        for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY && item != null; item = parser.nextToken()) {
            if (item != JsonToken.START_OBJECT) {
                parser.skipChildren();
                continue;
            }
            Side from = Side.REQUEST;
            double at = Double.NaN;
            int opcode = TEXT;
            String data = "";
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken token = parser.nextToken();
                switch (field) {
                    case "type" -> from = token == JsonToken.VALUE_STRING && parser.getText().equals("receive") ? Side.RESPONSE : Side.REQUEST;
                    case "time" -> at = HarRest.numberOf(parser);
                    case "opcode" -> opcode = (int) Math.clamp(HarRest.numberOf(parser), 0, 15);
                    case "data" -> data = token == JsonToken.VALUE_STRING ? reader.body("_webSocketMessages") : "";
                    default -> { }
                }
                parser.skipChildren();
            }
            messages.add(new Sent(from, at, opcode, content(opcode, data == null ? "" : data)));
        }
    }

    private byte[] content(int opcode, String data) {
        if (opcode != TEXT) {
            try {
                return HarMessage.decoded(data);
            } catch (IllegalArgumentException e) {
                // Some write other frames as text.
                return WireText.encode(data);
            }
        }
        return WireText.encode(data);
    }

    /// Writes the flow; null where there is nothing to write.
    FlowWriter write(FlowSink sink, Place place) throws IOException {
        if (request == null && response == null) {
            reader.warn(place, STRINGS.get("har.empty-entry", reader.entry()));
            return null;
        }
        if (Double.isNaN(started)) reader.warn(place, STRINGS.get("har.no-time", reader.entry()));
        if (response == null) reader.warn(place, STRINGS.get("har.no-response", reader.entry()));
        FlowWriter to = sink.begin(null, websocket ? FlowKind.WEBSOCKET : FlowKind.HTTP, FlowSource.FILE, Double.isNaN(started) ? 0 : started);
        to.timing(timing());
        RequestHead head = null;
        if (request != null) {
            head = HarUrl.head(request.method, request.url, request.httpVersion, request.headers);
            to.request(head);
            if (!head.url().equals(request.url)) to.extra(HarExtras.URL, WireText.encode(request.url));
            request.body(to);
            if (!request.trailers.fields().isEmpty()) to.trailers(Side.REQUEST, request.trailers);
            request.writeRest(to, HarExtras.REQUEST);
        }
        to.connection(connection(head));
        if (response != null) response(to);
        String failed = response != null && response.error != null ? response.error : error;
        boolean none = response != null && response.status == 0;
        if (failed != null && !failed.isEmpty()) to.error(failed);
        else if (none) to.error(STRINGS.get("har.failed"));
        for (Sent sent : messages) to.message(sent.from(), sent.time(), sent.opcode(), sent.content(), false, false);
        if (!mark.isEmpty() || !comment.isEmpty()) to.notes(mark, comment);
        if (!startedText.isEmpty() && !startedText.equals(HarTime.text(started))) rest.field("startedDateTime").writeString(startedText);
        byte[] kept = rest.end();
        if (kept != null) to.extra(HarExtras.ENTRY, kept);
        return to;
    }

    private void response(FlowWriter to) throws IOException {
        boolean came = response.status != 0 || !response.headers.fields().isEmpty();
        if (came) {
            to.response(new ResponseHead(response.status, response.statusText, response.httpVersion, response.headers));
            response.body(to);
            if (!response.trailers.fields().isEmpty()) to.trailers(Side.RESPONSE, response.trailers);
        } else if (!response.statusText.isEmpty()) {
            response.rest.field("statusText").writeString(response.statusText);
        }
        response.writeRest(to, HarExtras.RESPONSE);
    }

    private ConnectionFacts connection(RequestHead head) {
        String host = server == null || server.isEmpty() ? null : server.startsWith("[") && server.endsWith("]") ? server.substring(1, server.length() - 1) : server;
        int port = serverPort > 0 && serverPort < 65536 ? (int) serverPort : head == null ? 0 : head.port();
        Endpoint end = host == null ? null : new Endpoint(host, port);
        Endpoint from = client == null || client.isEmpty() ? null : new Endpoint(client, clientPort > 0 && clientPort < 65536 ? (int) clientPort : 0);
        return new ConnectionFacts(connection == null || connection.isEmpty() ? null : connection, from, end, null, null);
    }

    /// The phases one after another from the beginning on; what is -1 is not known. The time of the whole is the entry's own.
    private Timing timing() {
        double no = Double.NaN;
        double begin = Double.isNaN(started) ? 0 : started;
        double end = time >= 0 && time < 1e12 ? begin + time / 1000 : no;
        double at = begin + known(Phase.BLOCKED);
        boolean named = has(Phase.DNS);
        double dnsStart = named ? at : no;
        at += known(Phase.DNS);
        double dnsEnd = named ? at : no;
        boolean connected = has(Phase.CONNECT);
        boolean encrypted = connected && has(Phase.SSL) && timings[Phase.SSL.ordinal()] > 0;
        double connectStart = connected ? at : no;
        at += known(Phase.CONNECT);
        double connectEnd = connected ? at - (encrypted ? Math.min(known(Phase.SSL), known(Phase.CONNECT)) : 0) : no;
        double requestStart = at;
        at += known(Phase.SEND);
        double requestEnd = has(Phase.SEND) ? at : no;
        at += known(Phase.WAIT);
        double responseStart = has(Phase.WAIT) && response != null && response.status != 0 ? at : no;
        at += known(Phase.RECEIVE);
        if (Double.isNaN(end)) end = has(Phase.RECEIVE) || has(Phase.WAIT) ? at : no;
        return new Timing(begin, dnsStart, dnsEnd, connectStart, connectEnd, encrypted ? requestStart : no, requestStart, requestEnd,
                responseStart > end ? end : responseStart, end);
    }

    private boolean has(Phase phase) {
        double value = timings[phase.ordinal()];
        return value >= 0 && value < 1e9;
    }

    private double known(Phase phase) {
        return has(phase) ? timings[phase.ordinal()] : 0;
    }
}
