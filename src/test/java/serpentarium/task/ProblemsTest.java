package serpentarium.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;

/// From throwable to problem, and to the log.
class ProblemsTest {
    private final LogCapture log = new LogCapture();

    @AfterEach void closeLog() {
        log.close();
    }

    record Case(Throwable thrown, String id, String place, String inDetail, Level level) {}

    static final List<Case> CASES = List.of(
            new Case(new NoSuchFileException("a.prof"), "task.file-missing", "a.prof", "a.prof", Level.INFO),
            new Case(new AccessDeniedException("a.prof"), "task.access-denied", "a.prof", "a.prof", Level.INFO),
            new Case(new FileSystemException("a.prof", null, "No space left on device"), "task.file-system", "a.prof", "No space left", Level.INFO),
            new Case(new FileSystemException(null), "task.file-system", "", "", Level.INFO),
            new Case(new EOFException(), "task.io", "", "EOFException", Level.INFO),
            new Case(new IOException("it''s '{0}'"), "task.io", "", "it''s '{0}'", Level.INFO),
            new Case(new OutOfMemoryError("Java heap space"), "task.memory", "", "MB", Level.SEVERE),
            new Case(new StackOverflowError(), "task.too-deep", "", "", Level.SEVERE),
            new Case(new IllegalStateException("no"), "task.unexpected", "", "IllegalStateException: no", Level.SEVERE),
            new Case(new NullPointerException(), "task.unexpected", "", "NullPointerException", Level.SEVERE));

    @ParameterizedTest
    @FieldSource("CASES")
    void eachThrowHasItsProblemAndIsLoggedOnce(Case c) {
        Problem problem = Problems.report("the title", c.thrown);
        assertEquals(c.id, problem.id());
        assertEquals(c.place, problem.place().source());
        assertTrue(problem.detail().contains(c.inDetail), problem.detail());
        assertFalse(problem.title().isBlank());
        assertEquals(1, problem.remedies().size());
        assertSame(c.thrown, problem.cause());
        assertEquals(1, log.records().size());
        var logged = log.records().getFirst();
        assertEquals(c.level, logged.getLevel());
        assertTrue(log.lines().getFirst().startsWith("the title: "), log.lines()::toString);
        if (c.level == Level.SEVERE) assertNotNull(logged.getThrown(), "what nobody foresaw needs its stack");
        else assertNull(logged.getThrown(), "what a person can cause needs none");
    }

    @Test void wrappersAreOpened() {
        var inner = new NoSuchFileException("a.prof");
        for (Throwable wrapped : List.of(new UncheckedIOException(inner), new ExecutionException(inner), new CompletionException(inner),
                new ExecutionException(new UncheckedIOException(inner))))
            assertEquals("task.file-missing", Problems.report("open", wrapped).id());
        assertEquals("task.unexpected", Problems.report("open", new CompletionException("empty", null)).id());
    }

    @Test void aKnownProblemKeepsItsCause() {
        var cause = new IOException("deeper");
        var problem = new Problem("a.b", "Title.", "", Place.NOWHERE, List.of(), cause);
        assertSame(problem, Problems.report("open", new ProblemException(problem)));
    }

    @Test void aDetailIsBounded() {
        assertTrue(Problems.of(new IOException("x".repeat(1_000_000))).detail().length() < 3_000);
    }
}
