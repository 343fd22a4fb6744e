package serpentarium.python.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.python.RootFixture;
import serpentarium.task.TaskContext;

class PinScanTest {
    @TempDir Path folder;
    private RootFixture root;

    @BeforeEach void make() throws IOException {
        root = new RootFixture(folder).version("3.9.18").version("3.10.13").version("3.11.7").version("3.11.7/envs/web").version("3.12.1").alias("web", "3.11.7/envs/web").global("3.9\n");
        pin("one", "3.10\n");
        pin("two/deep/er", "web\n");
        pin("three", "3.7.4\n");
        pin("one/node_modules/x", "3.12\n");
        pin("one/.git", "3.12\n");
        Files.writeString(root.work("one/env").resolve("pyvenv.cfg"), "home = /x\n");
        pin("one/env/lib", "3.12\n");
        Files.createSymbolicLink(root.work("one").resolve("loop"), root.work(""));
        Files.createDirectories(root.work("four/.python-version"));
    }

    private void pin(String where, String text) throws IOException {
        Files.writeString(root.work(where).resolve(".python-version"), text);
    }

    private PinScan.Found scan(PinScan scan, TaskContext context, List<PinScan.Pin> told) throws IOException {
        return scan.scan(root.work(""), new Resolver(root.surroundings()), told::add, context);
    }

    @Test void pinsAreFoundWithWhatTheyMean() throws IOException {
        var told = new ArrayList<PinScan.Pin>();
        PinScan.Found found = scan(new PinScan(), TaskContext.detached(), told);
        assertEquals(List.of(root.work("one"), root.work("three"), root.work("two/deep/er")), found.pins().stream().map(PinScan.Pin::folder).toList());
        assertEquals(found.pins(), told);
        assertEquals(List.of("3.10.13"), found.pins().getFirst().rule().names());
        assertEquals(List.of(false, true, false), found.pins().stream().map(PinScan.Pin::broken).toList());
        assertTrue(found.complete());
        assertEquals(List.of("3.12.1"), found.unused(new Resolver(root.surroundings())));
    }

    @Test void aScanEndsAtItsBoundAndWhenCancelled() throws IOException {
        PinScan.Found found = scan(new PinScan(2), TaskContext.detached(), new ArrayList<>());
        assertEquals(2, found.folders());
        assertFalse(found.complete());
        assertThrows(CancellationException.class, () -> scan(new PinScan(), TaskContext.cancelledAfter(0), new ArrayList<>()));
        assertThrows(CancellationException.class, () -> scan(new PinScan(), TaskContext.cancelledAfter(3), new ArrayList<>()));
    }

    @Test void theWatchSeesWhatDecides() throws IOException, InterruptedException {
        List<Path> folders = List.of(root.work("two/deep"));
        var known = RootWatch.now(root.surroundings(), folders);
        assertEquals(known, RootWatch.now(root.surroundings(), folders));
        pin("two", "3.9\n");
        var pinned = RootWatch.changed(root.surroundings(), folders, known, TaskContext.detached());
        assertNotEquals(known, pinned);
        root.version("3.13.0");
        var installed = RootWatch.changed(root.surroundings(), folders, pinned, TaskContext.detached());
        root.global("3.10.13 # longer\n");
        assertNotEquals(installed, RootWatch.changed(root.surroundings(), folders, installed, TaskContext.detached()));
        assertThrows(CancellationException.class, () -> RootWatch.changed(root.surroundings(), folders, RootWatch.now(root.surroundings(), folders), TaskContext.cancelledAfter(0)));
    }
}
