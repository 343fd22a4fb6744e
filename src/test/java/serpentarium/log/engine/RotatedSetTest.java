package serpentarium.log.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotatedSetTest {
    @TempDir Path folder;

    /// Each a set as a handler, logrotate or a library leaves it, in its order; all of them have `other.log` beside them.
    @ParameterizedTest
    @ValueSource(strings = {
        "app.log.11 app.log.10 app.log.9 app.log.8 app.log.7 app.log.6 app.log.5 app.log.4 app.log.3 app.log.2 app.log.1 app.log",
        "app.log.3.gz app.log.2.gz app.log.1 app.log",
        "app.log.2.zst app.log.1.zst app.log",
        "app.log.2.bz2 app.log.1.xz app.log",
        "server.log.2026-11-22_07-49-01 server.log.2026-11-22_07-49-02 server.log.2026-11-22_07-50-00 server.log",
        "server.log.2026-11-22_07-49 server.log.2026-11-22_08-01 server.log",
        "server.log.2026-11-22_06 server.log.2026-11-22_07 server.log",
        "server.log.2026-11-21 server.log.2026-11-22 server.log",
        "web.log-20261120 web.log-20261121.gz web.log-20261122 web.log",
        "web.log-20261122-1795332811.gz web.log-20261122-1795332812.gz web.log",
        "web.log.2026-11-22-06 web.log.2026-11-22-07 web.log",
        "web.log-2026112206 web.log-2026112207.gz web.log",
        "app.2.log app.1.log app.log",
        "app-20261121.log app-20261122.log app.log",
        "app-20261121.log.gz app-20261122.log app.log",
        "app.log.2.old app.log.1.old app.log",
        "app.log.1 app.log.0 app.log",
        "app.log.old app.log",
        "nova-api.log.1.2017-05-16_13:53:08 nova-api.log.1.2017-05-17_12:02:19 nova-api.log",
        "app.2026-11-22_06-56-23_128000.log app.2026-11-23_06-56-23_128000.log app.log",
        "error.log.1700000000 error.log.1700000100.gz error.log",
        "access.2 access.1 access",
        "my.app-v2.log.2 my.app-v2.log.1 my.app-v2.log",
        "app.log.2026-11-22.1 app.log.2026-11-22.2 app.log.2026-11-23.1 app.log"})
    void everyNamingIsPutInOrderFromAnyOfItsFiles(String set) throws IOException {
        List<String> names = List.of(set.split(" "));
        for (String name : names) Files.writeString(folder.resolve(name), name);
        for (String other : List.of("other.log", "other.log.1", "app.logging.txt")) Files.writeString(folder.resolve(other), other);
        for (String name : names) {
            RotatedSet found = RotatedSet.of(folder.resolve(name));
            assertEquals(names, names(found), name);
            assertEquals(folder.resolve(names.getLast()), found.live());
            assertEquals(List.of(), found.warnings());
        }
        assertTrue(RotatedSet.in(folder).stream().anyMatch(each -> names(each).equals(names)));
        assertTrue(RotatedSet.in(folder).stream().anyMatch(each -> names(each).equals(List.of("other.log.1", "other.log"))));
    }

    @Test void theLiveFileNeedNotBeThere() throws IOException {
        for (String name : List.of("app.log.2.gz", "app.log.1")) Files.writeString(folder.resolve(name), name);
        RotatedSet set = RotatedSet.of(folder.resolve("app.log"));
        assertEquals(List.of("app.log.2.gz", "app.log.1"), names(set));
        assertEquals(set, RotatedSet.of(folder.resolve("app.log.1")));
        assertTrue(set.members().getFirst().packed());
    }

    @Test void aNumberThatNoOtherFileHasIsPartOfTheName() throws IOException {
        for (String name : List.of("py3.13.log", "py2.7.log", "job.1.log", "job.2.log")) Files.writeString(folder.resolve(name), name);
        RotatedSet set = RotatedSet.of(folder.resolve("py3.13.log"));
        assertEquals(folder.toAbsolutePath().resolve("py3.13.log"), set.live(), "it is this one that grows");
        assertEquals(List.of(), set.warnings());
        assertEquals(List.of("job.2.log", "job.1.log"), names(RotatedSet.of(folder.resolve("job.2.log"))));
        assertEquals(3, RotatedSet.in(folder).size());
    }

    @Test void whatIsMissingIsSaid() throws IOException {
        for (String name : List.of("app.log.5", "app.log.4", "app.log.2", "app.log", "day.log-20261118", "day.log-20261119", "day.log-20261122", "day.log-20261123"))
            Files.writeString(folder.resolve(name), name);
        List<RotatedSet> sets = RotatedSet.in(folder);
        assertEquals(List.of("rotated.gap", "rotated.gap"), sets.get(0).warnings().stream().map(each -> each.id()).toList());
        assertTrue(sets.get(0).warnings().getFirst().line().contains("app.log.3"), sets.get(0).warnings()::toString);
        assertTrue(sets.get(0).warnings().getLast().line().contains("app.log.1"), sets.get(0).warnings()::toString);
        assertTrue(sets.get(1).warnings().getFirst().line().contains("2026-11-20 … 2026-11-21"), sets.get(1).warnings()::toString);
        assertEquals(1, sets.get(1).warnings().size());
    }

    @Test void aFileBesideItsPackedSelfIsTakenOnce() throws IOException {
        for (String name : List.of("app.log.1", "app.log.1.gz", "app.log")) Files.writeString(folder.resolve(name), name);
        RotatedSet set = RotatedSet.of(folder.resolve("app.log"));
        assertEquals(List.of("app.log.1", "app.log"), names(set));
        assertEquals("rotated.twice", set.warnings().getFirst().id());
    }

    @Test void twoFilesOfOneHourAreBothTaken() throws IOException {
        int minute = 0;
        for (String name : List.of("app.log.2026-11-28-06.gz", "app.log-2026112806.backup", "app.log")) {
            Files.writeString(folder.resolve(name), name);
            Files.setLastModifiedTime(folder.resolve(name), FileTime.fromMillis(1_700_000_000_000L + 60_000L * minute++));
        }
        RotatedSet set = RotatedSet.of(folder.resolve("app.log"));
        assertEquals(List.of("app.log.2026-11-28-06.gz", "app.log-2026112806.backup", "app.log"), names(set));
        assertEquals(List.of(), set.warnings());
    }

    @Test void anotherFolderForOldFiles() throws IOException {
        Path old = Files.createDirectory(folder.resolve("old"));
        Files.writeString(old.resolve("app.log.1"), "1");
        Files.writeString(folder.resolve("app.log"), "0");
        assertEquals(List.of(old.resolve("app.log.1"), folder.resolve("app.log")),
                RotatedSet.of(folder.resolve("app.log"), old).members().stream().map(RotatedSet.Member::path).toList());
    }

    @Test void twoWaysOfNamingAreOrderedByTheFilesTimes() throws IOException {
        int minute = 0;
        for (String name : List.of("app.log.2", "app.log.1", "app.log-20261121", "app.log-20261122", "app.log")) {
            Files.writeString(folder.resolve(name), name);
            Files.setLastModifiedTime(folder.resolve(name), FileTime.fromMillis(1_700_000_000_000L + 60_000L * minute++));
        }
        assertEquals(List.of("app.log.2", "app.log.1", "app.log-20261121", "app.log-20261122", "app.log"), names(RotatedSet.of(folder.resolve("app.log"))));
    }

    private static List<String> names(RotatedSet set) {
        return set.members().stream().map(each -> each.path().getFileName().toString()).toList();
    }
}
