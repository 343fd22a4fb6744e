package serpentarium.log.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.base.ProblemException;
import serpentarium.log.LogRecord;
import serpentarium.log.RecordView;
import serpentarium.task.TaskContext;

class MarkStoreTest {
    @TempDir Path folder;
    private final LogRecord record = new LogRecord("app.log", 2, 1, "basic", 1_795_333_741_164_000_000L, "ERROR", 40, "shop", "two `tick`", null, -1, null, null,
            "Traceback (most recent call last):\n  File \"a.py\", line 1, in f\nKeyError: 'x'", Map.of());

    private LogLines open(Path live) throws IOException {
        LogLines lines = LogLines.open(RotatedSet.of(live), Optional.empty(), folder);
        lines.fill(Optional.empty(), TaskContext.detached());
        return lines;
    }

    private MarkStore store(Path live) {
        return new MarkStore(live, folder.resolve("own"));
    }

    private Path log() throws IOException {
        return Files.writeString(Files.createDirectories(folder.resolve("logs")).resolve("app.log"), "INFO:a:one\nERROR:a:two\nINFO:a:three\n");
    }

    private LogMark mark(LogLines lines, long row) throws IOException {
        return LogMark.of(lines.spot(row).orElseThrow(), Optional.of(record));
    }

    @Test void marksAreKeptBesideTheLog() throws IOException {
        Path live = log();
        try (LogLines lines = open(live)) {
            LogMark mark = mark(lines, 1).with("first\n\"why\" ✓", List.of("cause", "db"));
            assertEquals(List.of(mark), store(live).put(mark));
            assertEquals(live.resolveSibling(".app.log.marks.json"), store(live).file());
            assertEquals(List.of(mark), store(live).load());
            assertEquals("ERROR:a:two", mark.text());
            LogMark other = mark(lines, 2);
            store(live).put(other);
            assertEquals(List.of(mark.with("changed", List.of()), other), store(live).put(mark.with("changed", List.of())));
            assertEquals(List.of(other), store(live).remove(mark));
            assertEquals(List.of(), store(live).remove(other));
            assertFalse(Files.exists(store(live).file()), "without marks there is no file");
            assertEquals("INFO:a:one\nERROR:a:two\nINFO:a:three\n", Files.readString(live));
            assertEquals(1, RotatedSet.of(live).members().size(), "what is kept is no part of the log");
        }
    }

    @Test void aMarkIsFoundAfterTheLogWasRotated() throws IOException {
        Path live = log();
        LogMark mark;
        try (LogLines lines = open(live)) {
            mark = mark(lines, 1);
        }
        Files.move(live, live.resolveSibling("app.log.1"));
        Files.writeString(live, "INFO:a:new\nERROR:a:other\n");
        try (LogLines lines = open(live)) {
            LogLines.Spot spot = mark.find(lines).orElseThrow();
            assertEquals(1, spot.line());
            assertTrue(spot.part().file().path().endsWith("app.log.1"));
        }
        // A copy has another identity.
        Files.copy(live.resolveSibling("app.log.1"), live.resolveSibling("app.log.2"));
        Files.delete(live.resolveSibling("app.log.1"));
        try (LogLines lines = open(live)) {
            assertTrue(mark.find(lines).orElseThrow().part().file().path().endsWith("app.log.2"));
        }
        Files.delete(live.resolveSibling("app.log.2"));
        try (LogLines lines = open(live)) {
            assertEquals(Optional.empty(), mark.find(lines));
        }
    }

    @Test void whereNothingCanBeWrittenTheyAreKeptElsewhere() throws IOException {
        // Nobody writes there, not even root.
        Path live = Path.of("/proc/version");
        assumeTrue(Files.exists(live));
        var mark = new LogMark("version", "x", 0, 1, RecordView.NO_TIME, null, "Linux", "", List.of());
        store(live).put(mark);
        assertEquals(List.of(mark), store(live).load());
        assertTrue(store(live).file().startsWith(folder.resolve("own")), () -> store(live).file().toString());
        assertEquals(List.of(), store(live).remove(mark));
    }

