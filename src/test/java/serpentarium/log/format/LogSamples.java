package serpentarium.log.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import serpentarium.base.Source;
import serpentarium.log.LogRecord;
import serpentarium.task.TaskContext;

/// Logs that real programs wrote, with what the programs say they wrote.
public final class LogSamples {
    /// In November 2026, in whose zone they were written.
    public static final Clock CLOCK = new Clock(ZoneOffset.UTC, 1_796_000_000L);

    private LogSamples() {}

    /// What is known of each file, by name.
    @SuppressWarnings("unchecked")
    public static Map<String, Map<String, Object>> truth() {
        byte[] json = bytes("truth.json");
        return (Map<String, Map<String, Object>>) JsonReader.parse(json, 0, json.length);
    }

    /// A sample.
    public static byte[] bytes(String name) {
        try (InputStream in = LogSamples.class.getResourceAsStream(name + ".gz")) {
            return new GZIPInputStream(in).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All records of a log.
    public static List<LogRecord> records(LogSource source) throws IOException {
        var records = new ArrayList<LogRecord>();
        try (RecordScanner scanner = source.records(TaskContext.detached())) {
            while (scanner.next()) records.add(scanner.view().detached());
        }
        return records;
    }

    /// A log in memory.
    public static LogSource source(String name, byte[] bytes) throws IOException {
        return LogSource.of(Source.of(name, bytes), null, CLOCK);
    }

    /// A log in memory.
    public static LogSource source(String text) throws IOException {
        return source("test.log", text.getBytes(StandardCharsets.UTF_8));
    }
}
