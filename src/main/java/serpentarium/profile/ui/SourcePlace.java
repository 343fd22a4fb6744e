package serpentarium.profile.ui;

import java.util.List;
import java.util.regex.Pattern;
import serpentarium.profile.LineCosts;
import serpentarium.profile.ThreadLines;
import serpentarium.profile.analysis.Analysis;

/// Finds where a function stands in its source, where the profile does not say: samplers often write only the lines that were executing.
final class SourcePlace {
    private SourcePlace() {}

    /// The line to show for a function, from 1: that of its definition when the profile knows it; else that of the `def` of its name which the first line that cost something
    /// lies under; else the dearest line; -1 when nothing tells.
    ///
    /// @param source the lines of its file
    static int line(Analysis analysis, int function, List<String> source) {
        int known = analysis.frames().line(function);
        if (known > 0) return known;
        int event = analysis.slice().event();
        int first = Integer.MAX_VALUE;
        int dearest = -1;
        double most = 0;
        for (ThreadLines part : analysis.slice().profile().sourceLines().parts()) {
            LineCosts lines = part.total().isEmpty() ? part.self() : part.total();
            for (int row = lines.begin(function); row < lines.end(function); row++) {
                if (lines.file(row) != null || lines.line(row) <= 0) continue;
                first = Math.min(first, lines.line(row));
                if (lines.cost(event, row) > most) {
                    most = lines.cost(event, row);
                    dearest = lines.line(row);
                }
            }
        }
        String name = analysis.frames().name(function);
        String plain = name.substring(name.lastIndexOf('.') + 1);
        var head = Pattern.compile("\\s*(?:async\\s+)?(?:def|class)\\s+" + Pattern.quote(plain) + "\\b.*");
        if (first != Integer.MAX_VALUE)
            for (int line = Math.min(first, source.size()); line > 0; line--) if (head.matcher(source.get(line - 1)).matches()) return line;
        if (dearest > 0) return dearest;
        for (int line = 1; line <= source.size(); line++) if (head.matcher(source.get(line - 1)).matches()) return line;
        return -1;
    }
}
