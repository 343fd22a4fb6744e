package serpentarium.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/// Rates, time left, and how parts add up.
class ProgressTest {
    private final ManualClock clock = new ManualClock();
    private final Meter meter = new Meter(clock);

    private void pass(long millis) {
        clock.advance(Duration.ofMillis(millis));
    }

    @Test void nothingSaidIsUnknown() {
        assertEquals(Progress.UNKNOWN, meter.now());
        assertEquals(-1, meter.now().fraction());
    }

    @Test void aSteadyRateIsExactAndTellsTheTimeLeft() {
        for (int i = 0; i <= 60; i++) {
            meter.progress(i * 100L, 10_000, Progress.Unit.BYTES);
            if (i > 2) {
                assertEquals(1000, meter.now().rate(), 1e-6, "at " + i);
                assertEquals(Duration.ofMillis(10_000 - i * 100L), meter.now().left());
            }
            pass(100);
        }
    }

    @Test void oneReportHasNoRate() {
        meter.progress(5_000, 10_000, Progress.Unit.BYTES);
        assertEquals(Double.NaN, meter.now().rate());
        assertNull(meter.now().left());
        pass(100);
        meter.progress(6_000, 10_000, Progress.Unit.BYTES);
        assertEquals(Double.NaN, meter.now().rate(), "a tenth of a second says nothing");
    }

    @Test void theRateForgetsWhatIsOlderThanThreeSeconds() {
        long done = 0;
        for (int i = 0; i < 50; i++, pass(100)) meter.progress(done += 10, 1_000_000, Progress.Unit.ITEMS);
        for (int i = 0; i <= 31; i++, pass(100)) meter.progress(done += 500, 1_000_000, Progress.Unit.ITEMS);
        assertEquals(5000, meter.now().rate(), 1e-6);
    }

    @Test void aSilentWriterLetsTheRateSink() {
        for (int i = 0; i <= 20; i++, pass(100)) meter.progress(i * 10L, 1000, Progress.Unit.ITEMS);
        double before = meter.now().rate();
        assertEquals(100, before, 1e-6);
        pass(800);
        assertEquals(100, meter.now().rate(), 1e-6, "a coarse writer is not slow");
        pass(10_000);
        assertTrue(meter.now().rate() < 20, "" + meter.now().rate());
        assertTrue(meter.now().left().toSeconds() > 40);
    }

    @Test void theEndIsNear() {
        meter.progress(0, 10, Progress.Unit.ITEMS);
        pass(1000);
        meter.progress(10, 10, Progress.Unit.ITEMS);
        assertEquals(Duration.ZERO, meter.now().left());
        assertEquals(1, meter.now().fraction());
        meter.progress(20, 10, Progress.Unit.ITEMS);
        assertEquals(1, meter.now().fraction(), "more than all is all");
    }

    @Test void anUnknownTotalHasARateButNoTimeLeft() {
        meter.progress(0, -1, Progress.Unit.BYTES);
        pass(1000);
        meter.progress(500, -1, Progress.Unit.BYTES);
        assertEquals(500, meter.now().rate(), 1e-6);
        assertNull(meter.now().left());
        assertEquals(-1, meter.now().fraction());
    }

    @Test void aTimeLeftOfYearsIsNotKnown() {
        meter.progress(0, Long.MAX_VALUE, Progress.Unit.BYTES);
        pass(1000);
        meter.progress(1, Long.MAX_VALUE, Progress.Unit.BYTES);
        assertNull(meter.now().left());
    }

    @Test void anotherUnitOrAStepBackBeginsAnew() {
        meter.progress(0, 100, Progress.Unit.BYTES);
        pass(1000);
        meter.progress(50, 100, Progress.Unit.BYTES);
        meter.progress(60, 100, Progress.Unit.ITEMS);
        assertEquals(Double.NaN, meter.now().rate());
        pass(1000);
        meter.progress(70, 100, Progress.Unit.ITEMS);
        assertEquals(10, meter.now().rate(), 1e-6);
        meter.progress(5, 100, Progress.Unit.ITEMS);
        assertEquals(Double.NaN, meter.now().rate());
        assertEquals(5, meter.now().done());
    }

