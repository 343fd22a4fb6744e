package serpentarium.log.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.log.RecordView;
import serpentarium.log.engine.LogLines.Spot;
import serpentarium.task.TaskContext;

class FailureIndexTest {
    @TempDir Path folder;

    /// Every record but each third fails; which failure it is goes round.
    private static String records(int from, int to) {
        var text = new StringBuilder();
        for (int i = from; i < to; i++) {
            String time = Instant.ofEpochSecond(1_795_000_000L + i).toString().replace('T', ' ').replace("Z", ",000");
            text.append(time).append(i % 3 == 0 ? " INFO app: fine\n" : " ERROR app: failed " + i + "\n");
            if (i % 3 == 0) continue;
            text.append("Traceback (most recent call last):\n  File \"/srv/").append(i).append("/shop/a.py\", line ").append(i).append(", in f").append(i % 3 == 1 ? "one" : "two")
                    .append("\n    x\n  File \"/usr/lib/python3.12/json/decoder.py\", line 3, in decode\nValueError: value ").append(i).append('\n');
        }
        return text.toString();
    }

    private RecordIndexes open(Path live) throws IOException {
        LogLines lines = LogLines.open(RotatedSet.of(live), Optional.empty(), folder);
        lines.fill(Optional.empty(), TaskContext.detached());
        var records = new RecordIndexes(lines, ZoneOffset.UTC);
        records.extend(TaskContext.detached());
        return records;
    }

    @Test void theSameFailureIsCountedWhateverItsValues() throws IOException {
        Path live = Files.writeString(folder.resolve("app.log"), records(0, 3000));
        RecordIndexes records = open(live);
        try (LogLines lines = records.log()) {
            var failures = new FailureIndex(records);
            assertTrue(failures.extend(TaskContext.detached()));
            assertFalse(failures.extend(TaskContext.detached()));
            List<FailureGroup> groups = failures.groups();
            assertEquals(2, groups.size());
            FailureGroup one = groups.stream().filter(group -> group.place().endsWith("fone")).findFirst().orElseThrow();
            assertEquals(1000, one.count());
            assertEquals("ValueError: value 2998", one.title());
            assertEquals("shop/a.py:2998 fone", one.place());
            assertEquals(new Spot(lines.parts().getFirst(), 1), one.first());
            assertEquals(1_795_000_001_000_000_000L, one.from());
            assertEquals(1_795_002_998_000_000_000L, one.to());
            assertTrue(failures.complete());
            assertEquals(OptionalLong.of(one.fingerprint()), failures.at(one.first()));
            assertEquals(OptionalLong.empty(), failures.at(new Spot(one.first().part(), 0)));
            Spot next = failures.next(one.first(), one.fingerprint(), true).orElseThrow();
            assertEquals(14, next.line(), "thirteen lines go with three records");
            assertEquals(one.first(), failures.next(next, one.fingerprint(), false).orElseThrow());
            assertEquals(one.first(), failures.next(new Spot(one.first().part(), 0), one.fingerprint(), true).orElseThrow());
            assertEquals(Optional.empty(), failures.next(one.last(), one.fingerprint(), true));
            assertEquals(Optional.empty(), failures.next(one.first(), one.fingerprint(), false));
            assertEquals(Optional.empty(), failures.next(one.first(), 5, true));
        }
    }

    @Test void theIndexGoesOnWhileTheLogGrowsAndIsRotated() throws IOException {
        Path live = folder.resolve("app.log");
        String all = records(0, 600);
        String[] lines = all.split("(?<=\n)");
        Files.writeString(live, String.join("", List.of(lines).subList(0, 50)));
        RecordIndexes records = open(live);
        try (LogLines log = records.log()) {
            var failures = new FailureIndex(records);
            failures.extend(TaskContext.detached());
            for (int at = 50; at < lines.length; at += 37) {
                Files.writeString(live, String.join("", List.of(lines).subList(at, Math.min(lines.length, at + 37))), StandardOpenOption.APPEND);
                log.parts().getLast().fill(TaskContext.detached());
                records.extend(TaskContext.detached());
                failures.extend(TaskContext.detached());
            }
            assertEquals(List.of(200L, 200L), failures.groups().stream().map(FailureGroup::count).toList());
            LogPart added = LogPart.open(Files.writeString(folder.resolve("next.log"), records(600, 900)), Optional.empty(), folder);
            added.fill(TaskContext.detached());
            log.add(added);
            records.extend(TaskContext.detached());
            failures.extend(TaskContext.detached());
            List<FailureGroup> groups = failures.groups();
            assertEquals(List.of(300L, 300L), groups.stream().map(FailureGroup::count).toList());
            assertEquals(added, groups.getFirst().last().part());
            Spot before = failures.next(new Spot(added, 0), groups.getFirst().fingerprint(), false).orElseThrow();
            assertEquals(log.parts().getFirst(), before.part());
            assertEquals(added, failures.next(before, groups.getFirst().fingerprint(), true).orElseThrow().part());
        }
    }

    @Test void failuresWithoutFramesAndWithoutTimesAreCounted() throws IOException {
        var text = new StringBuilder();
        for (int i = 0; i < 50; i++) text.append("{\"level\": \"error\", \"message\": \"m\", \"exception\": \"KeyError: '").append(i).append("'\"}\n");
        RecordIndexes records = open(Files.writeString(folder.resolve("a.jsonl"), text));
        try (LogLines lines = records.log()) {
            var failures = new FailureIndex(records);
            failures.extend(TaskContext.detached());
            assertEquals(1, failures.groups().size());
            FailureGroup group = failures.groups().getFirst();
            assertEquals(50, group.count());
            assertEquals("KeyError: '49'", group.title());
            assertEquals(RecordView.NO_TIME, group.from());
            assertEquals(lines.parts().getFirst(), group.last().part());
        }
    }

    @Test void itCanBeCancelled() throws IOException {
        RecordIndexes records = open(Files.writeString(folder.resolve("app.log"), records(0, 3000)));
        try (LogLines _ = records.log()) {
            var failures = new FailureIndex(records);
            assertThrows(CancellationException.class, () -> failures.extend(TaskContext.cancelledAfter(0)));
            failures.extend(TaskContext.detached());
            assertEquals(2, failures.groups().size());
        }
    }
}
