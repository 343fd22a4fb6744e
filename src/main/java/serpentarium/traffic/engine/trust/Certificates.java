package serpentarium.traffic.engine.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Makes keys and certificates, as RFC 5280 and the strict checks of OpenSSL 3 (which Python 3.13 turns on) want them.
final class Certificates {
    /// How far back certificates begin, for clients whose clock is behind.
    static final Duration BACK = Duration.ofDays(2);
    /// From a leaf's beginning to its end.
    static final Duration LEAF_LIFE = Duration.ofDays(88);
    /// From an authority's beginning to its end.
    static final Duration AUTHORITY_LIFE = Duration.ofDays(3 * 365);

    private static final int LONGEST_COMMON_NAME = 64;
    private static final int SERIAL_BITS = 126;

    private final SecureRandom random = new SecureRandom();

    /// A new key pair on the curve P-256.
    KeyPair keyPair() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    /// An authority's certificate of its own making, whose name says where and when it was made.
    X509Certificate authority(KeyPair keys, String host, Instant now) throws GeneralSecurityException, IOException {
        LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        String name = "Serpentarium on " + printable(host, 30) + " since " + day;
        X500Name subject = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.O, "Serpentarium").addRDN(BCStyle.CN, name).build();
        // A day earlier than its first leaf begins, so that no leaf is older than who signed it.
        Instant from = now.minus(BACK).minus(Duration.ofDays(1));
        var builder = new JcaX509v3CertificateBuilder(subject, serial(), Date.from(from), Date.from(from.plus(AUTHORITY_LIFE)), subject, keys.getPublic());
        SubjectKeyIdentifier identifier = identifiers().createSubjectKeyIdentifier(keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        builder.addExtension(Extension.subjectKeyIdentifier, false, identifier);
        builder.addExtension(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(identifier.getKeyIdentifier()));
        return sign(builder, keys.getPrivate());
    }

    /// A host's certificate, signed by an authority; it ends before the authority does.
    ///
    /// @param names  at least one; the first is the common name where it fits
    /// @param key    the host's, not the authority's
    X509Certificate leaf(Collection<HostNames.Name> names, PublicKey key, X509Certificate authority, PrivateKey signer, Instant now)
            throws GeneralSecurityException, IOException {
        String first = names.iterator().next().text();
        var subject = new X500NameBuilder(BCStyle.INSTANCE);
        boolean named = first.length() <= LONGEST_COMMON_NAME;
        if (named) subject.addRDN(BCStyle.CN, first);
        Instant from = now.minus(BACK);
        Instant until = from.plus(LEAF_LIFE);
        Instant last = authority.getNotAfter().toInstant();
        var issuer = new JcaX509CertificateHolder(authority);
        var builder = new JcaX509v3CertificateBuilder(issuer.getSubject(), serial(), Date.from(from), Date.from(until.isAfter(last) ? last : until),
                subject.build(), key);
        builder.addExtension(Extension.subjectAlternativeName, !named, alternatives(names));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers().createSubjectKeyIdentifier(key));
        byte[] signedBy = SubjectKeyIdentifier.fromExtensions(issuer.getExtensions()).getKeyIdentifier();
        builder.addExtension(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(signedBy));
        return sign(builder, signer);
    }

    /// Reads a certificate.
    ///
    /// @throws CertificateException when the bytes are none
    static X509Certificate read(byte[] bytes) throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
    }

    private static GeneralNames alternatives(Collection<HostNames.Name> names) {
        List<GeneralName> all = names.stream().map(name -> new GeneralName(name.ip() ? GeneralName.iPAddress : GeneralName.dNSName, name.text())).toList();
        return new GeneralNames(all.toArray(GeneralName[]::new));
    }

    private static JcaX509ExtensionUtils identifiers() throws GeneralSecurityException {
        return new JcaX509ExtensionUtils();
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key) throws GeneralSecurityException, IOException {
        try {
            return read(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)).getEncoded());
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    /// Never zero, never negative, at most 16 bytes.
    private BigInteger serial() {
        return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS);
    }

    private static String printable(String text, int most) {
        String plain = text.replaceAll("[^A-Za-z0-9._-]", "-");
        return plain.length() > most ? plain.substring(0, most) : plain;
    }
}
