package serpentarium.traffic.analysis;

/// What a list of flows can be sorted by.
public enum FlowColumn {
    /// When it began; the order of the rows themselves.
    STARTED,
    /// The status code.
    STATUS,
    /// The method.
    METHOD,
    /// Scheme and host with its port.
    HOST,
    /// Path and query.
    PATH,
    /// The response's content type.
    TYPE,
    /// Bytes of the request's body.
    REQUEST_SIZE,
    /// Bytes of the response's body.
    RESPONSE_SIZE,
    /// From the beginning to the end.
    DURATION,
    /// From the beginning to the first byte of the response.
    FIRST_BYTE,
    /// HTTP, WebSocket, gRPC and so on.
    KIND,
    /// The number of the connection.
    CONNECTION,
    /// The client's program.
    PROCESS,
    /// How many messages there are.
    MESSAGES,
    /// The HTTP version.
    VERSION,
    /// How the flow came to be known.
    SOURCE,
    /// The mark that a person set.
    MARK,
    /// The comment that a person wrote.
    COMMENT
}