    @Test void theMessageStaysAndIsBounded() {
        meter.message("first");
        assertEquals(new Progress(0, -1, Progress.Unit.STEPS, "first", Double.NaN, null), meter.now());
        meter.progress(1, 2, Progress.Unit.ITEMS);
        assertEquals("first", meter.now().message());
        meter.message("x".repeat(100_000));
        assertEquals(401, meter.now().message().length());
        assertEquals(1, meter.now().done());
    }

    /// What the watcher sees of one piece of work: the fractions, in percent.
    private List<Long> percents(TaskSpec.Work<?> work) {
        var seen = new ArrayList<Long>();
        var tasks = new InlineTasks((_, progress) -> seen.add(Math.round(progress.fraction() * 100)));
        assertInstanceOf(TaskState.Done.class, tasks.submit(TaskSpec.of("parts", Lane.CPU, work)).state());
        return seen;
    }

    private static void steps(TaskContext context, int... done) {
        for (int each : done) context.progress(each, 10, Progress.Unit.ITEMS);
    }

    @Test void partsFollowOneAnother() {
        assertEquals(List.of(0L, 10L, 20L, 20L, 20L, 50L, 80L, 80L, 90L), percents(context -> {
            steps(context.child(0.2), 0, 5, 10);
            steps(context.child(0.6), 0, 5, 10);
            steps(context.child(0.2), 5);
            return 1;
        }));
    }

    @Test void partsOfParts() {
        assertEquals(List.of(50L, 50L, 63L, 75L, 75L, 75L, 88L, 100L), percents(context -> {
            context.child(0.5);
            TaskContext second = context.child(0.5);
            steps(second.child(0.5), 0, 5, 10);
            steps(second.child(0.5), 0, 5, 10);
            return 1;
        }).stream().toList());
    }

    @Test void aPartThatDoesNotEndIsCompleteWhenTheNextBegins() {
        assertEquals(List.of(5L, 50L, 50L), percents(context -> {
            steps(context.child(0.5), 1);
            steps(context.child(0.5), 0);
            return 1;
        }));
    }

    @Test void partsBeginWhereTheWorkItselfWas() {
        assertEquals(List.of(30L, 30L, 65L, 100L), percents(context -> {
            steps(context, 3);
            steps(context.child(0.7), 5, 10);
            return 1;
        }));
    }

    @Test void weightsBeyondOneAreCutAndTheBarNeverGoesBack() {
        assertEquals(List.of(90L, 90L, 95L, 95L, 100L), percents(context -> {
            TaskContext first = context.child(0.9);
            steps(first, 10);
            steps(context.child(5), 5);
            steps(first, 1);
            steps(context, 10);
            return 1;
        }));
    }

    @Test void aPartWithoutATotalHoldsTheBar() {
        assertEquals(List.of(50L, 50L), percents(context -> {
            context.child(0.5);
            TaskContext second = context.child(0.5);
            second.progress(1_000, -1, Progress.Unit.BYTES);
            return 1;
        }));
    }

    @Test void aSinglePartOfWeightOneKeepsItsUnit() {
        var seen = new ArrayList<Progress>();
        var tasks = new InlineTasks((_, progress) -> seen.add(progress));
        tasks.submit(TaskSpec.of("whole", Lane.CPU, context -> {
            context.child(1).child(1).progress(7, 70, Progress.Unit.BYTES);
            return 1;
        }));
        assertEquals(List.of(new Progress(7, 70, Progress.Unit.BYTES, "", Double.NaN, null)), seen);
    }

    @Test void detachedContextsCountCheckpoints() {
        TaskContext context = TaskContext.cancelledAfter(2);
        context.checkpoint();
        context.child(0.5).checkpoint();
        org.junit.jupiter.api.Assertions.assertThrows(CancellationException.class, context::checkpoint);
        assertTrue(context.cancelled());
        TaskContext free = TaskContext.detached();
        for (int i = 0; i < 1000; i++) free.checkpoint();
        assertEquals(false, free.cancelled());
    }
}
