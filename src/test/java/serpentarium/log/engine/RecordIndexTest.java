package serpentarium.log.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import serpentarium.log.Level;
import serpentarium.log.RecordView;
import serpentarium.log.engine.RecordLogs.Found;
import serpentarium.log.format.LogSamples;
import serpentarium.task.TaskContext;

/// What is known of records in blocks is what reading from the start finds.
class RecordIndexTest {
    private static final List<RecordKinds> KINDS = List.of(RecordKinds.ALL, RecordKinds.FAILED, RecordKinds.WITHOUT, RecordKinds.OTHER, RecordKinds.of(Level.INFO),
            RecordKinds.atLeast(Level.WARNING), RecordKinds.atLeast(Level.ERROR).and(RecordKinds.FAILED.not()));

    @TempDir Path folder;

    static List<String> names() {
        return List.copyOf(LogSamples.truth().keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void samples(String name) throws IOException {
        Path file = RecordLogs.file(folder, name, LogSamples.bytes(name));
        try (LogLines log = RecordLogs.open(file)) {
            var indexes = new RecordIndexes(log, ZoneOffset.UTC);
            assertTrue(indexes.extend(TaskContext.detached()));
            assertFalse(indexes.extend(TaskContext.detached()));
            agrees(RecordLogs.records(file), log.parts().getFirst(), indexes);
        }
    }

    /// So many that there are several blocks, and several threads at work.
    @ParameterizedTest
    @EnumSource(RecordLogs.Kind.class)
    void piecesThatBeginAnywhere(RecordLogs.Kind kind) throws IOException {
        Path file = RecordLogs.file(folder, "log", RecordLogs.made(kind, 1, kind == RecordLogs.Kind.PLAIN ? 50_000 : 16_000));
        try (LogLines log = RecordLogs.open(file)) {
            var indexes = new RecordIndexes(log, ZoneOffset.UTC);
            indexes.extend(TaskContext.detached());
            agrees(RecordLogs.records(file), log.parts().getFirst(), indexes);
        }
    }

    /// Bytes come in any portions, in the midst of lines and of tracebacks.
    @ParameterizedTest
    @EnumSource(RecordLogs.Kind.class)
    void aLogThatGrows(RecordLogs.Kind kind) throws IOException {
        byte[] bytes = RecordLogs.made(kind, 4, 1_500);
        int head = Math.min(300_000, bytes.length / 2);
        Path file = RecordLogs.file(folder, "log", Arrays.copyOf(bytes, head));
        var random = new Random(7);
        try (LogLines log = RecordLogs.open(file)) {
            LogPart part = log.parts().getFirst();
            var indexes = new RecordIndexes(log, ZoneOffset.UTC);
            for (int at = head; at < bytes.length; ) {
                int to = Math.min(bytes.length, at + 1 + random.nextInt(random.nextInt(10) == 0 ? 50_000 : 900));
                Files.write(file, Arrays.copyOfRange(bytes, at, to), StandardOpenOption.APPEND);
                at = to;
                part.fill(TaskContext.detached());
                indexes.extend(TaskContext.detached());
            }
            agrees(RecordLogs.records(file), part, indexes);
        }
    }

    private static void agrees(List<Found> records, LogPart part, RecordIndexes indexes) {
        RecordMarks marks = indexes.of(part).marks();
        assertEquals(part.index().lines(), marks.lines());
        assertTrue(indexes.settled());
        for (RecordKinds kinds : KINDS) {
            var starts = new TreeSet<Long>();
            var lines = new ArrayList<Long>();
            for (Found found : records) {
                if (!kinds.has(kind(found))) continue;
                starts.add(found.first());
                for (long line = found.first(); line <= found.last(); line++) lines.add(line);
            }
            assertEquals(starts.size(), marks.count(kinds));
            assertEquals(List.copyOf(starts), list(marks.starts(kinds)));
            assertEquals(lines, list(marks.lines(kinds)));
            var random = new Random(3);
            for (int i = 0; i < 20; i++) {
                long line = random.nextLong(marks.lines() + 1);
                long other = random.nextLong(marks.lines() + 200);
                assertEquals(optional(starts.ceiling(line)), marks.from(line, kinds));
                assertEquals(optional(starts.lower(line)), marks.before(line, kinds));
                assertEquals(starts.subSet(Math.min(line, other), Math.max(line, other)).size(), marks.count(Math.min(line, other), Math.max(line, other), kinds));
            }
        }
        times(records, marks);
    }

    private static int kind(Found found) {
        int number = found.record().number();
        int level = number == Level.UNKNOWN ? 7 : Level.of(number).ordinal() + 1;
        return found.traceback() ? level + 8 : level;
    }

    private static void times(List<Found> records, RecordMarks marks) {
        List<Found> timed = records.stream().filter(found -> found.record().time() != RecordView.NO_TIME).toList();
        assertEquals(timed.stream().mapToLong(found -> found.record().time()).min().orElse(RecordView.NO_TIME), marks.earliest());
        assertEquals(timed.stream().mapToLong(found -> found.record().time()).max().orElse(RecordView.NO_TIME), marks.latest());
        long span = marks.latest() - marks.earliest();
        var counted = new int[Level.values().length];
        var groups = new ArrayList<long[]>();
        marks.groups((first, from, to, counts) -> {
            for (int i = 0; i < counts.length; i++) counted[i] += counts[i];
            groups.add(new long[] {first, from, to});
        });
        int at = 0;
        for (long[] group : groups) {
            for (; at < timed.size() && timed.get(at).first() < group[0]; at++);
            long from = Long.MAX_VALUE;
            long to = Long.MIN_VALUE;
            for (; at < timed.size() && timed.get(at).first() < group[0] + RecordBlock.GROUP; at++) {
                from = Math.min(from, timed.get(at).record().time());
                to = Math.max(to, timed.get(at).record().time());
            }
            assertTrue(group[1] <= from && from - group[1] <= span / 50_000 + 1, () -> group[1] + " for the first time");
            assertTrue(group[2] >= to && group[2] - to <= span / 50_000 + 1, () -> group[2] + " for the last time");
        }
        if (timed.size() == records.size())
            for (Level level : Level.values()) assertEquals(marks.count(RecordKinds.of(level)), counted[level.ordinal()]);
    }

    private static OptionalLong optional(Long line) {
        return line == null ? OptionalLong.empty() : OptionalLong.of(line);
    }

    private static List<Long> list(LineSet set) {
        return LongStream.range(0, set.size()).map(set::select).boxed().toList();
    }

    @Test void itTakesLessThanAThirdOfAByteALine() throws IOException {
        Path file = RecordLogs.file(folder, "log", RecordLogs.made(RecordLogs.Kind.PYTHON, 1, 40_000));
        try (LogLines log = RecordLogs.open(file)) {
            var indexes = new RecordIndexes(log, ZoneOffset.UTC);
            indexes.extend(TaskContext.detached());
            RecordMarks marks = indexes.of(log.parts().getFirst()).marks();
            assertTrue(marks.footprint() < 0.4 * marks.lines(), () -> (double) marks.footprint() / marks.lines() + " bytes a line");
        }
    }

    @Test void whatWasFoundBeforeItWasCancelledStays() throws IOException {
        Path file = RecordLogs.file(folder, "log", RecordLogs.made(RecordLogs.Kind.PYTHON, 1, 40_000));
        try (LogLines log = RecordLogs.open(file)) {
            var indexes = new RecordIndexes(log, ZoneOffset.UTC);
            for (int checkpoints = 10; ; checkpoints *= 2) {
                TaskContext context = TaskContext.cancelledAfter(checkpoints);
                try {
                    indexes.extend(context);
                    break;
                } catch (CancellationException _) {
                    assertTrue(indexes.of(log.parts().getFirst()).marks().lines() <= log.rows());
                }
            }
            agrees(RecordLogs.records(file), log.parts().getFirst(), indexes);
        }
    }

    private static List<List<Long>> marks(Path file, java.time.ZoneId zone, IndexCache cache, boolean kept) throws IOException {
        try (LogLines log = RecordLogs.open(file)) {
            var indexes = new RecordIndexes(log, zone, Optional.of(cache));
            // What was kept is there before anything is read.
            try {
                indexes.extend(TaskContext.cancelledAfter(0));
            } catch (CancellationException _) {
                // Some more is to be read.
            }
            assertEquals(kept, indexes.of(log.parts().getFirst()).marks().lines() > 0);
            indexes.extend(TaskContext.detached());
            RecordMarks marks = indexes.of(log.parts().getFirst()).marks();
            assertEquals(log.rows(), marks.lines());
            var groups = new ArrayList<Long>();
            marks.groups((first, from, to, _) -> groups.addAll(List.of(first, from, to)));
            return List.of(list(marks.starts(RecordKinds.ALL)), list(marks.lines(RecordKinds.FAILED)), list(marks.starts(RecordKinds.atLeast(Level.ERROR))), groups);
        }
    }

    @Test void whatIsKnownIsKeptBetweenStarts() throws IOException {
        byte[] some = RecordLogs.made(RecordLogs.Kind.PYTHON, 1, 6_000);
        Path file = folder.resolve("log");
        for (long size = 0; size < IndexCache.WORTH + some.length; size += some.length)
            Files.write(file, some, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        var cache = new IndexCache(folder.resolve("cache"), 3);
        List<List<Long>> first = marks(file, ZoneOffset.UTC, cache, false);
        assertEquals(first, marks(file, ZoneOffset.UTC, cache, true));
        Files.write(file, "2026-11-22 23:00:00,000 ERROR app more\n".repeat(500).getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
        List<List<Long>> grown = marks(file, ZoneOffset.UTC, cache, true);
        assertEquals(first.get(2).size() + 500, grown.get(2).size());
        assertEquals(grown.subList(0, 3), marks(file, ZoneOffset.UTC, new IndexCache(folder.resolve("other"), 3), false).subList(0, 3));
        marks(file, ZoneOffset.ofHours(5), cache, false);
        try (var all = Files.list(folder.resolve("cache"))) {
            for (Path each : all.filter(path -> path.toString().endsWith(".records")).toList()) {
                byte[] bytes = Files.readAllBytes(each);
                bytes[bytes.length / 2] ^= 4;
                Files.write(each, bytes);
            }
        }
        marks(file, ZoneOffset.ofHours(5), cache, false);
    }

    @Test void timesFarApartAreWithinTheirGroups() {
        var random = new Random(5);
        for (int run = 0; run < 200; run++) {
            long[] first = new long[RecordBlock.GROUPS];
            long[] last = new long[RecordBlock.GROUPS];
            int lines = 1 + random.nextInt(RecordBlock.LINES);
            byte[] kinds = new byte[RecordBlock.LINES];
            for (int i = 0; i < lines; i++) kinds[i] = (byte) Math.min(15, (int) Math.abs(random.nextGaussian() * random.nextInt(6)));
            long scale = run % 3 == 0 ? Long.MAX_VALUE / 2 : 1L << random.nextInt(60);
            for (int g = 0; g < first.length; g++) {
                boolean none = random.nextInt(4) == 0;
                first[g] = none ? RecordView.NO_TIME : random.nextLong(-scale, scale);
                last[g] = none ? RecordView.NO_TIME : Math.max(first[g], random.nextLong(-scale, scale));
            }
            RecordBlock block = RecordBlock.of(kinds, lines, first, last, true);
            for (int g = 0; g * RecordBlock.GROUP < lines; g++) {
                if (first[g] == RecordView.NO_TIME) assertEquals(RecordView.NO_TIME, block.from(g));
                else assertTrue(block.from(g) <= first[g] && block.to(g) >= last[g]);
            }
            byte[] read = block.kinds();
            for (int i = 0; i < lines; i++) assertEquals(kinds[i], read[i]);
        }
    }

    @Test void otherFilesAreNotTakenForAnIndex() {
        assertThrows(IOException.class, () -> RecordBlock.read(new java.io.DataInputStream(new java.io.ByteArrayInputStream("x".repeat(200).getBytes(StandardCharsets.UTF_8)))));
    }
}
