package serpentarium.traffic;

/// The connection that a flow went over. What is not known is null.
///
/// @param id         the same for all flows of one connection
/// @param client     the client's end
/// @param server     the server's end, as it was reached
/// @param clientTls  TLS between the client and a proxy
/// @param serverTls  TLS to the server; the only one where there was no proxy
public record ConnectionFacts(String id, Endpoint client, Endpoint server, TlsFacts clientTls, TlsFacts serverTls) {
    /// Nothing is known.
    public static final ConnectionFacts UNKNOWN = new ConnectionFacts(null, null, null, null, null);

    /// TLS as the client saw it where that is known, else as the server did; null where there was none.
    public TlsFacts tls() {
        return clientTls != null ? clientTls : serverTls;
    }
}
