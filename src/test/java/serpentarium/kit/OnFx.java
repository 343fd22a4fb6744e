package serpentarium.kit;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.testfx.util.WaitForAsyncUtils;

/// Work of tests on the window's thread.
public final class OnFx {
    private static final int MILLIS = 20_000;

    private OnFx() {}

    /// Does something there and waits until what follows from it has been done, too.
    public static <T> T fx(Callable<T> action) {
        T value = WaitForAsyncUtils.waitForAsyncFx(MILLIS, action);
        WaitForAsyncUtils.waitForFxEvents();
        return value;
    }

    /// Waits until something holds there.
    ///
    /// @throws AssertionError when it does not within that many seconds
    public static void until(String what, int seconds, Callable<Boolean> holds) {
        try {
            WaitForAsyncUtils.waitFor(seconds, TimeUnit.SECONDS, () -> fx(holds));
        } catch (TimeoutException e) {
            throw new AssertionError(what, e);
        }
    }
}
