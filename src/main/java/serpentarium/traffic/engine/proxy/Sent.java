package serpentarium.traffic.engine.proxy;

/// What became of a request that was sent from here.
///
/// @param flow    the id of its flow in the session; it may come there a moment later. Null where it was given up before it began
/// @param status  of the response; 0 where none came
/// @param seconds from the beginning, before the connection, to the end of the response
/// @param bytes   of the response's body
/// @param failure what went wrong; null where nothing did
public record Sent(String flow, int status, double seconds, long bytes, String failure) {}
