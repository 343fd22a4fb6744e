package serpentarium.traffic.engine.trust;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// What a server shows to be believed: made for one host by an [Authority].
///
/// @param key   the private key of the first certificate; never logged, never written
/// @param chain the host's certificate, then the authority's
public record Leaf(PrivateKey key, List<X509Certificate> chain) {
    public Leaf {
        chain = List.copyOf(chain);
    }

    /// The host's certificate.
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /// Names the certificate and not the key.
    @Override public String toString() {
        return "Leaf[" + certificate().getSubjectX500Principal() + ", until " + certificate().getNotAfter().toInstant() + "]";
    }
}
