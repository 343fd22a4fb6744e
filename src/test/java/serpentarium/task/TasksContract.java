package serpentarium.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;

/// What holds for every kind of [Tasks].
abstract class TasksContract {
    static final Duration LONG = Duration.ofSeconds(20);
    static final List<Lane> LANES = List.of(Lane.CPU, Lane.IO, Lane.serial("install"));

    final ManualClock clock = new ManualClock();
    final LogCapture log = new LogCapture();

    abstract Tasks tasks();

    @AfterEach void closeLog() {
        log.close();
    }

    /// The final state, waited for where there is something to wait for.
    static <T> TaskState<T> end(TaskHandle<T> handle) {
        var state = new CompletableFuture<TaskState<T>>();
        handle.whenEnded(state::complete);
        return get(state);
    }

    static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @FieldSource("LANES")
    void givesTheValue(Lane lane) {
        TaskHandle<String> handle = tasks().submit(TaskSpec.of("greet", lane, _ -> "hello"));
        assertEquals(new TaskState.Done<>("hello"), end(handle));
        assertEquals(new TaskState.Done<>("hello"), handle.state());
        assertEquals("greet", handle.spec().title());
        assertEquals(clock.instant(), handle.submitted());
    }

    @Test void givesNothingWhenTheWorkGivesNothing() {
        assertEquals(new TaskState.Done<Object>(null), end(tasks().submit(TaskSpec.of("nothing", Lane.IO, _ -> null))));
    }

    @Test void numbersTheSubmissions() {
        Tasks tasks = tasks();
        assertEquals(1, tasks.submit(TaskSpec.of("a", Lane.IO, _ -> 1)).id());
        assertEquals(2, tasks.submit(TaskSpec.of("b", Lane.IO, _ -> 1)).id());
    }

    @ParameterizedTest
    @FieldSource("LANES")
    void aThrowBecomesAProblem(Lane lane) {
        var state = end(tasks().submit(TaskSpec.of("read", lane, _ -> {
            throw new IOException("the cable is out");
        })));
        Problem problem = assertInstanceOf(TaskState.Failed.class, state).problem();
        assertEquals("task.io", problem.id());
        assertTrue(problem.detail().contains("the cable is out"), problem.detail());
        assertEquals(1, problem.remedies().size());
        assertInstanceOf(IOException.class, problem.cause());
        assertEquals(List.of("read: Reading or writing failed. IOException: the cable is out [task.io]"), log.lines(), "logged once");
    }

    @Test void aProblemStaysTheSame() {
        var problem = new Problem("pstats.truncated", "Cut.", "", Place.of("x"), List.of("Record again."), null);
        var state = end(tasks().submit(TaskSpec.of("read", Lane.CPU, _ -> {
            throw new ProblemException(problem);
        })));
        Problem got = assertInstanceOf(TaskState.Failed.class, state).problem();
        assertEquals("pstats.truncated", got.id());
        assertEquals(List.of("Record again."), got.remedies());
    }

    @Test void anErrorFailsTheTaskAndTheLaneLivesOn() {
        Tasks tasks = tasks();
        var failing = tasks.submit(TaskSpec.of("wrong", Lane.CPU, _ -> Integer.parseInt("x")));
        assertEquals("task.unexpected", assertInstanceOf(TaskState.Failed.class, end(failing)).problem().id());
        var state = end(tasks.submit(TaskSpec.of("deep", Lane.CPU, _ -> deep(0))));
        assertEquals("task.too-deep", assertInstanceOf(TaskState.Failed.class, state).problem().id());
        assertEquals(new TaskState.Done<>(1), end(tasks.submit(TaskSpec.of("next", Lane.CPU, _ -> 1))));
    }

    private static int deep(int n) {
        return deep(n + 1) + 1;
    }

    @Test void workMayCancelItself() {
        var released = new CompletableFuture<String>();
        var state = end(tasks().submit(TaskSpec.of("stop", Lane.CPU, context -> {
            context.onCancel(() -> released.complete("released"));
            throw new CancellationException();
        })));
        assertInstanceOf(TaskState.Cancelled.class, state);
        assertEquals("released", get(released));
    }

    @Test void everyListenerIsCalledOnceAlsoAfterTheEndAndWhenOneThrows() {
        var calls = new AtomicInteger();
        var handle = tasks().submit(TaskSpec.of("work", Lane.IO, _ -> 7));
        handle.whenEnded(_ -> {
            throw new IllegalStateException("a bad listener");
        });
        handle.whenEnded(_ -> calls.incrementAndGet());
        assertEquals(new TaskState.Done<>(7), end(handle));
        handle.whenEnded(_ -> {
            throw new IllegalStateException("another bad listener");
        });
        handle.whenEnded(_ -> calls.incrementAndGet());
        end(handle);
        assertEquals(2, calls.get());
    }

    @Test void cancellingAfterTheEndDoesNothing() {
        var ran = new AtomicInteger();
        var handle = tasks().submit(TaskSpec.of("work", Lane.IO, context -> {
            context.onCancel(ran::incrementAndGet);
            return 7;
        }));
        end(handle);
        handle.cancel();
        assertEquals(new TaskState.Done<>(7), handle.state());
        assertEquals(0, ran.get());
    }

