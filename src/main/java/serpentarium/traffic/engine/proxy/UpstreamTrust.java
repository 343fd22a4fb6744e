package serpentarium.traffic.engine.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/// Whom the proxy believes when it connects to servers: the roots of Java, those of the system, and those that a person added.
final class UpstreamTrust {
    private static final List<Path> SYSTEM = List.of(Path.of("/etc/ssl/certs/ca-certificates.crt"), Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/ca-bundle.pem"), Path.of("/etc/ssl/cert.pem"));

    private SSLContext verified;
    private TrustManager[] managers;
    private List<X509Certificate> verifiedRoots;
    private SSLContext unverified;

    /// An engine towards a server. Takes a moment the first time.
    ///
    /// @param name      the server's name, which its certificate must have
    /// @param protocols what may be spoken inside, best first; empty to say nothing of it
    SSLEngine engine(ProxyOptions options, String name, int port, List<String> protocols) throws GeneralSecurityException, IOException {
        boolean open = ProxyOptions.lists(options.unverified(), name);
        boolean loose = LooseName.is(name) && named(name);
        SSLContext context = open ? unverified() : loose ? verified(options.roots(), new LooseName(name)) : verified(options.roots());
        SSLEngine engine = context.createSSLEngine(name, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        if (!open && !loose) parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!protocols.isEmpty()) parameters.setApplicationProtocols(protocols.toArray(String[]::new));
        // A name without a dot is not sent by itself.
        if (loose) parameters.setServerNames(List.of(new LooseName(name).said()));
        else if (named(name)) parameters.setServerNames(List.of(new SNIHostName(name)));
        engine.setSSLParameters(parameters);
        return engine;
    }

    /// Whether it can be asked for by name: it is no address.
    static boolean named(String name) {
        if (name.indexOf(':') >= 0 || name.endsWith(".")) return false;
        boolean digits = name.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.');
        return !digits && (LooseName.strict(name) || LooseName.is(name));
    }

    private synchronized SSLContext verified(List<X509Certificate> roots) throws GeneralSecurityException, IOException {
        if (verified != null && roots.equals(verifiedRoots)) return verified;
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        TrustManagerFactory java = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        java.init((KeyStore) null);
        for (TrustManager each : java.getTrustManagers())
            if (each instanceof X509TrustManager trust) for (X509Certificate root : trust.getAcceptedIssuers()) store.setCertificateEntry("java-" + number++, root);
        for (Certificate root : system()) store.setCertificateEntry("system-" + number++, root);
        for (X509Certificate root : roots) store.setCertificateEntry("added-" + number++, root);
        TrustManagerFactory all = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        all.init(store);
        verified = SSLContext.getInstance("TLS");
        managers = all.getTrustManagers();
        verified.init(null, managers, null);
        verifiedRoots = roots;
        return verified;
    }

    /// For a name that Java does not check.
    private synchronized SSLContext verified(List<X509Certificate> roots, LooseName name) throws GeneralSecurityException, IOException {
        verified(roots);
        TrustManager[] checked = managers.clone();
        for (int i = 0; i < checked.length; i++) if (checked[i] instanceof X509ExtendedTrustManager chains) checked[i] = name.check(chains);
        SSLContext one = SSLContext.getInstance("TLS");
        one.init(null, checked, null);
        return one;
    }

    private static List<? extends Certificate> system() throws CertificateException {
        for (Path file : SYSTEM) {
            if (!Files.isReadable(file)) continue;
            try (InputStream in = Files.newInputStream(file)) {
                return List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
            } catch (IOException e) {
                return List.of();
            }
        }
        return List.of();
    }

    private synchronized SSLContext unverified() throws GeneralSecurityException {
        if (unverified == null) {
            unverified = SSLContext.getInstance("TLS");
            unverified.init(null, new TrustManager[] {new Anybody()}, null);
        }
        return unverified;
    }

    /// For the hosts that a person said are not to be checked.
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException();
        }

        @Override public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
            throw new CertificateException();
        }

        @Override public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
            throw new CertificateException();
        }

        @Override public void checkServerTrusted(X509Certificate[] chain, String type) {
            // Any server will do.
        }

        @Override public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            // Any server will do.
        }

        @Override public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // Any server will do.
        }

        @Override public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
