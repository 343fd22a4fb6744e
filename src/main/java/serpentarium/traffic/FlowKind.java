package serpentarium.traffic;

/// What kind of conversation a flow is.
public enum FlowKind {
    /// A request and its response over HTTP 1.0, 1.1, 2 or 3.
    HTTP("http"),
    /// An HTTP exchange that was upgraded to WebSocket; its messages follow the response.
    WEBSOCKET("websocket"),
    /// An HTTP exchange whose response is a stream of server-sent events; they are messages too.
    SSE("http"),
    /// An HTTP exchange that carries gRPC messages.
    GRPC("http"),
    /// Bytes over TCP that are none of the above; each piece is a message.
    TCP("tcp"),
    /// Datagrams; each is a message.
    UDP("udp"),
    /// A DNS query and its answer; the two datagrams are messages.
    DNS("dns");

    private final String id;

    FlowKind(String id) {
        this.id = id;
    }

    /// The name in JSON documents.
    public String id() {
        return id;
    }

    /// Whether the flow has a request line and headers.
    public boolean http() {
        return this != TCP && this != UDP && this != DNS;
    }
}
