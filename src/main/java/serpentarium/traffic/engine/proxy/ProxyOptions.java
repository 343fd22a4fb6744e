package serpentarium.traffic.engine.proxy;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// How a proxy behaves. All listeners of one share it; connections that stand keep what they began with.
///
/// @param credentials what clients must show, or null for none; needed where a listener is reached from other machines
/// @param passThrough hosts that are never decrypted: names, or `*.` with a name for all below it
/// @param unverified  hosts whose certificate is not checked: as above
/// @param roots       certificates that are trusted beside those of Java and of the system
/// @param chain       another proxy that all goes through, or null
/// @param linkLocal   whether link-local and metadata addresses may be reached
/// @param whole       whether traffic waits for the recorder where it is faster, so that all is recorded; else the traffic goes first
public record ProxyOptions(Credentials credentials, Set<String> passThrough, Set<String> unverified, List<X509Certificate> roots, Chain chain, boolean linkLocal,
                           boolean whole) {
    /// No password, everything is decrypted and verified, no other proxy.
    public static final ProxyOptions USUAL = new ProxyOptions(null, Set.of(), Set.of(), List.of(), null, false, false);

    public ProxyOptions {
        passThrough = Set.copyOf(passThrough);
        unverified = Set.copyOf(unverified);
        roots = List.copyOf(roots);
    }

    /// A name and a password.
    public record Credentials(String user, String password) {
        /// As a field of Basic authentication.
        String basic() {
            return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        }

        @Override public String toString() {
            return "Credentials[user=" + user + "]";
        }
    }

    /// Another proxy.
    ///
    /// @param credentials what it wants to see, or null
    public record Chain(Kind kind, String host, int port, Credentials credentials) {
        /// What it speaks.
        public enum Kind {
            /// CONNECT, and absolute targets for what is not encrypted.
            HTTP,
            /// SOCKS version 5.
            SOCKS5
        }
    }

    /// The same with a password.
    public ProxyOptions withCredentials(Credentials now) {
        return new ProxyOptions(now, passThrough, unverified, roots, chain, linkLocal, whole);
    }

    /// The same with hosts that are never decrypted.
    public ProxyOptions withPassThrough(Set<String> hosts) {
        return new ProxyOptions(credentials, hosts, unverified, roots, chain, linkLocal, whole);
    }

    /// The same with hosts whose certificate is not checked.
    public ProxyOptions withUnverified(Set<String> hosts) {
        return new ProxyOptions(credentials, passThrough, hosts, roots, chain, linkLocal, whole);
    }

    /// The same with more certificates that are trusted.
    public ProxyOptions withRoots(List<X509Certificate> certificates) {
        return new ProxyOptions(credentials, passThrough, unverified, certificates, chain, linkLocal, whole);
    }

    /// The same through another proxy.
    public ProxyOptions withChain(Chain now) {
        return new ProxyOptions(credentials, passThrough, unverified, roots, now, linkLocal, whole);
    }

    /// The same, where all is to be recorded whatever it takes, or not.
    public ProxyOptions withWhole(boolean now) {
        return new ProxyOptions(credentials, passThrough, unverified, roots, chain, linkLocal, now);
    }

    /// Whether a host is in a list of names.
    static boolean lists(Set<String> hosts, String host) {
        if (hosts.isEmpty()) return false;
        String name = host.toLowerCase(Locale.ROOT);
        for (String each : hosts) {
            String pattern = each.toLowerCase(Locale.ROOT);
            if (pattern.equals("*") || pattern.equals(name) || pattern.startsWith("*.") && name.endsWith(pattern.substring(1))) return true;
        }
        return false;
    }
}
