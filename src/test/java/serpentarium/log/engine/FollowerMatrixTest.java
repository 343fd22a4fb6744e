package serpentarium.log.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import serpentarium.base.Source;
import serpentarium.log.Warning;
import serpentarium.pack.Unpacked;
import serpentarium.task.Lane;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.ThreadTasks;

/// Real handlers of Python's logging and a real logrotate rotate a file that is followed while it is written: every record is shown once and in order.
/// `FOLLOW_LINES`, `FOLLOW_RATE` (a second), `FOLLOW_PYTHON` and `FOLLOW_FREE` in the environment make it longer, faster, another Python's, and without rests.
class FollowerMatrixTest {
    private static final int LINES = Integer.parseInt(System.getenv().getOrDefault("FOLLOW_LINES", "3000"));
    private static final String RATE = System.getenv().getOrDefault("FOLLOW_RATE", "25000");
    private static final String PYTHON = System.getenv().getOrDefault("FOLLOW_PYTHON", "python3");
    /// Whether records are written on while logrotate runs. A `WatchedFileHandler` and logrotate then race for the new file, and logrotate may put one
    /// of its backups over another: what nobody had opened until then is lost for everybody.
    private static final boolean FREE = System.getenv("FOLLOW_FREE") != null;
    private static final int ROTATIONS = 3;

    @TempDir Path folder;
    private final ThreadTasks tasks = new ThreadTasks(Runnable::run);
    private final ConcurrentLinkedQueue<Warning> warnings = new ConcurrentLinkedQueue<>();
    private final CountDownLatch all = new CountDownLatch(1);
    private Path logs;
    private Path script;

