package serpentarium.log.engine;

import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import serpentarium.log.RecordView;
import serpentarium.log.analysis.LogFilter;
import serpentarium.log.analysis.LogFilterRun;
import serpentarium.task.TaskContext;

/// Asks a filter about one record after the other; for one thread. A record may take only so long: some expressions need more time for some texts than
/// there is.
final class RecordTest {
    static final long ALLOWED = TimeUnit.MILLISECONDS.toNanos(200);
    /// What a record takes that is only slow because the machine is busy stays below this many looks.
    private static final int MANY = 1 << 9;

    private final Predicate<RecordView> test;
    private long looks;
    private long deadline;

    /// What came of a record.
    enum Answer { YES, NO, TOO_LONG }

    RecordTest(LogFilter filter, TaskContext context) {
        test = LogFilterRun.of(filter, new Watch(context));
    }

    Answer of(RecordView view) {
        looks = 0;
        deadline = 0;
        try {
            return test.test(view) ? Answer.YES : Answer.NO;
        } catch (TooLongException | StackOverflowError _) {
            return Answer.TOO_LONG;
        }
    }

    private void look() {
        long now = System.nanoTime();
        if (deadline == 0) deadline = now + ALLOWED;
        else if (++looks > MANY && now > deadline) throw new TooLongException();
    }

    private static final class TooLongException extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLongException() {
            super(null, null, false, false);
        }
    }

    /// Is asked by an expression at work.
    private final class Watch extends Piecework {
        Watch(TaskContext whole) {
            super(whole);
        }

        @Override public void checkpoint() {
            super.checkpoint();
            look();
        }
    }
}
