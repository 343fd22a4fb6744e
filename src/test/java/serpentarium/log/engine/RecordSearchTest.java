package serpentarium.log.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import serpentarium.log.RecordView;
import serpentarium.log.analysis.LogFilter;
import serpentarium.log.analysis.LogFilterParser;
import serpentarium.log.analysis.LogFilterRun;
import serpentarium.log.format.LogSamples;
import serpentarium.log.format.LogSource;
import serpentarium.log.format.RecordScanner;
import serpentarium.task.TaskContext;

/// A search finds what asking each record from the start on finds, whole records and no others.
class RecordSearchTest {
    private static final List<String> FILTERS = List.of("", "level>=WARNING", "level=INFO", "level!=DEBUG", "level<30", "not level>=ERROR", "has:traceback", "has:traceback level>=CRITICAL",
            "größe", "GRÖSSE", "299", "\"größe 29\"", "ValueError", "no such text", "not 1", "/größe [0-9]+7$/", "/(?i)VALUE/", "/a.b|c.d/", "logger=app.web1", "logger~\"web[02]\" level=error",
            "message~\"5 goes\"", "logger=app.web1 or 1234", "time>=2026-11-22T00:01:00 time<2026-11-22T00:02:00", "time<2026-11-22T00:01:00", "time=2026-11-22T07:00:09 or level=ERROR",
            "not time>=2026-11-22T00:03:00", "time>=2026-11-22T00:02:00 info", "level=25", "level>=21", "process>4", "has:thread", "done 99", "xxxx", "Traceback level>=WARNING", "l=o", "line");

    @TempDir Path folder;

    static List<String> names() {
        return List.copyOf(LogSamples.truth().keySet());
    }

    private static List<String> every(int nth, int from) {
        return IntStream.range(0, FILTERS.size()).filter(i -> i % nth == from % nth).mapToObj(FILTERS::get).toList();
    }

    private static LogFilter filter(String text) {
        return ((LogFilterParser.Result.Parsed) LogFilterParser.parse(text, ZoneOffset.UTC)).filter();
    }

    /// What passes, by asking each record.
    private record Naive(List<Long> starts, List<Long> lines) {}

    private static List<Naive> naive(Path file, List<String> filters) throws IOException {
        var all = new ArrayList<Naive>();
        var tests = new ArrayList<Predicate<RecordView>>();
        for (String text : filters) {
            all.add(new Naive(new ArrayList<>(), new ArrayList<>()));
            tests.add(LogFilterRun.of(filter(text), TaskContext.detached()));
        }
        try (RecordScanner scanner = LogSource.open(file, null, ZoneOffset.UTC).records(TaskContext.detached())) {
            while (scanner.next()) {
                RecordView view = scanner.view();
                for (int i = 0; i < tests.size(); i++) {
                    if (!tests.get(i).test(view)) continue;
                    all.get(i).starts.add(view.line() - 1);
                    for (long line = view.line() - 1; line < view.last(); line++) all.get(i).lines.add(line);
                }
            }
        }
        return all;
    }

    private static List<Long> list(LineSet set) {
        return LongStream.range(0, set.size()).map(set::select).boxed().toList();
    }

    private static void same(List<Long> wanted, List<Long> found, String filter) {
        for (int i = 0; i < Math.min(wanted.size(), found.size()); i++) assertEquals(wanted.get(i), found.get(i), filter);
        assertEquals(wanted.size(), found.size(), filter);
    }

    private static void agrees(Naive wanted, RecordSearch search, LogPart part, String filter) {
        same(wanted.starts, list(search.starts(part)), filter);
        same(wanted.lines, list(search.lines(part)), filter);
        assertEquals(wanted.starts.size(), search.found());
        assertFalse(search.behind());
        assertEquals(Optional.empty(), search.trouble());
    }

    @ParameterizedTest
    @MethodSource("names")
    void samples(String name) throws IOException {
        Path file = RecordLogs.file(folder, name, LogSamples.bytes(name));
        search(file, every(7, name.length()));
    }

