package serpentarium.traffic.engine.live;

/// How far a capture is.
///
/// @param packets that were written; at least so many
/// @param bytes   of the capture that were read
/// @param dropped packets that the system could not keep for the program; -1 while that is not known, which is until the capture ends
public record CaptureCount(long packets, long bytes, long dropped) {}
