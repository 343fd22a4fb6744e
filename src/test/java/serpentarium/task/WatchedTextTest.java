package serpentarium.task;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WatchedTextTest {
    @Test void aPatternThatNeverEndsIsStopped() {
        var text = new WatchedText("a".repeat(60) + "!", TaskContext.cancelledAfter(3));
        assertThrows(CancellationException.class, () -> Pattern.compile("(a+a+)+\\1b").matcher(text).find());
    }

    @Test void othersMatchAsEver() {
        assertTrue(Pattern.compile("d$").matcher(new WatchedText("snake shed", TaskContext.detached())).find());
    }
}
