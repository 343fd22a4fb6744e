package serpentarium.log.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import serpentarium.base.Source;
import serpentarium.log.LogRecord;

/// Format strings beside what Python's `logging` writes with them.
class PythonFormatTest {
    private static List<LogRecord> records(String format, String dates, String text) throws IOException {
        return LogSamples.records(LogSource.of(Source.of("x", text.getBytes(StandardCharsets.UTF_8)), PythonFormat.of(format, dates), LogSamples.CLOCK));
    }

    /// Three records of one program: an info, an error and a warning.
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', ignoreLeadingAndTrailingWhitespace = false, value = {
        "%(asctime)s %(levelname)8s %(message)s~2026-11-22 07:49:05,145     INFO hello~2026-11-22 07:49:05,145    ERROR two~2026-11-22 07:49:05,145  WARNING x: y",
        "[%(levelname)8s] %(message)s~[    INFO] hello~[   ERROR] two~[ WARNING] x: y",
        "[%(levelname)-8s] %(message)s~[INFO    ] hello~[ERROR   ] two~[WARNING ] x: y",
        "%(asctime)s|%(levelname)-8s|%(message)s~2026-11-22 07:49:05,145|INFO    |hello~2026-11-22 07:49:05,145|ERROR   |two~2026-11-22 07:49:05,145|WARNING |x: y",
        "%(levelname)8s: %(message)s~    INFO: hello~   ERROR: two~ WARNING: x: y",
        "%(levelname)s %(name)-15s %(message)s~INFO app.db          hello~ERROR app.db          two~WARNING app.db          x: y",
        "%(name)15s: %(levelname)s %(message)s~         app.db: INFO hello~         app.db: ERROR two~         app.db: WARNING x: y",
        "%(levelname)s %(filename)s:%(lineno)4d %(message)s~INFO shop.py:  26 hello~ERROR shop.py:  26 two~WARNING shop.py:  26 x: y",
        "[%(process)8d] %(levelname).4s %(message)s~[   13988] INFO hello~[   13988] ERRO two~[   13988] WARN x: y",
        "%(levelname).1s %(asctime)s %(message)s~I 2026-11-22 07:49:05,145 hello~E 2026-11-22 07:49:05,145 two~W 2026-11-22 07:49:05,145 x: y",
        "%(levelname).3s %(name)s %(message)s~INF app.db hello~ERR app.db two~WAR app.db x: y",
        "%(levelname)s {%(name)s} 100%% %(message)s~INFO {app.db} 100% hello~ERROR {app.db} 100% two~WARNING {app.db} 100% x: y",
        "%%%(levelname)s %(message)s~%INFO hello~%ERROR two~%WARNING x: y",
        "{asctime} {levelname:<8} {name:>12} {message}~2026-11-22 07:49:05,145 INFO           app.db hello~2026-11-22 07:49:05,145 ERROR          app.db two~2026-11-22 07:49:05,145 WARNING        app.db x: y",
        "[{levelname:^10}] {message}~[   INFO   ] hello~[  ERROR   ] two~[ WARNING  ] x: y",
        "{levelname:8}|{lineno:4d}|{message}~INFO    |  26|hello~ERROR   |  26|two~WARNING |  26|x: y",
        "{{{name}}} {levelname!s:.4} {message}~{app.db} INFO hello~{app.db} ERRO two~{app.db} WARN x: y",
        "$asctime ${levelname} $$ $name: $message~2026-11-22 07:49:05,145 INFO $ app.db: hello~2026-11-22 07:49:05,145 ERROR $ app.db: two~2026-11-22 07:49:05,145 WARNING $ app.db: x: y"})
    void linesAreReadAsTheyWereWritten(String format, String info, String error, String warning) throws IOException {
        List<LogRecord> records = records(format, null, info + '\n' + error + "\nKeyError: 1\n" + warning + '\n');
        assertEquals(List.of("INFO", "ERROR", "WARNING"), records.stream().map(LogRecord::level).toList());
        assertEquals(List.of("hello", "two\nKeyError: 1", "x: y"), records.stream().map(LogRecord::message).toList());
        for (LogRecord record : records) {
            if (format.contains("name)") && format.contains("(name") || format.contains("{name") || format.contains("$name")) assertEquals("app.db", record.logger());
            if (format.contains("lineno")) assertEquals(26, record.fileLine());
            if (format.contains("filename")) assertEquals("shop.py", record.file());
            if (format.contains("process")) assertEquals("13988", record.process());
            if (format.contains("asctime")) assertEquals(1_795_333_745_145_000_000L, record.time());
        }
    }

    @Test void timesOfADateFormat() throws IOException {
        LogRecord record = records("%(asctime)s.%(msecs)03d %(message)s", "%d/%m/%Y %I:%M:%S %p", "11/12/2026 01:02:03 PM.045 hello\n").getFirst();
        assertEquals("hello", record.message());
        assertEquals(java.time.Instant.parse("2026-12-11T13:02:03.045Z"), java.time.Instant.ofEpochSecond(0, record.time()));
    }

    @Test void aMessagesOwnBlanksStay() throws IOException {
        assertEquals("  two", records("[%(levelname)-8s] %(message)s", null, "[ERROR   ]   two\n").getFirst().message());
        assertEquals("", records("%(levelname)s %(message)s", null, "ERROR \n").getFirst().message());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "%d %s", "100%%", "{}", "{{name}}", "$$", "%(asctime"})
    void whatIsNone(String format) {
        assertThrows(IllegalArgumentException.class, () -> PythonFormat.of(format, null));
    }
}
