package serpentarium.app.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.HexFormat;
import java.util.function.IntPredicate;
import serpentarium.task.TaskContext;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.Endpoint;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.Headers;
import serpentarium.traffic.Side;
import serpentarium.traffic.TlsFacts;
import serpentarium.traffic.WireText;
import serpentarium.traffic.engine.BodyDigest;
import serpentarium.traffic.engine.OpenTraffic;
import serpentarium.traffic.format.har.HarExtras;

/// The JSON document of `traffic --json`.
///
/// @param traffic what is written
/// @param wanted  which rows
/// @param context is asked at each flow whether to go on
record TrafficJson(OpenTraffic traffic, IntPredicate wanted, TaskContext context) implements Json.Body {
    @Override public void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        Json.text(json, "format", traffic.format());
        json.writeArrayFieldStart("flows");
        FlowTable table = traffic.session().table();
        for (int row = 0; row < table.size(); row++) {
            context.checkpoint();
            if (wanted.test(row)) flow(json, row, traffic.session().flow(row));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("warnings");
        for (String warning : traffic.session().warnings()) json.writeString(warning);
        json.writeEndArray();
        json.writeEndObject();
    }

    /// One flow.
    void flow(JsonGenerator json, int row, Flow flow) throws IOException {
        json.writeStartObject();
        Json.text(json, "id", flow.id());
        Json.text(json, "kind", flow.kind().id());
        boolean head = flow.request() != null;
        Json.text(json, "method", head ? flow.request().method() : null);
        Json.text(json, "url", head ? url(flow) : null);
        Json.text(json, "http_version", head ? version(flow.request().httpVersion()) : flow.response() != null ? version(flow.response().httpVersion()) : null);
        json.writeFieldName("status");
        if (flow.status().isPresent()) json.writeNumber(flow.status().get());
        else json.writeNull();
        Json.text(json, "error", flow.error());
        Json.number(json, "started", flow.timing().started());
        Json.number(json, "duration", flow.timing().duration());
        side(json, "request", row, flow, Side.REQUEST, head);
        side(json, "response", row, flow, Side.RESPONSE, flow.response() != null);
        if (flow.kind() != FlowKind.HTTP) json.writeNumberField("messages", flow.messages());
        Json.text(json, "client", endpoint(flow.connection().client()));
        Json.text(json, "server", endpoint(flow.connection().server()));
        tls(json, flow.connection().tls());
        Json.text(json, "mark", flow.mark().isEmpty() ? null : flow.mark());
        Json.text(json, "comment", flow.comment().isEmpty() ? null : flow.comment());
        json.writeEndObject();
    }

    /// As the file wrote it, where it differs from what its parts say.
    private static String url(Flow flow) {
        byte[] written = flow.extras().get(HarExtras.URL);
        return written == null ? flow.request().url() : WireText.decode(written);
    }

    private static String version(String version) {
        return version.isEmpty() ? null : version;
    }

    private static String endpoint(Endpoint end) {
        return end == null ? null : end.toString();
    }

    private void side(JsonGenerator json, String name, int row, Flow flow, Side side, boolean present) throws IOException {
        json.writeFieldName(name);
        if (!present) {
            json.writeNull();
            return;
        }
        BodyFacts body = flow.body(side);
        BodyDigest digest = BodyDigest.of(traffic.session(), row, flow, side);
        json.writeStartObject();
        json.writeArrayFieldStart("headers");
        for (Headers.Field field : flow.headers(side).fields()) {
            json.writeStartArray();
            json.writeString(field.name());
            json.writeString(field.value());
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeFieldName("wire_size");
        if (body.wireSize() < 0) json.writeNull();
        else json.writeNumber(body.wireSize());
        json.writeNumberField("size", digest.size());
        Json.text(json, "sha256", HexFormat.of().formatHex(digest.sha256()));
        json.writeEndObject();
    }

    private static void tls(JsonGenerator json, TlsFacts tls) throws IOException {
        json.writeFieldName("tls");
        if (tls == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        Json.text(json, "version", tls.version());
        Json.text(json, "cipher", tls.cipher());
        Json.text(json, "sni", tls.sni());
        json.writeEndObject();
    }
}
