package serpentarium.log.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import serpentarium.log.analysis.LogCost;
import serpentarium.log.analysis.LogFilter;
import serpentarium.log.analysis.LogQuestion;
import serpentarium.log.analysis.LogSums;
import serpentarium.log.analysis.LogTally;
import serpentarium.log.format.LogSamples;
import serpentarium.log.format.LogSource;
import serpentarium.task.TaskContext;

class LogScanTest {
    private static final TaskContext NOBODY = TaskContext.detached();

    /// Times go back now and then, and some lines say none.
    private static LogSource made(String name, int seed, int records) throws IOException {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (int i = 0; i < records; i++) {
            int second = Math.max(0, i / 200 - (random.nextInt(50) == 0 ? 3 : 0));
            text.append("2026-11-22 07:%02d:%02d,%03d %s app.%s [%d] took %d.%d ms for id-%d\n".formatted(second / 60 % 60, second % 60, random.nextInt(1000),
                    random.nextInt(9) == 0 ? "ERROR" : "INFO", (char) ('a' + random.nextInt(5)), random.nextInt(3), random.nextInt(500), random.nextInt(10), i + seed));
            if (random.nextInt(30) == 0) text.append("Traceback (most recent call last):\n  File \"a.py\", line 3, in f\nKeyError: ").append(random.nextInt(5)).append('\n');
        }
        return LogSamples.source(name, text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static LogQuestion question(String text) {
        return assertInstanceOf(LogQuestion.Result.Parsed.class, LogQuestion.parse(text, ZoneOffset.UTC), text).question();
    }

    private static void same(List<LogSource> sources, String text) throws IOException {
        LogQuestion question = question(text);
        var expected = new LogTally(question, NOBODY);
        try (var merged = new MergedLog(sources, NOBODY)) {
            while (merged.next()) expected.add(merged.view());
            LogScan.Found<LogTally> found = new LogScan(sources).ask(question, NOBODY);
            assertEquals(expected.table(), found.value().table(), text);
            assertEquals(merged.warnings(), found.warnings());
            for (int i = 0; i < sources.size(); i++) assertEquals(new LogScan.Read(merged.lines(i), merged.records(i)), found.logs().get(i));
        }
    }

    @Test void answersAreThoseOfTheMergedLog() throws IOException {
        List<LogSource> sources = List.of(made("a.log", 1, 40_000), made("b.log", 2, 30_000), made("c.log", 3, 5));
        for (String text : List.of("| count", "level>=ERROR | count by logger, 1m | top 7", "| count by source, process", "has:traceback | count by failure", "| average line by logger",
                "| count by template | top 3")) same(sources, text);
        same(sources.subList(0, 1), "| count by time");
    }

    @Test void whatIsTooMuchToBeToldApartIsTheSameToo() throws IOException {
        same(List.of(made("a.log", 1, LogTally.MOST_GROUPS), made("b.log", 500, 9_000)), "| count by message | top 30");
    }

    @Test void costsAndCounts() throws IOException {
        List<LogSource> sources = List.of(made("a.log", 1, 40_000), made("b.log", 2, 30_000));
        var cost = new LogCost();
        try (var merged = new MergedLog(sources, NOBODY)) {
            while (merged.next()) cost.add(merged.view());
        }
        assertEquals(cost.statements(), new LogScan(sources).cost(new LogFilter.All(), NOBODY).value().statements());
        List<LogSums> sums = new LogScan(sources).summary(new LogFilter.Failed(), NOBODY).value();
        assertEquals(2, sums.size());
        assertTrue(sums.getFirst().records() > 1000 && sums.getFirst().records() == sums.getFirst().tracebacks());
    }
}
