package serpentarium.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import serpentarium.base.ProblemException;
import serpentarium.task.InlineTasks;

class LogsVerbTest {
    private static final String TRACEBACK = "Traceback (most recent call last):\n  File \"a.py\", line 1, in f\nKeyError: 'pear'\n";

    @TempDir Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path first;
    private Path second;

    @BeforeEach void logs() throws IOException {
        first = Files.writeString(folder.resolve("a.log"), "2026-11-22 07:49:01,000 - app.db - INFO - query 1\n2026-11-22 07:49:05,000 - app - ERROR - no\n" + TRACEBACK
                + "2026-11-22 07:51:00,000 - app.db - INFO - query 22\n");
        second = Files.writeString(folder.resolve("b.log"), "{\"time\": \"2026-11-22T07:49:03Z\", \"level\": \"warning\", \"logger\": \"shop\", \"message\": \"slow\", \"loss\": NaN, \"n\": [1, null]}\n");
    }

    private void run(Object... arguments) throws IOException {
        piped("", arguments);
    }

    private void piped(String input, Object... arguments) throws IOException {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var verb = new LogsVerb(new Console(new PrintWriter(out), new PrintWriter(err), new InlineTasks(), false), new java.io.ByteArrayInputStream(input.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        new CommandLine(verb).parseArgs(java.util.Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
        assertEquals(0, verb.call());
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    @Test void severalLogsAreMergedByTime() throws IOException {
        run(first, second, "--json", "--zone", "UTC");
        List<Map<String, Object>> records = new java.util.ArrayList<>();
        for (String line : lines()) records.add(JSON.std.mapFrom(line));
        assertEquals(List.of("query 1", "slow", "no", "query 22"), records.stream().map(each -> each.get("message")).toList());
        assertEquals(TRACEBACK.strip(), records.get(2).get("exception"));
        assertEquals(Map.of("path", first.toString(), "line", 2), records.get(2).get("source"));
        assertEquals(java.util.Arrays.asList(1, null), ((Map<?, ?>) records.get(1).get("fields")).get("n"));
        assertEquals("NaN", ((Map<?, ?>) records.get(1).get("fields")).get("loss"));
        assertEquals(1_795_333_743L, ((Number) records.get(1).get("time")).longValue());
    }

    @Test void standardInputIsALogLikeAnother() throws IOException {
        piped("2026-11-22 07:49:02,000 - pipe - WARNING - through\n", first, "-", "--json", "--zone", "UTC");
        List<Map<String, Object>> records = new java.util.ArrayList<>();
        for (String line : lines()) records.add(JSON.std.mapFrom(line));
        assertEquals(List.of("query 1", "through", "no", "query 22"), records.stream().map(each -> each.get("message")).toList());
        assertEquals(Map.of("path", "-", "line", 1), records.get(1).get("source"));
        piped("", "-");
        assertEquals("", out.toString());
    }

    @Test void aFolderStandsForItsLogs() throws IOException {
        Files.write(folder.resolve("picture.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13});
        Files.createDirectory(folder.resolve("inner"));
        run(folder, "--zone", "UTC", "--level", "warning", "--json");
        assertEquals(2, lines().size(), out::toString);
    }

    @Test void aPersonReadsTheLinesAsTheyAre() throws IOException {
        run(first, "--level", "error");
        assertEquals("2026-11-22 07:49:05,000 - app - ERROR - no\n" + TRACEBACK, out.toString());
        run(first, second, "--filter", "query or slow", "--zone", "UTC");
        assertEquals(3, lines().size());
    }

    @Test void counts() throws IOException {
        run(first, second, "--summary", "--json", "--zone", "UTC");
        Map<String, Object> document = JSON.std.mapFrom(out.toString());
        assertEquals(4, document.get("records"));
        assertEquals(7, document.get("lines"));
        assertEquals(1, document.get("tracebacks"));
        assertEquals(Map.of("DEBUG", 0, "INFO", 2, "WARNING", 1, "ERROR", 1, "CRITICAL", 0, "other", 0), document.get("levels"));
        assertEquals("2026-11-22T07:49:01Z", document.get("first"));
        assertEquals("2026-11-22T07:51:00Z", document.get("last"));
    }

    @Test void questionsAndCosts() throws IOException {
        run(first, second, "--ask", "level<ERROR | count by logger | top 1", "--zone", "UTC");
        assertEquals(List.of("2  app.db"), lines());
        run(first, "--cost", "--json");
        List<?> statements = (List<?>) JSON.std.mapFrom(out.toString()).get("statements");
        assertEquals(2, statements.size());
        assertTrue(statements.stream().anyMatch(each -> "query •".equals(((Map<?, ?>) each).get("template")) && Integer.valueOf(2).equals(((Map<?, ?>) each).get("records"))), out::toString);
    }

    @Test void aFormatThatIsSaid() throws IOException {
        Path log = Files.writeString(folder.resolve("c.log"), "<   INFO> 22.11.26 hello\n<CRITICAL> 23.11.26 gone\n");
        run(log, "--format", "<%(levelname)8s> %(asctime)s %(message)s", "--datefmt", "%d.%m.%y", "--json", "--level", "critical", "--zone", "UTC");
        Map<String, Object> record = JSON.std.mapFrom(out.toString());
        assertEquals(List.of("gone", "CRITICAL"), List.of(record.get("message"), record.get("level")));
        assertEquals(1_795_392_000L, ((Number) record.get("time")).longValue());
    }

    @Test void whatCannotBeReadIsSaidBesideTheRest() throws IOException {
        run(folder.resolve("none.log"), second, "--level", "warning");
        assertEquals(1, lines().size());
        assertTrue(err.toString().contains("none.log"), err::toString);
        assertThrows(ProblemException.class, () -> run(folder.resolve("none.log")));
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThrows(ProblemException.class, () -> run(empty));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', value = {"--level ! loud ! loud", "--filter ! level>= ! 8", "--ask ! a | sing ! sing", "--zone ! Mars/Base ! Mars/Base", "--format ! hello ! hello", "--datefmt ! %H ! --format"})
    void whatIsWrongIsSaid(String option, String value, String named) {
        var wrong = assertThrows(CommandLine.ParameterException.class, () -> run(first, option, value));
        assertTrue(wrong.getMessage().contains(named), wrong.getMessage());
    }

    @Test void oneAnswerAtATime() {
        assertThrows(CommandLine.ParameterException.class, () -> run(first, "--summary", "--cost"));
        assertThrows(CommandLine.ParameterException.class, this::run);
    }
}