    @Test void aContextThatIsUsedAfterTheEndDoesNothing() {
        var kept = new AtomicReference<TaskContext>();
        var handle = tasks().submit(TaskSpec.of("leak", Lane.IO, context -> {
            kept.set(context);
            return 7;
        }));
        end(handle);
        var ran = new AtomicInteger();
        kept.get().progress(1, 2, Progress.Unit.ITEMS);
        kept.get().onCancel(ran::incrementAndGet).close();
        kept.get().checkpoint();
        assertFalse(kept.get().cancelled());
        assertEquals(new TaskState.Done<>(7), handle.state());
        assertEquals(0, ran.get());
    }

    @Test void runningStatesCarryTheProgress() {
        var seen = new AtomicReference<Object>();
        Tasks tasks = tasks();
        var handle = tasks.submit(TaskSpec.of("count", Lane.IO, context -> {
            context.message("counting");
            context.progress(3, 12, Progress.Unit.ITEMS);
            seen.set(tasks.recent().getFirst().state());
            return 1;
        }));
        end(handle);
        Progress progress = ((TaskState.Running<?>) seen.get()).progress();
        assertEquals(new Progress(3, 12, Progress.Unit.ITEMS, "counting", Double.NaN, null), progress);
        assertEquals(0.25, progress.fraction());
    }

    @Test void recentHoldsTheLastFiftyNewestFirstWithoutHiddenOnes() {
        Tasks tasks = tasks();
        for (int i = 0; i < 60; i++) {
            int n = i;
            end(tasks.submit(TaskSpec.of("task " + n, Lane.IO, _ -> n)));
            end(tasks.submit(TaskSpec.of("hidden " + n, Lane.IO, _ -> n).hidden()));
        }
        var recent = tasks.recent();
        assertEquals(50, recent.size());
        assertEquals("task 59", recent.getFirst().spec().title());
        assertEquals("task 10", recent.getLast().spec().title());
    }

    @Test void recentKeepsNoValueAlive() {
        Tasks tasks = tasks();
        var handle = tasks.submit(TaskSpec.of("large", Lane.IO, _ -> new byte[100]));
        end(handle);
        TaskHandle<?> past = tasks.recent().getFirst();
        assertEquals(handle.id(), past.id());
        assertEquals(handle.submitted(), past.submitted());
        assertNull(assertInstanceOf(TaskState.Done.class, past.state()).value());
        var heard = new AtomicReference<Object>();
        past.whenEnded(heard::set);
        past.cancel();
        assertEquals(past.state(), heard.get());
    }

    @Test void theVersionGrowsWithWhatRecentWouldSay() {
        Tasks tasks = tasks();
        long before = tasks.version();
        end(tasks.submit(TaskSpec.of("hidden", Lane.IO, _ -> 1).hidden()));
        assertEquals(before, tasks.version());
        end(tasks.submit(TaskSpec.of("shown", Lane.IO, _ -> 1)));
        assertTrue(tasks.version() > before);
    }

    @Test void aNewerTaskOfTheSameKeyDoesNotDisturbAnEndedOne() {
        Tasks tasks = tasks();
        var first = tasks.submit(TaskSpec.of("one", Lane.IO, _ -> 1).latest("filter"));
        assertEquals(new TaskState.Done<>(1), end(first));
        assertEquals(new TaskState.Done<>(2), end(tasks.submit(TaskSpec.of("two", Lane.IO, _ -> 2).latest("filter"))));
        assertEquals(new TaskState.Done<>(1), first.state());
    }

    @Test void workInsideWorkMayTakeOverItsOwnKey() {
        Tasks tasks = tasks();
        var inner = new CompletableFuture<TaskHandle<Integer>>();
        var outer = tasks.submit(TaskSpec.of("outer", Lane.IO, context -> {
            inner.complete(tasks.submit(TaskSpec.of("inner", Lane.IO, _ -> 2).latest("key")));
            context.checkpoint();
            return 1;
        }).latest("key"));
        assertInstanceOf(TaskState.Cancelled.class, end(outer));
        assertEquals(new TaskState.Done<>(2), end(get(inner)));
    }

    @Test void afterShutdownNothingRuns() {
        Tasks tasks = tasks();
        end(tasks.submit(TaskSpec.of("before", Lane.CPU, _ -> 1)));
        assertTrue(tasks.shutdown(LONG));
        assertTrue(tasks.shutdown(LONG), "a second time does no harm");
        for (Lane lane : LANES) {
            var handle = tasks.submit(TaskSpec.of("after", lane, _ -> {
                throw new AssertionError("ran");
            }));
            assertInstanceOf(TaskState.Cancelled.class, end(handle));
        }
    }

    @Test void shutdownFromWithinATaskDoesNotWaitForItself() {
        Tasks tasks = tasks();
        var answer = new CompletableFuture<Boolean>();
        var handle = tasks.submit(TaskSpec.of("quit", Lane.IO, _ -> answer.complete(tasks.shutdown(LONG))));
        assertFalse(get(answer));
        assertInstanceOf(TaskState.Cancelled.class, end(handle));
    }

    @Test void weightsMustBeNumbers() {
        var state = end(tasks().submit(TaskSpec.of("parts", Lane.IO, context -> {
            assertThrows(IllegalArgumentException.class, () -> context.child(-1));
            return assertThrows(IllegalArgumentException.class, () -> context.child(Double.NaN));
        })));
        assertInstanceOf(TaskState.Done.class, state);
    }

    @Test void theStateOfATaskThatIsSeenTwiceIsTheSameObjectOnceItEnded() {
        var handle = tasks().submit(TaskSpec.of("work", Lane.IO, _ -> Instant.EPOCH));
        end(handle);
        assertSame(handle.state(), handle.state());
    }
}
