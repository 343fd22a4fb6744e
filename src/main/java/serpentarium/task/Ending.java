package serpentarium.task;

/// Waits for threads to end.
final class Ending {
    private Ending() {}

    /// Returns when all have ended, also where who waits is interrupted meanwhile; that is said again afterwards.
    static void of(Thread... threads) {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
