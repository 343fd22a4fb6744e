package serpentarium.app.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.python.Because;
import serpentarium.python.Installed;
import serpentarium.python.Launch;
import serpentarium.python.Resolution;
import serpentarium.python.Rule;
import serpentarium.python.Trouble;
import serpentarium.python.engine.Explanation;
import serpentarium.python.engine.inventory.Release;

/// `versions` for a person: what applies, the chain of reasons, what would be started, and the list.
record VersionsText(VersionsDocument document, Console console) {
    private static final Strings STRINGS = Strings.of(VersionsText.class);

    void print() {
        PrintWriter out = console.out();
        Resolution applies = document.applies();
        out.println(STRINGS.get("versions.applies", applies.dir(), Explanation.answer(applies)));
        var chain = new ArrayList<List<String>>();
        for (Rule rule : applies.chain()) {
            if (rule.because() == Because.DEFAULT && applies.winner() != rule) continue;
            String place = rule.file().map(Path::toString).orElse(Explanation.title(rule));
            chain.add(List.of(place, Explanation.rule(rule)));
        }
        left(out, chain);
        out.println();
        for (Map.Entry<String, Launch> each : applies.launches().entrySet()) out.println(Explanation.launch(each.getKey(), each.getValue()));
        out.println();
        out.println(STRINGS.get("versions.installed", document.root()));
        var rows = new ArrayList<List<String>>();
        for (Installed installed : document.installed()) {
            String mark = applies.names().contains(installed.name()) ? "*" : " ";
            rows.add(List.of(mark, installed.name(), installed.implementation() + " " + installed.version(), installed.origin().id(), life(installed), installed.prefix().toString()));
        }
        left(out, rows);
        if (rows.isEmpty()) out.println(STRINGS.get("versions.none"));
        out.flush();
        for (Trouble trouble : applies.allTroubles()) {
            String kind = trouble.kind().weight() == Trouble.Weight.NOTE ? "text.note" : "text.warning";
            console.err().println(STRINGS.get(kind, Explanation.sentence(trouble) + Explanation.remedy(trouble).map(text -> " " + text).orElse("")));
            Explanation.command(trouble).ifPresent(line -> console.err().println("  " + line));
        }
        for (Problem each : document.problems()) console.err().println(STRINGS.get("text.warning", each.line()));
        console.err().flush();
    }

    private String life(Installed installed) {
        return document.release(installed).map(each -> STRINGS.get(each.on(document.today()) == Release.Support.ENDED ? "versions.ended" : "versions.until",
                each.endOfLife())).orElse("");
    }

    /// Columns flush left.
    private static void left(PrintWriter out, List<List<String>> rows) {
        if (rows.isEmpty()) return;
        int[] width = new int[rows.getFirst().size()];
        for (List<String> row : rows) for (int c = 0; c < width.length; c++) width[c] = Math.max(width[c], row.get(c).length());
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int c = 0; c < width.length; c++) line.append("  ").append(row.get(c)).append(" ".repeat(width[c] - row.get(c).length()));
            out.println(line.toString().stripTrailing());
        }
    }
}
