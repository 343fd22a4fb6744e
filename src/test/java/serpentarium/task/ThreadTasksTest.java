package serpentarium.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static serpentarium.task.InlineTasksTest.awaitLatch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The contract on threads, and what only threads do.
class ThreadTasksTest extends TasksContract {
    private final ThreadTasks tasks = new ThreadTasks(Runnable::run, 2, clock, clock);

    @Override Tasks tasks() {
        return tasks;
    }

    @AfterEach void end() {
        assertTrue(tasks.shutdown(LONG), "every test lets its work end");
    }

    @Test void theProcessorsLaneRunsAsManyAsItHasThreadsAndNoMore() {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var together = new CyclicBarrier(2);
        var handles = new ArrayList<TaskHandle<Integer>>();
        for (int i = 0; i < 10; i++)
            handles.add(tasks.submit(TaskSpec.of("cpu", Lane.CPU, _ -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                together.await(LONG.toSeconds(), TimeUnit.SECONDS);
                return now.decrementAndGet();
            })));
        for (var handle : handles) assertInstanceOf(TaskState.Done.class, end(handle));
        assertEquals(2, most.get());
    }

    @Test void theWaitingLaneRunsAllAtOnceOnVirtualThreads() {
        int many = 200;
        var together = new CyclicBarrier(many);
        var handles = new ArrayList<TaskHandle<Boolean>>();
        for (int i = 0; i < many; i++)
            handles.add(tasks.submit(TaskSpec.of("io", Lane.IO, _ -> {
                together.await(LONG.toSeconds(), TimeUnit.SECONDS);
                return Thread.currentThread().isVirtual();
            })));
        for (var handle : handles) assertEquals(new TaskState.Done<>(true), end(handle));
    }

    @Test void threadsAreNamedDaemons() {
        var cpu = end(tasks.submit(TaskSpec.of("who", Lane.CPU, _ -> Thread.currentThread().getName() + Thread.currentThread().isDaemon())));
        assertTrue(((TaskState.Done<String>) cpu).value().matches("cpu-\\dtrue"), cpu::toString);
        var serial = end(tasks.submit(TaskSpec.of("who", Lane.serial("x"), _ -> Thread.currentThread().getName())));
        assertEquals(new TaskState.Done<>("serial-x"), serial);
    }

    @Test void aSerialLaneKeepsTheOrderAndLanesDoNotWaitForEachOther() {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        var gate = new CountDownLatch(1);
        tasks.submit(TaskSpec.of("gate", Lane.serial("a"), _ -> gate.await(LONG.toSeconds(), TimeUnit.SECONDS)));
        TaskHandle<Boolean> last = null;
        for (int i = 0; i < 100; i++) {
            int n = i;
            last = tasks.submit(TaskSpec.of("a", Lane.serial("a"), _ -> order.add(n)));
        }
        assertEquals(new TaskState.Done<>("b"), end(tasks.submit(TaskSpec.of("b", Lane.serial("b"), _ -> "b"))));
        assertInstanceOf(TaskState.Queued.class, last.state());
        gate.countDown();
        end(last);
        assertEquals(java.util.stream.IntStream.range(0, 100).boxed().toList(), order);
    }

    @Test void aSerialLaneWaitsForCancelledWorkToLeave() {
        var inside = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        var overlap = new AtomicInteger();
        var first = tasks.submit(TaskSpec.of("stubborn", Lane.serial("a"), _ -> {
            overlap.incrementAndGet();
            inside.countDown();
            stubbornly(leave);
            return overlap.decrementAndGet();
        }));
        awaitLatch(inside);
        var second = tasks.submit(TaskSpec.of("next", Lane.serial("a"), _ -> overlap.get()));
        first.cancel();
        assertInstanceOf(TaskState.Cancelled.class, first.state());
        assertInstanceOf(TaskState.Queued.class, second.state());
        leave.countDown();
        assertEquals(new TaskState.Done<>(0), end(second));
    }

    private static void stubbornly(CountDownLatch latch) {
        boolean free = false;
        while (!free) {
            try {
                latch.await();
                free = true;
            } catch (InterruptedException _) {
                free = false;
            }
        }
    }

    @ParameterizedTest
    @FieldSource("LANES")
    void cancellingInterruptsWorkThatBlocks(Lane lane) {
        var inside = new CountDownLatch(1);
        var left = new CompletableFuture<Throwable>();
        var handle = tasks.submit(TaskSpec.of("block", lane, _ -> {
            inside.countDown();
            try {
                return new CountDownLatch(1).await(LONG.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                left.complete(e);
                throw e;
            }
        }));
        awaitLatch(inside);
        handle.cancel();
        assertInstanceOf(TaskState.Cancelled.class, handle.state());
        assertInstanceOf(InterruptedException.class, get(left));
        var clean = tasks.submit(TaskSpec.of("next", lane, _ -> Thread.currentThread().isInterrupted()));
        assertEquals(new TaskState.Done<>(false), end(clean));
    }

    @Test void cancelledWhileWaitingNeverRuns() {
        var gate = new CountDownLatch(1);
        var ran = new AtomicInteger();
        tasks.submit(TaskSpec.of("gate", Lane.serial("a"), _ -> gate.await(LONG.toSeconds(), TimeUnit.SECONDS)));
        var waiting = tasks.submit(TaskSpec.of("waiting", Lane.serial("a"), _ -> ran.incrementAndGet()));
        waiting.cancel();
        assertInstanceOf(TaskState.Cancelled.class, end(waiting));
        gate.countDown();
        end(tasks.submit(TaskSpec.of("after", Lane.serial("a"), _ -> 1)));
        assertEquals(0, ran.get());
    }

    @Test void cancelReturnsAtOnceWhenACancelActionBlocks() {
        var inside = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var other = new CountDownLatch(1);
        var handle = tasks.submit(TaskSpec.of("child", Lane.IO, context -> {
            context.onCancel(() -> {
                throw new IllegalStateException("a bad action");
            });
            context.onCancel(other::countDown);
            context.onCancel(() -> awaitLatch(release));
            inside.countDown();
            return new CountDownLatch(1).await(LONG.toSeconds(), TimeUnit.SECONDS);
        }));
        awaitLatch(inside);
        long start = System.nanoTime();
        handle.cancel();
        assertTrue(System.nanoTime() - start < 200_000_000L, "the window's thread must not wait");
        assertInstanceOf(TaskState.Cancelled.class, handle.state());
        awaitLatch(other);
        assertFalse(tasks.shutdown(Duration.ofMillis(10)), "an action still runs");
        release.countDown();
    }

    @Test void actionsRunOnceAndForgottenOnesNot() {
        var inside = new CountDownLatch(1);
        var calls = new ConcurrentLinkedQueue<String>();
        var done = new CountDownLatch(2);
        var handle = tasks.submit(TaskSpec.of("actions", Lane.IO, context -> {
            context.onCancel(() -> calls.add("forgotten")).close();
            context.onCancel(() -> {
                calls.add("kept");
                done.countDown();
            });
            inside.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException _) {
                context.onCancel(() -> calls.add("late"));
                done.countDown();
            }
            return 1;
        }));
        awaitLatch(inside);
        handle.cancel();
        handle.cancel();
        awaitLatch(done);
        assertTrue(tasks.shutdown(LONG));
        assertEquals(List.of("kept", "late"), calls.stream().sorted().toList());
    }

    @Test void theLatestOfAKeyWinsAndTheLateAnswerIsDropped() {
        var inside = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        var answers = new ConcurrentLinkedQueue<TaskState<String>>();
        var left = new CountDownLatch(1);
        var first = tasks.submit(TaskSpec.of("f", Lane.IO, _ -> {
            inside.countDown();
            stubbornly(leave);
            left.countDown();
            return "old";
        }).latest(List.of("filter", 1)));
        first.whenEnded(answers::add);
        awaitLatch(inside);
        var other = tasks.submit(TaskSpec.of("fo", Lane.IO, _ -> "other key").latest(List.of("filter", 2)));
        var second = tasks.submit(TaskSpec.of("fo", Lane.IO, _ -> "new").latest(List.of("filter", 1)));
        assertInstanceOf(TaskState.Cancelled.class, first.state());
        assertEquals(new TaskState.Done<>("new"), end(second));
        assertEquals(new TaskState.Done<>("other key"), end(other));
        leave.countDown();
        awaitLatch(left);
        assertTrue(tasks.shutdown(LONG));
        assertEquals(List.of(new TaskState.Cancelled<String>()), List.copyOf(answers));
    }

    @Test void anAnswerOnItsWayToTheWindowIsDroppedToo() {
        Queue<Runnable> window = new ArrayDeque<>();
        var tasks = new ThreadTasks(window::add, 1, clock, clock);
        var heard = new ArrayList<TaskState<String>>();
        var gate = new CountDownLatch(1);
        var first = tasks.submit(TaskSpec.of("f", Lane.IO, _ -> {
            awaitLatch(gate);
            return "old";
        }).latest("key")).whenEnded(heard::add);
        gate.countDown();
        assertTrue(ended(first));
        var second = tasks.submit(TaskSpec.of("fo", Lane.IO, _ -> "new").latest("key")).whenEnded(heard::add);
        assertTrue(ended(second));
        assertTrue(tasks.shutdown(LONG));
        window.forEach(Runnable::run);
        assertEquals(List.of(new TaskState.Cancelled<String>(), new TaskState.Done<>("new")), heard);
    }

    /// Waits by the version, without a listener.
    private static boolean ended(TaskHandle<?> handle) {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (!handle.state().ended() && System.nanoTime() < deadline) Thread.onSpinWait();
        return handle.state().ended();
    }

    @Test void listenersRunOnTheGivenExecutor() {
        var named = new CompletableFuture<String>();
        var tasks = new ThreadTasks(action -> Thread.ofVirtual().name("window").start(action), 1, clock, clock);
        tasks.submit(TaskSpec.of("work", Lane.CPU, _ -> 1)).whenEnded(_ -> named.complete(Thread.currentThread().getName()));
        assertEquals("window", get(named));
        assertTrue(tasks.shutdown(LONG));
    }

    @Test void anExecutorThatRefusesHarmsNobody() {
        var tasks = new ThreadTasks(_ -> {
            throw new IllegalStateException("the window is gone");
        }, 1, clock, clock);
        var handle = tasks.submit(TaskSpec.of("work", Lane.CPU, _ -> 1).latest("key")).whenEnded(_ -> {});
        assertTrue(ended(handle));
        assertTrue(tasks.shutdown(LONG));
    }

    @Test void shutdownCancelsWhatWaitsAndRuns() {
        var inside = new CountDownLatch(2);
        var never = new CountDownLatch(1);
        var handles = new ArrayList<TaskHandle<?>>();
        for (int i = 0; i < 20; i++)
            handles.add(tasks.submit(TaskSpec.of("block", Lane.CPU, _ -> {
                inside.countDown();
                return never.await(LONG.toSeconds(), TimeUnit.SECONDS);
            })));
        awaitLatch(inside);
        assertTrue(tasks.shutdown(LONG));
        for (var handle : handles) assertInstanceOf(TaskState.Cancelled.class, handle.state());
    }

    @Test void manyTasksFromManyThreadsEachEndOnceWithOneAnswer() {
        int threads = 8;
        int each = 500;
        var calls = new AtomicInteger();
        var outcomes = new ConcurrentLinkedQueue<TaskState<Integer>>();
        var all = new CountDownLatch(threads * each);
        var submitters = new ArrayList<Thread>();
        for (int t = 0; t < threads; t++) {
            int thread = t;
            submitters.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < each; i++) {
                    int n = i;
                    var spec = TaskSpec.of("n", n % 3 == 0 ? Lane.serial("s" + n % 5) : LANES.get(n % 2), context -> {
                        context.progress(n, each, Progress.Unit.ITEMS);
                        context.onCancel(calls::incrementAndGet);
                        context.checkpoint();
                        if (n % 7 == 0) throw new java.io.IOException("planned");
                        return n;
                    });
                    var handle = tasks.submit(n % 4 == 0 ? spec.latest("k" + thread) : spec);
                    handle.whenEnded(state -> {
                        outcomes.add(state);
                        all.countDown();
                    });
                    if (n % 5 == 0) handle.cancel();
                    tasks.recent();
                }
            }));
        }
        awaitLatch(all);
        assertEquals(threads * each, outcomes.size());
        assertTrue(tasks.shutdown(LONG));
        assertEquals(50, tasks.recent().size());
        assertTrue(outcomes.stream().allMatch(TaskState::ended));
        assertNotEquals(0, outcomes.stream().filter(TaskState.Done.class::isInstance).count());
        assertTrue(outcomes.stream().filter(TaskState.Failed.class::isInstance).count() <= threads * (each / 7 + 1));
        for (Thread submitter : submitters) assertFalse(submitter.isVirtual() && submitter.isInterrupted());
    }
}