    @BeforeEach void folders() throws IOException {
        logs = Files.createDirectory(folder.resolve("logs"));
        script = folder.resolve("writer.py");
        try (InputStream in = FollowerMatrixTest.class.getResourceAsStream("writer.py")) {
            Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @AfterEach void ended() {
        assertTrue(tasks.shutdown(Duration.ofSeconds(10)));
    }

    /// The ways of logrotate: name, handler, directives.
    record Way(String name, String handler, String directives) {
        boolean cuts() {
            return directives.contains("copytruncate");
        }

        @Override public String toString() {
            return name;
        }
    }

    static Stream<Way> ways() {
        return Stream.of(new Way("create", "watched", "create"), new Way("nocreate", "watched", "nocreate"),
                new Way("copytruncate", "append", "copytruncate"), new Way("copytruncate, a writer that does not append", "write", "copytruncate"),
                new Way("copy", "append", "copy"), new Way("compress", "watched", "create\ncompress"),
                new Way("delaycompress", "watched", "create\ncompress\ndelaycompress"),
                new Way("zstd", "watched", "create\ncompress\ncompresscmd /usr/bin/zstd\ncompressoptions -q\ncompressext .zst"),
                new Way("bzip2", "watched", "create\ncompress\ncompresscmd /bin/bzip2\ncompressext .bz2"),
                new Way("xz", "watched", "create\ncompress\ncompresscmd /usr/bin/xz\ncompressext .xz"),
                new Way("dateext", "watched", "create\ndateext"), new Way("dateformat with seconds", "watched", "create\ndateext\ndateformat -%Y%m%d-%s"),
                new Way("dateformat with hours", "watched", "create\ndateext\ndateformat .%Y-%m-%d-%H"), new Way("extension", "watched", "create\nextension .log"),
                new Way("addextension", "watched", "create\naddextension .old"), new Way("start 0", "watched", "create\nstart 0"),
                new Way("olddir", "watched", "create\nolddir OLD"), new Way("copytruncate, packed", "append", "copytruncate\ncompress"));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void logrotate(Way way) throws Exception {
        assumeTrue(there("logrotate"), "logrotate is not installed");
        Path old = Files.createDirectory(folder.resolve("old"));
        Path conf = Files.writeString(folder.resolve("logrotate.conf"), """
            su %s %s
            %s {
            rotate 10
            %s
            }
            """.formatted(Files.getOwner(folder).getName(), group(), logs.resolve("app.log"), way.directives().replace("OLD", old.toString())));
        // What is written between logrotate's copy and its cut is lost for everybody: records wait while it runs.
        boolean free = FREE && !way.cuts();
        List<String> shown = follow(free ? Map.of() : Map.of("PAUSE", "1"), way.handler(), conf.toString());
        if (free) allThatIsThere(shown);
        else whole(shown);
        List<String> said = warnings.stream().map(Warning::id).toList();
        if (way.cuts()) assertEquals(ROTATIONS, said.stream().filter("follow.copied"::equals).count(), said::toString);
        else assertEquals(List.of(), said.stream().filter(id -> !FREE || !id.equals("follow.late")).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rotating", "rotating-gzip", "timed", "watched", "append", "write"})
    void handlersOfPythonsLogging(String handler) throws Exception {
        whole(follow(Map.of(), handler));
        assertEquals(0, warnings.size(), warnings::toString);
    }

    /// Even where records do not wait: none is shown twice, all are in order, and none is missing that is in any of the files.
    @Test void recordsThatDoNotWaitForCopytruncate() throws Exception {
        assumeTrue(there("logrotate"), "logrotate is not installed");
        Path conf = Files.writeString(folder.resolve("logrotate.conf"), "su %s %s\n%s {\nrotate 10\ncopytruncate\n}\n".formatted(Files.getOwner(folder).getName(),
                group(), logs.resolve("app.log")));
        allThatIsThere(follow(Map.of(), "append", conf.toString()));
        assertTrue(warnings.stream().anyMatch(each -> each.id().equals("follow.copied")), warnings::toString);
    }

    private List<String> follow(Map<String, String> environment, String handler, String... conf) throws Exception {
        Path path = logs.resolve("app.log");
        try (LogLines log = LogLines.open(RotatedSet.of(path), Optional.empty(), folder.resolve("unpacked"))) {
            var follower = new Follower(log, path, folder.resolve("unpacked"), new Follower.Listener() {
                @Override public void grew(LogPart part, long from, long to) {
                    if (log.rows() >= LINES) all.countDown();
                }

                @Override public void warned(Warning warning) {
                    warnings.add(warning);
                }
            });
            TaskHandle<Void> following = tasks.submit(TaskSpec.of("follow", Lane.IO, context -> {
                follower.run(context);
                return null;
            }));
            // A handler of times rotates once a second.
            String rate = handler.equals("timed") ? "" + Math.min(Integer.parseInt(RATE), LINES / 3) : RATE;
            var command = new ArrayList<>(List.of(PYTHON, script.toString(), handler, path.toString(), "" + LINES, rate, "" + ROTATIONS));
            command.addAll(List.of(conf));
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            builder.environment().merge("PATH", ":/usr/sbin", String::concat);
            Process writer = builder.start();
            String said = new String(writer.getInputStream().readAllBytes());
            assertEquals(0, writer.waitFor(), said);
            all.await(5, TimeUnit.SECONDS);
            following.cancel();
            assertTrue(following.state().ended());
            var shown = new ArrayList<String>();
            for (LogLines.Rows rows : log.rows(0, LINES + 100)) for (int i = 0; i < rows.page().count(); i++) shown.add(rows.page().text(i));
            return shown;
        }
    }

    private static List<Integer> numbers(List<String> lines) {
        return lines.stream().map(line -> Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1))).toList();
    }

    private static void whole(List<String> shown) {
        assertTrue(shown.stream().allMatch(line -> line.matches("\\d{4}-.* INFO app.web record \\d{7}")));
        List<Integer> numbers = numbers(shown);
        for (int i = 0; i < numbers.size(); i++) assertEquals(i, numbers.get(i));
        assertEquals(LINES, numbers.size());
    }

    /// What is shown is in order and once, and nothing is missing that is in any file, whatever that is called.
    private void allThatIsThere(List<String> shown) throws IOException {
        List<Integer> numbers = numbers(shown);
        assertEquals(List.copyOf(new TreeSet<>(numbers)), numbers);
        var missing = new TreeMap<Path, List<Integer>>();
        var known = Set.copyOf(numbers);
        for (Path file : files()) {
            List<Integer> only;
            try (var lines = new BufferedReader(new InputStreamReader(Unpacked.of(Source.of(file)).open()))) {
                only = numbers(lines.lines().toList()).stream().filter(number -> !known.contains(number)).toList();
            }
            if (!only.isEmpty()) missing.put(file, only);
        }
        assertEquals(Map.of(), missing);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(each -> each.getFileName().toString().startsWith("app") && Files.isRegularFile(each)).toList();
        }
    }

    private String group() throws IOException {
        return String.valueOf(Files.getAttribute(folder, "posix:group"));
    }

    private static boolean there(String program) {
        return Files.isExecutable(Path.of("/usr/sbin", program));
    }
}
