package serpentarium.traffic.engine.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.task.ThreadTasks;

/// Real clients shake hands with a leaf.
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class HandshakeTest {
    private static final String CLIENT = """
            import socket, ssl, sys
            host, port, roots = sys.argv[1], int(sys.argv[2]), sys.argv[3]
            context = ssl.create_default_context(cafile=roots)
            if hasattr(ssl, "VERIFY_X509_STRICT"):
                context.verify_flags |= ssl.VERIFY_X509_STRICT
            with socket.create_connection(("127.0.0.1", port), 10) as plain:
                with context.wrap_socket(plain, server_hostname=host) as secured:
                    print(secured.version())
            """;

    @TempDir Path folder;
    private final ThreadTasks tasks = new ThreadTasks(Runnable::run);
    private Authority authority;
    private Path roots;

    @BeforeEach void open() throws IOException {
        authority = Authority.open(folder.resolve("authority"));
        roots = Files.writeString(folder.resolve("roots.pem"), authority.pem());
    }

    @AfterEach void close() {
        assertTrue(tasks.shutdown(Duration.ofSeconds(5)));
    }

    private static List<String> hosts() {
        return List.of("localhost", "api.example.com", "127.0.0.1", "::1", "my_service.test", "xn--bcher-kva.example", "a".repeat(60) + ".example.com");
    }

    @Test void everyPythonBelievesStrictly() throws Exception {
        List<Path> pythons = Partners.pythons();
        assumeTrue(!pythons.isEmpty(), "no Python 3 is installed");
        // The JDK's own TLS refuses an underscore in the name that the client says; the certificate is good, as openssl finds below.
        for (String host : hosts().stream().filter(each -> each.indexOf('_') < 0).toList()) {
            try (CheckServer server = CheckServer.open(tasks, authority.leafFor(host, Optional.empty()))) {
                // Python 3.6 does not recognise international names in any certificate.
                for (Path python : pythons.stream().filter(each -> !host.startsWith("xn--") || !each.toString().contains("/3.6")).toList()) {
                    var said = Partners.run(Map.of(), List.of(python.toString(), "-I", "-c", CLIENT, host, Integer.toString(server.port()), roots.toString()));
                    assertEquals("TLSv1.3", said.text().strip(), python + " " + host);
                }
            }
        }
    }

    @Test void pythonThatWasNotToldRefuses() throws Exception {
        List<Path> pythons = Partners.pythons();
        assumeTrue(!pythons.isEmpty(), "no Python 3 is installed");
        Path others = Files.writeString(folder.resolve("others.pem"), Authority.open(folder.resolve("other")).pem());
        try (CheckServer server = CheckServer.open(tasks, authority.leafFor("localhost", Optional.empty()))) {
            var said = Partners.run(Map.of(), List.of(pythons.getFirst().toString(), "-I", "-c", CLIENT, "localhost", Integer.toString(server.port()), others.toString()));
            assertNotEquals(0, said.code());
            assertTrue(said.text().contains("CERTIFICATE_VERIFY_FAILED"), said.text());
        }
    }

    @Test void curlBelieves() throws Exception {
        assumeTrue(Partners.has("curl"), "curl is not installed");
        for (String host : List.of("localhost", "api.example.com")) {
            try (CheckServer server = CheckServer.open(tasks, authority.leafFor(host, Optional.empty()))) {
                var said = Partners.run(Map.of(), List.of("curl", "-sS", "--max-time", "10", "--cacert", roots.toString(), "--resolve", host + ":" + server.port() + ":127.0.0.1",
                        "https://" + host + ":" + server.port() + "/"));
                assertEquals("{}", said.text().strip());
            }
        }
    }

    @Test void opensslFindsNothingToBlame() throws Exception {
        assumeTrue(Partners.has("openssl"), "openssl is not installed");
        for (String host : hosts()) {
            Leaf leaf = authority.leafFor(host, Optional.empty());
            Path certificate = Files.writeString(folder.resolve("leaf.pem"), Pem.text(Pem.CERTIFICATE, leaf.certificate().getEncoded()));
            String option = HostNames.of(host).orElseThrow().ip() ? "-verify_ip" : "-verify_hostname";
            var said = Partners.run(Map.of(), List.of("openssl", "verify", "-x509_strict", "-check_ss_sig", "-purpose", "sslserver", option, host, "-CAfile", roots.toString(),
                    certificate.toString()));
            assertEquals(certificate + ": OK", said.text().strip());
        }
        try (CheckServer server = CheckServer.open(tasks, authority.leafFor("localhost", Optional.empty()))) {
            var said = Partners.run(Map.of(), List.of("openssl", "s_client", "-connect", "127.0.0.1:" + server.port(), "-servername", "localhost", "-verify_hostname", "localhost",
                    "-x509_strict", "-verify_return_error", "-CAfile", roots.toString(), "-brief"));
            assertTrue(said.text().contains("Verification: OK"), said.text());
        }
    }

    @Test void aLeafTakesMilliseconds() {
        for (int i = 0; i < 50; i++) authority.leafFor("warm" + i, Optional.empty());
        long begin = System.nanoTime();
        for (int i = 0; i < 100; i++) authority.leafFor("host" + i, Optional.empty());
        long each = (System.nanoTime() - begin) / 100;
        // About 2 ms on an idle core; the bound only catches a change of order.
        assertTrue(each < 60_000_000, each + " ns for a leaf");
    }
}
