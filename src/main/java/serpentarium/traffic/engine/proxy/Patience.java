package serpentarium.traffic.engine.proxy;

/// How long the proxy waits for who does not answer.
///
/// @param connectMillis   for a connection to stand, or for the next proxy to make one
/// @param handshakeMillis for TLS to begin
record Patience(int connectMillis, int handshakeMillis) {
    /// Long enough for a server far away.
    static final Patience USUAL = new Patience(10_000, 15_000);
}
