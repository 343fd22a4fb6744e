package serpentarium.traffic.engine.proxy;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import serpentarium.traffic.engine.trust.Leaf;

/// The one key that a host is played with.
final class LeafKeys extends X509ExtendedKeyManager {
    private static final String ALIAS = "leaf";

    private final Leaf leaf;

    LeafKeys(Leaf leaf) {
        this.leaf = leaf;
    }

    @Override public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return chooseServerAlias(keyType, issuers, null);
    }

    @Override public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return keyType.equals(leaf.key().getAlgorithm()) ? ALIAS : null;
    }

    @Override public String[] getServerAliases(String keyType, Principal[] issuers) {
        return chooseServerAlias(keyType, issuers, null) == null ? null : new String[] {ALIAS};
    }

    @Override public String[] getClientAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return null;
    }

    @Override public X509Certificate[] getCertificateChain(String alias) {
        return leaf.chain().toArray(X509Certificate[]::new);
    }

    @Override public PrivateKey getPrivateKey(String alias) {
        return leaf.key();
    }
}
