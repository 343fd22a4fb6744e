package serpentarium.log.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import serpentarium.log.RecordView;
import serpentarium.task.TaskContext;

class GatheredTest {
    /// Says of each record everything.
    private static final class Everything implements Gatherer<List<String>> {
        private final int most;

        Everything(int most) {
            this.most = most;
        }

        @Override public List<String> fresh() {
            return new ArrayList<>();
        }

        @Override public void add(List<String> to, RecordView view) {
            to.add(view.line() + " " + (view.last() - view.line()) + " " + view.size() + " " + view.severity() + " " + view.traceback() + " " + view.whole() + " " + view.detached().fields());
        }

        @Override public boolean follow(List<String> all, List<String> next, long lines) {
            for (String each : next) {
                int end = each.indexOf(' ');
                all.add(Long.parseLong(each.substring(0, end)) + lines + each.substring(end));
            }
            return all.size() < most;
        }
    }

    private static void same(LogSource source, int size) throws IOException {
        var everything = new Everything(Integer.MAX_VALUE);
        var expected = new ArrayList<String>();
        try (RecordScanner scanner = source.records(TaskContext.detached())) {
            while (scanner.next()) everything.add(expected, scanner.view());
            Gathered<List<String>> gathered = Gathered.of(source, everything, size, TaskContext.detached());
            assertEquals(expected.size(), gathered.records(), source.name());
            for (int i = 0; i < expected.size(); i++) assertEquals(expected.get(i), gathered.all().get(i), source.name() + " in stretches of " + size);
            assertEquals(scanner.lines(), gathered.lines(), source.name());
            assertEquals(scanner.warnings(), gathered.warnings(), source.name());
            assertTrue(gathered.whole());
        }
    }

    static List<String> samples() {
        return List.copyOf(LogSamples.truth().keySet());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyLogIsTheSameInWhateverStretches(String name) throws IOException {
        LogSource source = LogSamples.source(name, LogSamples.bytes(name));
        for (int size : new int[] {50, 333, 4096}) same(source, size);
    }

    @Test void aRecordOfManyStretchesAndLinesBeforeTheFirst() throws IOException {
        var text = new StringBuilder("no record\n\nnone\n");
        for (int i = 0; i < 40; i++) {
            text.append("2026-11-22 07:49:%02d,100 INFO app [1] text\n".formatted(i));
            for (int k = 0; k < (i == 20 ? 3000 : i % 3); k++) text.append("  goes on ").append(k).append('\n');
        }
        LogSource source = LogSamples.source(text.toString());
        for (int size : new int[] {10, 100, 1000}) same(source, size);
    }

    @Test void linesThatAreTooLong() throws IOException {
        byte[] line = "2026-11-22 07:49:00,100 INFO app [1] text\n".getBytes(StandardCharsets.US_ASCII);
        byte[] log = new byte[60 << 20];
        Arrays.fill(log, (byte) 'x');
        for (int at : new int[] {0, line.length, 10 << 20, 12 << 20, 50 << 20, (50 << 20) + line.length}) {
            log[Math.max(0, at - 1)] = '\n';
            System.arraycopy(line, 0, log, at, line.length);
            log[at + line.length - 1] = (byte) (at == 10 << 20 || at == 12 << 20 ? 'x' : '\n');
        }
        LogSource source = LogSamples.source("long.log", log);
        Gathered<List<Long>> gathered = Gathered.of(source, new Sizes(), LineChunks.SIZE, TaskContext.detached());
        var expected = new ArrayList<Long>();
        try (RecordScanner scanner = source.records(TaskContext.detached())) {
            while (scanner.next()) expected.add(scanner.view().size());
            assertEquals(expected, gathered.all());
            assertEquals(scanner.lines(), gathered.lines());
            assertEquals(scanner.warnings(), gathered.warnings());
        }
        assertEquals(log.length, expected.stream().mapToLong(each -> each).sum());
    }

    private static final class Sizes implements Gatherer<List<Long>> {
        @Override public List<Long> fresh() {
            return new ArrayList<>();
        }

        @Override public void add(List<Long> to, RecordView view) {
            to.add(view.size());
        }

        @Override public boolean follow(List<Long> all, List<Long> next, long lines) {
            return all.addAll(next) | true;
        }
    }

    @Test void partsOfALineOfAContainerStayTogether() throws IOException {
        var text = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            for (int k = 0; k < i % 5; k++) text.append("2026-06-10T06:13:20.0%02dZ stderr P part %d of a line, \n".formatted(i, k));
            text.append("2026-06-10T06:13:20.0%02dZ stderr F 2026-06-10 06:13:20,0%02d INFO app text\n".formatted(i, i));
        }
        LogSource source = LogSamples.source(text.toString());
        assertEquals(Envelope.CRI, source.detection().envelope());
        for (int size : new int[] {60, 200, 1000}) same(source, size);
    }

    @Test void whoHasEnoughEndsIt() throws IOException {
        LogSource source = LogSamples.source("2026-11-22 07:49:00,100 INFO app [1] text\n".repeat(5000));
        Gathered<List<String>> gathered = Gathered.of(source, new Everything(100), 1000, TaskContext.detached());
        assertFalse(gathered.whole());
        assertTrue(gathered.all().size() < 200);
    }

    @Test void whoIsCancelledStops() throws IOException {
        LogSource source = LogSamples.source("2026-11-22 07:49:00,100 INFO app [1] text\n".repeat(5000));
        assertThrows(CancellationException.class, () -> Gathered.of(source, new Everything(Integer.MAX_VALUE), 1000, TaskContext.cancelledAfter(3)));
    }
}
