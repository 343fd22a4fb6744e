package serpentarium.app.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import serpentarium.base.ProblemException;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.log.Level;
import serpentarium.log.LogRecord;
import serpentarium.log.RecordView;
import serpentarium.log.Warning;
import serpentarium.log.analysis.LogCost;
import serpentarium.log.analysis.LogQuestion;
import serpentarium.log.analysis.LogTally;
import serpentarium.log.engine.MergedLog;
import serpentarium.log.format.LogFormats;
import serpentarium.log.format.LogSource;
import serpentarium.task.TaskContext;

/// What `logs` prints.
///
/// @param console where
/// @param sources the logs
/// @param log     their records
/// @param json    for programs
record LogsOutput(Console console, List<LogSource> sources, MergedLog log, boolean json) {
    private static final Strings STRINGS = Strings.of(LogsOutput.class);
    private static final int CHECKED = 1024;
    private static final int STATEMENTS = 50;
    private static final long SECOND = 1_000_000_000L;

    /// Counts.
    void summary(Predicate<RecordView> wanted, List<ProblemException> unreadable, TaskContext context) throws IOException {
        long[] levels = new long[Level.values().length];
        long[] records = new long[sources.size()];
        long tracebacks = 0;
        long first = RecordView.NO_TIME;
        long last = RecordView.NO_TIME;
        while (log.next()) {
            RecordView view = log.view();
            if (!wanted.test(view)) continue;
            records[log.part()]++;
            levels[view.level().ordinal()]++;
            if (view.traceback()) tracebacks++;
            long time = view.time();
            if (time == RecordView.NO_TIME) continue;
            if (first == RecordView.NO_TIME || time < first) first = time;
            if (time > last) last = time;
        }
        context.checkpoint();
        var sums = new Sums(records, levels, tracebacks, first, last);
        List<String> warnings = warnings(unreadable);
        if (json) Json.document(console.out(), generator -> document(generator, sums, warnings));
        else text(sums, warnings);
    }

    /// What was counted.
    private record Sums(long[] records, long[] levels, long tracebacks, long first, long last) {
        long all() {
            long all = 0;
            for (long each : records) all += each;
            return all;
        }
    }

    private List<String> warnings(List<ProblemException> unreadable) {
        var warnings = new ArrayList<String>();
        unreadable.forEach(each -> warnings.add(each.problem().line()));
        for (Warning warning : log.warnings()) warnings.add(warning.line());
        return warnings;
    }

    private void document(JsonGenerator out, Sums sums, List<String> warnings) throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart("files");
        long lines = 0;
        for (int i = 0; i < sources.size(); i++) {
            LogSource source = sources.get(i);
            lines += log.lines(i);
            out.writeStartObject();
            Json.text(out, "path", source.name());
            out.writeNumberField("lines", log.lines(i));
            out.writeNumberField("records", sums.records[i]);
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
        out.writeNumberField("records", sums.all());
        out.writeObjectFieldStart("levels");
        for (Level level : Level.values()) if (level != Level.OTHER) out.writeNumberField(level.name(), sums.levels[level.ordinal()]);
        out.writeNumberField("other", sums.levels[Level.OTHER.ordinal()]);
        out.writeEndObject();
        out.writeNumberField("tracebacks", sums.tracebacks);
        Json.text(out, "first", iso(sums.first));
        Json.text(out, "last", iso(sums.last));
        out.writeArrayFieldStart("warnings");
        for (String warning : warnings) out.writeString(warning);
        out.writeEndArray();
        out.writeEndObject();
    }

    private static String iso(long time) {
        return time == RecordView.NO_TIME ? null : Instant.ofEpochSecond(Math.floorDiv(time, SECOND), Math.floorMod(time, SECOND)).toString();
    }

