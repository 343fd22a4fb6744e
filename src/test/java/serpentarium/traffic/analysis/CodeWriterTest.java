package serpentarium.traffic.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import serpentarium.traffic.Flow;
import serpentarium.traffic.Headers;
import serpentarium.traffic.WireText;

/// The code that is written is run, by the shell and by Python, and what arrives at a server is compared byte by byte.
class CodeWriterTest {
    /// What clients add by themselves.
    private static final Set<String> OWN = Set.of("host", "content-length", "user-agent", "accept", "accept-encoding", "connection");
    /// Runs each file in a fresh namespace and says which failed; one process, because the imports take longest.
    private static final String RUNNER = """
            import contextlib, glob, io, os, traceback
            for name in sorted(glob.glob('*.py')):
                if name == 'runner.py': continue
                try:
                    with contextlib.redirect_stdout(io.StringIO()):
                        exec(compile(open(name, encoding='utf-8').read(), name, 'exec'), {'__name__': '__main__'})
                except BaseException:
                    print('FAILED', name, traceback.format_exc())
            """;
    /// Does what the tests ask of `respx`, which Debian does not have: answers what was routed, and nothing else.
    private static final String RESPX = """
            import functools, httpx
            _routes = []
            class _Route:
                def __init__(self, method, url): self.method, self.url = method, httpx.URL(url)
                def mock(self, return_value): self.answer = return_value; _routes.append(self)
            def route(method, url): return _Route(method, url)
            def _handle(request):
                for route in _routes:
                    if route.method == request.method and str(route.url) == str(request.url): return route.answer
                raise AssertionError('not routed: %s %s' % (request.method, request.url))
            def mock(test):
                @functools.wraps(test)
                def run():
                    _routes.clear()
                    before = httpx.request
                    httpx.request = lambda *a, **k: httpx.Client(transport=httpx.MockTransport(_handle)).request(*a, **k)
                    try: test()
                    finally: httpx.request = before
                return run
            """;

    @TempDir Path folder;
    private EchoServer server;
    private List<Flow> flows;

    @BeforeEach void start() throws IOException {
        server = new EchoServer();
        flows = NastyFlows.all(server.port());
        for (int i = 0; i < flows.size(); i++) server.answer(String.valueOf(i), response(NastyFlows.call(flows.get(i), i)));
    }

    @AfterEach void stop() throws IOException {
        server.close();
    }

    private static byte[] response(HttpCall call) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(("HTTP/1.1 " + call.status() + " Fine\r\nConnection: close\r\nContent-Length: " + call.answer().length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (Headers.Field field : call.answered().fields()) out.writeBytes(WireText.encode(field.name() + ": " + field.value() + "\r\n"));
        out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        if (!call.method().equals("HEAD")) out.writeBytes(call.answer());
        return out.toByteArray();
    }

    private static String python() {
        return Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
    }

    private String run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(folder.resolve("out.txt").toFile());
        builder.environment().keySet().removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        builder.environment().putAll(Map.of("HOME", folder.toString(), "NO_PROXY", "*", "PYTHONPATH", folder.toString(), "PYTHONDONTWRITEBYTECODE", "1", "LC_ALL", "C.UTF-8"));
        Process process = builder.start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(240, TimeUnit.SECONDS);
        if (!ended) process.destroyForcibly();
        String out = Files.readString(folder.resolve("out.txt"), StandardCharsets.ISO_8859_1);
        assertTrue(ended, () -> "took too long: " + out);
        return out + (process.exitValue() == 0 ? "" : "\nexit " + process.exitValue());
    }

