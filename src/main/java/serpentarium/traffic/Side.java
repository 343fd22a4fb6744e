package serpentarium.traffic;

/// Which of the two directions of a flow.
public enum Side {
    /// From the client to the server.
    REQUEST,
    /// From the server to the client.
    RESPONSE
}
