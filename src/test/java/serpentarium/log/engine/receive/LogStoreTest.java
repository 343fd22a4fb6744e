package serpentarium.log.engine.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.log.engine.RotatedSet;
import serpentarium.pack.Unpacked;
import serpentarium.task.ServiceThreads;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LogStoreTest {
    @TempDir Path folder;
    private final List<Path> ended = new ArrayList<>();

    private LogStore open(StoreLimits limits) throws IOException {
        return LogStore.open(folder, limits, ended::add);
    }

    private static void append(LogStore store, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        store.append(bytes, bytes.length);
    }

    private String live() throws IOException {
        return Files.readString(folder.resolve(LogStore.LIVE));
    }

    @Test void itGoesOnWhereItWas() throws IOException {
        try (LogStore store = open(StoreLimits.USUAL)) {
            append(store, "one\n");
            append(store, "two\nthree\n");
        }
        try (LogStore store = open(StoreLimits.USUAL)) {
            assertEquals(List.of(), store.warnings());
            append(store, "four\n");
        }
        assertEquals("one\ntwo\nthree\nfour\n", live());
        assertEquals(3, Files.readAllLines(LogStore.sums(folder.resolve(LogStore.LIVE))).size());
        assertEquals("rw-------", java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(LogStore.LIVE))));
    }

    @Test void halfALineIsTakenAwayAndWholeOnesStay() throws IOException {
        try (LogStore store = open(StoreLimits.USUAL)) {
            append(store, "one\n");
        }
        Path live = folder.resolve(LogStore.LIVE);
        Files.writeString(live, "two\nthr", StandardOpenOption.APPEND);
        Files.writeString(LogStore.sums(live), "4 8", StandardOpenOption.APPEND);
        try (LogStore store = open(StoreLimits.USUAL)) {
            assertEquals(List.of(), store.warnings());
            append(store, "four\n");
        }
        assertEquals("one\ntwo\nfour\n", live());
    }

    @Test void aLongHalfLineToo() throws IOException {
        try (LogStore store = open(StoreLimits.USUAL)) {
            append(store, "one\n");
        }
        Files.writeString(folder.resolve(LogStore.LIVE), "x".repeat(300_000), StandardOpenOption.APPEND);
        open(StoreLimits.USUAL).close();
        assertEquals("one\n", live());
    }

    @Test void whatOthersChangedIsSaidAndKept() throws IOException {
        try (LogStore store = open(StoreLimits.USUAL)) {
            append(store, "one\n");
            append(store, "two\n");
        }
        Files.writeString(folder.resolve(LogStore.LIVE), "One\ntwo\n");
        try (LogStore store = open(StoreLimits.USUAL)) {
            assertEquals(1, store.warnings().size());
            assertTrue(store.warnings().getFirst().text().contains("4 B"), store.warnings()::toString);
        }
        assertEquals("One\ntwo\n", live());
        Files.writeString(folder.resolve(LogStore.LIVE), "");
        try (LogStore store = open(StoreLimits.USUAL)) {
            assertTrue(store.warnings().getFirst().text().contains("8 B"), store.warnings()::toString);
        }
    }

    @Test void twoDoNotWriteIntoOneFolder() throws IOException {
        try (LogStore _ = open(StoreLimits.USUAL)) {
            var problem = assertThrows(ProblemException.class, () -> open(StoreLimits.USUAL)).problem();
            assertEquals("store.taken", problem.id());
        }
        open(StoreLimits.USUAL).close();
    }

    @Test void filesAreEndedBySizeAndAge() throws IOException {
        try (LogStore store = open(new StoreLimits(10, Duration.ofDays(1), 1 << 20))) {
            for (int i = 0; i < 5; i++) append(store, "line" + i + "\n");
        }
        assertEquals(4, ended.size());
        assertEquals("line4\n", live());
        RotatedSet set = RotatedSet.of(folder.resolve(LogStore.LIVE));
        assertEquals(List.of(), set.warnings());
        var all = new StringBuilder();
        for (RotatedSet.Member each : set.members()) all.append(Files.readString(each.path()));
        assertEquals("line0\nline1\nline2\nline3\nline4\n", all.toString());
        ended.clear();
        try (LogStore store = open(new StoreLimits(1000, Duration.ofMillis(-1), 1 << 20))) {
            append(store, "late\n");
        }
        assertEquals(1, ended.size());
        assertEquals("late\n", live());
    }

    private void await(java.util.function.BooleanSupplier done) {
        while (!done.getAsBoolean()) LockSupport.parkNanos(5_000_000);
    }

    @Test void endedFilesArePackedAndTheOldestGo() throws IOException {
        try (LogStore store = open(new StoreLimits(1000, Duration.ofDays(1), 1 << 20))) {
            for (int i = 0; i < 5; i++) append(store, ("line" + i + "\n").repeat(100));
        }
        Files.writeString(folder.resolve(Packer.UNFINISHED + "x"), "left");
        open(StoreLimits.USUAL).close();
        try (var packer = new Packer(folder, 1 << 20, new ServiceThreads("test"))) {
            await(() -> ended.stream().noneMatch(Files::exists));
            assertEquals(0, packer.removed());
        }
        RotatedSet set = RotatedSet.of(folder.resolve(LogStore.LIVE));
        assertEquals(5, set.members().size());
        for (int i = 0; i < 4; i++) {
            try (var in = Unpacked.of(Source.of(set.members().get(i).path())).open()) {
                assertEquals(("line" + i + "\n").repeat(100), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        long before = Files.size(set.members().get(0).path());
        try (var packer = new Packer(folder, 700, new ServiceThreads("test"))) {
            await(() -> packer.removed() >= before);
        }
        assertFalse(Files.exists(set.members().getFirst().path()));
        assertTrue(Files.exists(folder.resolve(LogStore.LIVE)));
        assertFalse(Files.exists(folder.resolve(Packer.UNFINISHED + "x")));
    }

    @Test void dropsThatLinuxTells() {
        String table = """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
                  370: 0100007F:233D 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1234 2 0000000000000000 17
                  371: 0100007F:233E 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1235 2 0000000000000000 0
                """;
        assertEquals(17, KernelDrops.in(table, 9021));
        assertEquals(0, KernelDrops.in(table, 9022));
        assertEquals(-1, KernelDrops.in(table, 1));
    }
}
