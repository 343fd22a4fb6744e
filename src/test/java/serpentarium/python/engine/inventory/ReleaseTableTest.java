package serpentarium.python.engine.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;

class ReleaseTableTest {
    private static ReleaseTable standard() {
        return ReleaseTable.standard(problem -> fail(problem.line()));
    }

    @ParameterizedTest
    @CsvSource({
        "2.7.18, 2019-12-31, FIXES", "2.7.18, 2020-01-02, ENDED", "3.6.15, 2021-12-23, SECURITY", "3.6.15, 2021-12-24, ENDED",
        "3.10.13, 2026-10-31, SECURITY", "3.10.13, 2026-11-01, ENDED", "3.12.1, 2026-11-28, SECURITY", "3.13.0, 2026-10-15, FIXES", "3.13.0, 2026-11-01, SECURITY",
        "3.14.0rc1, 2026-11-28, FIXES", "3.15.0b1, 2026-08-01, PRERELEASE", "3.15.0, 2026-11-28, FIXES"})
    void aVersionOnADay(String version, LocalDate day, Release.Support support) {
        assertEquals(support, standard().of("cpython", version).orElseThrow().on(day));
    }

    @Test void livesFollowOneAnother() {
        ReleaseTable table = standard();
        assertTrue(table.asOf().isAfter(LocalDate.of(2026, 1, 1)));
        for (Release each : table.releases().values()) {
            assertTrue(each.first().isBefore(each.endOfLife()), each::toString);
            each.endOfFixes().ifPresent(day -> assertTrue(day.isAfter(each.first()) && !day.isAfter(each.endOfLife()), each::toString));
        }
        for (int minor = 0; minor <= 15; minor++) assertTrue(table.releases().containsKey("3." + minor));
    }

    @Test void whatIsNotKnownIsNotMadeUp() {
        ReleaseTable table = standard();
        assertEquals(Optional.empty(), table.of("pypy", "3.10.14"));
        assertEquals(Optional.empty(), table.of("cpython", "3.99.1"));
        assertEquals(Optional.empty(), table.of("cpython", "3"));
    }

    @Test void aTableThatCannotBeReadIsAWarning(@TempDir Path folder) throws IOException {
        for (Path file : List.of(folder.resolve("gone.txt"), folder, Files.writeString(folder.resolve("bad.txt"), "3.1\n"))) {
            var warnings = new ArrayList<Problem>();
            assertEquals(Map.of(), ReleaseTable.readable(file, warnings::add).releases());
            assertEquals(file.toAbsolutePath().toString(), warnings.getFirst().place().source());
        }
    }

    @Test void aBadLineIsNamed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("releases.txt"), "as-of 2026-01-01\n3.1 2009-13-27 - 2012-04-09\n");
        var thrown = assertThrows(ProblemException.class, () -> ReleaseTable.read(file));
        assertEquals(2, thrown.problem().place().line());
    }
}
