package serpentarium.python.engine.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How far a build is, told from the logs of real ones.
class PhaseReaderTest {
    private long clock;

    private List<BuildProgress> read(PhaseReader phases, List<String> logged) {
        var told = new ArrayList<BuildProgress>();
        phases.said("Installing Python-3.13.5...");
        for (String line : logged) {
            // Work goes on steadily; what is only printed takes no time.
            if (line.startsWith("checking ") || line.contains(" -c ") || line.startsWith("C")) clock += TimeUnit.MILLISECONDS.toNanos(30);
            phases.logged(line);
            told.add(phases.now());
        }
        phases.said("Installed Python-3.13.5 to /home/dev/.pyenv/versions/3.13.5");
        told.add(phases.now());
        return told;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ok-3.13.5-cache.log", "ok-3.10.12-static-cache.log"})
    void phasesComeInOrderAndTheShareGrows(String file) throws IOException {
        var phases = new PhaseReader(Optional.empty(), true, false, () -> clock);
        List<BuildProgress> told = read(phases, BuildDiagnosisTest.lines(file));
        assertEquals(List.of(BuildPhase.CONFIGURE, BuildPhase.COMPILE, BuildPhase.MODULES, BuildPhase.INSTALL, BuildPhase.PIP, BuildPhase.VERIFY),
                told.stream().map(BuildProgress::phase).distinct().toList());
        double before = 0;
        for (BuildProgress each : told) {
            assertTrue(each.overall() >= before && each.overall() < 1 && each.inPhase() <= 1, each::toString);
            before = each.overall();
        }
        assertTrue(before > 0.9, "ends at " + before);
        Map<BuildPhase, BuildTimes.Expected> measured = phases.measured();
        assertTrue(measured.get(BuildPhase.CONFIGURE).lines() > 700 && measured.get(BuildPhase.COMPILE).lines() > 130 && measured.get(BuildPhase.INSTALL).lines() > 4000, measured::toString);
    }

    @Test void whatWasLearnedTellsTheTime(@TempDir Path folder) throws IOException {
        List<String> logged = BuildDiagnosisTest.lines("ok-3.13.5-cache.log");
        var first = new PhaseReader(Optional.empty(), true, false, () -> clock);
        read(first, logged);
        var times = new BuildTimes(folder.resolve("deep/times.properties"));
        assertEquals(Optional.empty(), times.of("3.13", "plain"));
        times.put("3.13", "plain", first.measured());
        times.put("3.12", "plain", Map.of(BuildPhase.COMPILE, new BuildTimes.Expected(1, 2)));
        double whole = first.measured().values().stream().mapToDouble(BuildTimes.Expected::seconds).sum();
        List<BuildProgress> told = read(new PhaseReader(times.of("3.13", "plain"), true, false, () -> clock), logged);
        for (BuildProgress each : told.subList(0, told.size() - 1)) {
            Duration all = each.elapsed().plus(each.remaining().orElseThrow());
            assertEquals(whole, all.toMillis() / 1000.0, whole * 0.1, each.toString());
        }
        assertEquals(Optional.empty(), times.of("3.13", "optimised"));
        Files.writeString(folder.resolve("deep/times.properties"), "3.13/plain/COMPILE=nonsense\n\\u00zz");
        assertEquals(Optional.empty(), times.of("3.13", "plain"));
    }

    @Test void aDownloadAndOptimisationsHaveTheirPhases() {
        var phases = new PhaseReader(Optional.empty(), false, true, () -> clock);
        var seen = new ArrayList<BuildPhase>();
        phases.said("Downloading Python-3.13.5.tar.xz...");
        seen.add(phases.phase());
        phases.said("Installing Python-3.13.5...");
        for (String line : List.of("checking for gcc... gcc", "config.status: creating Makefile.pre", "gcc -pthread -c -o a.o a.c", "Running code to generate profile data (this can take a while):",
                "0:00:01 load avg: 1.00 [ 7/44] test_base64", "Rebuilding with profile guided optimizations:", "Checked 112 modules (33 built-in, 76 shared, 1 n/a)", "Creating directory /x/bin",
                "if test \"xupgrade\" != \"xno\"  ; then \\", "Successfully installed pip-25.1.1")) {
            phases.logged(line);
            seen.add(phases.phase());
            if (phases.phase() == BuildPhase.PROFILE && line.startsWith("0:")) assertEquals(7 / 44.0, phases.now().inPhase(), 1e-9);
        }
        assertEquals(List.of(BuildPhase.DOWNLOAD, BuildPhase.CONFIGURE, BuildPhase.COMPILE, BuildPhase.PROFILE, BuildPhase.RECOMPILE, BuildPhase.MODULES, BuildPhase.INSTALL, BuildPhase.PIP, BuildPhase.VERIFY),
                seen.stream().distinct().toList());
    }
}
