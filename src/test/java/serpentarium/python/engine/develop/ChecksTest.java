package serpentarium.python.engine.develop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import serpentarium.base.ProblemException;
import serpentarium.python.engine.inventory.FactsReader;
import serpentarium.python.engine.inventory.Inventory;
import serpentarium.python.engine.inventory.Places;
import serpentarium.task.TaskContext;

/// CMake and a compiled module agree with what the files say, for every Python of this machine that has headers.
class ChecksTest {
    @TempDir private Path folder;

    static List<Subject> subjects() throws IOException {
        return Inventory.of(Places.own(List.of()), new FactsReader(), TaskContext.detached()).pythons().stream().filter(each -> each.environment().isEmpty())
                .flatMap(each -> Subject.of(each).stream()).filter(each -> each.facts().compiles() && each.facts().layout().implementation().equals("cpython")).toList();
    }

    private static boolean empty(Path folder) throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            return left.findAny().isEmpty();
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("subjects")
    void cmakeFindsWhatWeSay(Subject subject) throws IOException, InterruptedException {
        assumeTrue(CommandLog.program("cmake").isPresent() && CommandLog.program("cc").isPresent(), "no cmake or no compiler here");
        CmakeReport report = new CmakeCheck(folder).run(subject, _ -> {}, TaskContext.detached());
        assertTrue(report.found(), () -> String.join("\n", report.log()));
        assertEquals(List.of(), report.differences());
        assertTrue(empty(folder));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("subjects")
    void aModuleRuns(Subject subject) throws IOException, InterruptedException {
        assumeTrue(CommandLog.program("cc").isPresent(), "no compiler here");
        ModuleReport report = new ModuleCheck(folder).run(subject, _ -> {}, TaskContext.detached());
        assertTrue(report.works(), report::toString);
        assertEquals(subject.facts().version(), report.version().orElseThrow());
        assertTrue(empty(folder));
    }

    @Test void whatCmakeDoesNotFindIsToldInItsWords() throws IOException, InterruptedException {
        assumeTrue(CommandLog.program("cmake").isPresent() && !subjects().isEmpty(), "no cmake or no Python here");
        Subject real = subjects().getFirst();
        var wrong = new Subject("wrong", folder.resolve("nowhere"), folder.resolve("nowhere/bin/python"), real.facts());
        CmakeReport report = new CmakeCheck(folder).run(wrong, _ -> {}, TaskContext.detached());
        assertFalse(report.agrees());
        if (!report.found()) assertTrue(report.reasons().getFirst().startsWith("Could NOT find Python"), report::toString);
    }

    @Test void differencesAreNamed() throws IOException {
        assumeTrue(!subjects().isEmpty(), "no Python with headers here");
        Subject subject = subjects().getFirst();
        List<String> log = List.of("-- serpentarium:FOUND=TRUE", "-- serpentarium:VERSION=1.2.3", "-- serpentarium:EXECUTABLE=" + subject.executable(),
                "-- serpentarium:INCLUDE_DIRS=/nowhere", "-- serpentarium:LIBRARIES=" + subject.facts().headers().library().orElseThrow(),
                "-- serpentarium:SOABI=" + subject.facts().headers().abi().orElse(""));
        assertEquals(List.of("VERSION", "INCLUDE_DIRS"), CmakeCheck.report(subject, 0, "", log).differences().stream().map(CmakeReport.Difference::what).toList());
    }

    @Test void withoutHeadersTheRemedyIsNamed() throws IOException {
        assumeTrue(!subjects().isEmpty(), "no Python with headers here");
        Files.createDirectories(folder.resolve("lib/python3.11"));
        Files.writeString(folder.resolve("lib/python3.11/os.py"), "");
        var bare = new Subject("bare", folder, folder.resolve("python"), new FactsReader().read(folder, java.util.Optional.empty(), java.util.Optional.empty()).orElseThrow());
        var thrown = assertThrows(ProblemException.class, () -> new ModuleCheck(folder).run(bare, _ -> {}, TaskContext.detached()));
        assertTrue(thrown.problem().remedies().getFirst().contains("python3.11-dev"));
    }

    @Test void aCancelledCheckLeavesNothing() throws IOException {
        assumeTrue(CommandLog.program("cmake").isPresent() && !subjects().isEmpty(), "no cmake or no Python here");
        Subject subject = subjects().getFirst();
        assertThrows(CancellationException.class, () -> new CmakeCheck(folder).run(subject, _ -> {}, TaskContext.cancelledAfter(0)));
        assertTrue(empty(folder));
    }
}
