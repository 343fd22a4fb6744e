package serpentarium.log.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.log.Warning;
import serpentarium.task.TaskContext;

/// What happens to a file step by step, with a look in between or without one. After each case the log holds every line once and in order.
class FollowerTest {
    @TempDir Path folder;
    @TempDir Path unpacked;
    private Path path;
    private LogLines log;
    private Follower follower;
    private FileChannel writer;
    private int written;
    private final AtomicLong nanoTime = new AtomicLong();
    private final List<String> warned = new ArrayList<>();
    private final StringBuilder stream = new StringBuilder();

    @BeforeEach void followed() throws IOException {
        path = folder.resolve("app.log");
        writer = open(path);
        write(3);
        log = LogLines.open(RotatedSet.of(path), Optional.empty(), unpacked);
        log.fill(Optional.empty(), TaskContext.detached());
        LogPart first = log.parts().getFirst();
        stream.append(new String(first.bytes().some(0, 1 << 20), StandardCharsets.UTF_8));
        follower = follow();
    }

    private Follower follow() throws IOException {
        return new Follower(log, path, unpacked, new Follower.Listener() {
            @Override public void grew(LogPart part, long from, long to) {
                try {
                    stream.append(new String(part.bytes().some(from, (int) (to - from)), StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }

            @Override public void warned(Warning warning) {
                warned.add(warning.id());
            }
        }, nanoTime::get);
    }

    @AfterEach void closed() throws IOException {
        log.close();
        writer.close();
    }

    private static FileChannel open(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    private void write(int lines) throws IOException {
        for (int i = 0; i < lines; i++) writer.write(ByteBuffer.wrap(("2026-11-28 06:00:00,000 INFO app record %06d%n".formatted(written++)).getBytes(StandardCharsets.UTF_8)));
    }

    private boolean look() throws IOException {
        nanoTime.addAndGet(1_000_000);
        return follower.turn(TaskContext.detached());
    }

    private void rename(String name) throws IOException {
        Files.move(path, folder.resolve(name));
    }

    private void create() throws IOException {
        writer.close();
        writer = open(path);
    }

    private void gzip(String name) throws IOException {
        Path file = folder.resolve(name);
        Path packed = folder.resolve(name + ".gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(file, out);
        }
        Files.setLastModifiedTime(packed, Files.getLastModifiedTime(file));
        Files.delete(file);
    }

    private List<String> shown() throws IOException {
        while (look()) nanoTime.addAndGet(1);
        var all = new ArrayList<String>();
        for (LogLines.Rows rows : log.rows(0, 1_000_000)) for (int i = 0; i < rows.page().count(); i++) all.add(rows.page().text(i));
        return all;
    }

    private List<String> expected() {
        var all = new ArrayList<String>();
        for (int i = 0; i < written; i++) all.add("2026-11-28 06:00:00,000 INFO app record %06d".formatted(i));
        return all;
    }

    private void whole(String... warnings) throws IOException {
        assertEquals(expected(), shown());
        assertEquals(List.of(warnings), warned);
        assertEquals(expected(), stream.toString().lines().toList());
        assertEquals(written, log.rows());
    }

    @Test void itGrows() throws IOException {
        assertFalse(look());
        write(5);
        assertTrue(look());
        write(1000);
        writer.write(ByteBuffer.wrap("half ".getBytes(StandardCharsets.UTF_8)));
        look();
        assertEquals(1009, log.rows());
        writer.write(ByteBuffer.wrap("a line\n".getBytes(StandardCharsets.UTF_8)));
        List<String> shown = shown();
        assertEquals(1009, shown.size());
        assertEquals("half a line", shown.getLast());
    }

    @Test void itIsRenamedAndMadeAnew() throws IOException {
        for (int i = 1; i < 6; i++) {
            write(10);
            if (i % 2 == 0) look();
            rename("app.log." + (100 - i));
            if (i % 3 == 0) look();
            create();
            write(1);
            look();
        }
        whole();
    }

    @Test void itsWriterNoticesLate() throws IOException {
        look();
        rename("app.log.1");
        write(10);
        look();
        Files.createFile(path);
        look();
        write(10);
        look();
        write(10);
        create();
        write(10);
        look();
        whole();
    }

    @Test void severalWritersNoticeOneAfterTheOther() throws IOException {
        FileChannel other = writer;
        rename("app.log.1");
        writer = open(path);
        writer.write(ByteBuffer.wrap("new\n".getBytes(StandardCharsets.UTF_8)));
        look();
        look();
        other.write(ByteBuffer.wrap("late\n".getBytes(StandardCharsets.UTF_8)));
        other.close();
        List<String> shown = shown();
        assertEquals(List.of("late", "new"), shown.subList(3, 5));
        assertEquals(List.of("follow.late"), warned);
    }

    @Test void itIsRotatedSeveralTimesBetweenTwoLooks() throws IOException {
        look();
        for (int i = 0; i < 4; i++) {
            write(5);
            for (int k = 4; k > 0; k--) if (Files.exists(folder.resolve("app.log." + k))) Files.move(folder.resolve("app.log." + k), folder.resolve("app.log." + (k + 1)));
            rename("app.log.1");
            create();
        }
        write(2);
        whole();
    }

    @Test void whatWasMissedAndPackedIsUnpacked() throws IOException {
        look();
        write(2);
        rename("app.log.2");
        create();
        write(300);
        rename("app.log.1");
        create();
        gzip("app.log.2");
        gzip("app.log.1");
        write(2);
        assertEquals(expected(), shown());
        assertEquals(written, log.rows());
    }

    /// Its writer was quicker to make the new file: logrotate puts that aside under a name with the hour, and makes another.
    @Test void logrotatePutsTheNewFileAside() throws IOException {
        look();
        rename("app.log.2026-11-28-06");
        create();
        write(2);
        rename("app.log-2026112806.backup");
        create();
        write(3);
        whole();
    }

    @Test void whatWasPutAsideIsWrittenOnlyThen() throws IOException {
        look();
        rename("app.log.1");
        create();
        rename("app.log-2026112806.backup");
        Files.createFile(path);
        look();
        write(2);
        create();
        write(3);
        whole();
    }

    @Test void oldFilesThatArePackedOnceMoreAreNotShownTwice() throws IOException {
        write(20);
        look();
        rename("app.log.1");
        create();
        write(20);
        look();
        nanoTime.addAndGet(10L * 60 * 1_000_000_000L);
        look();
        look();
        look();
        Files.move(folder.resolve("app.log.1"), folder.resolve("app.log.2"));
        rename("app.log.1");
        create();
        gzip("app.log.2");
        Files.copy(folder.resolve("app.log.1"), folder.resolve("app.log.3"));
        write(20);
        whole();
    }

    @Test void itIsCopiedAndCut() throws IOException {
        for (int i = 0; i < 3; i++) {
            write(10);
            look();
            write(10);
            Files.copy(path, folder.resolve("app.log.1"), StandardCopyOption.REPLACE_EXISTING);
            if (i == 1) Files.move(folder.resolve("app.log.1"), folder.resolve("app.log.7"));
            writer.truncate(0);
            if (i == 1) look();
            write(i == 2 ? 500 : 1);
            look();
        }
        whole("follow.copied", "follow.copied", "follow.copied");
    }

    @Test void whatWasReadAfterTheCopyIsKept() throws IOException {
        write(10);
        Files.copy(path, folder.resolve("app.log.1"));
        write(10);
        look();
        writer.truncate(0);
        write(10);
        whole("follow.copied");
    }

    @Test void theCopyIsPackedAtOnce() throws IOException {
        write(10);
        look();
        write(1000);
        Files.copy(path, folder.resolve("app.log.1"));
        writer.truncate(0);
        write(2);
        gzip("app.log.1");
        whole("follow.copied");
    }

    @Test void itIsCutAndNobodyHasACopy() throws IOException {
        write(10);
        look();
        writer.truncate(0);
        write(10);
        whole("follow.cut");
    }

    @Test void itIsCutAndGrowsLongerThanItWas() throws IOException {
        look();
        writer.truncate(0);
        write(100);
        whole("follow.cut");
    }

    @Test void aWriterThatDoesNotAppendLeavesAHole() throws IOException {
        writer.close();
        writer = FileChannel.open(path, StandardOpenOption.WRITE);
        writer.position(writer.size());
        for (int i = 0; i < 2; i++) {
            write(500);
            look();
            Files.copy(path, folder.resolve("app.log.1"), StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel logrotate = FileChannel.open(path, StandardOpenOption.WRITE)) {
                logrotate.truncate(0);
            }
            if (i == 0) look();
            write(3);
            look();
        }
        whole("follow.copied", "follow.hole", "follow.copied", "follow.hole");
        assertTrue(Files.size(path) > 500 * 40);
    }

    @Test void itIsDeletedAndMadeAnewWithTheSameInode() throws IOException {
        for (int i = 0; i < 4; i++) {
            write(5);
            if (i % 2 == 0) look();
            Files.delete(path);
            if (i % 2 == 1) look();
            create();
            write(5);
            look();
        }
        // What was written after the last look is still in the file that has no name: it is open.
        whole();
    }

    @Test void whereTheChainIsGoneItIsSaid() throws IOException {
        look();
        Files.delete(path);
        create();
        write(4);
        rename("app.log.1");
        create();
        write(4);
        whole("follow.overtaken");
    }

    @Test void itIsCopiedAndLeftAlone() throws IOException {
        write(50);
        look();
        Files.copy(path, folder.resolve("app.log.1"));
        write(5);
        look();
        rename("app.log.2");
        create();
        write(5);
        whole();
    }

    @Test void itIsMovedToAnotherFolderAndComesLate() throws IOException {
        Path old = Files.createDirectory(folder.resolve("old"));
        look();
        write(5);
        Files.move(path, old.resolve("app.log.1"));
        write(5);
        look();
        write(5);
        look();
        create();
        write(5);
        whole();
    }

    @Test void aFileThatIsNotThereYet() throws IOException {
        log.close();
        rename("elsewhere");
        log = LogLines.open(RotatedSet.of(path), Optional.empty(), unpacked);
        follower = follow();
        stream.setLength(0);
        written = 0;
        assertFalse(look());
        create();
        assertEquals(List.of(), shown());
        write(4);
        whole();
    }

    @Test void wideLettersAreFollowedByWholeLetters() throws IOException {
        byte[] bytes = "\ufefferste Zeile\nzweite größer\n".getBytes(StandardCharsets.UTF_16LE);
        rename("app.log.1");
        create();
        writer.write(ByteBuffer.wrap(bytes, 0, 41));
        look();
        look();
        writer.write(ByteBuffer.wrap(bytes, 41, bytes.length - 41));
        assertEquals(List.of("erste Zeile", "zweite größer"), shown().subList(3, 5));
    }
}
