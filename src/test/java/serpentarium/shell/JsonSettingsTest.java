package serpentarium.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.base.Problem;
import serpentarium.task.InlineTasks;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.ThreadTasks;

/// Settings survive: restarts, damage, other versions.
class JsonSettingsTest {
    @TempDir Path folder;

    private Path file() {
        return folder.resolve("settings.json");
    }

    private JsonSettings open() {
        return new JsonSettings(folder, new InlineTasks(), Duration.ZERO);
    }

    @Test void whatIsPutComesBack() {
        try (var settings = open()) {
            settings.put("a.text", "häßlich \"quoted\" 🐍");
            settings.put("a.number", 0.25);
            settings.put("a.list", List.of("x", "", "y z"));
            settings.put("gone", "soon");
            settings.remove("gone");
        }
        try (var settings = open()) {
            assertEquals(Optional.of("häßlich \"quoted\" 🐍"), settings.text("a.text"));
            assertEquals(Optional.of(0.25), settings.number("a.number"));
            assertEquals(List.of("x", "", "y z"), settings.texts("a.list"));
            assertEquals(Optional.empty(), settings.text("gone"));
            assertEquals(Optional.empty(), settings.text("a.number"), "a number is no text");
            assertEquals(List.of(), settings.texts("a.text"));
            assertEquals(Optional.empty(), settings.problem());
        }
    }

    @Test void changesAreGatheredAndWrittenInTheBackground() throws InterruptedException {
        var tasks = new ThreadTasks(Runnable::run);
        var settings = new JsonSettings(folder, tasks, Duration.ofMillis(20));
        settings.put("first", "1");
        settings.put("second", "2");
        var written = new CountDownLatch(1);
        tasks.submit(TaskSpec.of("watch", Lane.IO, context -> {
            while (!Files.exists(file())) {
                context.checkpoint();
                Thread.onSpinWait();
            }
            written.countDown();
            return null;
        }));
        assertTrue(written.await(10, TimeUnit.SECONDS));
        settings.close();
        assertTrue(tasks.shutdown(Duration.ofSeconds(5)));
        assertEquals(Optional.of("2"), open().text("second"));
    }

    @Test void closingWritesAtOnceWhatStillWaits() {
        var tasks = new ThreadTasks(Runnable::run);
        var settings = new JsonSettings(folder, tasks, Duration.ofHours(1));
        settings.put("key", "value");
        assertFalse(Files.exists(file()));
        settings.close();
        assertEquals(Optional.of("value"), open().text("key"));
        assertTrue(tasks.shutdown(Duration.ofSeconds(5)));
    }

    @Test void whatThisVersionDoesNotKnowIsKept() throws IOException {
        Files.writeString(file(), "{\"version\": 1, \"extra\": {\"a\": [1, 2]}, \"settings\": {\"odd\": {\"b\": true}, \"known\": \"x\"}}");
        try (var settings = open()) {
            settings.put("known", "y");
        }
        String text = Files.readString(file()).replaceAll("\\s", "");
        assertTrue(text.contains("\"extra\":{\"a\":[1,2]}"), text);
        assertTrue(text.contains("\"odd\":{\"b\":true}"), text);
        assertTrue(text.contains("\"known\":\"y\""), text);
    }

    @Test void aDamagedFileIsSetAsideAndSaid() throws IOException {
        for (String damage : List.of("{\"version\": 1, \"settings\": {\"a\"", "[]", "\u0000\u0001", "{\"version\": 1}", "")) {
            Files.writeString(file(), damage);
            try (var settings = open()) {
                assertEquals(Optional.of("settings.damaged"), settings.problem().map(Problem::id), damage);
                assertEquals(Optional.empty(), settings.text("a"));
                settings.put("a", "fresh");
            }
            assertEquals(Optional.of("fresh"), open().text("a"));
        }
        assertEquals("[]", Files.readString(folder.resolve("settings.json.damaged-2")));
    }

    @Test void aNewerFileIsUsedButNotWritten() throws IOException {
        String newer = "{\"version\": 7, \"settings\": {\"a\": \"new\"}}";
        Files.writeString(file(), newer);
        try (var settings = open()) {
            assertEquals(Optional.of("settings.newer"), settings.problem().map(Problem::id));
            assertEquals(Optional.of("new"), settings.text("a"));
            settings.put("a", "old");
            assertEquals(Optional.of("old"), settings.text("a"));
        }
        assertEquals(newer, Files.readString(file()));
    }

    @Test void noTemporaryFileStaysBehind() throws IOException {
        try (var settings = open()) {
            settings.put("a", "b");
        }
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file()), files.toList());
        }
    }
}
