package serpentarium.log.engine.receive;

import java.nio.file.Path;

/// How records are received.
///
/// @param token       what HTTP senders must show, as a bearer token or as the password of basic authentication; null where nothing
/// @param certificate a file with certificates for TLS on all ports of connections; null where they are plain
/// @param key         the file with its key
public record ReceiveOptions(String token, Path certificate, Path key) {
    /// No token, no TLS.
    public static final ReceiveOptions USUAL = new ReceiveOptions(null, null, null);
}
