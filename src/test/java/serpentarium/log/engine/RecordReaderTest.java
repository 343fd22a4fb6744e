package serpentarium.log.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import serpentarium.log.Level;
import serpentarium.log.RecordView;
import serpentarium.log.engine.RecordLogs.Found;
import serpentarium.log.format.LogFormats;
import serpentarium.log.format.LogSamples;
import serpentarium.task.TaskContext;

/// Every line's record is the one that reading from the start finds.
class RecordReaderTest {
    @TempDir Path folder;

    static List<String> names() {
        return List.copyOf(LogSamples.truth().keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void samples(String name) throws IOException {
        agrees(RecordLogs.file(folder, name, LogSamples.bytes(name)), 20);
    }

    @ParameterizedTest
    @EnumSource(RecordLogs.Kind.class)
    void recordsThatAreHardToFindFromTheMidst(RecordLogs.Kind kind) throws IOException {
        for (int seed = 0; seed < 3; seed++) agrees(RecordLogs.file(folder, "log" + seed, RecordLogs.made(kind, seed, 300)), 100);
    }

    private static void agrees(Path file, int tries) throws IOException {
        List<Found> records = RecordLogs.records(file);
        try (LogLines log = RecordLogs.open(file)) {
            LogPart part = log.parts().getFirst();
            var reader = new RecordReader(log, ZoneOffset.UTC);
            long lines = part.index().lines();
            var random = new Random(1);
            for (int i = 0; i < tries; i++) {
                long line = lines < tries ? i % lines : random.nextLong(lines);
                var spot = new LogLines.Spot(part, line);
                Optional<Found> wanted = RecordLogs.at(records, line);
                assertEquals(wanted.map(Found::record), reader.record(spot), () -> "line " + line);
                assertEquals(wanted.map(each -> new RecordReader.Extent(part, each.first(), each.last() - each.first() + 1)), reader.extent(spot));
            }
            for (int i = 0; i < 5; i++) rows(records, reader.rows(part, random.nextLong(lines), 50), lines);
            rows(records, reader.rows(part, 0, (int) lines + 10), lines);
        }
    }

    private static void rows(List<Found> records, RecordRows rows, long lines) {
        assertTrue(rows.first() + rows.count() <= lines);
        for (int i = 0; i < rows.count(); i++) {
            Optional<Found> wanted = RecordLogs.at(records, rows.first() + i);
            assertEquals(wanted.map(Found::first).orElse(-1L), rows.starts()[i]);
            assertEquals(wanted.map(each -> each.record().number()).orElse(Level.UNKNOWN), rows.severities()[i]);
            assertEquals(wanted.map(each -> each.record().time()).orElse(RecordView.NO_TIME), rows.times()[i]);
            assertEquals(wanted.map(each -> (int) (each.last() - each.first() + 1)).orElse(0), rows.lines()[i]);
            assertEquals(wanted.map(Found::traceback).orElse(false), rows.failed()[i]);
            assertEquals(wanted.isPresent() && wanted.get().first() == rows.first() + i, rows.begins(i));
        }
    }

    @Test void aLogThatGrowsIsLookedAtAgainWhileItIsShort() throws IOException {
        Path file = RecordLogs.file(folder, "log", "something\n".getBytes());
        try (LogLines log = RecordLogs.open(file)) {
            LogPart part = log.parts().getFirst();
            var reader = new RecordReader(log, ZoneOffset.UTC);
            assertEquals("plain", reader.format(part).id());
            Files.write(file, RecordLogs.made(RecordLogs.Kind.JSON, 1, 50), StandardOpenOption.APPEND);
            part.fill(TaskContext.detached());
            assertEquals("json", reader.format(part).id());
            assertEquals(RecordLogs.records(file).getFirst().record(), reader.record(new LogLines.Spot(part, 1)).orElseThrow());
            assertEquals(Optional.empty(), reader.record(new LogLines.Spot(part, 0)));
        }
    }

    @Test void aPersonKnowsBetter() throws IOException {
        Path file = RecordLogs.file(folder, "log", RecordLogs.made(RecordLogs.Kind.PYTHON, 1, 50));
        try (LogLines log = RecordLogs.open(file)) {
            LogPart part = log.parts().getFirst();
            var reader = new RecordReader(log, ZoneOffset.UTC);
            reader.choose(Optional.of(LogFormats.named("plain")));
            assertEquals("plain", reader.format(part).id());
            assertEquals("plain", reader.record(new LogLines.Spot(part, 0)).orElseThrow().format());
        }
    }
}