    /// So many that there are several stretches.
    @ParameterizedTest
    @EnumSource(RecordLogs.Kind.class)
    void stretches(RecordLogs.Kind kind) throws IOException {
        search(RecordLogs.file(folder, "log", RecordLogs.made(kind, 1, kind == RecordLogs.Kind.PLAIN ? 50_000 : 16_000)), every(5, kind.ordinal()));
    }

    private static void search(Path file, List<String> filters) throws IOException {
        List<Naive> wanted = naive(file, filters);
        try (LogLines log = RecordLogs.open(file)) {
            LogPart part = log.parts().getFirst();
            var indexes = new RecordIndexes(log, ZoneOffset.UTC);
            for (int indexed = 0; indexed < 2; indexed++) {
                for (int i = 0; i < filters.size(); i++) {
                    var search = new RecordSearch(indexes, filter(filters.get(i)));
                    search.run(Optional.of(new LogLines.Spot(part, log.rows() / 3)), TaskContext.detached());
                    agrees(wanted.get(i), search, part, filters.get(i));
                }
                indexes.extend(TaskContext.detached());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(RecordLogs.Kind.class)
    void aLogThatGrows(RecordLogs.Kind kind) throws IOException {
        byte[] bytes = RecordLogs.made(kind, 3, 1_500);
        int head = Math.min(300_000, bytes.length / 2);
        Path file = RecordLogs.file(folder, "log", Arrays.copyOf(bytes, head));
        var random = new Random(9);
        List<String> filters = List.of("level>=WARNING", "größe", "time>=2026-11-22T00:20:00", "no 3", "word");
        try (LogLines log = RecordLogs.open(file)) {
            LogPart part = log.parts().getFirst();
            var indexes = new RecordIndexes(log, ZoneOffset.UTC);
            List<RecordSearch> searches = filters.stream().map(text -> new RecordSearch(indexes, filter(text))).toList();
            for (int at = head; at < bytes.length; ) {
                int to = Math.min(bytes.length, at + 1 + random.nextInt(random.nextInt(10) == 0 ? 100_000 : 3000));
                Files.write(file, Arrays.copyOfRange(bytes, at, to), StandardOpenOption.APPEND);
                at = to;
                part.fill(TaskContext.detached());
                if (random.nextBoolean()) indexes.extend(TaskContext.detached());
                for (RecordSearch search : searches) search.run(Optional.empty(), TaskContext.detached());
            }
            List<Naive> wanted = naive(file, filters);
            for (int i = 0; i < filters.size(); i++) agrees(wanted.get(i), searches.get(i), part, filters.get(i));
        }
    }

    @Test void aCancelledSearchGoesOn() throws IOException {
        Path file = RecordLogs.file(folder, "log", RecordLogs.made(RecordLogs.Kind.PYTHON, 1, 20_000));
        try (LogLines log = RecordLogs.open(file)) {
            LogPart part = log.parts().getFirst();
            var search = new RecordSearch(new RecordIndexes(log, ZoneOffset.UTC), filter("7"));
            assertThrows(CancellationException.class, () -> search.run(Optional.empty(), TaskContext.cancelledAfter(20)));
            assertTrue(search.behind());
            search.run(Optional.empty(), TaskContext.detached());
            agrees(naive(file, List.of("7")).getFirst(), search, part, "7");
        }
    }

    @Test void anExpressionThatTakesTooLongIsGivenUp() throws IOException {
        String line = "2026-11-22 07:00:00,000 INFO app " + "ab".repeat(3000) + "c!\n";
        Path file = RecordLogs.file(folder, "log", line.repeat(50).getBytes(StandardCharsets.UTF_8));
        try (LogLines log = RecordLogs.open(file)) {
            var search = new RecordSearch(new RecordIndexes(log, ZoneOffset.UTC), filter("/[ab]*[ab]*[ab]*[ab]*[ab]*c$/"));
            assertTimeout(Duration.ofSeconds(20), () -> search.run(Optional.empty(), TaskContext.detached()));
            assertEquals("records.given-up", search.trouble().orElseThrow().id());
        }
    }
}
