package serpentarium.log.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import serpentarium.log.LogFormat;
import serpentarium.log.LogRecord;
import serpentarium.task.TaskContext;

/// Single lines of each family, as libraries write them.
class LineReadersTest {
    private static LogRecord record(String line) throws IOException {
        return LogSamples.records(LogSamples.source(line + '\n')).getFirst();
    }

    private static String text(String line, String field) throws IOException {
        try (RecordScanner scanner = LogSamples.source((line + '\n').repeat(3)).records(TaskContext.detached())) {
            assertTrue(scanner.next());
            return scanner.view().text(field);
        }
    }

    /// Nothing looks behind the end of a line, wherever that is.
    @ParameterizedTest
    @ValueSource(strings = {"2:00:00 x", "23:00:00 a", "2:00:00 AM b c", "<34>2:00:00 x", "<34>1 2026-11-22T07:49:05Z h a - - -", "Nov 22 07:32:20 vm cron[900]: m", "22/11/26 07:49 +0100",
        "[2026-11-22 07:49:05,212: Level 33/MainProcess] x", "2026-11-22T07:49:05.020Z stderr P x", "{\"log\":\"\\ud83d\\ude00\",\"stream\":\"stderr\",\"time\":\"2026\"}"})
    void linesOfAllLengths(String line) throws IOException {
        for (int end = 1; end <= line.length(); end++) assertEquals(1, LogSamples.source(line.substring(0, end)).detection().formats().size());
    }

    @Test void samplesOfAllLengths() throws IOException {
        for (LogFormat format : LogFormats.all()) for (String sample : format.samples()) {
            byte[] line = sample.getBytes(StandardCharsets.UTF_8);
            var clock = LogSamples.CLOCK.copy();
            LineReader[] readers = LogFormats.all().stream().map(each -> LogFormats.reader(each, clock)).toArray(LineReader[]::new);
            var spans = new Spans();
            for (int from = 0; from < line.length; from++) for (int to = from; to <= line.length; to++) {
                byte[] part = Arrays.copyOfRange(line, from, to);
                for (LineReader reader : readers) {
                    spans.clear();
                    reader.read(part, 0, part.length, spans);
                    for (int field = 0; field < Spans.MOST; field++)
                        assertTrue(!spans.has(field) || spans.from[field] <= spans.to[field] && spans.to[field] <= part.length, () -> reader.format().id() + ": " + new String(part, StandardCharsets.UTF_8));
                }
            }
        }
    }

    @Test void keysThatAreKnownHaveHashesOfTheirOwn() throws IOException {
        var hashes = new HashSet<Integer>();
        for (String key : JsonKeys.all().keySet()) assertTrue(hashes.add(JsonSkim.hash(key)), key);
        // "v5" has the hash of "ts".
        assertEquals(JsonSkim.hash("ts"), JsonSkim.hash("v5"));
        LogRecord record = record("{\"v5\": \"2026-11-22T07:49:05Z\", \"level\": \"info\", \"message\": \"m\"}");
        assertEquals(serpentarium.log.RecordView.NO_TIME, record.time());
        assertNull(text("{\"c0\": 1, \"level\": \"info\", \"message\": \"m\"}", "an"));
        assertEquals("1", text("{\"AN\": 1, \"level\": \"info\", \"message\": \"m\"}", "an"));
    }

    @Test void whatIsNoNumberTakesNoFieldsAway() throws IOException {
        assertEquals(Map.of("loss", Double.NaN, "best", Double.NEGATIVE_INFINITY, "epoch", 3), record("{\"message\": \"m\", \"loss\": NaN, \"best\": -Infinity, \"epoch\": 3}").fields());
    }

    @Test void textsThatLookLikeLists() throws IOException {
        assertEquals("[72, 105]", record("{\"level\": \"info\", \"message\": \"[72, 105]\"}").message());
        assertEquals("Hi", record("{\"PRIORITY\": \"6\", \"MESSAGE\": [72, 105]}").message());
        byte[] latin = "{\"level\": \"error\", \"message\": \"größe\", \"exc_info\": \"KeyError: 'größe'\"}\n".repeat(3).getBytes(StandardCharsets.ISO_8859_1);
        assertEquals("KeyError: 'größe'", LogSamples.records(LogSamples.source("x", latin)).getFirst().exception());
    }

    @Test void causesThatStructlogWroteAsData() throws IOException {
        String chain = """
                {"level": "error", "event": "m", "exception": [{"exc_type": "RuntimeError", "exc_value": "no", "is_cause": false, "frames": []}, \
                {"exc_type": "KeyError", "exc_value": "1", "is_cause": true, "frames": [{"filename": "a.py", "lineno": 3, "name": "f"}]}]}""";
        String first = "Traceback (most recent call last):\n  File \"a.py\", line 3, in f\nKeyError: 1\n\n";
        String last = "\n\nTraceback (most recent call last):\nRuntimeError: no";
        assertEquals(first + "The above exception was the direct cause of the following exception:" + last, record(chain).exception());
        assertEquals(first + "During handling of the above exception, another exception occurred:" + last, record(chain.replace("true", "false")).exception());
    }

    @Test void pairs() throws IOException {
        LogRecord record = record("ts=2026-11-22T07:49:01Z levelno=40 func=load msg=\"no such item\" n=1");
        assertEquals(40, record.number());
        assertEquals("ERROR", record.level());
        assertEquals("no such item", record.message());
        assertEquals(Map.of("levelno", 40L, "func", "load", "n", 1L), record.fields());
        String event = "2026-11-22 06:56:22 [info     ] hello                          n=1 s='a b'";
        assertEquals(Map.of("n", 1L, "s", "a b"), record(event).fields());
        assertEquals("a b", text(event, "s"));
        assertNull(text(event, "t"));
    }

    @Test void linesInPiecesTakeTheirRoom() throws IOException {
        String one = "2026-06-10T06:13:20.020Z stderr P INFO:root:he\n2026-06-10T06:13:20.020Z stderr F llo\n";
        long size = 0;
        try (RecordScanner scanner = LogSamples.source(one.repeat(3)).records(TaskContext.detached())) {
            while (scanner.next()) size += scanner.view().size();
        }
        assertEquals(one.length() * 3L, size);
    }

    @Test void ofALongLineItsBeginning() throws IOException {
        byte[] bytes = new byte[9 << 20];
        Arrays.fill(bytes, (byte) 'x');
        Arrays.fill(bytes, bytes.length - 100_000, bytes.length, (byte) 'y');
        System.arraycopy("INFO:root:".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 10);
        LogRecord record = LogSamples.records(LogSamples.source("long", bytes)).getFirst();
        assertEquals((4 << 20) - 10, record.message().length());
        assertEquals(-1, record.message().indexOf('y'));
    }

    @Test void coloursAndCharacterSets() throws IOException {
        assertEquals(List.of("WARNING", "hot"), List.of(record("\u001b[33mWARNING\u001b(B\u001b[m:app:hot\u001b(B").level(), record("WARNING:app:\u001b[1mhot\u001b(B\u001b[m").message()));
    }
}