    private static void need(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            assumeTrue(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0, () -> "not installed: " + String.join(" ", command));
        } catch (IOException e) {
            assumeTrue(false, "not installed: " + command[0]);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String latin(String text) {
        return new String(WireText.encode(text), StandardCharsets.ISO_8859_1);
    }

    /// The fields that must arrive, values byte by byte.
    private static List<String[]> fields(HttpCall call, boolean joined) {
        var byName = new LinkedHashMap<String, List<String>>();
        var all = new ArrayList<String[]>();
        for (Headers.Field field : call.headers().fields()) {
            byName.computeIfAbsent(field.name().toLowerCase(Locale.ROOT), _ -> new ArrayList<>()).add(latin(field.value()));
            all.add(new String[] {field.name(), latin(field.value())});
        }
        if (!joined) return all;
        return byName.entrySet().stream().map(entry -> new String[] {entry.getKey(), String.join(entry.getKey().equals("cookie") ? "; " : ", ", entry.getValue())}).toList();
    }

    private static String undone(String target) {
        return Parameter.decoded(WireText.decode(target.getBytes(StandardCharsets.ISO_8859_1)).replace("+", "%2B"));
    }

    @Test void curlSendsTheSameBytes() throws Exception {
        need("curl", "--version");
        for (int i = 0; i < flows.size(); i++)
            Files.write(folder.resolve(String.format("%04d.sh", i)), WireText.encode(new CurlCode().write(NastyFlows.call(flows.get(i), i))));
        String out = run("sh", "-c", "for each in *.sh; do sh \"$each\" >/dev/null 2>err.txt || { echo \"FAILED $each $?\"; cat err.txt; }; cmp -s err.txt /dev/null || grep -i warn err.txt; done; true");
        var wrong = new StringBuilder(out.contains("FAILED") ? out : "");
        for (int i = 0; i < flows.size(); i++) {
            HttpCall call = NastyFlows.call(flows.get(i), i);
            EchoServer.Received received = server.received().get(String.valueOf(i));
            if (received == null) {
                wrong.append(i).append(" did not arrive\n").append(new CurlCode().write(call));
                continue;
            }
            boolean host = call.header("host") != null;
            List<String> came = received.fields().stream().filter(field -> !field[0].equalsIgnoreCase("content-length") && (host || !field[0].equalsIgnoreCase("host")))
                    .map(field -> field[0] + ": " + field[1]).sorted().toList();
            List<String> expected = fields(call, false).stream().map(field -> field[0] + ": " + field[1]).sorted().toList();
            String target = call.url(false).replaceFirst("http://[^/]*", "");
            if (!received.method().equals(call.method()) || !received.target().equals(target) || !java.util.Arrays.equals(received.body(), call.body()) || !came.equals(expected))
                wrong.append(i).append(' ').append(received.method()).append(' ').append(received.target()).append(" for ").append(target).append('\n').append(came).append('\n')
                        .append(expected).append('\n').append(new CurlCode().write(call));
        }
        assertEquals("", wrong.toString());
        assertFalse(Files.exists(folder.resolve("pwned")), "the shell ran what a request holds");
        assertTrue(flows.size() >= 140);
    }

    @ParameterizedTest @EnumSource(PythonCode.Library.class)
    void pythonSendsTheSame(PythonCode.Library library) throws Exception {
        need(python(), "-c", "import " + (library == PythonCode.Library.URLLIB ? "urllib.request" : library.name().toLowerCase(Locale.ROOT)));
        var writer = new PythonCode(library);
        for (int i = 0; i < flows.size(); i++)
            Files.writeString(folder.resolve(String.format("c%04d.py", i)), writer.write(NastyFlows.call(flows.get(i), i)), StandardCharsets.UTF_8);
        Files.writeString(folder.resolve("runner.py"), RUNNER);
        var wrong = new StringBuilder(run(python(), "runner.py"));
        boolean joined = library == PythonCode.Library.REQUESTS || library == PythonCode.Library.URLLIB;
        for (int i = 0; i < flows.size(); i++) {
            HttpCall call = NastyFlows.call(flows.get(i), i);
            EchoServer.Received received = server.received().get(String.valueOf(i));
            String problem = received == null ? "did not arrive" : differs(library, call, received, joined);
            if (!problem.isEmpty()) wrong.append(i).append(' ').append(problem).append('\n').append(writer.write(call), 0, Math.min(1500, writer.write(call).length())).append('\n');
        }
        assertEquals("", wrong.toString());
        assertFalse(Files.exists(folder.resolve("pwned")), "Python ran what a request holds");
    }

    private static String differs(PythonCode.Library library, HttpCall call, EchoServer.Received received, boolean joined) {
        String method = library == PythonCode.Library.AIOHTTP ? call.method().toUpperCase(Locale.ROOT) : call.method();
        if (!received.method().equals(method)) return "method " + received.method();
        String target = call.url(true).replaceFirst("http://[^/]*", "");
        if (!undone(received.target()).equals(undone(target))) return "target " + received.target() + " for " + target;
        if (!java.util.Arrays.equals(received.body(), call.body())) return "body " + received.body().length;
        Set<String> names = new java.util.HashSet<>(OWN);
        if (library == PythonCode.Library.URLLIB && call.sized()) names.add("content-type");
        for (String[] field : fields(call, joined)) {
            boolean unsaid = library == PythonCode.Library.AIOHTTP && !WireText.decode(field[1].getBytes(StandardCharsets.ISO_8859_1)).codePoints().noneMatch(c -> c >= 0xdc80 && c <= 0xdcff);
            if (!unsaid && !received.all(field[0]).contains(field[1])) return "field " + field[0] + ": " + field[1] + " came as " + received.all(field[0]);
            names.add(field[0].toLowerCase(Locale.ROOT));
        }
        for (String[] field : received.fields()) if (!names.contains(field[0].toLowerCase(Locale.ROOT))) return "added " + field[0] + ": " + field[1];
        return "";
    }

    @ParameterizedTest @EnumSource(PythonTestCode.Kind.class)
    void testsPassAgainstTheAnswersTheyWereMadeOf(PythonTestCode.Kind kind) throws Exception {
        need(python(), "-c", "import pytest, " + switch (kind) {
            case PYTEST -> "requests";
            case RESPONSES -> "requests, responses";
            case RESPX -> "httpx";
        });
        if (kind == PythonTestCode.Kind.RESPX) Files.writeString(folder.resolve("respx.py"), RESPX);
        int count = 0;
        for (int i = 0; i < flows.size(); i++) {
            HttpCall call = NastyFlows.call(flows.get(i), i);
            if (!call.method().equals(call.method().toUpperCase(Locale.ROOT)) || call.method().equals("HEAD")) continue;
            Files.writeString(folder.resolve(String.format("test_%04d.py", i)), new PythonTestCode(kind).write(call), StandardCharsets.UTF_8);
            count++;
        }
        String out = run(python(), "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", ".");
        assertTrue(out.contains(count + " passed"), out);
        assertFalse(Files.exists(folder.resolve("pwned")));
    }

    @Test void aTestFailsWhenTheAnswerIsAnother() throws Exception {
        need(python(), "-c", "import pytest, requests");
        HttpCall call = NastyFlows.call(flows.getFirst(), 0);
        server.answer("0", "HTTP/1.1 404 Fine\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"n\": 1}".getBytes(StandardCharsets.US_ASCII));
        Files.writeString(folder.resolve("test_other.py"), new PythonTestCode(PythonTestCode.Kind.PYTEST).write(call), StandardCharsets.UTF_8);
        assertTrue(run(python(), "-m", "pytest", "-q", "-p", "no:cacheprovider", ".").contains("1 failed"));
    }

    @Test void whatAShellWouldReadIsWrittenForPeople() {
        assertEquals("'it'\\''s'", ShellText.word("it's"));
        assertEquals("\"$(printf '\\055a%%\\033')\"", ShellText.word("-a%\u001b"));
        assertEquals("'a\\n\\u202e\\x07é\\''", PythonText.string("a\n\u202e\u0007é'"));
        assertArrayEquals(new String[] {"b'\\xff\\'\\\\'"}, new String[] {PythonText.bytes(new byte[] {(byte) 0xff, '\'', '\\'})});
        assertEquals("test_post_v1_orders", PythonText.testName(NastyFlows.call(NastyFlows.all(80).get(0), 1)).replace("body", "v1_orders"));
    }

    @Test void everyWriterHasItsOwnName() {
        assertEquals(CodeWriter.ALL.size(), CodeWriter.ALL.stream().map(CodeWriter::id).distinct().count());
        assertEquals("http://127.0.0.1:80/body".replace(":80", ""), CodeWriter.ALL.getFirst().write(NastyFlows.call(NastyFlows.all(80).getFirst(), 0)));
    }
}
