package serpentarium.app.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import serpentarium.base.ProblemException;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.log.Level;
import serpentarium.log.RecordView;
import serpentarium.log.Warning;
import serpentarium.log.analysis.LogCost;
import serpentarium.log.analysis.LogFilter;
import serpentarium.log.analysis.LogFilterRun;
import serpentarium.log.analysis.LogQuestion;
import serpentarium.log.analysis.LogSums;
import serpentarium.log.analysis.LogTally;
import serpentarium.log.engine.LogScan;
import serpentarium.log.engine.MergedLog;
import serpentarium.log.format.Gathered;
import serpentarium.log.format.LogFormats;
import serpentarium.log.format.LogSource;
import serpentarium.task.TaskContext;

/// What `logs` prints.
///
/// @param console    where
/// @param sources    the logs
/// @param unreadable what could not be opened
/// @param json       for programs
record LogsOutput(Console console, List<LogSource> sources, List<ProblemException> unreadable, boolean json) {
    private static final Strings STRINGS = Strings.of(LogsOutput.class);
    private static final int CHECKED = 1024;
    private static final int STATEMENTS = 50;
    private static final long SECOND = 1_000_000_000L;

    /// Counts.
    void summary(LogFilter wanted, TaskContext context) throws IOException {
        LogScan.Found<List<LogSums>> found = new LogScan(sources).summary(wanted, context);
        context.checkpoint();
        var all = new LogSums(wanted, context);
        found.value().forEach(all::merge);
        List<String> warnings = warnings(found.warnings());
        if (json) Json.document(console.out(), generator -> document(generator, found, all, warnings));
        else text(found, all, warnings);
    }

    private List<String> warnings(List<Warning> noticed) {
        var warnings = new ArrayList<String>();
        unreadable.forEach(each -> warnings.add(each.problem().line()));
        for (Warning warning : noticed) warnings.add(warning.line());
        return warnings;
    }

    private void document(JsonGenerator out, LogScan.Found<List<LogSums>> found, LogSums sums, List<String> warnings) throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart("files");
        long lines = 0;
        for (int i = 0; i < sources.size(); i++) {
            LogSource source = sources.get(i);
            lines += found.logs().get(i).lines();
            out.writeStartObject();
            Json.text(out, "path", source.name());
            out.writeNumberField("lines", found.logs().get(i).lines());
            out.writeNumberField("records", found.value().get(i).records());
            Json.text(out, "format", source.detection().id());
            Json.text(out, "encoding", source.encodingName());
            out.writeNumberField("size", source.size());
            Json.number(out, "score", source.detection().score());
            out.writeArrayFieldStart("layouts");
            for (var format : source.detection().formats()) for (String layout : format.layouts()) out.writeString(layout);
            out.writeEndArray();
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeNumberField("lines", lines);
        out.writeNumberField("records", sums.records());
        out.writeObjectFieldStart("levels");
        for (Level level : Level.values()) if (level != Level.OTHER) out.writeNumberField(level.name(), sums.of(level));
        out.writeNumberField("other", sums.of(Level.OTHER));
        out.writeEndObject();
        out.writeNumberField("tracebacks", sums.tracebacks());
        Json.text(out, "first", iso(sums.first()));
        Json.text(out, "last", iso(sums.last()));
        out.writeArrayFieldStart("warnings");
        for (String warning : warnings) out.writeString(warning);
        out.writeEndArray();
        out.writeEndObject();
    }

    private static String iso(long time) {
        return time == RecordView.NO_TIME ? null : Instant.ofEpochSecond(Math.floorDiv(time, SECOND), Math.floorMod(time, SECOND)).toString();
    }

    private void text(LogScan.Found<List<LogSums>> found, LogSums sums, List<String> warnings) {
        for (int i = 0; i < sources.size(); i++) {
            LogSource source = sources.get(i);
            var titles = new ArrayList<String>();
            source.detection().formats().forEach(format -> titles.add(LogFormats.title(format)));
            console.out().println(STRINGS.get("logs.of", source.name(), String.join(", ", titles), Quantity.share(source.detection().score()), source.encodingName(),
                    Quantity.count(found.logs().get(i).lines()), Quantity.count(found.value().get(i).records())));
        }
        for (Level level : Level.values()) if (sums.of(level) > 0)
            console.out().println(STRINGS.get("logs.level-count", level == Level.OTHER ? STRINGS.get("logs.other") : level.name(), Quantity.count(sums.of(level))));
        console.out().println(STRINGS.get("logs.tracebacks", Quantity.count(sums.tracebacks())));
        if (sums.first() != RecordView.NO_TIME) console.out().println(STRINGS.get("logs.times", iso(sums.first()), iso(sums.last())));
        tell(warnings);
    }

