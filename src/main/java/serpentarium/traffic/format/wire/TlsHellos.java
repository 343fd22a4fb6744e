package serpentarium.traffic.format.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import serpentarium.traffic.TlsFacts;
import serpentarium.traffic.WireText;

/// What the handshake messages of a TLS connection say.
///
/// Source: RFC 8446 section 4, RFC 5246 section 7.4, RFC 6066, RFC 7301, RFC 7366.
final class TlsHellos {
    private static final int MOST_CERTIFICATES = 16;
    /// A server hello with this random number asks for another client hello.
    private static final String RETRY = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";

    private byte[] clientRandom;
    private byte[] serverRandom;
    private String random = "";
    private int version;
    private CipherSuite suite;
    private String sni;
    private String alpn;
    private boolean early;
    private boolean encryptThenMac;
    private List<String> certificates = List.of();

    byte[] clientRandom() {
        return clientRandom;
    }

    byte[] serverRandom() {
        return serverRandom;
    }

    /// The client's random number in hexadecimal; empty where it was not seen.
    String random() {
        return random;
    }

    /// Agreed on; null before.
    CipherSuite suite() {
        return suite;
    }

    /// Agreed on, such as 0x0304; 0 before.
    int version() {
        return version;
    }

    /// Whether the client may send data before the server has answered.
    boolean early() {
        return early;
    }

    boolean encryptThenMac() {
        return encryptThenMac;
    }

    TlsFacts facts() {
        String name = switch (version) {
            case 0 -> null;
            case 0x0304 -> "TLSv1.3";
            case 0x0303 -> "TLSv1.2";
            case 0x0302 -> "TLSv1.1";
            case 0x0301 -> "TLSv1";
            case 0x0300 -> "SSLv3";
            default -> String.format("0x%04x", version);
        };
        return new TlsFacts(name, suite == null ? null : suite.name(), sni, alpn, certificates);
    }

    private static int u16(byte[] b, int at) {
        return (b[at] & 0xff) << 8 | b[at + 1] & 0xff;
    }

    private static int u24(byte[] b, int at) {
        return (b[at] & 0xff) << 16 | u16(b, at + 1);
    }

    void client(byte[] b, int from, int end) {
        if (end - from < 38) return;
        clientRandom = Arrays.copyOfRange(b, from + 2, from + 34);
        random = HexFormat.of().formatHex(clientRandom);
        int at = from + 35 + (b[from + 34] & 0xff);
        if (at + 2 > end) return;
        at += 2 + u16(b, at);
        if (at + 1 > end) return;
        at += 1 + (b[at] & 0xff);
        extensions(b, at, end, true);
    }

    /// @return whether it is the server's last word on it
    boolean server(byte[] b, int from, int end) {
        if (end - from < 38) return false;
        byte[] theirs = Arrays.copyOfRange(b, from + 2, from + 34);
        int at = from + 35 + (b[from + 34] & 0xff);
        if (at + 3 > end || HexFormat.of().formatHex(theirs).equals(RETRY)) return false;
        serverRandom = theirs;
        version = u16(b, from);
        suite = CipherSuite.of(u16(b, at));
        extensions(b, at + 3, end, false);
        return true;
    }

    /// What the server adds under encryption.
    void encryptedExtensions(byte[] b, int from, int end) {
        extensions(b, from, end, false);
    }

    private void extensions(byte[] b, int from, int end, boolean client) {
        int at = from + 2;
        while (at + 4 <= end) {
            int type = u16(b, at);
            int data = at + 4;
            int stop = data + u16(b, at + 2);
            if (stop > end) return;
            switch (type) {
                case 0 -> {
                    if (client && data + 5 <= stop && data + 5 + u16(b, data + 3) <= stop) sni = WireText.decode(b, data + 5, u16(b, data + 3));
                }
                case 16 -> {
                    if (!client && data + 3 <= stop && data + 3 + (b[data + 2] & 0xff) <= stop) alpn = WireText.decode(b, data + 3, b[data + 2] & 0xff);
                }
                case 22 -> {
                    if (!client) encryptThenMac = true;
                }
                case 42 -> {
                    if (client) early = true;
                }
                case 43 -> {
                    if (!client && data + 2 <= stop) version = u16(b, data);
                }
                default -> { }
            }
            at = stop;
        }
    }

    void certificates(byte[] b, int from, int end) {
        int at = from;
        boolean tls13 = version == 0x0304;
        if (tls13 && at < end) at += 1 + (b[at] & 0xff);
        at += 3;
        var chain = new ArrayList<String>();
        while (at + 3 <= end && chain.size() < MOST_CERTIFICATES) {
            int length = u24(b, at);
            at += 3;
            if (length > end - at) break;
            chain.add(pem(Arrays.copyOfRange(b, at, at + length)));
            at += length;
            if (tls13) {
                if (at + 2 > end) break;
                at += 2 + u16(b, at);
            }
        }
        certificates = List.copyOf(chain);
    }

    private static String pem(byte[] der) {
        return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der) + "\n-----END CERTIFICATE-----\n";
    }
}
