package serpentarium.app.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.Profile;
import serpentarium.profile.analysis.Comparison;

/// What `profile diff` prints.
///
/// @param first      the file of A
/// @param second     the file of B
/// @param a          the first profile
/// @param b          the second profile
/// @param comparison the two
/// @param warnings   of both and of comparing them
record DiffOutput(Path first, Path second, Profile a, Profile b, Comparison comparison, List<String> warnings) {
    private static final Strings STRINGS = Strings.of(DiffOutput.class);

    /// The document of `--json`. Costs of A are in B's unit, normalised as it says.
    void json(JsonGenerator json) throws IOException {
        json.writeStartObject();
        side(json, "a", first, a, comparison.a());
        side(json, "b", second, b, comparison.b());
        Json.text(json, "normalised", comparison.norm().name().toLowerCase(Locale.ROOT));
        Json.text(json, "unit", comparison.b().event().unit().id());
        json.writeArrayFieldStart("events");
        json.writeStartObject();
        Json.text(json, "name", comparison.b().event().name());
        Json.text(json, "unit", comparison.b().event().unit().id());
        double before = comparison.a().total() * comparison.factor();
        Json.number(json, "a_total", before);
        Json.number(json, "b_total", comparison.b().total());
        Json.number(json, "delta", comparison.b().total() - before);
        json.writeEndObject();
        json.writeEndArray();
        json.writeArrayFieldStart("functions");
        int[] order = comparison.byChange();
        for (int row : order) {
            json.writeStartObject();
            identity(json, row);
            Json.number(json, "a_self", comparison.selfA(row));
            Json.number(json, "b_self", comparison.selfB(row));
            Json.number(json, "delta_self", comparison.deltaSelf(row));
            Json.number(json, "a_total", comparison.totalA(row));
            Json.number(json, "b_total", comparison.totalB(row));
            Json.number(json, "delta_total", comparison.deltaTotal(row));
            calls(json, "a_calls", comparison.callsA(row));
            calls(json, "b_calls", comparison.callsB(row));
            json.writeEndObject();
        }
        json.writeEndArray();
        only(json, "only_a", order, true);
        only(json, "only_b", order, false);
        json.writeArrayFieldStart("warnings");
        for (String warning : warnings) json.writeString(warning);
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void side(JsonGenerator json, String name, Path file, Profile profile, Comparison.Side side) throws IOException {
        Event event = side.event();
        json.writeObjectFieldStart(name);
        Json.text(json, "file", file.toString());
        Json.text(json, "format", profile.info().format());
        Json.text(json, "creator", profile.info().creator());
        Json.text(json, "event", event.name());
        Json.text(json, "unit", event.unit().id());
        Json.number(json, "total", side.total());
        json.writeNumberField("functions", side.table().functions().length);
        json.writeEndObject();
    }

    private void identity(JsonGenerator json, int row) throws IOException {
        Json.text(json, "name", comparison.name(row));
        Json.text(json, "file", comparison.file(row));
        json.writeFieldName("line");
        if (comparison.line(row) == FrameTable.NO_LINE) json.writeNull();
        else json.writeNumber(comparison.line(row));
    }

    private static void calls(JsonGenerator json, String name, OptionalDouble calls) throws IOException {
        if (calls.isEmpty()) json.writeNullField(name);
        else Json.number(json, name, calls.getAsDouble());
    }

    private void only(JsonGenerator json, String name, int[] order, boolean inA) throws IOException {
        json.writeArrayFieldStart(name);
        for (int row : order) {
            if ((inA ? comparison.functionB(row) : comparison.functionA(row)) >= 0) continue;
            json.writeStartObject();
            identity(json, row);
            Json.number(json, "self", inA ? comparison.selfA(row) : comparison.selfB(row));
            Json.number(json, "total", inA ? comparison.totalA(row) : comparison.totalB(row));
            calls(json, "calls", inA ? comparison.callsA(row) : comparison.callsB(row));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /// For a person: the functions that changed most.
    void text(PrintWriter out, int top) {
        Event event = comparison.b().event();
        double before = comparison.a().total() * comparison.factor();
        out.println("A  " + first + "  " + a.info().format() + "  " + comparison.a().event().format(comparison.a().total()));
        out.println("B  " + second + "  " + b.info().format() + "  " + event.format(comparison.b().total()));
        out.println(STRINGS.get("diff.total", change(event, comparison.b().total() - before), before > 0 ? share((comparison.b().total() - before) / before) : "–"));
        if (comparison.norm() != Comparison.Norm.NONE) out.println(STRINGS.get("diff.norm." + comparison.norm().name().toLowerCase(Locale.ROOT)));
        out.println();
        var rows = new ArrayList<List<String>>();
        rows.add(List.of(STRINGS.get("diff.delta-self"), STRINGS.get("diff.a-self"), STRINGS.get("diff.b-self"), STRINGS.get("diff.delta-total"),
                STRINGS.get("diff.calls"), STRINGS.get("text.function")));
        int left = top;
        for (int row : comparison.byChange()) {
            if (left-- <= 0) break;
            rows.add(List.of(change(event, comparison.deltaSelf(row)), event.unit().format(comparison.selfA(row)), event.unit().format(comparison.selfB(row)),
                    change(event, comparison.deltaTotal(row)), count(comparison.callsA(row)) + " → " + count(comparison.callsB(row)), name(row)));
        }
        Columns.print(out, rows);
        if (!warnings.isEmpty()) out.println();
        warnings.forEach(warning -> out.println(STRINGS.get("text.warning", warning)));
        out.flush();
    }

    private String name(int row) {
        String mark = comparison.functionA(row) < 0 ? STRINGS.get("diff.only-b") : comparison.functionB(row) < 0 ? STRINGS.get("diff.only-a") : "";
        String file = comparison.file(row);
        return mark + (file == null ? comparison.name(row) : STRINGS.get("text.at", comparison.name(row), file));
    }

    private static String count(OptionalDouble calls) {
        return calls.isEmpty() ? "–" : Quantity.count(calls.getAsDouble());
    }

    private static String share(double share) {
        return (share > 0 ? "+" : "") + Quantity.share(share);
    }

    private static String change(Event event, double delta) {
        return (delta > 0 ? "+" : "") + event.unit().format(delta);
    }
}
