package serpentarium.log.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;
import serpentarium.log.Warning;
import serpentarium.task.TaskContext;

class LogLinesTest {
    private static final int LINES = 60_000;

    @TempDir Path folder;
    @TempDir Path unpacked;

    private interface Packer {
        OutputStream open(OutputStream out) throws IOException;
    }

    private static byte[] text(int part) {
        var text = new StringBuilder();
        for (int i = 0; i < LINES; i++) text.append("part ").append(part).append(" line ").append(i).append(" of some length\n");
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(String name, int part, Packer packer) throws IOException {
        try (OutputStream out = packer.open(Files.newOutputStream(folder.resolve(name)))) {
            out.write(text(part));
        }
    }

    private void rotated() throws IOException {
        write("app.log.4.gz", 0, GZIPOutputStream::new);
        write("app.log.3.bz2", 1, BZip2CompressorOutputStream::new);
        write("app.log.2.xz", 2, out -> new XZOutputStream(out, new LZMA2Options(0)));
        write("app.log.1.zst", 3, ZstdOutputStream::new);
        write("app.log", 4, out -> out);
    }

    @Test void aRotatedSetIsOneLogWhateverItsFilesArePackedWith() throws IOException {
        rotated();
        try (LogLines log = LogLines.open(RotatedSet.of(folder.resolve("app.log")), Optional.empty(), unpacked)) {
            assertEquals("part 4 line 59999 of some length", log.end(1).orElseThrow().page().text(0));
            assertFalse(log.settled());
            log.fill(Optional.empty(), TaskContext.detached());
            assertTrue(log.settled());
            assertEquals(5L * LINES, log.rows());
            assertEquals(List.of("part 0 line 59999 of some length", "part 1 line 0 of some length"), lines(log, LINES - 1, 2));
            assertEquals(List.of("part 3 line 59999 of some length", "part 4 line 0 of some length"), lines(log, 4 * LINES - 1, 2));
            LogLines.Spot spot = log.spot(3 * LINES + 7).orElseThrow();
            assertEquals(7, spot.line());
            assertEquals(3 * LINES + 7, log.row(spot));
            assertTrue(log.spot(5L * LINES).isEmpty());
            assertEquals(List.of(), log.warnings());
        }
        try (Stream<Path> left = Files.list(unpacked)) {
            assertEquals(0, left.count());
        }
    }

    @Test void unpackingGoesOnAfterItWasCancelled() throws IOException {
        rotated();
        try (LogPart part = LogPart.open(folder.resolve("app.log.4.gz"), Optional.empty(), unpacked)) {
            assertTrue(part.packed());
            assertThrows(CancellationException.class, () -> part.fill(TaskContext.cancelledAfter(1)));
            assertFalse(part.filled());
            part.fill(TaskContext.detached());
            assertEquals(LINES, part.index().lines());
            assertEquals("part 0 line 31234 of some length", part.pages().page(31234, 1).text(0));
        }
    }

    @Test void aCutFileIsShownAsFarAsItGoes() throws IOException {
        rotated();
        byte[] bytes = Files.readAllBytes(folder.resolve("app.log.4.gz"));
        Files.write(folder.resolve("cut"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        try (LogPart part = LogPart.open(folder.resolve("cut"), Optional.empty(), unpacked)) {
            part.fill(TaskContext.detached());
            assertTrue(part.index().lines() > LINES / 4 && part.index().lines() < LINES, "" + part.index().lines());
            assertEquals("unpack.truncated", part.warnings().getFirst().id());
        }
    }

    @Test void whatWasFoundIsKeptForTheNextTime() throws IOException {
        var text = new StringBuilder();
        for (int i = 0; i < 200_000; i++) text.append("2026-11-28 06:00:00,000 INFO line ").append(i).append(" of a log\n");
        Path file = Files.writeString(folder.resolve("big.log"), text);
        var cache = Optional.of(new IndexCache(folder.resolve("cache"), 9));
        try (LogLines log = LogLines.open(file, cache, unpacked)) {
            assertEquals(0, log.rows());
            log.fill(cache, TaskContext.detached());
            assertEquals(200_000, log.rows());
        }
        try (LogLines log = LogLines.open(file, cache, unpacked)) {
            assertEquals(200_000, log.rows());
            assertTrue(lines(log, 199_999, 5).getFirst().endsWith("line 199999 of a log"));
        }
    }

    /// One that is packed so often that nobody unpacks it stands for one that may not be read, which tests of an administrator cannot have.
    @Test void anOlderFileThatCannotBeOpenedIsLeftOut() throws IOException {
        Packer often = out -> new GZIPOutputStream(new GZIPOutputStream(new GZIPOutputStream(new GZIPOutputStream(out))));
        write("app.log.2.gz", 0, often);
        Path path = Files.writeString(folder.resolve("app.log"), "one\n");
        var warned = new ArrayList<String>();
        try (LogLines log = LogLines.open(RotatedSet.of(path), Optional.empty(), unpacked)) {
            log.fill(Optional.empty(), TaskContext.detached());
            assertTrue(log.warnings().stream().anyMatch(each -> each.id().equals("rotated.unreadable")), log.warnings()::toString);
            var follower = new Follower(log, path, unpacked, new Follower.Listener() {
                @Override public void grew(LogPart part, long from, long to) {}

                @Override public void warned(Warning warning) {
                    warned.add(warning.id());
                }
            });
            Files.move(path, folder.resolve("app.log.1"));
            Files.writeString(path, "two\n");
            write("app.log.3.gz", 0, often);
            for (int i = 0; i < 5; i++) follower.turn(TaskContext.detached());
            assertEquals(List.of("rotated.unreadable"), warned);
            assertEquals(List.of("one", "two"), lines(log, 0, 9));
        }
    }

    private static List<String> lines(LogLines log, long first, int count) throws IOException {
        var all = new ArrayList<String>();
        for (LogLines.Rows rows : log.rows(first, count)) for (int i = 0; i < rows.page().count(); i++) all.add(rows.page().text(i));
        return all;
    }
}
