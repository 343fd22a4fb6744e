package serpentarium.log.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.log.Level;
import serpentarium.log.analysis.TimeText;
import serpentarium.log.engine.LogLines.Spot;
import serpentarium.log.engine.LogTimes.Histogram;
import serpentarium.log.engine.LogTimes.Range;
import serpentarium.task.TaskContext;

class LogTimesTest {
    private static final long START = 1_795_000_000_000L;
    private static final int COUNT = 20_000;

    @TempDir Path folder;
    private final long[] times = new long[COUNT];
    private final Level[] levels = new Level[COUNT];

    private RecordIndexes open() throws IOException {
        var random = new Random(2);
        var text = new StringBuilder();
        long time = START;
        for (int i = 0; i < COUNT; i++) {
            time += random.nextInt(200) + (i == 9000 ? 3_600_000 : 0);
            times[i] = time * 1_000_000;
            levels[i] = Level.values()[1 + random.nextInt(5)];
            text.append(Instant.ofEpochMilli(time).toString().replaceFirst("(:\\d\\d)Z", "$1.000Z").replace('T', ' ').replace('.', ',').replace("Z", "")).append(' ').append(levels[i]).append(" app: m").append(i).append('\n');
            if (i % 5 == 0) text.append("  more\n");
        }
        LogLines lines = LogLines.open(Files.writeString(folder.resolve("app.log"), text), Optional.empty(), folder);
        lines.fill(Optional.empty(), TaskContext.detached());
        var records = new RecordIndexes(lines, ZoneOffset.UTC);
        records.extend(TaskContext.detached());
        return records;
    }

    private void same(Histogram found) {
        long[][] counts = new long[Level.values().length][found.columns()];
        for (int i = 0; i < COUNT; i++) {
            long column = Math.floorDiv(times[i] - found.from(), found.step());
            if (column >= 0 && column < found.columns()) counts[levels[i].ordinal()][(int) column]++;
        }
        for (Level level : Level.values()) assertArrayEquals(counts[level.ordinal()], found.counts()[level.ordinal()], level.name());
    }

    @Test void columnsCountWhatIsThere() throws IOException {
        RecordIndexes records = open();
        try (LogLines _ = records.log()) {
            Range range = LogTimes.range(records).orElseThrow();
            assertTrue(range.from() <= times[0] && times[COUNT - 1] <= range.to() && range.length() < times[COUNT - 1] - times[0] + 1_000_000_000L);
            Histogram all = LogTimes.histogram(records, range, 400, TaskContext.detached());
            same(all);
            assertEquals(15_000_000_000L, all.step());
            assertTrue(all.columns() <= 401 && all.columns() > 300);
            Histogram part = LogTimes.histogram(records, new Range(times[5000], times[5400]), 400, TaskContext.detached());
            same(part);
            assertEquals(100_000_000L, part.step());
            same(LogTimes.histogram(records, range, 3, TaskContext.detached()));
            Histogram none = LogTimes.histogram(records, new Range(times[8999] + 1_000_000_000L, times[9000] - 1_000_000_000L), 10, TaskContext.detached());
            assertEquals(0, none.most() - none.sum(0) - none.sum(none.columns() - 1) > 0 ? 1 : 0, "the gap is empty");
        }
    }

    @Test void aTimeIsFound() throws IOException {
        RecordIndexes records = open();
        try (LogLines lines = records.log()) {
            for (int i : new int[] {0, 1, 777, 9000, COUNT - 1}) {
                int first = i;
                while (first > 0 && times[first - 1] == times[i]) first--;
                Spot spot = LogTimes.find(records, times[i], TaskContext.detached()).orElseThrow();
                assertTrue(spot.part().pages().page(spot.line(), 1).text(0).endsWith(" m" + first));
            }
            Spot last = LogTimes.find(records, Long.MAX_VALUE, TaskContext.detached()).orElseThrow();
            assertTrue(lines.parts().getFirst().pages().page(last.line(), 1).text(0).endsWith(" m" + (COUNT - 1)));
        }
    }

    @Test void withoutTimesThereIsNothing() throws IOException {
        LogLines lines = LogLines.open(Files.writeString(folder.resolve("b.log"), "INFO:a:b\n".repeat(50)), Optional.empty(), folder);
        try (lines) {
            lines.fill(Optional.empty(), TaskContext.detached());
            var records = new RecordIndexes(lines, ZoneOffset.UTC);
            records.extend(TaskContext.detached());
            assertEquals(Optional.empty(), LogTimes.range(records));
            assertEquals(49, LogTimes.find(records, 5, TaskContext.detached()).orElseThrow().line());
        }
    }

    @Test void timesAreTypedInManyWays() {
        ZoneId zone = ZoneId.of("Europe/Berlin");
        long base = Instant.parse("2026-11-28T10:00:00Z").toEpochMilli() * 1_000_000L;
        assertEquals(OptionalLong.of(base), TimeText.parse("11:00", zone, base));
        assertEquals(OptionalLong.of(base - 2 * 3_600_000_000_000L + 5_500_000_000L), TimeText.parse(" 9:00:05,5 ", zone, base));
        assertEquals(OptionalLong.of(base), TimeText.parse("2026-11-28 11:00", zone, 0));
        assertEquals(OptionalLong.of(base), TimeText.parse("2026-11-28T10:00:00Z", zone, 0));
        assertEquals(OptionalLong.of(base), TimeText.parse("2026-11-28 11:00:00+0100", zone, 0));
        assertEquals(OptionalLong.of(base - 11 * 3_600_000_000_000L), TimeText.parse("2026-11-28", zone, 0));
        assertEquals(OptionalLong.of(base + 600_000_000_000L), TimeText.parse("+10m", zone, base));
        assertEquals(OptionalLong.of(base - 5_400_000_000_000L), TimeText.parse("-1h 30min", zone, base));
        assertEquals(OptionalLong.of(base + 250_000_000L), TimeText.parse("+250ms", zone, base));
        for (String wrong : new String[] {"", "25:00", "now", "+", "+5", "2026-13-01", "12", "+99999999999999999d", "+999999999d999999999d"}) assertEquals(OptionalLong.empty(), TimeText.parse(wrong, zone, base), wrong);
    }
}
