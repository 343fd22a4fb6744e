package serpentarium.app.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigInteger;
import java.util.BitSet;
import java.util.List;
import serpentarium.profile.CountColumn;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Warning;
import serpentarium.profile.analysis.FunctionTable;
import serpentarium.profile.analysis.Origin;
import serpentarium.profile.analysis.Relations;
import serpentarium.profile.analysis.Summary;

/// The JSON document of `profile --json`.
///
/// @param summary what is written
/// @param top     how many functions are listed at the most
/// @param only    null, or the functions that are listed; these come with their callers and callees
record ProfileJson(Summary summary, int top, BitSet only) implements Json.Body {
    @Override public void write(JsonGenerator json) throws IOException {
        Profile profile = summary.slice().profile();
        ProfileInfo info = profile.info();
        FunctionTable table = summary.functions();
        json.writeStartObject();
        Json.text(json, "format", info.format());
        Json.text(json, "creator", info.creator());
        Json.text(json, "command", info.command());
        Json.text(json, "kind", profile instanceof Profile.Stacks ? "stacks" : "call-graph");
        json.writeArrayFieldStart("events");
        for (Event event : info.events()) {
            json.writeStartObject();
            Json.text(json, "name", event.name());
            Json.text(json, "title", event.title());
            Json.text(json, "unit", event.unit().id());
            Json.number(json, "total", event.total());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("threads");
        for (ThreadInfo thread : info.threads()) {
            json.writeStartObject();
            Json.text(json, "name", thread.name());
            Json.text(json, "process", thread.process());
            Json.number(json, "total", thread.total());
            json.writeEndObject();
        }
        json.writeEndArray();
        Json.text(json, "event", summary.slice().eventInfo().name());
        json.writeNumberField("functions", table.functions().length);
        Json.integer(json, "calls", sum(table.calls()));
        Json.integer(json, "primitive_calls", sum(table.primitiveCalls()));
        functions(json, "top", table.bySelf());
        functions(json, "top_total", table.byTotal());
        json.writeArrayFieldStart("warnings");
        for (Warning warning : info.warnings()) json.writeString(warning.line());
        json.writeEndArray();
        json.writeEndObject();
    }

    private static BigInteger sum(CountColumn column) {
        return column == null ? null : column.sum();
    }

    private void functions(JsonGenerator json, String name, int[] order) throws IOException {
        FunctionTable table = summary.functions();
        json.writeArrayFieldStart(name);
        int left = top;
        for (int function : order) {
            if (only != null && !only.get(function)) continue;
            if (left-- <= 0) break;
            json.writeStartObject();
            identity(json, function);
            Json.text(json, "module", Origin.module(summary.frames(), function));
            Json.integer(json, "calls", table.calls() == null ? null : table.calls().exact(function));
            Json.integer(json, "primitive_calls", table.primitiveCalls() == null ? null : table.primitiveCalls().exact(function));
            Json.number(json, "self", table.self(function));
            Json.number(json, "total", table.total(function));
            if (only != null) {
                Relations relations = summary.relations(function);
                relations(json, "callers", relations.callers());
                relations(json, "callees", relations.callees());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void identity(JsonGenerator json, int function) throws IOException {
        FrameTable frames = summary.frames();
        Json.text(json, "name", frames.name(function));
        Json.text(json, "file", frames.file(function));
        json.writeFieldName("line");
        if (frames.line(function) != FrameTable.NO_LINE) json.writeNumber(frames.line(function));
        else json.writeNull();
    }

    private void relations(JsonGenerator json, String name, List<Relations.Relation> relations) throws IOException {
        json.writeArrayFieldStart(name);
        for (Relations.Relation relation : relations) {
            json.writeStartObject();
            identity(json, relation.function());
            Json.integer(json, "calls", relation.calls());
            Json.number(json, "self", relation.self());
            Json.number(json, "total", relation.total());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
