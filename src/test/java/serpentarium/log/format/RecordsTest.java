package serpentarium.log.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import serpentarium.log.Level;
import serpentarium.log.LogRecord;
import serpentarium.task.TaskContext;

/// Every record of real logs is what the program says it wrote.
class RecordsTest {
    private static final Set<String> FIVE = Set.of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL");

    static List<String> names() {
        return List.copyOf(LogSamples.truth().keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void countsAreThoseOfThePrograms(String name) throws IOException {
        Map<String, Object> truth = LogSamples.truth().get(name);
        LogSource source = LogSamples.source(name, LogSamples.bytes(name));
        long records = 0;
        long tracebacks = 0;
        long[] levels = new long[Level.values().length];
        try (RecordScanner scanner = source.records(TaskContext.detached())) {
            while (scanner.next()) {
                records++;
                levels[scanner.view().level().ordinal()]++;
                if (scanner.view().traceback()) tracebacks++;
            }
            assertEquals(((Number) truth.get("lines")).longValue(), scanner.lines());
        }
        if (truth.get("records") instanceof Number number) assertEquals(number.longValue(), records);
        if (truth.get("records_with_exception") instanceof Number number) assertEquals(number.longValue(), tracebacks);
        // This one's format has no level: nobody can know.
        if (name.equals("short-py3.13.log") || !(truth.get("levels") instanceof Map<?, ?> counts)) return;
        for (var each : counts.entrySet()) if (FIVE.contains(each.getKey()))
            assertEquals(((Number) each.getValue()).longValue(), levels[Level.valueOf((String) each.getKey()).ordinal()], each.toString());
    }

    @ParameterizedTest
    @MethodSource("names")
    void recordsAreThoseOfThePrograms(String name) throws IOException {
        Map<String, Object> truth = LogSamples.truth().get(name);
        if (!(truth.get("list") instanceof List<?> list)) return;
        String format = (String) truth.get("format");
        boolean structured = !format.contains("message");
        List<LogRecord> records = LogSamples.records(LogSamples.source(name, LogSamples.bytes(name)));
        assertEquals(list.size(), records.size());
        for (int i = 0; i < records.size(); i++) {
            List<?> wanted = (List<?>) list.get(i);
            LogRecord record = records.get(i);
            if (structured || format.contains("level")) assertEquals(wanted.get(0), record.level());
            if (structured || format.contains("(name)") || format.contains("{name")) assertEquals(wanted.get(1), record.logger());
            assertEquals(wanted.get(2), record.message());
            assertEquals(wanted.get(3), record.exception() != null);
            assertEquals(((Number) wanted.get(4)).longValue(), record.line());
            if (format.contains("%H") || !format.contains("asctime") && !format.contains("created") && !structured) continue;
            boolean dated = !"%(asctime)s %(message)s".equals(format);
            double second = ((Number) wanted.get(5)).doubleValue();
            if (dated) assertEquals(second, record.time() / 1e9, 1.0, record.toString());
        }
    }

    @Test void fieldsThatARecordWasGivenAreKept() throws IOException {
        LogRecord record = LogSamples.records(LogSamples.source("x", LogSamples.bytes("jsonlines-extra-py3.13.jsonl"))).getFirst();
        assertEquals("r-0000", record.fields().get("request_id"));
        assertEquals("ana", record.fields().get("user"));
        assertTrue(Objects.toString(record.fields().get("nested")).startsWith("{list=[1, 2.5, {deep=ü}]"));
        assertEquals(Set.of("request_id", "user", "nested"), record.fields().keySet());
    }
}
