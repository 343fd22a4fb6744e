package serpentarium.traffic.engine.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.base.ProblemException;
import serpentarium.task.TaskContext;
import serpentarium.traffic.Flow;
import serpentarium.traffic.Side;
import serpentarium.traffic.engine.DiskSession;
import serpentarium.traffic.engine.SessionLimits;

/// Runs real programs and sees their HTTPS, with the secrets that they write themselves.
@Timeout(120)
class ProgramCaptureTest {
    private static final String SERVER = """
            import http.server, ssl, os
            os.environ.pop('SSLKEYLOGFILE', None)
            class Handler(http.server.BaseHTTPRequestHandler):
                protocol_version = 'HTTP/1.1'
                def do_GET(self):
                    body = ('you asked for ' + self.path).encode()
                    self.send_response(200)
                    self.send_header('Content-Length', str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                def do_POST(self):
                    self.rfile.read(int(self.headers['Content-Length']))
                    self.do_GET()
                def log_message(self, *args):
                    pass
            server = http.server.ThreadingHTTPServer(('127.0.0.1', PORT), Handler)
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain('cert.pem', 'key.pem')
            VERSION
            server.socket = context.wrap_socket(server.socket, server_side=True)
            server.serve_forever()
            """;

    private static final String CLIENT = """
            import urllib.request, ssl, sys
            context = ssl.create_default_context(cafile=sys.argv[2])
            for i in range(3):
                with urllib.request.urlopen('https://127.0.0.1:%s/py/%d' % (sys.argv[1], i), context=context) as answer:
                    print(answer.read().decode())
            data = b'x' * 100000
            urllib.request.urlopen(urllib.request.Request('https://127.0.0.1:%s/post' % sys.argv[1], data=data), context=context).read()
            sys.exit(7)
            """;

    private static final String ALONE = """
            import http.server, threading, urllib.request, os, socket
            class Handler(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    self.send_response(200)
                    self.end_headers()
                    self.wfile.write(b'inside')
                def log_message(self, *args):
                    pass
            server = http.server.HTTPServer(('127.0.0.1', 8765), Handler)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            print(urllib.request.urlopen('http://127.0.0.1:8765/alone').read().decode())
            print(sorted(name for _, name in socket.if_nameindex()))
            """;

    @TempDir Path folder;
    private final List<String> output = Collections.synchronizedList(new ArrayList<>());
    private DiskSession session;

    @BeforeEach void open() throws IOException {
        session = DiskSession.create(folder.resolve("session"), SessionLimits.NONE);
    }

    @AfterEach void close() throws IOException {
        session.close();
    }

    private ProgramCapture.Spec spec(List<String> command, String device, String filter) {
        return new ProgramCapture.Spec(command, folder, Map.of(), line -> output.add(line.text()), device, filter, folder.resolve("session").resolve("packets"));
    }

    private List<Flow> http() throws IOException {
        var all = new ArrayList<Flow>();
        for (int row = 0; row < session.table().size(); row++) all.add(session.flow(row));
        return all.stream().filter(flow -> flow.kind().http()).toList();
    }

    private LivePartners server(String version) throws IOException, InterruptedException {
        LivePartners.certificate(folder);
        return LivePartners.server(folder, SERVER.replace("VERSION", version));
    }

    private void pythonOver(String version, String name) throws Exception {
        CaptureTool tool = LivePartners.tool("dumpcap");
        try (LivePartners server = server(version)) {
            Path client = Files.writeString(folder.resolve("client.py"), CLIENT);
            List<String> command = List.of("/usr/bin/python3", client.toString(), Integer.toString(server.port), folder.resolve("cert.pem").toString());
            int code = new ProgramCapture(tool, spec(command, "lo", "tcp port " + server.port)).run(session, TaskContext.detached());
            assertEquals(7, code, output.toString());
            assertEquals(List.of("you asked for /py/0", "you asked for /py/1", "you asked for /py/2"), output);
            List<Flow> flows = http();
            assertEquals(List.of("/post", "/py/0", "/py/1", "/py/2"), flows.stream().map(flow -> flow.request().path()).sorted().toList(), session.warnings().toString());
            for (Flow flow : flows) {
                assertEquals(name, flow.connection().tls().version());
                assertEquals(200, flow.status().orElseThrow());
                String body = new String(session.body(session.row(flow.id()), Side.RESPONSE).readAllBytes(), StandardCharsets.UTF_8);
                assertEquals("you asked for " + flow.request().path(), body);
                if (flow.request().path().equals("/post")) assertEquals(100_000, session.body(session.row(flow.id()), Side.REQUEST).readAllBytes().length);
            }
            Path keys = folder.resolve("session").resolve("packets").resolve("secrets.keylog");
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)));
        }
    }

    @Test void aPythonClientOverTls13() throws Exception {
        pythonOver("", "TLSv1.3");
    }

    @Test void aPythonClientOverTls12() throws Exception {
        pythonOver("context.maximum_version = ssl.TLSVersion.TLSv1_2", "TLSv1.2");
    }

    @Test void curl() throws Exception {
        CaptureTool tool = LivePartners.tool("dumpcap");
        LivePartners.need("curl");
        try (LivePartners server = server("")) {
            List<String> command = List.of("curl", "-s", "--cacert", folder.resolve("cert.pem").toString(), "https://localhost:" + server.port + "/curl",
                    "https://localhost:" + server.port + "/again");
            assertEquals(0, new ProgramCapture(tool, spec(command, "lo", "")).run(session, TaskContext.detached()));
            List<String> paths = http().stream().filter(flow -> flow.connection().server().port() == server.port).map(flow -> flow.request().path()).toList();
            assertEquals(List.of("/curl", "/again"), paths, session.warnings().toString());
        }
    }

    @Test void aProgramThatIsNone() throws Exception {
        CaptureTool tool = LivePartners.tool("dumpcap");
        var run = new ProgramCapture(tool, spec(List.of("/no/such/program"), "lo", ""));
        assertEquals("task.child-missing", assertThrows(ProblemException.class, () -> run.run(session, TaskContext.detached())).problem().id());
    }

    @Test void inANetworkOfItsOwnNoRightIsNeeded() throws Exception {
        LivePartners.need("dumpcap", "python3");
        var obstacle = PrivateNetwork.obstacle(TaskContext.detached());
        assumeTrue(obstacle.isEmpty(), () -> "no network of one's own here: " + obstacle.orElseThrow().line());
        Path script = Files.writeString(folder.resolve("alone.py"), ALONE);
        var tool = new CaptureTool(CaptureTool.Kind.DUMPCAP, Path.of("/usr/bin/dumpcap"));
        var run = new ProgramCapture(tool, spec(List.of("/usr/bin/python3", script.toString()), null, ""));
        assertEquals(0, run.run(session, TaskContext.detached()), output.toString());
        assertTrue(output.contains("inside"), output.toString());
        List<Flow> flows = http();
        assertEquals(1, flows.size());
        assertEquals("http://127.0.0.1:8765/alone", flows.getFirst().request().url());
        assertEquals("alone.py", flows.getFirst().process().name());
    }
}
