package serpentarium.traffic.format.har;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import serpentarium.base.Strings;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.Endpoint;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.Headers;
import serpentarium.traffic.Message;
import serpentarium.traffic.RecordedFlows;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;
import serpentarium.traffic.Timing;
import serpentarium.traffic.WireText;

/// Writes one flow as an entry.
///
/// @param session where it is
/// @param row     its row
/// @param flow    the flow
/// @param to      where to
record HarEntryWriter(RecordedFlows session, int row, Flow flow, JsonGenerator to) {
    private static final Strings STRINGS = Strings.of(HarEntryWriter.class);
    private static final int BATCH = 256;
    private static final int TEXT = 1;
    private static final RequestHead UNSEEN = new RequestHead("", "", "", 0, "", "", "", Headers.NONE);
    private static final ResponseHead NONE = new ResponseHead(0, "", "", Headers.NONE);

    private HarFields kept(String key) throws IOException {
        return new HarFields(flow.extras().get(key));
    }

    void write() throws IOException {
        HarFields rest = kept(HarExtras.ENTRY);
        Timing timing = flow.timing();
        to.writeStartObject();
        rest.put(to, "pageref");
        rest.putOr(to, "startedDateTime", HarTime.text(timing.started()));
        if (!rest.put(to, "time")) to.writeNumberField("time", total(timing));
        request(kept(HarExtras.REQUEST));
        response(kept(HarExtras.RESPONSE));
        if (!rest.put(to, "cache")) {
            to.writeObjectFieldStart("cache");
            to.writeEndObject();
        }
        if (!rest.put(to, "timings")) timings(timing);
        Endpoint server = flow.connection().server();
        if (server != null) {
            rest.putOr(to, "serverIPAddress", server.host());
            if (flow.request() != null && server.port() != flow.request().port()) rest.putOr(to, "_serverPort", server.port());
        }
        Endpoint client = flow.connection().client();
        if (client != null) {
            rest.putOr(to, "_clientAddress", client.host());
            rest.putOr(to, "_clientPort", client.port());
        }
        if (flow.connection().id() != null) rest.putOr(to, "connection", flow.connection().id());
        if (!flow.comment().isEmpty()) to.writeStringField("comment", flow.comment());
        if (!flow.mark().isEmpty()) to.writeStringField("_mark", flow.mark());
        if (flow.kind() == FlowKind.WEBSOCKET) {
            rest.putOr(to, "_resourceType", "websocket");
            messages();
        }
        if (!flow.comment().isEmpty()) rest.drop("comment");
        if (!flow.mark().isEmpty()) rest.drop("_mark");
        rest.drop("_webSocketMessages");
        rest.putRest(to);
        to.writeEndObject();
    }

    private static double millis(double seconds) {
        return Math.round(seconds * 1e6) / 1e3;
    }

    private static double between(double from, double until) {
        double span = millis(until - from);
        return span >= 0 ? span : -1;
    }

    private static double total(Timing timing) {
        double all = between(timing.started(), timing.responseEnd());
        return all >= 0 ? all : 0;
    }

    /// `ssl` is a part of `connect`, as the standard has it.
    private void timings(Timing t) throws IOException {
        double connected = Double.isNaN(t.tlsEnd()) ? t.connectEnd() : t.tlsEnd();
        double connect = between(t.connectStart(), connected);
        to.writeObjectFieldStart("timings");
        to.writeNumberField("blocked", -1);
        to.writeNumberField("dns", between(t.dnsStart(), t.dnsEnd()));
        to.writeNumberField("connect", connect);
        to.writeNumberField("ssl", connect < 0 ? -1 : between(t.connectEnd(), t.tlsEnd()));
        to.writeNumberField("send", Math.max(0, between(t.requestStart(), t.requestEnd())));
        double asked = Double.isNaN(t.requestEnd()) ? t.started() : t.requestEnd();
        to.writeNumberField("wait", Math.max(0, between(asked, t.responseStart())));
        to.writeNumberField("receive", Math.max(0, between(t.responseStart(), t.responseEnd())));
        to.writeEndObject();
    }

    private void request(HarFields rest) throws IOException {
        RequestHead head = flow.request() == null ? UNSEEN : flow.request();
        byte[] written = flow.extras().get(HarExtras.URL);
        String url = written == null ? head.url() : WireText.decode(written);
        to.writeObjectFieldStart("request");
        to.writeStringField("method", head.method());
        to.writeStringField("url", url);
        rest.putOr(to, "httpVersion", head.httpVersion());
        if (!rest.put(to, "cookies")) HarCookies.request(to, head.headers());
        headers(rest, head.headers());
        if (!rest.put(to, "queryString")) query(url);
        BodyFacts body = flow.requestBody();
        if (body.stored() > 0 || rest.has("postData")) postData(rest.inner("postData"), head.headers(), rest.take("_paramsOnly") != null);
        rest.putOr(to, "headersSize", -1);
        rest.putOr(to, "bodySize", body.state() == BodyFacts.State.MISSING && body.wireSize() == 0 ? -1 : body.wireSize());
        trailers(rest, flow.requestTrailers());
        rest.putRest(to);
        to.writeEndObject();
    }

    private void headers(HarFields rest, Headers headers) throws IOException {
        if (rest.put(to, "headers")) return;
        to.writeFieldName("headers");
        list(headers);
    }

    private void trailers(HarFields rest, Headers trailers) throws IOException {
        if (trailers.fields().isEmpty() || rest.put(to, "_trailers")) return;
        to.writeFieldName("_trailers");
        list(trailers);
    }

