package serpentarium.traffic;

import java.util.List;

/// How a connection was encrypted. What is not known is null.
///
/// @param version      such as `TLSv1.3`
/// @param cipher       the suite, as the source names it
/// @param sni          the server name that the client asked for
/// @param alpn         the protocol agreed on
/// @param certificates the chain, the server's own first, as PEM; empty where it is not known
public record TlsFacts(String version, String cipher, String sni, String alpn, List<String> certificates) {
    public TlsFacts {
        certificates = List.copyOf(certificates);
    }
}
