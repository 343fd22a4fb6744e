package serpentarium.log.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import serpentarium.log.analysis.LogCost;
import serpentarium.log.analysis.LogFilterParser;
import serpentarium.log.analysis.LogFilterRun;
import serpentarium.log.analysis.LogQuestion;
import serpentarium.log.analysis.LogTally;
import serpentarium.log.format.LogSamples;
import serpentarium.log.format.RecordScanner;
import serpentarium.task.TaskContext;

class LogFilterTest {
    private static List<Long> lines(String sample, String filter) throws IOException {
        var parsed = assertInstanceOf(LogFilterParser.Result.Parsed.class, LogFilterParser.parse(filter, ZoneOffset.UTC), filter);
        var lines = new ArrayList<Long>();
        try (RecordScanner scanner = LogSamples.source(sample, LogSamples.bytes(sample)).records(TaskContext.detached())) {
            var test = LogFilterRun.of(parsed.filter(), TaskContext.detached());
            while (scanner.next()) if (test.test(scanner.view())) lines.add(scanner.view().line());
        }
        return lines;
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"level>=ERROR ; 12", "level >= warn ; 19", "level=DEBUG ; 7", "level!=INFO ; 26", "not level>=INFO ; 7", "logger~\"app.*\" ; 45",
        "logger=app.db ; 15", "logger!=app.db and level>=ERROR ; 9", "has:traceback ; 6", "/request \\d+ failed/ ; 6", "\"REQUEST 8\" ; 1", "status=204 or has:traceback ; 6",
        "größe ; 6", "time>=2026-11-22T07:49:05 ; 60", "time<2026-11-22 ; 0", "time>='2026-11-22 07:49:05,484' level>=INFO ; 40", "(level=ERROR or level=WARNING) item-6 ; 1",
        "text~/item-1\\d/ ; 7", "KeyError logger=worker ; 1", " ; 60"})
    void filtersOverALog(String filter, int expected) throws IOException {
        int found = lines("common-py3.13.log", filter == null ? "" : filter).size();
        if (filter != null && filter.contains("484")) assertTrue(found > 0 && found < 60);
        else assertEquals(expected, found, filter);
    }

    @Test void fieldsOfJson() throws IOException {
        assertEquals(9, lines("jsonlines-extra-py3.13.jsonl", "user=ana").size());
        assertEquals(1, lines("jsonlines-extra-py3.13.jsonl", "request_id=r-0003").size());
        assertEquals(5, lines("nginx-access.json.log", "status=404").size());
        assertEquals(9, lines("nginx-access.json.log", "status>=400").size());
        assertEquals(9, lines("nginx-access.log", "status>=400 and status<500").size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"level>= ; 7 ; 7", "level>=loud ; 7 ; 11", "(a ; 2 ; 2", "a) ; 1 ; 2", "\"open ; 0 ; 5", "/[/ ; 0 ; 3", "time>=soon ; 6 ; 10", "and a ; 0 ; 3",
        ">=3 ; 0 ; 2", "x>abc ; 2 ; 5", "logger<~x ; 7 ; 8"})
    void whatIsWrongIsShownWhereItIs(String filter, int from, int to) {
        var wrong = assertInstanceOf(LogFilterParser.Result.Wrong.class, LogFilterParser.parse(filter, ZoneOffset.UTC));
        assertEquals(List.of(from, to), List.of(wrong.from(), wrong.to()), wrong.text());
    }

    @Test void namesOfFieldsWhateverTheCase() throws IOException {
        assertEquals(9, lines("jsonlines-extra-py3.13.jsonl", "USER=ana").size());
        assertEquals(5, lines("nginx-access.json.log", "Status=404").size());
        assertEquals(9, lines("nginx-access.log", "STATUS>=400 and status<500").size());
        assertEquals(15, lines("common-py3.13.log", "Logger=app.db").size());
        assertEquals(15, lines("common-py3.13.log", "name=app.db").size());
        int found = lines("logfmt-py3.13.log", "flag=true").size();
        assertTrue(found > 10);
        assertEquals(found, lines("logfmt-py3.13.log", "FLAG=true").size());
    }

    @Test void aTracebackInAMessageOfJson() throws IOException {
        String log = """
                {"time": "2026-11-22T07:49:01Z", "level": "error", "message": "it failed\\nTraceback (most recent call last):\\n  File \\"a.py\\", line 3, in f\\nKeyError: 'x'"}
                {"time": "2026-11-22T07:49:02Z", "level": "info", "message": "a Traceback (most recent call last): is what Python writes"}
                """;
        var parsed = assertInstanceOf(LogFilterParser.Result.Parsed.class, LogFilterParser.parse("has:traceback", ZoneOffset.UTC));
        try (RecordScanner scanner = LogSamples.source(log).records(TaskContext.detached())) {
            var test = LogFilterRun.of(parsed.filter(), TaskContext.detached());
            assertTrue(scanner.next() && test.test(scanner.view()));
            assertEquals("it failed", scanner.view().text("message"));
            assertTrue(scanner.view().text("exception").endsWith("KeyError: 'x'"));
            assertTrue(scanner.next() && !test.test(scanner.view()));
        }
    }

    private static LogTally.Table asked(String question) throws IOException {
        var text = new StringBuilder();
        for (int i = 0; i < 1000; i++) text.append("2026-11-22 07:%02d:00,000 INFO app [1] %s\n".formatted(i / 100, i % 2 == 0 ? "took %d ms on host-%d".formatted(i, i % 4) : "size=" + i + "kB"));
        var parsed = assertInstanceOf(LogQuestion.Result.Parsed.class, LogQuestion.parse(question, ZoneOffset.UTC), question);
        var tally = new LogTally(parsed.question(), TaskContext.detached());
        try (RecordScanner scanner = LogSamples.source(text.toString()).records(TaskContext.detached())) {
            while (scanner.next()) tally.add(scanner.view());
        }
        return tally.table();
    }

    @Test void numbersInMessages() throws IOException {
        LogTally.Table table = asked("extract /took (\\d+) ms/ | p95 by 1m");
        assertEquals(List.of("time"), table.columns());
        assertEquals(500, table.records());
        assertEquals(10, table.rows().size());
        assertEquals(94, table.rows().getFirst().value());
        assertEquals(499, asked("took | extract /took (?<ms>\\d+) ms/ | avg(ms)").rows().getFirst().value());
        assertEquals(2, asked("extract /took (?<ms>\\d+) ms on (?<host>\\S+)/ | max(ms) by host").rows().size());
        assertEquals(998, asked("extract /(\\d+) ms/ as took | max took").rows().getFirst().value());
        assertEquals(999, asked("max(size)").rows().getFirst().value());
        assertEquals(500, asked("median(SIZE)").rows().getFirst().value(), 500 * 0.01);
        assertEquals(1, asked("size>900 | min(size) by logger").rows().size());
        assertEquals(901, asked("size>900 | min(size) by logger").rows().getFirst().value());
        assertEquals(250000, asked("sum(size) by logger").rows().getFirst().value());
        assertEquals(1000, asked("count by logger").records());
        assertEquals(0, asked("count").records(), "a word alone is looked for");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"x | extract x | count ; 12", "extract /(/ | count ; 8", "extract /a ; 8", "x | p0(y) ; 4", "x | p95( ; 8", "x | avg(y by z ; 10", "x | count | extract /a/ ; 12"})
    void whatIsWrongInAQuestion(String question, int from) {
        var wrong = assertInstanceOf(LogQuestion.Result.Wrong.class, LogQuestion.parse(question, ZoneOffset.UTC), question);
        assertEquals(from, wrong.wrong().from(), wrong.wrong().text());
    }

    private static LogTally.Table ask(String sample, String question) throws IOException {
        var parsed = assertInstanceOf(LogQuestion.Result.Parsed.class, LogQuestion.parse(question, ZoneOffset.UTC), question);
        var all = new LogTally(parsed.question(), TaskContext.detached());
        var half = new LogTally(parsed.question(), TaskContext.detached());
        int n = 0;
        try (RecordScanner scanner = LogSamples.source(sample, LogSamples.bytes(sample)).records(TaskContext.detached())) {
            while (scanner.next()) (n++ < 25 ? all : half).add(scanner.view());
        }
        all.merge(half);
        return all.table();
    }

    @Test void questions() throws IOException {
        LogTally.Table table = ask("common-py3.13.log", "level>=ERROR | count by logger | top 2");
        assertEquals(List.of("logger"), table.columns());
        assertEquals(12, table.records());
        assertEquals(2, table.rows().size());
        assertTrue(table.rows().getFirst().value() >= table.rows().getLast().value());
        LogTally.Table timed = ask("nginx-access.json.log", "status=200 | count by status, 1m");
        assertEquals(List.of("time", "status"), timed.columns());
        assertEquals("2026-11-22T07:49:00Z", timed.rows().getFirst().keys().getFirst());
        assertEquals(135, timed.rows().stream().mapToDouble(LogTally.Row::value).sum());
        assertEquals(149, ask("nginx-access.json.log", "| count").rows().getFirst().value());
        assertEquals(30000, ask("nginx-access.json.log", "uri=/blob.bin | smallest bytes").rows().getFirst().value());
        LogTally.Table failures = ask("common-py3.13.log", "has:traceback | count by failure");
        assertEquals(6, failures.records());
        assertTrue(failures.rows().stream().anyMatch(row -> row.keys().getFirst().startsWith("KeyError")));
        assertInstanceOf(LogQuestion.Result.Wrong.class, LogQuestion.parse("a | top 3", ZoneOffset.UTC));
        assertInstanceOf(LogQuestion.Result.Wrong.class, LogQuestion.parse("a | count by", ZoneOffset.UTC));
        assertInstanceOf(LogQuestion.Result.Wrong.class, LogQuestion.parse("a | count by 3x", ZoneOffset.UTC));
        assertInstanceOf(LogQuestion.Result.Wrong.class, LogQuestion.parse("a | sing", ZoneOffset.UTC));
    }

    @Test void whatStatementsCost() throws IOException {
        var cost = new LogCost();
        long size = LogSamples.bytes("common-py3.13.log").length;
        try (RecordScanner scanner = LogSamples.source("x", LogSamples.bytes("common-py3.13.log")).records(TaskContext.detached())) {
            while (scanner.next()) cost.add(scanner.view());
        }
        List<LogCost.Statement> statements = cost.statements();
        assertEquals(size, statements.stream().mapToLong(LogCost.Statement::bytes).sum());
        assertEquals(156, statements.stream().mapToLong(LogCost.Statement::lines).sum());
        assertTrue(statements.stream().anyMatch(each -> each.template().equals("handled item-• in • ms status=•")), statements.toString());
        assertTrue(statements.size() < 16);
    }
}
