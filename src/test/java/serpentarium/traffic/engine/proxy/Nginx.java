package serpentarium.traffic.engine.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// nginx with TLS and HTTP/2 on one port and without on another, under an authority of the test's own.
final class Nginx implements AutoCloseable {
    final int plain = Partner.freePort();
    final int secure = Partner.freePort();
    /// HTTP/2 with prior knowledge.
    final int known = Partner.freePort();
    /// The root that its certificate comes from.
    final Path root;
    private final Partner partner;

    /// Serves the files of a folder.
    Nginx(Path folder, Path files) throws Exception {
        Partner.needs("nginx");
        Partner.needs("openssl");
        Path home = Files.createDirectories(folder.resolve("nginx"));
        root = home.resolve("root.pem");
        sh(home, "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout root.key -out root.pem -days 2 -subj /CN=Root "
                + "-addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign");
        sh(home, "openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout own.key -out own.csr -subj /CN=localhost");
        Files.writeString(home.resolve("own.ext"), "subjectAltName=DNS:localhost,DNS:my_app.localhost,DNS:*.apps.localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n");
        sh(home, "openssl x509 -req -in own.csr -CA root.pem -CAkey root.key -CAcreateserial -out own.pem -days 2 -extfile own.ext");
        var temp = new StringBuilder();
        for (String each : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) temp.append(each).append("_temp_path ").append(home.resolve(each)).append("; ");
        Files.writeString(home.resolve("nginx.conf"), """
                %s daemon off; worker_processes 1; pid %s; error_log %s;
                events { worker_connections 256; }
                http { access_log off; client_max_body_size 0; %s default_type text/plain;
                  server { listen 127.0.0.1:%d; listen 127.0.0.1:%d http2; listen 127.0.0.1:%d ssl http2; ssl_certificate %s; ssl_certificate_key %s; root %s;
                    gzip on; gzip_min_length 1; gzip_types text/plain;
                    location = /moved { absolute_redirect on; port_in_redirect on; return 302 $scheme://$http_host/a.txt; }
                    location = /cookie { add_header Set-Cookie "a=b; Domain=localhost; Path=/; Secure"; return 200 "cookie"; }
                    location = /host { return 200 $http_host; }
                    location = /name { return 200 $ssl_server_name; }
                    location = /none { return 204; } } }
                """.formatted(System.getProperty("user.name").equals("root") ? "user root;" : "", home.resolve("pid"), home.resolve("error.log"), temp, plain, known, secure,
                home.resolve("own.pem"), home.resolve("own.key"), files));
        partner = Partner.start(Map.of(), List.of("nginx", "-c", home.resolve("nginx.conf").toString()));
        Partner.awaitPort(secure);
    }

    private static void sh(Path folder, String command) throws Exception {
        Partner.Said said = Partner.run("sh", "-c", "cd " + folder + " && " + command);
        if (said.code() != 0) throw new IOException(said.text());
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
