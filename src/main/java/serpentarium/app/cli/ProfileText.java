package serpentarium.app.cli;

import java.io.PrintWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.profile.FrameTable;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.Unit;
import serpentarium.profile.Warning;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.FunctionTable;
import serpentarium.profile.analysis.Relations;

/// What `profile` prints for a person.
///
/// @param analysis what is written
/// @param top      how many functions are listed at the most
/// @param only     null, or the functions that are listed; these come with their callers and callees
record ProfileText(Analysis analysis, int top, BitSet only) {
    private static final Strings STRINGS = Strings.of(ProfileText.class);
    private static final int MAX_WARNINGS = 10;

    void write(PrintWriter out) {
        Profile profile = analysis.slice().profile();
        ProfileInfo info = profile.info();
        String creator = info.creator() == null ? "" : " · " + info.creator();
        String command = info.command() == null ? "" : " · " + info.command();
        out.println(info.format() + creator + command);
        info.events().forEach(event -> out.println(STRINGS.get("text.event", event.title(), event.unit().format(event.total()))));
        if (info.threads().size() > 1)
            info.threads().forEach(thread -> out.println(STRINGS.get("text.thread", thread.name(), unit().format(thread.total()))));
        FunctionTable table = analysis.functions();
        out.println(table.calls() == null ? STRINGS.get("text.functions", Quantity.count(table.functions().length))
                : STRINGS.get("text.functions-calls", Quantity.count(table.functions().length), calls(table.calls().sum())));
        if (profile instanceof Profile.Graph) out.println(STRINGS.get("text.graph"));
        if (only != null) {
            int left = top;
            for (int function : table.byTotal()) if (only.get(function) && left-- > 0) detail(out, function);
        } else {
            out.println();
            functions(out, STRINGS.get("text.by-self"), table.bySelf());
            out.println();
            functions(out, STRINGS.get("text.by-total"), table.byTotal());
        }
        warnings(out, info.warnings());
        out.flush();
    }

    private Unit unit() {
        return analysis.slice().eventInfo().unit();
    }

    private void functions(PrintWriter out, String title, int[] order) {
        out.println(title);
        var rows = new ArrayList<List<String>>();
        rows.add(List.of(STRINGS.get("text.self"), "%", STRINGS.get("text.total"), "%", STRINGS.get("text.calls"), STRINGS.get("text.function")));
        FunctionTable table = analysis.functions();
        for (int i = 0; i < Math.min(top, order.length); i++) {
            int f = order[i];
            rows.add(List.of(unit().format(table.self(f)), share(table.self(f)), unit().format(table.total(f)), share(table.total(f)),
                    table.calls() == null ? "" : calls(table, f), name(f)));
        }
        Columns.print(out, rows);
    }

    private void detail(PrintWriter out, int function) {
        FunctionTable table = analysis.functions();
        out.println();
        out.println(name(function));
        out.println(STRINGS.get("text.detail", unit().format(table.self(function)), unit().format(table.total(function)),
                table.calls() == null ? "–" : calls(table, function)));
        Relations relations = analysis.relations(function);
        relations(out, STRINGS.get("text.callers"), relations.callers());
        relations(out, STRINGS.get("text.callees"), relations.callees());
    }

    private void relations(PrintWriter out, String title, List<Relations.Relation> relations) {
        out.println(title);
        var rows = new ArrayList<List<String>>();
        for (Relations.Relation r : relations)
            rows.add(List.of(Double.isNaN(r.total()) ? "–" : unit().format(r.total()), r.calls() == null ? "" : calls(r.calls()), name(r.function())));
        Columns.print(out, rows);
    }

    private static void warnings(PrintWriter out, List<Warning> warnings) {
        if (warnings.isEmpty()) return;
        out.println();
        warnings.stream().limit(MAX_WARNINGS).forEach(warning -> out.println(STRINGS.get("text.warning", warning.line())));
        if (warnings.size() > MAX_WARNINGS) out.println(STRINGS.get("text.more-warnings", warnings.size() - MAX_WARNINGS));
    }

    private String share(double cost) {
        return Quantity.share(cost / analysis.tree().total(0));
    }

    private static String calls(FunctionTable table, int function) {
        BigInteger all = table.calls().exact(function);
        BigInteger primitive = table.primitiveCalls() == null ? all : table.primitiveCalls().exact(function);
        return all.equals(primitive) ? calls(all) : calls(all) + "/" + calls(primitive);
    }

    private static String calls(BigInteger calls) {
        return String.format(java.util.Locale.ROOT, "%,d", calls);
    }

    private String name(int function) {
        FrameTable frames = analysis.frames();
        if (frames.file(function) == null) return frames.module(function) == null ? frames.name(function) : frames.module(function) + ":" + frames.name(function);
        return frames.line(function) > 0 ? STRINGS.get("text.at-line", frames.name(function), frames.file(function), String.valueOf(frames.line(function)))
                : STRINGS.get("text.at", frames.name(function), frames.file(function));
    }
}
