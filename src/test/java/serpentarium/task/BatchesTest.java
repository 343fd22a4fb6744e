package serpentarium.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static serpentarium.task.InlineTasksTest.awaitLatch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import serpentarium.task.Batches.Batch;

/// The hand-over of streams, with a clock, an alarm clock and a window in the test's hand.
class BatchesTest {
    private final ManualClock clock = new ManualClock();
    private final LogCapture log = new LogCapture();
    private final List<Alarm> alarms = new ArrayList<>();
    private final ArrayDeque<Runnable> window = new ArrayDeque<>();
    private final List<Batch<Integer>> heard = new ArrayList<>();

    private record Alarm(long at, Runnable action) {}

    @AfterEach void closeLog() {
        log.close();
    }

    private Batches<Integer> batches(int capacity, Executor executor) {
        return new Batches<>(capacity, Batches.INTERVAL, executor, heard::add, this::set, clock);
    }

    private void set(Duration delay, Runnable action) {
        alarms.add(new Alarm(clock.getAsLong() + delay.toNanos(), action));
    }

    private void pass(int millis) {
        clock.advance(Duration.ofMillis(millis));
        var due = alarms.stream().filter(alarm -> alarm.at <= clock.getAsLong()).toList();
        alarms.removeAll(due);
        due.forEach(alarm -> alarm.action.run());
    }

    private void window() {
        for (Runnable next; (next = window.poll()) != null; ) next.run();
    }

    private static Batch<Integer> batch(long dropped, Integer... items) {
        return new Batch<>(List.of(items), dropped);
    }

    @Test void theFirstComesAtOnceTheRestOnceAnInterval() {
        var batches = batches(100, Runnable::run);
        assertTrue(batches.offer(1));
        assertEquals(List.of(batch(0, 1)), heard);
        batches.offer(2);
        pass(20);
        batches.offer(3);
        pass(29);
        assertEquals(1, heard.size());
        pass(1);
        assertEquals(List.of(batch(0, 1), batch(0, 2, 3)), heard);
        pass(1000);
        assertTrue(alarms.isEmpty(), "nothing runs while nothing comes");
        batches.offer(4);
        assertEquals(batch(0, 4), heard.getLast(), "after a pause at once again");
    }

    @Test void whatDoesNotFitIsCountedOnce() {
        var batches = batches(2, Runnable::run);
        batches.offer(0);
        assertTrue(batches.offer(1));
        assertTrue(batches.offer(2));
        assertFalse(batches.offer(3));
        assertFalse(batches.offer(4));
        pass(50);
        assertEquals(batch(2, 1, 2), heard.getLast());
        batches.offer(5);
        pass(50);
        assertEquals(batch(0, 5), heard.getLast());
    }

    @Test void aSlowWindowGetsOneListForAll() {
        var batches = batches(3, window::add);
        for (int i = 0; i < 5; i++) batches.offer(i);
        pass(500);
        assertEquals(1, window.size(), "one hand-over waits, however long it takes");
        window();
        assertEquals(List.of(batch(2, 0, 1, 2)), heard);
    }

    @Test void flushHandsOverNowAndTheOldAlarmIsDead() {
        var batches = batches(10, Runnable::run);
        batches.offer(1);
        batches.offer(2);
        pass(40);
        batches.flush();
        assertEquals(batch(0, 2), heard.getLast());
        batches.offer(3);
        pass(10);
        assertEquals(2, heard.size(), "the alarm of before the flush must not hand over early");
        pass(40);
        assertEquals(batch(0, 3), heard.getLast());
        batches.flush();
        assertEquals(3, heard.size(), "nothing is no list");
    }

    @Test void closeHandsOverTheRestAndTakesNothingMore() {
        var batches = batches(10, window::add);
        batches.offer(1);
        window();
        batches.offer(2);
        batches.close();
        batches.close();
        assertFalse(batches.offer(3));
        window();
        assertEquals(List.of(batch(0, 1), batch(0, 2)), heard);
        pass(1000);
        window();
        assertEquals(2, heard.size());
    }

    @Test void aConsumerThatOffersIsNotCalledInsideItself() {
        var depth = new AtomicInteger();
        var self = new ArrayList<Batches<Integer>>();
        var batches = new Batches<Integer>(10, Batches.INTERVAL, Runnable::run, batch -> {
            assertEquals(1, depth.incrementAndGet());
            heard.add(batch);
            if (batch.items().contains(1)) {
                self.getFirst().offer(2);
                self.getFirst().flush();
            }
            depth.decrementAndGet();
        }, this::set, clock);
        self.add(batches);
        batches.offer(1);
        assertEquals(List.of(batch(0, 1), batch(0, 2)), heard);
        batches.offer(3);
        pass(50);
        assertEquals(batch(0, 3), heard.getLast());
    }

    @Test void aConsumerThatThrowsIsCalledAgain() {
        var calls = new AtomicInteger();
        var batches = new Batches<Integer>(10, Batches.INTERVAL, Runnable::run, _ -> {
            calls.incrementAndGet();
            throw new IllegalStateException("planned");
        }, this::set, clock);
        batches.offer(1);
        batches.offer(2);
        pass(50);
        assertEquals(2, calls.get());
        assertEquals(2, log.records().size());
    }

    @Test void aWindowThatRefusesLosesWhatIsSaidToBeLost() {
        var open = new ArrayList<Boolean>();
        var batches = batches(10, action -> {
            if (open.isEmpty()) throw new IllegalStateException("gone");
            action.run();
        });
        batches.offer(1);
        open.add(true);
        batches.offer(2);
        assertEquals(List.of(batch(1, 2)), heard);
    }

    @Test void aCapacityOfNothingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Batches<Integer>(0, Runnable::run, heard::add));
    }

    @Test void manyProducersOneConsumerNothingUncounted() {
        int producers = 8;
        int each = 20_000;
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var got = new AtomicLong();
        var lost = new AtomicLong();
        var refused = new AtomicLong();
        var all = new CountDownLatch(1);
        var batches = new Batches<Integer>(1000, Duration.ofMillis(1), action -> Thread.ofVirtual().start(action), batch -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            got.addAndGet(batch.items().size());
            lost.addAndGet(batch.dropped());
            inside.decrementAndGet();
            if (got.get() + lost.get() == (long) producers * each) all.countDown();
        }, (delay, action) -> java.util.concurrent.CompletableFuture.delayedExecutor(delay.toNanos(), java.util.concurrent.TimeUnit.NANOSECONDS).execute(action),
                System::nanoTime);
        for (int p = 0; p < producers; p++)
            Thread.ofVirtual().start(() -> {
                for (int i = 0; i < each; i++) if (!batches.offer(i)) refused.incrementAndGet();
            });
        awaitLatch(all);
        assertEquals(1, most.get());
        assertEquals(lost.get(), refused.get());
    }

    @Test void theRealAlarmRings() {
        var second = new CountDownLatch(2);
        try (var batches = new Batches<Integer>(10, Runnable::run, _ -> second.countDown())) {
            batches.offer(1);
            batches.offer(2);
            awaitLatch(second);
        }
    }
}
