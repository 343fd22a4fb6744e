package serpentarium.log.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.log.TextEncoding;
import serpentarium.task.TaskContext;

class IndexCacheTest {
    private static final String LINE = "2026-11-28 06:00:00,000 INFO app some line of a log\n";

    @TempDir Path folder;
    private IndexCache cache;
    private Path path;

    @BeforeEach void aFile() throws IOException {
        cache = new IndexCache(folder.resolve("cache"), 2);
        path = file("app.log");
    }

    private Path file(String name) throws IOException {
        return Files.writeString(folder.resolve(name), LINE.repeat((int) (IndexCache.WORTH / LINE.length()) + 1000));
    }

    private LineIndex kept(Path file) throws IOException {
        try (LogFile log = LogFile.open(file)) {
            var index = new LineIndex(TextEncoding.UTF_8);
            IndexBuild.extend(index, log, TaskContext.detached());
            assertTrue(cache.keep(log, index));
            return index;
        }
    }

    private boolean found() throws IOException {
        try (LogFile log = LogFile.open(path)) {
            return cache.find(log).isPresent();
        }
    }

    @Test void aFileThatGrewIsReadOnFromWhereItHadEnded() throws IOException {
        assertFalse(found());
        LineIndex before = kept(path);
        Files.writeString(path, LINE + "open", StandardOpenOption.APPEND);
        try (LogFile log = LogFile.open(path)) {
            LineIndex again = cache.find(log).orElseThrow();
            assertEquals(before.lines(), again.lines());
            assertEquals(LINE.length() + 4, IndexBuild.extend(again, log, TaskContext.detached()));
            assertEquals(before.lines() + 2, again.lines());
            assertEquals("open", new LinePages(log, again).page(before.lines() + 1, 1).text(0));
        }
    }

    @Test void aFileByAnotherNameIsTheSame() throws IOException {
        kept(path);
        path = Files.move(path, folder.resolve("app.log.1"));
        assertTrue(found());
    }

    @Test void anotherFileIsNotTakenForIt() throws IOException {
        kept(path);
        // Cut and written anew: the same inode.
        Files.writeString(path, "x" + LINE.repeat((int) (IndexCache.WORTH / LINE.length()) + 2000), StandardOpenOption.TRUNCATE_EXISTING);
        assertFalse(found());
        kept(path);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(IndexCache.WORTH);
        }
        assertFalse(found());
        kept(path);
        Files.delete(path);
        path = file("app.log");
        assertFalse(found());
    }

    @Test void aDamagedIndexIsAsIfItWereNotThere() throws IOException {
        kept(path);
        Path index;
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            index = files.toList().getFirst();
        }
        byte[] good = Files.readAllBytes(index);
        var random = new Random(7);
        for (int i = 0; i < 300; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(index, i % 3 == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : bad);
            assertFalse(found());
        }
        Files.write(index, good);
        assertTrue(found());
        byte[] huge = good.clone();
        int at = 8 + 4 + 2 + ByteBuffer.wrap(good).getShort(12);
        at += 2 + ByteBuffer.wrap(good).getShort(at) + 2 + 4;
        ByteBuffer.wrap(huge).putLong(at, Long.MAX_VALUE);
        Files.write(index, huge);
        assertFalse(found());
    }

    @Test void theOldestGo() throws IOException {
        kept(path);
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            for (Path file : files.toList()) Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        }
        for (String name : List.of("b", "c")) kept(file(name));
        assertFalse(found());
        path = folder.resolve("b");
        assertTrue(found());
    }

    @Test void smallFilesAreNotKept() throws IOException {
        Path small = Files.writeString(folder.resolve("small"), LINE);
        try (LogFile log = LogFile.open(small)) {
            var index = new LineIndex(TextEncoding.UTF_8);
            IndexBuild.extend(index, log, TaskContext.detached());
            assertFalse(cache.keep(log, index));
        }
    }
}
