package serpentarium.traffic;

/// The request line of an HTTP exchange with its header.
///
/// @param method      as it was sent
/// @param scheme      `http`, `https`, or empty where it is not known
/// @param host        the host asked for, without brackets or port; from the authority, the Host field or the connection, in this order
/// @param port        the port asked for; 0 where it is not known
/// @param authority   as it stood in an absolute target, CONNECT or `:authority`; empty where there was none
/// @param path        path and query as they were sent; empty for CONNECT
/// @param httpVersion such as `HTTP/1.1` or `HTTP/2.0`; empty where it is not known
/// @param headers     the fields; pseudo-fields of HTTP/2 are not among them
public record RequestHead(String method, String scheme, String host, int port, String authority, String path, String httpVersion, Headers headers) {
    /// The URL that was asked for, without a port that is the scheme's own; `host:port` for CONNECT.
    public String url() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        if (method.equals("CONNECT")) return name + ":" + port;
        boolean usual = port == 0 || scheme.equals("http") && port == 80 || scheme.equals("https") && port == 443;
        return (scheme.isEmpty() ? "" : scheme + "://") + name + (usual ? "" : ":" + port) + (path.equals("*") ? "" : path);
    }
}