    private void list(Headers headers) throws IOException {
        to.writeStartArray();
        for (Headers.Field field : headers.fields()) pair(to, field.name(), field.value());
        to.writeEndArray();
    }

    static void pair(JsonGenerator to, String name, String value) throws IOException {
        to.writeStartObject();
        to.writeStringField("name", name);
        to.writeStringField("value", value);
        to.writeEndObject();
    }

    private void query(String url) throws IOException {
        to.writeArrayFieldStart("queryString");
        int start = url.indexOf('?');
        int end = url.indexOf('#');
        if (start >= 0 && (end < 0 || start < end)) parameters(url.substring(start + 1, end < 0 ? url.length() : end));
        to.writeEndArray();
    }

    private void parameters(String text) throws IOException {
        if (text.isEmpty()) return;
        for (String part : text.split("&", -1)) {
            int equals = part.indexOf('=');
            pair(to, decoded(equals < 0 ? part : part.substring(0, equals)), equals < 0 ? "" : decoded(part.substring(equals + 1)));
        }
    }

    private static String decoded(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) return text;
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private void postData(HarFields rest, Headers headers, boolean paramsOnly) throws IOException {
        HarBody body = HarBody.of(session, row, flow, Side.REQUEST);
        to.writeObjectFieldStart("postData");
        rest.putOr(to, "mimeType", headers.first("content-type").orElse(""));
        boolean written = rest.has("size") || rest.has("params") || !flow.extras().isEmpty() && flow.extras().containsKey(HarExtras.REQUEST);
        if (!rest.put(to, "params")) {
            to.writeArrayFieldStart("params");
            to.writeEndArray();
        }
        // A form that was said by its parameters only goes back so.
        if (body.size() > 0 && !paramsOnly) text(rest, body, written, false);
        rest.putRest(to);
        to.writeEndObject();
    }

    /// @param written      whether a HAR said it: then it was a text there unless that says otherwise
    /// @param asItStands whether the file said it was base64 and it was not
    private void text(HarFields rest, HarBody body, boolean written, boolean asItStands) throws IOException {
        boolean said = rest.text("encoding").map(encoding -> encoding.equalsIgnoreCase("base64")).orElse(false);
        rest.drop("text");
        to.writeFieldName("text");
        if (asItStands || !said && (body.text() || written)) {
            body.writeText(to);
            return;
        }
        body.writeBase64(to);
        rest.putOr(to, "encoding", "base64");
    }

    private void response(HarFields rest) throws IOException {
        ResponseHead head = flow.response() == null ? NONE : flow.response();
        BodyFacts facts = flow.responseBody();
        to.writeObjectFieldStart("response");
        to.writeNumberField("status", head.status());
        rest.putOr(to, "statusText", head.reason());
        rest.putOr(to, "httpVersion", head.httpVersion());
        if (!rest.put(to, "cookies")) HarCookies.response(to, head.headers());
        headers(rest, head.headers());
        content(rest.inner("content"), head.headers(), facts, rest.take("_asItStands") != null);
        rest.putOr(to, "redirectURL", head.headers().first("location").orElse(""));
        rest.putOr(to, "headersSize", -1);
        boolean unknown = flow.response() == null || facts.state() == BodyFacts.State.MISSING && facts.wireSize() <= 0;
        rest.putOr(to, "bodySize", unknown ? -1 : facts.wireSize());
        trailers(rest, flow.responseTrailers());
        if (flow.error() != null && !flow.error().equals(STRINGS.get("har.failed"))) rest.putOr(to, "_error", flow.error());
        rest.putRest(to);
        to.writeEndObject();
    }

    private void content(HarFields rest, Headers headers, BodyFacts facts, boolean asItStands) throws IOException {
        HarBody body = HarBody.of(session, row, flow, Side.RESPONSE);
        boolean written = rest.has("size") && facts.decoded();
        to.writeObjectFieldStart("content");
        rest.putOr(to, "size", body.size());
        if (!rest.put(to, "compression") && body.plain() && !facts.decoded() && !body.codings().isEmpty())
            to.writeNumberField("compression", body.size() - facts.wireSize());
        String mime = headers.first("content-type").orElse("x-unknown");
        if (!rest.has("mimeType")) to.writeStringField("mimeType", mime);
        if (body.size() > 0) text(rest, body, written, asItStands);
        rest.putRest(to);
        to.writeEndObject();
    }

    private void messages() throws IOException {
        to.writeArrayFieldStart("_webSocketMessages");
        for (int from = 0; from < flow.messages(); from += BATCH) {
            int number = from;
            for (Message message : session.messages(row, from, from + BATCH)) message(message, session.content(row, number++, Integer.MAX_VALUE));
        }
        to.writeEndArray();
    }

    private void message(Message message, byte[] content) throws IOException {
        to.writeStartObject();
        to.writeStringField("type", message.from() == Side.REQUEST ? "send" : "receive");
        if (!Double.isNaN(message.time())) to.writeNumberField("time", message.time());
        to.writeNumberField("opcode", message.opcode());
        to.writeStringField("data", message.opcode() == TEXT ? WireText.decode(content) : Base64.getEncoder().encodeToString(content));
        for (Map.Entry<String, Boolean> flag : Map.of("_dropped", message.dropped(), "_injected", message.injected()).entrySet())
            if (flag.getValue()) to.writeBooleanField(flag.getKey(), true);
        to.writeEndObject();
    }
}
