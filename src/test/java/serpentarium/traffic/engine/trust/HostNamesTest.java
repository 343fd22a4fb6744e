package serpentarium.traffic.engine.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostNamesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Example.COM            | example.com              | false
            example.com.           | example.com              | false
            localhost              | localhost                | false
            *.example.com          | *.example.com            | false
            my_service.local       | my_service.local         | false
            _dmarc.example.com     | _dmarc.example.com       | false
            bücher.example         | xn--bcher-kva.example    | false
            例え.テスト             | xn--r8jz45g.xn--zckzah   | false
            127.0.0.1              | 127.0.0.1                | true
            [::1]                  | 0:0:0:0:0:0:0:1          | true
            fe80::1%eth0           | fe80:0:0:0:0:0:0:1       | true
            ::ffff:10.0.0.1        | 10.0.0.1                 | true
            1.2.3                  | 1.2.3                    | false
            127.1                  | 127.1                    | false
            999.1.1.1              | 999.1.1.1                | false
            """)
    void namesAsCertificatesHoldThem(String host, String text, boolean ip) {
        assertEquals(Optional.of(new HostNames.Name(text, ip)), HostNames.of(host));
    }

    @Test void whatNoCertificateCanHold() {
        for (String host : List.of("", " ", ".", "a..b", "a b", "-", "a.-b.c", "x".repeat(64), "a.".repeat(200) + "b", "a\nb", "a\0b", "*", "a.*.b", "*.*.a", "[", "::1::", "a,b"))
            assertEquals(Optional.empty(), HostNames.of(host), host);
        assertEquals("a-b.example", HostNames.fit("a b.example").text());
        assertEquals("unnamed.invalid", HostNames.fit("…").text());
    }

    @Test void anyHostGetsACertificate(@TempDir Path folder) throws Exception {
        Authority authority = Authority.open(folder);
        var random = new Random(7);
        for (int round = 0; round < 400; round++) {
            var host = new StringBuilder();
            for (int i = random.nextInt(90); i >= 0; i--) host.append(random.nextInt(3) == 0 ? (char) random.nextInt(0x3000) : "ab1.-_*:[]%".charAt(random.nextInt(11)));
            var names = authority.leafFor(host.toString(), Optional.empty()).certificate().getSubjectAlternativeNames();
            assertEquals(1, names.size(), host.toString());
        }
    }

    @Test void theUpstreamsNamesAreTakenOver(@TempDir Path folder) throws Exception {
        Authority authority = Authority.open(folder);
        var upstream = authority.leafFor("www.example.com", Optional.of(authority.leafFor("*.example.com", Optional.of(authority.leafFor("192.0.2.7", Optional.empty()).certificate())).certificate()));
        var made = authority.leafFor("api.example.com", Optional.of(upstream.certificate())).certificate();
        assertEquals(List.of(List.of(GeneralName.dNSName, "api.example.com"), List.of(GeneralName.dNSName, "www.example.com"),
                List.of(GeneralName.dNSName, "*.example.com"), List.of(GeneralName.iPAddress, "192.0.2.7")), new ArrayList<>(made.getSubjectAlternativeNames()));
        var known = HostNames.with(Optional.empty(), Optional.of(made));
        assertEquals(4, known.size());
    }

    @Test void namesOfAnotherAreBounded(@TempDir Path folder) throws Exception {
        var certificates = new Certificates();
        var keys = certificates.keyPair();
        var issuer = certificates.authority(keys, "here", java.time.Instant.now());
        var names = new ArrayList<HostNames.Name>();
        for (int i = 0; i < 5000; i++) names.add(new HostNames.Name("n" + i + ".example." + "x".repeat(40), false));
        var wide = certificates.leaf(names, certificates.keyPair().getPublic(), issuer, keys.getPrivate(), java.time.Instant.now());
        var made = Authority.open(folder).leafFor("a.example", Optional.of(wide)).certificate();
        int count = made.getSubjectAlternativeNames().size();
        assertTrue(count > 100 && count <= HostNames.MOST + 1, "names: " + count);
        assertTrue(made.getEncoded().length < 16_000, "bytes: " + made.getEncoded().length);
        assertFalse(made.getSubjectAlternativeNames().isEmpty());
    }
}
