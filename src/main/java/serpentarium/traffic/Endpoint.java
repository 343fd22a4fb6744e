package serpentarium.traffic;

/// One end of a connection.
///
/// @param host an address, or a name where only that is known; without brackets
/// @param port 0 where it is not known
public record Endpoint(String host, int port) {
    /// As `host:port`, an IPv6 address in brackets.
    @Override public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
