package serpentarium.traffic.engine.live;

/// Packets that are being captured, whoever began it. Safe to use from any thread.
public interface Capture {
    /// Ends the capture: what was sent until now is still read. Returns at once.
    void stop();

    /// Whether packets are captured now.
    boolean running();

    /// How far it is.
    CaptureCount count();
}
