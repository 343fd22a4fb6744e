package serpentarium.traffic.engine.proxy;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// A name of a server that Java's TLS refuses to say or to check, and that clients use all the same: with an underscore, or with a hyphen at an end
/// of a label, as containers and tests have them.
///
/// Source: RFC 6066 section 3, RFC 9525 section 6.3.
record LooseName(String text) {
    private static final int DNS_NAME = 2;
    private static final String LABEL = "[A-Za-z0-9_-]{1,63}";

    /// Whether it is one; names that Java takes are none.
    static boolean is(String name) {
        return name.length() < 254 && name.matches(LABEL + "(\\." + LABEL + ")*") && !strict(name);
    }

    /// Whether Java takes it.
    static boolean strict(String name) {
        try {
            return new SNIHostName(name).getAsciiName() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// As it is said in a handshake.
    SNIServerName said() {
        return new Said(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static final class Said extends SNIServerName {
        Said(byte[] name) {
            super(0, name);
        }
    }

    /// Whether a certificate is for it.
    boolean matches(X509Certificate certificate) throws CertificateException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names == null) return false;
        String mine = text.toLowerCase(Locale.ROOT);
        for (List<?> each : names) {
            if (!(each.get(0) instanceof Integer kind) || kind != DNS_NAME || !(each.get(1) instanceof String pattern)) continue;
            String theirs = pattern.toLowerCase(Locale.ROOT);
            int dot = mine.indexOf('.');
            // A star stands for one whole label, and not for the one before the last.
            boolean wild = theirs.startsWith("*.") && theirs.indexOf('.', 2) > 0 && dot > 0 && mine.substring(dot).equals(theirs.substring(1));
            if (wild || mine.equals(theirs)) return true;
        }
        return false;
    }

    /// Who trusts what another does, if it is for this name.
    X509ExtendedTrustManager check(X509ExtendedTrustManager chains) {
        return new Checked(chains, this);
    }

    private static final class Checked extends X509ExtendedTrustManager {
        private final X509ExtendedTrustManager chains;
        private final LooseName name;

        Checked(X509ExtendedTrustManager chains, LooseName name) {
            this.chains = chains;
            this.name = name;
        }

        private void named(X509Certificate[] chain) throws CertificateException {
            if (!name.matches(chain[0])) throw new CertificateException(Route.STRINGS.get("tls.other-name", name.text));
        }

        @Override public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
            chains.checkServerTrusted(chain, type, engine);
            named(chain);
        }

        @Override public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
            chains.checkServerTrusted(chain, type, socket);
            named(chain);
        }

        @Override public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            chains.checkServerTrusted(chain, type);
            named(chain);
        }

        @Override public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
            chains.checkClientTrusted(chain, type, engine);
        }

        @Override public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
            chains.checkClientTrusted(chain, type, socket);
        }

        @Override public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            chains.checkClientTrusted(chain, type);
        }

        @Override public X509Certificate[] getAcceptedIssuers() {
            return chains.getAcceptedIssuers();
        }
    }
}
