package serpentarium.shell;

import com.fasterxml.jackson.jr.ob.JSON;
import com.fasterxml.jackson.jr.ob.JSON.Feature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import serpentarium.base.AtomicMove;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Settings;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.Tasks;

/// Settings in one JSON file, `{"version": 1, "settings": {KEY: VALUE, …}}`. Changes are gathered for a moment and written in the
/// background to a temporary file that then takes the other's place. What this version does not know is kept. A file that cannot be read
/// is set aside, one of a newer version is used but never written; both are said by [#problem()] and stop nothing. May be used on any
/// thread.
public final class JsonSettings implements Settings, AutoCloseable {
    /// The version of the file's form that this program writes.
    public static final int VERSION = 1;

    private static final Strings STRINGS = Strings.of(JsonSettings.class);
    private static final Logger LOG = LoggerFactory.getLogger(JsonSettings.class);
    private static final String FILE = "settings.json";
    private static final String ENTRIES = "settings";
    private static final String STAMP = "version";
    private static final long LARGEST = 4L << 20;
    private static final JSON JSON_TEXT = JSON.std.with(Feature.PRETTY_PRINT_OUTPUT);

    private final Path file;
    private final Tasks tasks;
    private final Duration delay;
    private final Map<String, Object> whole = new LinkedHashMap<>();
    private final Map<String, Object> entries = new TreeMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private Problem problem;
    private boolean readOnly;
    private boolean dirty;
    private boolean pending;

    /// Reads the settings of a folder, which need not exist.
    public JsonSettings(Path folder, Tasks tasks) {
        this(folder, tasks, Duration.ofMillis(400));
    }

    /// Reads the settings of a folder.
    ///
    /// @param delay how long changes are gathered before they are written
    public JsonSettings(Path folder, Tasks tasks, Duration delay) {
        this.file = folder.resolve(FILE);
        this.tasks = tasks;
        this.delay = delay;
        load();
    }

    /// Where they are kept.
    public Path file() {
        return file;
    }

    /// What was wrong with the file when it was read.
    public Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }

    private void load() {
        try {
            if (!Files.exists(file)) return;
            if (Files.size(file) > LARGEST) throw new IOException(STRINGS.get("settings.too-large", LARGEST));
            Map<String, Object> read = JSON.std.mapFrom(Files.readString(file));
            if (!(read.get(ENTRIES) instanceof Map<?, ?> map)) throw new IOException(STRINGS.get("settings.no-entries"));
            whole.putAll(read);
            map.forEach((key, value) -> entries.put(String.valueOf(key), value));
            if (read.get(STAMP) instanceof Number stamp && stamp.intValue() > VERSION) {
                readOnly = true;
                problem = Problem.of(STRINGS, "settings.newer", Place.of(file.toString()), stamp.intValue(), VERSION);
            }
        } catch (IOException e) {
            whole.clear();
            entries.clear();
            setAside(e);
        }
    }

    private void setAside(IOException cause) {
        int number = 1;
        while (Files.exists(aside(number)) && number < 100) number++;
        try {
            Files.move(file, aside(number), StandardCopyOption.REPLACE_EXISTING);
            problem = Problem.of(STRINGS, "settings.damaged", Place.of(file.toString()), aside(number).getFileName(), brief(cause)).causedBy(cause);
        } catch (IOException e) {
            readOnly = true;
            problem = Problem.of(STRINGS, "settings.unreadable", Place.of(file.toString()), brief(e)).causedBy(e);
        }
        LOG.warn("{}", problem.line());
    }

    private Path aside(int number) {
        return file.resolveSibling(FILE + ".damaged-" + number);
    }

    private static String brief(IOException e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse("");
    }

    @Override public synchronized Optional<String> text(String key) {
        return entries.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    @Override public synchronized Optional<Double> number(String key) {
        return entries.get(key) instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty();
    }

    @Override public synchronized List<String> texts(String key) {
        return entries.get(key) instanceof List<?> list ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList() : List.of();
    }

    @Override public void put(String key, String value) {
        change(key, value);
    }

    @Override public void put(String key, double value) {
        change(key, value);
    }

    @Override public void put(String key, List<String> values) {
        change(key, List.copyOf(values));
    }

    @Override public void remove(String key) {
        change(key, null);
    }

    private void change(String key, Object value) {
        synchronized (this) {
            Object before = value == null ? entries.remove(key) : entries.put(key, value);
            if (java.util.Objects.equals(before, value)) return;
            dirty = true;
            if (pending || readOnly || closing.getCount() == 0) return;
            pending = true;
        }
        tasks.submit(TaskSpec.of(STRINGS.get("task.settings"), Lane.IO, _ -> {
            boolean ended = closing.await(delay.toMillis(), TimeUnit.MILLISECONDS);
            synchronized (this) {
                pending = false;
            }
            if (!ended) save();
            return null;
        }).hidden());
    }

    /// Writes what has changed since it was written last, now. A failure is logged; the next change tries again.
    public synchronized void save() {
        if (!dirty || readOnly) return;
        try {
            write();
            dirty = false;
        } catch (IOException e) {
            LOG.warn("{}", STRINGS.get("settings.not-written", file), e);
        }
    }

    private void write() throws IOException {
        whole.put(STAMP, VERSION);
        whole.put(ENTRIES, entries);
        byte[] bytes = JSON_TEXT.asString(whole).getBytes(StandardCharsets.UTF_8);
        Files.createDirectories(file.getParent());
        Path next = Files.createTempFile(file.getParent(), FILE, ".new");
        try {
            Files.write(next, bytes);
            AtomicMove.over(next, file);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /// Writes what is left to write and starts no more work. What is put afterwards is not kept.
    @Override public void close() {
        closing.countDown();
        save();
    }
}
