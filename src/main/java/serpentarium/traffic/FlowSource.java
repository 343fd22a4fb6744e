package serpentarium.traffic;

/// How a flow came to be known.
public enum FlowSource {
    /// The forward proxy.
    PROXY,
    /// A reverse proxy in front of a server.
    REVERSE,
    /// Packets that were captured.
    PACKETS,
    /// A recorder inside a program.
    PROGRAM,
    /// A file of another tool.
    FILE,
    /// A person sent it from here.
    SENT
}
