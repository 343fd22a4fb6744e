package serpentarium.traffic.engine.trust;

import java.util.List;
import java.util.Locale;

/// A client whose trust can be checked, and which variables it obeys.
public enum ClientLibrary {
    /// `urllib.request` of the standard library.
    URLLIB(true, List.of("SSL_CERT_FILE")),
    /// requests, and what is built on it.
    REQUESTS(true, List.of("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")),
    /// httpx, and what is built on it.
    HTTPX(true, List.of("SSL_CERT_FILE")),
    /// aiohttp, which uses a proxy only when the program asks it to.
    AIOHTTP(true, List.of("SSL_CERT_FILE")),
    /// The installer of packages. Its requests inside asks its own variables first, whatever pip was told.
    PIP(true, List.of("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "PIP_CERT")),
    /// The program of this name.
    CURL(false, List.of("CURL_CA_BUNDLE", "SSL_CERT_FILE"));

    private final boolean python;
    private final List<String> reads;

    ClientLibrary(boolean python, List<String> reads) {
        this.python = python;
        this.reads = reads;
    }

    /// Its name as people write it.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether it runs inside an interpreter.
    public boolean python() {
        return python;
    }

    /// The variables that name a file of roots for it; the first that is set counts.
    public List<String> reads() {
        return reads;
    }

    /// The variable to set where none of them is: for pip its own, for others the first.
    public String own() {
        return this == PIP ? reads.getLast() : reads.getFirst();
    }

    /// Whether it comes with every interpreter.
    boolean standard() {
        return this == URLLIB;
    }
}
