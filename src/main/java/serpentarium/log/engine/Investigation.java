package serpentarium.log.engine;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import serpentarium.base.Strings;
import serpentarium.log.LogRecord;
import serpentarium.log.RecordView;

/// What was found out about a log, as Markdown for a ticket or a chat: the marked records with notes and tags, in their order, and the failures.
///
/// @param log      the log's name
/// @param filter   what was shown; empty for everything
/// @param findings the marked records
/// @param failures how often what failed, the most frequent first
public record Investigation(String log, String filter, List<Finding> findings, List<FailureGroup> failures) {
    private static final Strings STRINGS = Strings.of(Investigation.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);
    private static final int MOST_LINES = 60;
    private static final int LONGEST_LINE = 1000;

    public Investigation {
        findings = List.copyOf(findings);
        failures = List.copyOf(failures);
    }

    /// A marked record.
    ///
    /// @param mark   with note and tags
    /// @param record what it says; empty where the line is not in the log any more
    public record Finding(LogMark mark, Optional<LogRecord> record) {}

    /// The document.
    ///
    /// @param zone in which times are written
    /// @param now  when it is exported
    public String markdown(ZoneId zone, Instant now) {
        var out = new StringBuilder();
        out.append("# ").append(STRINGS.get("investigation.title", inline(log))).append("\n\n");
        out.append(STRINGS.get("investigation.exported", TIME.format(now.atZone(zone)).substring(0, 16), zone.getId())).append('\n');
        if (!filter.isBlank()) out.append(STRINGS.get("investigation.filter", filter.replace("`", "'"))).append('\n');
        out.append("\n## ").append(STRINGS.get("investigation.marks")).append("\n\n");
        if (findings.isEmpty()) out.append(STRINGS.get("investigation.no-marks")).append('\n');
        for (Finding finding : findings) finding(finding, zone, out);
        if (!failures.isEmpty()) failures(zone, out);
        return out.toString();
    }

    private static void finding(Finding finding, ZoneId zone, StringBuilder out) {
        LogMark mark = finding.mark();
        out.append("### ");
        if (mark.time() != RecordView.NO_TIME) out.append(time(mark.time(), zone)).append(' ');
        if (mark.level() != null) out.append(inline(mark.level())).append(' ');
        finding.record().map(LogRecord::logger).ifPresent(logger -> out.append(inline(logger)).append(' '));
        out.setLength(out.length() - 1);
        if (mark.time() == RecordView.NO_TIME && mark.level() == null && finding.record().map(LogRecord::logger).isEmpty()) out.append(' ').append(inline(mark.file()));
        out.append("\n\n").append(STRINGS.get(finding.record().isPresent() ? "investigation.at" : "investigation.gone", mark.file(), String.valueOf(mark.line() + 1))).append("\n\n");
        if (!mark.note().isBlank()) out.append(mark.note().strip()).append("\n\n");
        if (!mark.tags().isEmpty()) {
            out.append(STRINGS.get("investigation.tags"));
            mark.tags().forEach(tag -> out.append(" `").append(tag.replace("`", "'")).append('`'));
            out.append("\n\n");
        }
        String text = finding.record().map(Investigation::text).orElse(mark.text());
        String fence = fence(text);
        out.append(fence).append("text\n").append(shortened(text)).append('\n').append(fence).append("\n\n");
    }

    private static String text(LogRecord record) {
        if (record.exception() == null) return record.message();
        return record.message().isEmpty() ? record.exception() : record.message() + "\n" + record.exception();
    }

    /// More back ticks than the text has in a row.
    private static String fence(String text) {
        int longest = 2;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return "`".repeat(longest + 1);
    }

    /// A traceback's end says more than its middle.
    private static String shortened(String text) {
        String[] lines = text.strip().split("\n", -1);
        var out = new StringBuilder();
        for (int i = 0; i < lines.length; i++) {
            if (lines.length > MOST_LINES && i == MOST_LINES / 3) {
                int left = lines.length - MOST_LINES;
                out.append(STRINGS.get("investigation.cut", left)).append('\n');
                i += left;
            }
            out.append(lines[i].length() > LONGEST_LINE ? lines[i].substring(0, LONGEST_LINE) + "…" : lines[i]).append('\n');
        }
        return out.toString().stripTrailing();
    }

    private void failures(ZoneId zone, StringBuilder out) {
        out.append("## ").append(STRINGS.get("investigation.failures")).append("\n\n");
        out.append("| ").append(STRINGS.get("investigation.failure")).append(" | ").append(STRINGS.get("investigation.count")).append(" | ")
                .append(STRINGS.get("investigation.first")).append(" | ").append(STRINGS.get("investigation.last")).append(" |\n| --- | ---: | --- | --- |\n");
        for (FailureGroup failure : failures)
            out.append("| ").append(inline(failure.title())).append(" — ").append(inline(failure.place())).append(" | ").append(failure.count()).append(" | ")
                    .append(time(failure.from(), zone)).append(" | ").append(time(failure.to(), zone)).append(" |\n");
    }

    private static String time(long nanos, ZoneId zone) {
        if (nanos == RecordView.NO_TIME) return "";
        return TIME.format(Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L)).atZone(zone));
    }

    /// A text on one line in which nothing has a meaning of its own.
    private static String inline(String text) {
        var out = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), LONGEST_LINE); i++) {
            char c = text.charAt(i);
            if ("\\`*_[]<>|~#".indexOf(c) >= 0) out.append('\\');
            out.append(c < ' ' ? ' ' : c);
        }
        return out.toString();
    }
}
