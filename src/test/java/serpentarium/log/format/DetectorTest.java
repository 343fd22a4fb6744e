package serpentarium.log.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import serpentarium.log.Level;
import serpentarium.log.LogFormat;
import serpentarium.log.LogRecord;

class DetectorTest {
    static List<LogFormat> formats() {
        return LogFormats.all().stream().filter(format -> format.family() != LogFormat.Family.PLAIN).toList();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aFormatIsFoundByItsOwnSamples(LogFormat format) throws IOException {
        assertFalse(format.samples().isEmpty());
        for (String sample : format.samples()) {
            LogSource source = LogSamples.source((sample + "\n").repeat(5));
            assertEquals(format.id(), source.detection().id(), sample);
            assertEquals(1, source.detection().score());
            assertEquals(5, LogSamples.records(source).size());
        }
        assertFalse(LogFormats.title(format).contains("{"));
    }

    @ParameterizedTest
    @CsvSource({"basic-py3.13.log, basic", "common-py3.13.log, common", "celery-py3.11.log, celery", "django-py2.7.log, django", "tz-py3.6.log, flask",
        "brace-style-py3.13.log, loguru", "jsonlines-py3.8.jsonl, json", "ecs-py3.8.jsonl, json", "logfmt-py3.8.log, logfmt", "nginx-access.log, nginx-access",
        "nginx-error.log, nginx-error", "uvicorn.log, uvicorn", "gunicorn-error.log, gunicorn", "http.server.log, http.server", "rfc5424.log, syslog", "rfc3339.log, syslog",
        "traditional.log, syslog", "custom.log, logfmt", "messages.jsonl, json", "debug-format.log, rsyslog-debug", "nginx-access.json.log, json"})
    void realLogsAreWhatTheyAre(String name, String id) throws IOException {
        assertTrue(LogSamples.source(name, LogSamples.bytes(name)).detection().id().startsWith(id));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', value = {"thread-py3.8.log ! {time} {level:any} [{thread}] {logger}: {message}", "nodate-py3.13.log ! [{level}] {function:word}(): {message}",
        "epoch-py3.8.log ! {time}|{levelno}|{logger:word}|{message}", "us-py3.11.log ! {time} {level:any} {message}", "short-py3.13.log ! {time} {message}",
        "iso-py3.8.log ! {time} [{level:any}] {logger:word} ({file}:{line:int}): {message}", "custom-levels-py3.8.log ! {time} [{level:any}] {logger:word}: {message}"})
    void layoutsAreFoundOut(String name, String layout) throws IOException {
        Detection detection = LogSamples.source(name, LogSamples.bytes(name)).detection();
        assertEquals(layout.replace("{logger}", "{logger:word}"), detection.formats().getFirst().layouts().getFirst().replace("{logger}", "{logger:word}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', value = {"2026-11-28 07:08:01,123 [MainThread] [%-5.5s]  ! {time} [{thread}] [{level:any}] {message}", "%s -  ! {level} - {message}",
        "[%s:app.part0]  ! [{level}:{logger:word}] {message}", "app.part1 %s  ! {logger:word} {level} {message}", "2026-11-28 07:08:01,123 %s shop.py:12]  ! {time} {level:any} {file}:{line:int}] {message}"})
    void headsOfPrograms(String head, String layout) throws IOException {
        var text = new StringBuilder();
        String[] levels = {"DEBUG", "INFO", "WARNING", "ERROR"};
        String[] messages = {"user %d logged in", "cache of %d entries was cleared", "Loading item %d", "failed: %d"};
        for (int i = 0; i < 48; i++) text.append(head.formatted(levels[i % 4])).append(' ').append(messages[i / 4 % 4].formatted(i)).append('\n');
        LogSource source = LogSamples.source(text.toString());
        assertEquals(layout, source.detection().formats().getFirst().layouts().getFirst());
        List<LogRecord> records = LogSamples.records(source);
        assertEquals(48, records.size());
        assertEquals("WARNING", Level.of(records.get(2).number()).name());
        assertTrue(records.getFirst().message().strip().endsWith("user 0 logged in"));
    }

    @Test void proseIsNoLog() throws IOException {
        String prose = "It was the best of times, it was the worst of times.\nNote: an error may come.\n\n  - first point\n  - second\nWarning signs were everywhere.\n"
                + "def f(x):\n    return x\n# INFO about this\nIn 2026, on May 5, we met at 10:30.\n";
        Detection detection = LogSamples.source(prose.repeat(4)).detection();
        assertFalse(detection.log(), detection.toString());
        assertEquals("plain", detection.id());
        assertFalse(LogSamples.source("name,age\nana,3\nbo,4\n").detection().log());
        assertFalse(LogSamples.source("{\"a\": 1}\n{\"a\": 2}\n{\"a\": 3}\n").detection().log());
        assertFalse(LogSamples.source("").detection().log());
    }

    @Test void threeRecordsAreEnoughForDottedNames() throws IOException {
        List<LogRecord> records = LogSamples.records(LogSamples.source("""
                2026-11-28 08:00:01,120 INFO shop.orders order 17 paid
                2026-11-28 08:00:02,004 ERROR shop.stock lookup failed
                2026-11-28 08:00:03,500 WARNING shop.orders slow: 1200 ms
                """));
        assertEquals(List.of("shop.orders", "shop.stock", "shop.orders"), records.stream().map(LogRecord::logger).toList());
        assertEquals("lookup failed", records.get(1).message());
    }

    @Test void severalFormatsInOneFile() throws IOException {
        var text = new StringBuilder();
        for (int i = 0; i < 20; i++) text.append("INFO:     127.0.0.1:39072 - \"GET /").append(i).append(" HTTP/1.1\" 200 OK\nINFO:app.db:query ").append(i)
                .append("\n{\"time\": \"2026-11-22T07:49:04Z\", \"level\": \"error\", \"message\": \"m").append(i).append("\"}\n");
        LogSource source = LogSamples.source(text.toString());
        assertEquals(List.of("basic", "json", "uvicorn"), source.detection().formats().stream().map(LogFormat::id).sorted().toList());
        List<LogRecord> records = LogSamples.records(source);
        assertEquals(60, records.size());
        var loggers = new HashMap<String, Integer>();
        records.forEach(record -> loggers.merge(record.format() + record.level(), 1, Integer::sum));
        assertEquals(java.util.Map.of("uvicornINFO", 20, "basicINFO", 20, "jsonERROR", 20), loggers);
    }

    @Test void containersWrapWhatProgramsWrite() throws IOException {
        String docker = "{\"log\":\"2026-11-22 07:49:05,482 - app.db - ERROR - no \\u00fc\\n\",\"stream\":\"stderr\",\"time\":\"2026-11-22T07:49:05.5Z\"}\n"
                + "{\"log\":\"Traceback (most recent call last):\\n\",\"stream\":\"stderr\",\"time\":\"2026-11-22T07:49:05.5Z\"}\n"
                + "{\"log\":\"  File \\\"a.py\\\", line 1, in f\\n\",\"stream\":\"stderr\",\"time\":\"2026-11-22T07:49:05.5Z\"}\n"
                + "{\"log\":\"KeyError: 1\\n\",\"stream\":\"stderr\",\"time\":\"2026-11-22T07:49:05.5Z\"}\n";
        LogSource source = LogSamples.source(docker.repeat(3));
        assertEquals("docker+common", source.detection().id());
        List<LogRecord> records = LogSamples.records(source);
        assertEquals(3, records.size());
        assertEquals("no ü", records.getFirst().message());
        assertEquals("Traceback (most recent call last):\n  File \"a.py\", line 1, in f\nKeyError: 1", records.getFirst().exception());
        String cri = "2026-06-10T06:13:20.020Z stderr P INFO:root:he\n2026-06-10T06:13:20.020Z stderr F llo\n2026-06-10T06:13:21.020Z stdout F WARNING:app:two\n";
        List<LogRecord> wrapped = LogSamples.records(LogSamples.source(cri.repeat(3)));
        assertEquals(6, wrapped.size());
        assertEquals("hello", wrapped.getFirst().message());
        assertEquals(1_781_072_000_020_000_000L, wrapped.getFirst().time());
        assertTrue(wrapped.get(1).logger().equals("app"));
    }
}
