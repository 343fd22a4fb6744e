package serpentarium.traffic.engine.proxy;

/// Seconds since 1970 that never go back.
final class Clock {
    private final double base = System.currentTimeMillis() / 1e3;
    private final long start = System.nanoTime();

    /// Now.
    double now() {
        return base + (System.nanoTime() - start) / 1e9;
    }
}
