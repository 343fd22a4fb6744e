package serpentarium.traffic.analysis;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// What a certificate says.
///
/// @param subject     whom it is for
/// @param issuer      who signed it
/// @param from        valid from
/// @param until       valid until
/// @param names       the names it is good for, such as `DNS:shop.test`
/// @param key         the kind of key, such as `RSA 2048`
/// @param signature   the algorithm that it was signed with
/// @param serial      in hexadecimal digits
/// @param fingerprint SHA-256, in pairs of hexadecimal digits
public record CertificateFacts(String subject, String issuer, Instant from, Instant until, List<String> names, String key, String signature, String serial,
                               String fingerprint) {
    private static final int LONGEST = 1 << 20;

    public CertificateFacts {
        names = List.copyOf(names);
    }

    /// Reads one certificate in PEM; empty where it is none.
    public static Optional<CertificateFacts> of(String pem) {
        if (pem.length() > LONGEST) return Optional.empty();
        try {
            var certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return Optional.of(new CertificateFacts(certificate.getSubjectX500Principal().getName(), certificate.getIssuerX500Principal().getName(),
                    certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant(), names(certificate), key(certificate),
                    certificate.getSigAlgName(), certificate.getSerialNumber().toString(16),
                    HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest)));
        } catch (GeneralSecurityException | ClassCastException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String key(X509Certificate certificate) {
        return switch (certificate.getPublicKey()) {
            case java.security.interfaces.RSAPublicKey rsa -> "RSA " + rsa.getModulus().bitLength();
            case java.security.interfaces.ECPublicKey ec -> "EC " + ec.getParams().getOrder().bitLength();
            default -> certificate.getPublicKey().getAlgorithm();
        };
    }

    private static List<String> names(X509Certificate certificate) throws GeneralSecurityException {
        Collection<List<?>> all = certificate.getSubjectAlternativeNames();
        var names = new ArrayList<String>();
        if (all != null) for (List<?> name : all) names.add(kind((Integer) name.get(0)) + ":" + (name.get(1) instanceof byte[] bytes
                ? HexFormat.of().formatHex(bytes) : name.get(1)));
        return names;
    }

    private static String kind(int type) {
        return switch (type) {
            case 1 -> "email";
            case 2 -> "DNS";
            case 4 -> "DN";
            case 6 -> "URI";
            case 7 -> "IP";
            default -> "other";
        };
    }

    /// Whether it was valid at a moment.
    public boolean validAt(Instant moment) {
        return !moment.isBefore(from) && !moment.isAfter(until);
    }
}