    private void text(Sums sums, List<String> warnings) {
        for (int i = 0; i < sources.size(); i++) {
            LogSource source = sources.get(i);
            var titles = new ArrayList<String>();
            source.detection().formats().forEach(format -> titles.add(LogFormats.title(format)));
            console.out().println(STRINGS.get("logs.of", source.name(), String.join(", ", titles), Quantity.share(source.detection().score()), source.encodingName(),
                    Quantity.count(log.lines(i)), Quantity.count(sums.records[i])));
        }
        for (Level level : Level.values()) if (sums.levels[level.ordinal()] > 0)
            console.out().println(STRINGS.get("logs.level-count", level == Level.OTHER ? STRINGS.get("logs.other") : level.name(), Quantity.count(sums.levels[level.ordinal()])));
        console.out().println(STRINGS.get("logs.tracebacks", Quantity.count(sums.tracebacks)));
        if (sums.first != RecordView.NO_TIME) console.out().println(STRINGS.get("logs.times", iso(sums.first), iso(sums.last)));
        tell(warnings);
    }

    private void tell(List<String> warnings) {
        console.progressDone();
        warnings.forEach(warning -> console.err().println(STRINGS.get("text.warning", warning)));
        console.err().flush();
    }

    /// The answer to a question.
    void answer(LogQuestion question, Predicate<RecordView> wanted, List<ProblemException> unreadable, TaskContext context) throws IOException {
        var tally = new LogTally(question, context);
        while (log.next()) if (wanted.test(log.view())) tally.add(log.view());
        LogTally.Table table = tally.table();
        if (json) {
            List<String> warnings = warnings(unreadable);
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
        tell(warnings(unreadable));
    }

    private static void texts(JsonGenerator out, String name, List<String> texts) throws IOException {
        out.writeArrayFieldStart(name);
        for (String text : texts) out.writeString(text);
        out.writeEndArray();
    }

    /// What statements cost.
    void cost(Predicate<RecordView> wanted, List<ProblemException> unreadable, TaskContext context) throws IOException {
        var cost = new LogCost();
        while (log.next()) if (wanted.test(log.view())) cost.add(log.view());
        context.checkpoint();
        List<LogCost.Statement> statements = cost.statements();
        if (json) {
            List<String> warnings = warnings(unreadable);
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
        tell(warnings(unreadable));
    }

    /// The records one after another.
    void records(Predicate<RecordView> wanted, List<ProblemException> unreadable, TaskContext context) throws IOException {
        long shown = 0;
        while (log.next()) {
            RecordView view = log.view();
            if (!wanted.test(view)) continue;
            if (++shown % CHECKED == 0) {
                context.checkpoint();
                if (console.out().checkError()) return;
            }
            if (json) {
                LogRecord record = view.detached();
                Json.line(console.out(), generator -> record(generator, record));
            } else console.out().println(view.whole());
        }
        console.out().flush();
        tell(warnings(unreadable));
    }

    private static void record(JsonGenerator out, LogRecord record) throws IOException {
        out.writeStartObject();
        if (record.time() == RecordView.NO_TIME) out.writeNullField("time");
        else out.writeNumberField("time", java.math.BigDecimal.valueOf(record.time(), 9).stripTrailingZeros());
        Json.text(out, "level", record.level());
        Json.text(out, "logger", record.logger());
        Json.text(out, "message", record.message());
        Json.text(out, "file", record.file());
        if (record.fileLine() < 0) out.writeNullField("line");
        else out.writeNumberField("line", record.fileLine());
        Json.text(out, "thread", record.thread());
        Json.text(out, "process", record.process());
        Json.text(out, "exception", record.exception());
        out.writeFieldName("fields");
        value(out, record.fields());
        out.writeObjectFieldStart("source");
        Json.text(out, "path", record.source());
        out.writeNumberField("line", record.line());
        out.writeEndObject();
        out.writeEndObject();
    }

    /// Values of JSON only, no deeper than the reader of records lets them be.
    private static void value(JsonGenerator out, Object value) throws IOException {
        switch (value) {
            case null -> out.writeNull();
            case Map<?, ?> map -> {
                out.writeStartObject();
                for (var each : map.entrySet()) {
                    out.writeFieldName(String.valueOf(each.getKey()));
                    value(out, each.getValue());
                }
                out.writeEndObject();
            }
            case List<?> list -> {
                out.writeStartArray();
                for (Object each : list) value(out, each);
                out.writeEndArray();
            }
            case Boolean flag -> out.writeBoolean(flag);
            case Double number when !Double.isFinite(number) -> out.writeString(number.toString());
            case Number number -> out.writeNumber(number.toString());
            default -> out.writeString(value.toString());
        }
    }
}
