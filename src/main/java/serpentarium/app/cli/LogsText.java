package serpentarium.app.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.CharArrayWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import serpentarium.log.LogRecord;
import serpentarium.log.RecordView;
import serpentarium.log.format.Gatherer;

/// Records as text on the way to standard output. Their lines' numbers are put in when it is known how many lines stand before them.
final class LogsText {
    /// Characters that can be handed on without a copy.
    private static final class Characters extends CharArrayWriter {
        int at() {
            return count;
        }

        void writeTo(PrintWriter out, int from, int to) {
            out.write(buf, from, to - from);
        }
    }

    private final Characters text = new Characters();
    private final JsonGenerator generator;
    private int[] places = new int[64];
    private long[] lines = new long[64];
    private int numbers;

    /// @param json a document a line, else the records as they stand
    LogsText(boolean json) {
        try {
            generator = json ? Json.lines(text) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Adds a record.
    void add(RecordView view) {
        if (generator == null) {
            text.append(view.whole()).append(System.lineSeparator());
            return;
        }
        try {
            record(generator, view.detached());
            generator.flush();
            text.append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Hands everything on.
    ///
    /// @param before how many lines stand before those that records were counted from
    void writeTo(PrintWriter out, long before) {
        int from = 0;
        for (int i = 0; i < numbers; i++) {
            text.writeTo(out, from, places[i]);
            out.print(before + lines[i]);
            from = places[i];
        }
        text.writeTo(out, from, text.at());
        text.reset();
        numbers = 0;
    }

    /// Writes stretches in their order.
    ///
    /// @param out    where
    /// @param wanted which records
    /// @param json   as what
    record Writing(PrintWriter out, Predicate<RecordView> wanted, boolean json) implements Gatherer<LogsText> {
        @Override public LogsText fresh() {
            return new LogsText(json);
        }

        @Override public void add(LogsText to, RecordView view) {
            if (wanted.test(view)) to.add(view);
        }

        @Override public boolean follow(LogsText all, LogsText next, long before) {
            all.writeTo(out, 0);
            next.writeTo(out, before);
            return !out.checkError();
        }
    }

    private void record(JsonGenerator out, LogRecord record) throws IOException {
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
        out.writeFieldName("line");
        out.writeRawValue("");
        out.flush();
        number(record.line());
        out.writeEndObject();
        out.writeEndObject();
    }

    private void number(long line) {
        if (numbers == places.length) {
            places = Arrays.copyOf(places, numbers * 2);
            lines = Arrays.copyOf(lines, numbers * 2);
        }
        places[numbers] = text.at();
        lines[numbers++] = line;
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
