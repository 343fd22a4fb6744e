package serpentarium.traffic.engine.trust;

import java.net.IDN;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/// Names of hosts in the form in which a certificate may hold them. No name is ever looked up.
final class HostNames {
    /// How many names of another's certificate are taken over.
    static final int MOST = 150;

    /// How many characters they may have together, so that a handshake stays small.
    private static final int ROOM = 8 << 10;
    private static final int LONGEST = 253;
    private static final int LONGEST_LABEL = 63;
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("(?=.*:.*:)[0-9a-fA-F:]+(?:\\d+\\.\\d+\\.\\d+\\.\\d+)?");

    /// A name that a certificate may hold.
    ///
    /// @param text in lower case; an international name in its ASCII form
    /// @param ip   whether it is the text of an address
    record Name(String text, boolean ip) {}

    private HostNames() {}

    /// The name of a host as a client gave it: brackets, a zone and a last dot are no part of it.
    ///
    /// @return empty for what no certificate can hold
    static Optional<Name> of(String host) {
        String text = host.strip();
        if (text.startsWith("[") && text.endsWith("]")) text = text.substring(1, text.length() - 1);
        int zone = text.indexOf('%');
        if (zone > 0 && text.indexOf(':') >= 0) text = text.substring(0, zone);
        if (text.length() > LONGEST * 4 || text.isEmpty()) return Optional.empty();
        return address(text).map(each -> new Name(each.getHostAddress(), true)).or(() -> dns(host.strip()));
    }

    /// Something in the place of a host that no certificate can name, so that there is one at all; a client refuses it with a clear word.
    static Name fit(String host) {
        String text = host.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]+", "-").replaceAll("(?<![a-z0-9])[.-]+|[.-]+(?![a-z0-9-])", "");
        return of(text.substring(0, Math.min(text.length(), LONGEST_LABEL))).orElse(new Name("unnamed.invalid", false));
    }

    /// An address from its text.
    static Optional<InetAddress> address(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) return Optional.empty();
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<Name> dns(String host) {
        String text = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        boolean any = text.startsWith("*.");
        try {
            String ascii = IDN.toASCII(any ? text.substring(2) : text, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            if (ascii.isEmpty() || ascii.length() > LONGEST - 2) return Optional.empty();
            for (String label : ascii.split("\\.", -1))
                if (label.length() > LONGEST_LABEL || !LABEL.matcher(label).matches()) return Optional.empty();
            return Optional.of(new Name(any ? "*." + ascii : ascii, false));
        } catch (IllegalArgumentException _) {
            // A label is too long, or holds what no international name may.
            return Optional.empty();
        }
    }

    /// The host's name, then those of another's certificate: its alternative names, else its common name. What cannot be said again is left out.
    static SequencedSet<Name> with(Optional<Name> host, Optional<X509Certificate> upstream) {
        var names = new LinkedHashSet<Name>();
        host.ifPresent(names::add);
        upstream.ifPresent(certificate -> {
            List<String> others = alternatives(certificate);
            if (others.isEmpty()) others = commonNames(certificate);
            int room = ROOM;
            for (String each : others.subList(0, Math.min(MOST, others.size()))) {
                room -= each.length();
                if (room >= 0) of(each).ifPresent(names::add);
            }
        });
        return names;
    }

    private static List<String> alternatives(X509Certificate certificate) {
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            if (all == null) return List.of();
            return all.stream().filter(each -> each.get(0) instanceof Integer kind && (kind == DNS_NAME || kind == IP_ADDRESS) && each.get(1) instanceof String)
                    .map(each -> (String) each.get(1)).toList();
        } catch (CertificateParsingException _) {
            return List.of();
        }
    }

    private static List<String> commonNames(X509Certificate certificate) {
        try {
            return Stream.of(X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()).getRDNs(BCStyle.CN))
                    .map(each -> each.getFirst().getValue()).filter(ASN1String.class::isInstance).map(each -> ((ASN1String) each).getString()).toList();
        } catch (IllegalArgumentException _) {
            return List.of();
        }
    }
}
