package serpentarium.python.engine.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.task.TaskContext;

class DiskUseTest {
    @TempDir private Path folder;

    @Test void aFileWithTwoNamesCountsOnce() throws IOException {
        Path one = Files.write(Files.createDirectories(folder.resolve("a/b")).resolve("one"), new byte[10_000]);
        Files.createLink(folder.resolve("a/two"), one);
        Files.createSymbolicLink(folder.resolve("a/three"), one);
        Files.createSymbolicLink(folder.resolve("a/loop"), folder);
        DiskUse.Size size = new DiskUse().of(folder.resolve("a"), TaskContext.detached());
        long folders = Files.size(folder.resolve("a")) + Files.size(folder.resolve("a/b"));
        assertTrue(size.bytes() >= 12_288 && size.bytes() <= 12_288 + Math.max(folders, 8_192), size::toString);
        assertEquals(5, size.files());
    }

    @Test void isCountedAgainWhenSomethingWasInstalled() throws IOException {
        Path packages = Files.createDirectories(folder.resolve("lib/python3.12/site-packages"));
        var use = new DiskUse();
        DiskUse.Size first = use.of(folder, TaskContext.detached());
        assertSame(first, use.of(folder, TaskContext.cancelledAfter(0)));
        Files.write(packages.resolve("new.py"), new byte[5_000]);
        Files.setLastModifiedTime(packages, FileTime.fromMillis(Files.getLastModifiedTime(packages).toMillis() + 10));
        assertTrue(use.of(folder, TaskContext.detached()).bytes() > first.bytes());
    }

    @Test void stopsWhenItIsCancelled() throws IOException {
        for (int i = 0; i < 100; i++) Files.createDirectories(folder.resolve("f" + i + "/g"));
        assertThrows(CancellationException.class, () -> new DiskUse().of(folder, TaskContext.cancelledAfter(0)));
    }

    @Test void agreesWithDu() throws IOException, InterruptedException {
        assumeTrue(!RealPythons.pyenv().isEmpty(), "no pyenv version is installed here");
        Path version = RealPythons.pyenv().getLast();
        List<String> said = RealPythons.said(Map.of(), "du", "-s", "--block-size=1", version.toString());
        assumeTrue(said.size() == 1, "no du of GNU here");
        double du = Long.parseLong(said.getFirst().split("\t")[0]);
        assertEquals(1, new DiskUse().of(version, TaskContext.detached()).bytes() / du, 0.02);
    }
}
