package serpentarium.traffic.engine.proxy;

/// What went through a listener so far.
///
/// @param connections clients that connected
/// @param open        those that are connected now
/// @param fromClients bytes that clients sent, without TLS
/// @param fromServers bytes that servers sent, without TLS
public record ProxyCounts(long connections, int open, long fromClients, long fromServers) {}
