package serpentarium.traffic.format.packets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import serpentarium.base.Source;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.TlsFacts;
import serpentarium.traffic.format.ReadOptions;

/// TLS connections: what is inside them with keys, and what is known of them without.
class TlsCaptureTest {
    private static final Map<String, String> SUITES = Map.of("0x1301", "TLS_AES_128_GCM_SHA256", "0x1302", "TLS_AES_256_GCM_SHA384", "0x1303", "TLS_CHACHA20_POLY1305_SHA256",
            "0x002f", "TLS_RSA_WITH_AES_128_CBC_SHA", "0xc02f", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "0xc030", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "0xcca8", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "0xc02c", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");

    @SuppressWarnings("unchecked")
    private static List<String> suites(String name) {
        var hellos = (List<Map<String, Object>>) CaptureFiles.truth(name).get("tls_hellos");
        return hellos.stream().map(hello -> (String) hello.get("tls.handshake.ciphersuite")).filter(suite -> suite != null).map(SUITES::get).sorted().toList();
    }

    private static List<String> byConnection(HeldFlows flows) {
        var seen = new java.util.TreeMap<String, String>();
        for (HeldFlows.Held flow : flows.flows) seen.put(flow.connection.id(), flow.connection.tls().cipher());
        return seen.values().stream().sorted().toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls12-http1.pcapng", "tls12-http1-dsb.pcapng", "tls12-resumed-ec.pcap", "tls13-http1.pcapng", "tls13-http1-dsb.pcapng", "tls13-http2.pcapng", "tls13-http2-dsb.pcapng"})
    void factsAreThoseOfTheHellos(String name) throws IOException, CertificateException {
        HeldFlows flows = CaptureFiles.read(name);
        assertEquals(suites(name), byConnection(flows));
        for (HeldFlows.Held flow : flows.flows) {
            TlsFacts tls = flow.connection.tls();
            assertEquals(name.startsWith("tls12") ? "TLSv1.2" : "TLSv1.3", tls.version());
            assertEquals("shop.test", tls.sni());
            if (name.contains("http2")) assertEquals("h2", tls.alpn());
            assertTrue(flow.kind.http() && flow.request.url().startsWith("https://shop.test"), flow.kind + " " + flow.request);
        }
        List<String> chain = flows.flows.getFirst().connection.tls().certificates();
        assertTrue(!chain.isEmpty());
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(chain.getFirst().getBytes(StandardCharsets.US_ASCII)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls12-http1.pcapng", "tls12-resumed-ec.pcap", "tls13-http1.pcapng", "tls13-http2.pcapng"})
    void withoutKeysTheConnectionsAreListedWithWhatIsKnown(String name) throws IOException {
        HeldFlows flows = CaptureFiles.read(CaptureFiles.bytes(name), ReadOptions.NONE);
        assertEquals(suites(name), byConnection(flows));
        for (HeldFlows.Held flow : flows.flows) {
            assertEquals(FlowKind.TCP, flow.kind);
            assertEquals("shop.test", flow.connection.tls().sni());
            assertTrue(flow.error.contains("SSLKEYLOGFILE"), flow.error);
            assertTrue(!flow.messages.isEmpty());
        }
    }

    @Test void keysOfOtherConnectionsAndNoneAreOfNoUse() throws IOException {
        byte[] capture = CaptureFiles.bytes("tls13-http1.pcapng");
        HeldFlows wrong = CaptureFiles.read(capture, new ReadOptions(Source.of("keys", CaptureFiles.bytes("tls12-http1.keylog"))));
        assertTrue(wrong.flows.stream().allMatch(flow -> flow.error.contains("SSLKEYLOGFILE")));
        HeldFlows none = CaptureFiles.read(capture, new ReadOptions(Source.of("keys", "no keys\n# at all\nCLIENT_RANDOM xx yy\n".getBytes())));
        assertEquals(1, none.warnings.size());
        String garbled = new String(CaptureFiles.bytes("tls13-http1.keylog")).replaceAll("(?m)(.*TRAFFIC_SECRET.* [0-9a-f]{10}).*$", "$1");
        HeldFlows short10 = CaptureFiles.read(capture, new ReadOptions(Source.of("keys", garbled.getBytes())));
        assertTrue(short10.flows.stream().allMatch(flow -> flow.error != null));
    }

    @Test void someKeysOpenSomeConnectionsAndTrafficSecretsAreEnough() throws IOException {
        byte[] capture = CaptureFiles.bytes("tls13-http1.pcapng");
        String log = new String(CaptureFiles.bytes("tls13-http1.keylog"));
        String traffic = String.join("\n", Arrays.stream(log.split("\n")).filter(line -> line.contains("_TRAFFIC_SECRET_0")).toList());
        HeldFlows flows = CaptureFiles.read(capture, new ReadOptions(Source.of("keys", traffic.getBytes())));
        assertEquals(6, flows.http().size());
        String random = traffic.split(" ")[1];
        String first = String.join("\n", Arrays.stream(log.split("\n")).filter(line -> line.contains(random)).toList());
        HeldFlows some = CaptureFiles.read(capture, new ReadOptions(Source.of("keys", first.getBytes())));
        assertEquals(2, some.http().size());
        assertEquals(2, some.flows.stream().filter(flow -> flow.kind == FlowKind.TCP).count());
    }
}
