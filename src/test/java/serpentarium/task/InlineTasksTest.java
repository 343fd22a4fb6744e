package serpentarium.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// The contract inline, and what only the inline kind does.
class InlineTasksTest extends TasksContract {
    private final List<String> drawn = new ArrayList<>();
    private final InlineTasks tasks = new InlineTasks(
            (task, progress) -> drawn.add(task.spec().title() + " " + progress.done() + "/" + progress.total() + " " + progress.message()), clock, clock);

    @Override Tasks tasks() {
        return tasks;
    }

    @Test void everythingHappensOnTheCallersThread() {
        var threads = new ArrayList<Thread>();
        for (Lane lane : LANES)
            tasks.submit(TaskSpec.of("where", lane, _ -> threads.add(Thread.currentThread()))).whenEnded(_ -> threads.add(Thread.currentThread()));
        assertEquals(6, threads.size());
        for (Thread thread : threads) assertSame(Thread.currentThread(), thread);
    }

    @Test void theWatcherSeesEachProgressOfWhatIsShown() {
        tasks.submit(TaskSpec.of("load", Lane.IO, context -> {
            context.message("reading");
            context.progress(1, 2, Progress.Unit.ITEMS);
            context.progress(2, 2, Progress.Unit.ITEMS);
            return 1;
        }));
        tasks.submit(TaskSpec.of("quiet", Lane.IO, context -> {
            context.progress(1, 1, Progress.Unit.ITEMS);
            return 1;
        }).hidden());
        assertEquals(List.of("load 0/-1 reading", "load 1/2 reading", "load 2/2 reading"), drawn);
    }

    @Test void aWatcherThatThrowsDoesNotStopTheWork() {
        var tasks = new InlineTasks((_, _) -> {
            throw new IllegalStateException("cannot draw");
        });
        assertEquals(new TaskState.Done<>(5), tasks.submit(TaskSpec.of("work", Lane.IO, context -> {
            context.progress(1, 1, Progress.Unit.ITEMS);
            return 5;
        })).state());
    }

    @Test void anotherThreadCancelsWorkThatBlocks() throws InterruptedException {
        var inside = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        var actions = new AtomicInteger();
        Thread canceller = Thread.ofVirtual().start(() -> {
            awaitLatch(inside);
            tasks.cancelAll();
        });
        var handle = tasks.submit(TaskSpec.of("block", Lane.IO, context -> {
            context.onCancel(actions::incrementAndGet);
            inside.countDown();
            never.await();
            return 1;
        }));
        assertInstanceOf(TaskState.Cancelled.class, handle.state());
        canceller.join();
        assertEquals(1, actions.get());
        assertFalse(Thread.currentThread().isInterrupted(), "the interrupt was for the task");
        assertEquals(new TaskState.Done<>(1), tasks.submit(TaskSpec.of("next", Lane.IO, _ -> 1)).state());
    }

    @Test void anInterruptOfTheCallerCancelsAndIsKept() {
        Thread.currentThread().interrupt();
        var handle = tasks.submit(TaskSpec.of("wait", Lane.IO, _ -> {
            new CountDownLatch(1).await();
            return 1;
        }));
        assertTrue(Thread.interrupted());
        assertInstanceOf(TaskState.Cancelled.class, handle.state());
    }

    @Test void anErrorOfTheWorkAfterCancellationIsNotAFailure() {
        var handle = new AtomicReference<TaskHandle<?>>();
        var ended = tasks.submit(TaskSpec.of("outer", Lane.IO, _ -> {
            handle.set(tasks.recent().getFirst());
            handle.get().cancel();
            throw new IllegalStateException("torn down");
        }));
        assertInstanceOf(TaskState.Cancelled.class, ended.state());
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test void shutdownWaitsForWorkOnOtherThreads() throws InterruptedException {
        var inside = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        Thread other = Thread.ofVirtual().start(() -> tasks.submit(TaskSpec.of("stubborn", Lane.IO, _ -> {
            inside.countDown();
            boolean free = false;
            while (!free) free = freed(leave);
            return 1;
        })));
        awaitLatch(inside);
        assertFalse(tasks.shutdown(Duration.ofMillis(20)));
        leave.countDown();
        assertTrue(tasks.shutdown(LONG));
        other.join();
    }

    private static boolean freed(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException _) {
            return false;
        }
    }

    static void awaitLatch(CountDownLatch latch) {
        try {
            assertTrue(latch.await(LONG.toSeconds(), java.util.concurrent.TimeUnit.SECONDS), "waited too long");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
