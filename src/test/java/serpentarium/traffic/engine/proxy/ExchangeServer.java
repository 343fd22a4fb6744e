package serpentarium.traffic.engine.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;

/// A server in Python for HTTP/1.1, HTTP/2 and WebSockets, with TLS and without, that writes down what it was sent and what it sent.
final class ExchangeServer implements AutoCloseable {
    static final String PYTHON = "/usr/bin/python3";

    final int plain = Partner.freePort();
    final int secure = Partner.freePort();
    /// Its certificate, which is a root.
    final Path root;
    private final Path log;
    private final Partner partner;

    /// What it wrote down. Fields are lines of `name: value`, bodies the sums of their bytes.
    record Row(String method, String target, List<String> fields, String sent, long sentSize, int status, List<String> answered, String body, long size, List<String> trailers) {
        static Row of(String line) {
            String[] parts = line.split("\t", -1);
            return new Row(parts[0], parts[1], lines(parts[2]), parts[3], Long.parseLong(parts[4]), Integer.parseInt(parts[5]), lines(parts[6]), parts[7], Long.parseLong(parts[8]),
                    lines(parts[9]));
        }

        private static List<String> lines(String coded) {
            return new String(Base64.getDecoder().decode(coded), StandardCharsets.ISO_8859_1).lines().toList();
        }
    }

    ExchangeServer(Path folder) throws Exception {
        Partner.needs("python3");
        Partner.needs("openssl");
        Assumptions.assumeTrue(Partner.run(PYTHON, "-c", "import h2, brotli, zstandard").code() == 0, "python3-h2, python3-brotli or python3-zstandard is not installed");
        Path home = Files.createDirectories(folder.resolve("exchange"));
        root = home.resolve("own.pem");
        Partner.run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", home.resolve("own.key").toString(), "-out", root.toString(),
                "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1");
        log = home.resolve("log");
        Files.createFile(log);
        partner = Partner.start(Map.of(), List.of(PYTHON, script(home, "exchange_server.py"), String.valueOf(plain), String.valueOf(secure), root.toString(),
                home.resolve("own.key").toString(), log.toString()));
        Partner.awaitPort(plain);
        Partner.awaitPort(secure);
    }

    /// A program of the test's own in a folder.
    static String script(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = ExchangeServer.class.getResourceAsStream(name)) {
            Files.write(file, in.readAllBytes());
        }
        return file.toString();
    }

    /// What it wrote down of the exchanges whose target has a tag, once there are so many.
    List<Row> rows(String tag, int count) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            var rows = new ArrayList<Row>();
            for (String line : Files.readAllLines(log)) if (line.chars().filter(c -> c == '\t').count() == 9 && line.split("\t")[1].contains(tag)) rows.add(Row.of(line));
            if (rows.size() >= count) return rows;
            if (System.nanoTime() > end) throw new AssertionError("the server saw only " + rows);
            LockSupport.parkNanos(5_000_000);
        }
    }

    String http() {
        return "http://localhost:" + plain;
    }

    String https() {
        return "https://localhost:" + secure;
    }

    @Override public void close() {
        partner.close();
    }
}
