package serpentarium.log.format.wire;

/// Who sends records, and by which way.
///
/// @param via  the way
/// @param host the address of the machine
/// @param port its port there, or -1 where there is none
public record Sender(Via via, String host, int port) {
    /// As records name it, such as `127.0.0.1:50123`.
    public String from() {
        return port < 0 ? host : (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