    @Test void whatIsDamagedIsNotWrittenOver() throws IOException {
        Path live = log();
        Path kept = live.resolveSibling(".app.log.marks.json");
        try (LogLines lines = open(live)) {
            LogMark mark = mark(lines, 0);
            for (String text : List.of("", "[]", "{\"marks\": [", "{\"marks\": [{\"line\": 1e999}]}x", "{\"version\": 2, \"marks\": []}", "\0\0")) {
                Files.writeString(kept, text);
                if (text.contains("1e999")) continue;
                ProblemException thrown = assertThrows(ProblemException.class, () -> store(live).put(mark), text);
                assertTrue(thrown.problem().place().source().endsWith(".marks.json"));
                assertEquals(text, Files.readString(kept));
            }
            Files.writeString(kept, "{\"marks\": [{\"line\": 1}, {\"identity\": \"x\", \"line\": \"1\", \"sum\": 2}, {\"identity\": \"x\", \"line\": 3, \"sum\": 2, \"tags\": [1, [2], \" a \"], \"new\": {}}]}");
            assertEquals(List.of(new LogMark("", "x", 3, 2, RecordView.NO_TIME, null, "", "", List.of("a"))), store(live).load());
        }
    }

    @Test void whateverIsInTheFileIsNoHarm() throws IOException {
        Path live = log();
        try (LogLines lines = open(live)) {
            store(live).put(mark(lines, 1).with("note", List.of("tag")));
        }
        Path kept = store(live).file();
        byte[] good = Files.readAllBytes(kept);
        var random = new Random(3);
        for (int round = 0; round < 2_000; round++) {
            byte[] bad = good.clone();
            for (int i = random.nextInt(4); i >= 0; i--) bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            Files.write(kept, round % 3 == 0 ? java.util.Arrays.copyOf(bad, random.nextInt(bad.length)) : bad);
            try {
                store(live).load();
            } catch (ProblemException e) {
                assertFalse(e.problem().title().isEmpty());
            }
        }
    }

    @Test void anInvestigationIsMarkdown() throws IOException {
        Path live = log();
        try (LogLines lines = open(live)) {
            LogMark mark = mark(lines, 1).with("It *began* here.", List.of("cause"));
            LogMark gone = mark(lines, 2).with("", List.of());
            var failure = new FailureGroup(1, "KeyError: 'x_y'", "a.py:1 in f", 412, lines.spot(1).orElseThrow(), lines.spot(2).orElseThrow(), record.time(), record.time() + 1_000_000_000L);
            String text = new Investigation("app.log", "level>=ERROR", List.of(new Investigation.Finding(mark, Optional.of(record)), new Investigation.Finding(gone, Optional.empty())),
                    List.of(failure)).markdown(ZoneOffset.UTC, Instant.parse("2026-11-28T10:00:00Z"));
            assertEquals("""
                    # Investigation of app.log

                    Exported 2026-11-28 10:00 from Z.
                    Shown were the records that pass `level>=ERROR`.

                    ## Marked records

                    ### 2026-11-22 07:49:01.164 ERROR shop

                    `app.log`, line 2

                    It *began* here.

                    Tags: `cause`

                    ```text
                    two `tick`
                    Traceback (most recent call last):
                      File "a.py", line 1, in f
                    KeyError: 'x'
                    ```

                    ### 2026-11-22 07:49:01.164 ERROR

                    `app.log`, line 3 (not in the log any more)

                    ```text
                    INFO:a:three
                    ```

                    ## Failures

                    | Failure | Count | First | Last |
                    | --- | ---: | --- | --- |
                    | KeyError: 'x\\_y' — a.py:1 in f | 412 | 2026-11-22 07:49:01.164 | 2026-11-22 07:49:02.164 |
                    """, text);
        }
    }
}
