package serpentarium.log.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import serpentarium.log.LogRecord;
import serpentarium.task.TaskContext;

/// Whatever the bytes: bounded work, and records or none.
class HostileLogTest {
    private static final int MUTATIONS = 10_000;

    static List<String> names() {
        return List.copyOf(LogSamples.truth().keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void cutAtTwentyPlaces(String name) throws IOException {
        byte[] whole = LogSamples.bytes(name);
        int all = LogSamples.records(LogSamples.source(name, whole)).size();
        for (int i = 0; i < 20; i++) {
            byte[] cut = Arrays.copyOf(whole, (int) ((long) whole.length * i / 20));
            LogSource source = LogSamples.source(name, cut);
            int records = LogSamples.records(source).size();
            assertTrue(records <= all || !source.detection().log() || source.detection().formats().size() > 0 && records <= lines(cut), name + " cut at " + cut.length);
        }
    }

    private static long lines(byte[] bytes) {
        long n = 1;
        for (byte each : bytes) if (each == '\n') n++;
        return n;
    }

    @Test void mutations() throws IOException {
        List<byte[]> samples = names().stream().map(LogSamples::bytes).map(bytes -> Arrays.copyOf(bytes, Math.min(bytes.length, 1500))).toList();
        var random = new Random(20261128);
        long records = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] bytes = mutated(samples.get(i % samples.size()), random);
            for (LogRecord record : LogSamples.records(LogSamples.source("m", bytes))) {
                assertNotNull(record.message());
                records++;
            }
        }
        assertTrue(records > MUTATIONS);
    }

    private static byte[] mutated(byte[] sample, Random random) {
        byte[] bytes = sample.clone();
        for (int k = random.nextInt(8); k >= 0; k--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 2 -> {
                    byte[] repeated = Arrays.copyOf(bytes, Math.min(bytes.length * 2, 6000));
                    if (repeated.length > bytes.length) System.arraycopy(bytes, 0, repeated, bytes.length, repeated.length - bytes.length);
                    bytes = repeated;
                }
                default -> {
                    byte[] digits = "99999999999999999999{[\"\\u".getBytes(StandardCharsets.US_ASCII);
                    System.arraycopy(digits, 0, bytes, at, Math.min(digits.length, bytes.length - at));
                }
            }
        }
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "[", "(", "{\"message\":[", "{\"level\":{", "\u001b[", "\u001b]8;;", "\r", "Traceback (most recent call last):\n", "  + Exception Group Traceback (most recent call last):\n",
        "  | ", "a=(", "key=\"\\", "[2026-11-22 07:49:05,123: ", "<34>", "2026-11-22 07:49:05 - - - - - - ", "127.0.0.1 - - [22/Nov/2026:08:01:18 +0000] \"\\"})
    void deepAndLong(String piece) {
        byte[] bytes = piece.repeat(300_000 / piece.length()).getBytes(StandardCharsets.UTF_8);
        byte[] lines = (piece.repeat(5000 / piece.length()) + "\n").repeat(60).getBytes(StandardCharsets.UTF_8);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            LogSamples.records(LogSamples.source("x", bytes));
            LogSamples.records(LogSamples.source("x", lines));
        });
    }

    @Test void aLineOfManyMegabytes() throws IOException {
        byte[] head = "INFO:root:first\nINFO:root:".getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = Arrays.copyOf(head, head.length + (40 << 20));
        Arrays.fill(bytes, head.length, bytes.length, (byte) 'x');
        byte[] tail = "\nERROR:app:last\n".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(tail, 0, bytes, bytes.length - tail.length, tail.length);
        LogSource source = LogSamples.source("long", bytes);
        try (RecordScanner scanner = source.records(TaskContext.detached())) {
            assertTrue(scanner.next());
            assertTrue(scanner.next());
            assertTrue(scanner.view().to() <= 8 << 20);
            assertEquals((40 << 20) - tail.length + 1 + "INFO:root:".length(), scanner.view().size());
            assertTrue(scanner.next());
            assertEquals("last", scanner.view().text("message"));
            assertEquals(3, scanner.lines());
            assertEquals(List.of("log.line.long"), scanner.warnings().stream().map(serpentarium.log.Warning::id).toList());
        }
    }

    @Test void cancelledAtTheFirstCheckpoint() throws IOException {
        LogSource source = LogSamples.source("x", LogSamples.bytes("common-py3.13.log"));
        assertThrows(CancellationException.class, () -> {
            try (RecordScanner scanner = source.records(TaskContext.cancelledAfter(0))) {
                while (scanner.next()) continue;
            }
        });
    }
}