    private void tell(List<String> warnings) {
        console.progressDone();
        warnings.forEach(warning -> console.err().println(STRINGS.get("text.warning", warning)));
        console.err().flush();
    }

    /// The answer to a question.
    void answer(LogQuestion question, TaskContext context) throws IOException {
        LogScan.Found<LogTally> found = new LogScan(sources).ask(question, context);
        LogTally.Table table = found.value().table();
        List<String> warnings = warnings(found.warnings());
        if (json) {
            Json.document(console.out(), out -> {
                out.writeStartObject();
                texts(out, "columns", table.columns());
                out.writeArrayFieldStart("rows");
                for (LogTally.Row row : table.rows()) {
                    out.writeStartObject();
                    texts(out, "keys", row.keys());
                    Json.number(out, "value", row.value());
                    out.writeNumberField("records", row.records());
                    out.writeObjectFieldStart("source");
                    Json.text(out, "path", row.source());
                    out.writeNumberField("line", row.line());
                    out.writeEndObject();
                    out.writeEndObject();
                }
                out.writeEndArray();
                out.writeNumberField("records", table.records());
                texts(out, "warnings", warnings);
                out.writeEndObject();
            });
            return;
        }
        for (LogTally.Row row : table.rows()) {
            String value = row.value() == Math.rint(row.value()) && Math.abs(row.value()) < 1e15 ? Quantity.count((long) row.value()) : String.valueOf(row.value());
            console.out().println(STRINGS.get("logs.row", value, String.join("  ", row.keys())).stripTrailing());
        }
        console.out().flush();
        tell(warnings);
    }

    private static void texts(JsonGenerator out, String name, List<String> texts) throws IOException {
        out.writeArrayFieldStart(name);
        for (String text : texts) out.writeString(text);
        out.writeEndArray();
    }

    /// What statements cost.
    void cost(LogFilter wanted, TaskContext context) throws IOException {
        LogScan.Found<LogCost> found = new LogScan(sources).cost(wanted, context);
        context.checkpoint();
        List<LogCost.Statement> statements = found.value().statements();
        List<String> warnings = warnings(found.warnings());
        if (json) {
            Json.document(console.out(), out -> {
                out.writeStartObject();
                out.writeArrayFieldStart("statements");
                for (LogCost.Statement each : statements) {
                    out.writeStartObject();
                    Json.text(out, "template", each.template());
                    Json.text(out, "logger", each.logger());
                    Json.text(out, "level", each.level());
                    Json.text(out, "place", each.place());
                    out.writeNumberField("records", each.records());
                    out.writeNumberField("lines", each.lines());
                    out.writeNumberField("bytes", each.bytes());
                    Json.number(out, "share", each.share());
                    Json.number(out, "bytes_per_second", each.perSecond());
                    out.writeEndObject();
                }
                out.writeEndArray();
                texts(out, "warnings", warnings);
                out.writeEndObject();
            });
            return;
        }
        for (LogCost.Statement each : statements.subList(0, Math.min(STATEMENTS, statements.size())))
            console.out().println(STRINGS.get("logs.statement", Quantity.share(each.share()), Quantity.size(each.bytes()), Quantity.count(each.lines()),
                    each.template().isEmpty() ? STRINGS.get("logs.other") : each.template()));
        console.out().flush();
        tell(warnings);
    }

    /// The records one after another.
    void records(LogFilter wanted, TaskContext context) throws IOException {
        Predicate<RecordView> filter = LogFilterRun.of(wanted, context);
        List<Warning> noticed;
        if (sources.size() == 1) {
            Gathered<LogsText> gathered = Gathered.of(sources.getFirst(), new LogsText.Writing(console.out(), filter, json), context);
            gathered.all().writeTo(console.out(), 0);
            noticed = new ArrayList<>(gathered.warnings());
            noticed.addAll(sources.getFirst().faults());
        } else noticed = merged(filter, context);
        console.out().flush();
        tell(warnings(noticed));
    }

    private List<Warning> merged(Predicate<RecordView> filter, TaskContext context) throws IOException {
        try (var log = new MergedLog(sources, context)) {
            var text = new LogsText(json);
            long shown = 0;
            while (log.next()) {
                if (!filter.test(log.view())) continue;
                text.add(log.view());
                if (++shown % CHECKED > 0) continue;
                context.checkpoint();
                text.writeTo(console.out(), 0);
                if (console.out().checkError()) break;
            }
            text.writeTo(console.out(), 0);
            return log.warnings();
        }
    }
}
