package serpentarium.traffic.engine.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import serpentarium.task.TaskContext;
import serpentarium.task.ThreadTasks;
import serpentarium.traffic.engine.trust.Finding.Outcome;
import serpentarium.traffic.engine.trust.Finding.Topic;

@Timeout(value = 240, unit = TimeUnit.SECONDS)
class CertificateDoctorTest {
    private static final URI PROXY = URI.create("http://127.0.0.1:8888");
    private static final Map<String, String> PROXIED = Map.of("HTTPS_PROXY", PROXY.toString());

    @TempDir Path folder;
    private final ThreadTasks tasks = new ThreadTasks(Runnable::run);
    private Authority authority;
    private Path bundle;

    @BeforeEach void open() throws IOException {
        authority = Authority.open(folder.resolve("authority"));
        bundle = Files.writeString(folder.resolve("bundle.pem"), authority.pem());
    }

    @AfterEach void close() {
        assertTrue(tasks.shutdown(Duration.ofSeconds(5)));
    }

    private static CertificateDoctor.Question question(Path interpreter, ClientLibrary library, boolean ours) {
        return new CertificateDoctor.Question(interpreter, library, ours, Optional.of(PROXY), ClientEnvironment.Shell.SH);
    }

    private Diagnosis own(ClientLibrary library, Map<String, String> environment) throws Exception {
        assumeInstalled(library);
        // The machine that the tests run on may have some of these set.
        var all = new HashMap<String, String>();
        for (String name : List.of("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "PIP_CERT", "HTTPS_PROXY",
                "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"))
            all.put(name, "");
        all.putAll(environment);
        return new CertificateDoctor(authority, folder.resolve("trust"), tasks, all).check(question(Partners.DEBIAN_PYTHON, library, false), TaskContext.detached());
    }

    private static void assumeInstalled(ClientLibrary library) throws Exception {
        if (library == ClientLibrary.CURL) {
            assumeTrue(Partners.has("curl"), "curl is not installed");
            return;
        }
        assumeTrue(Files.isExecutable(Partners.DEBIAN_PYTHON), "the system has no Python 3");
        String module = library == ClientLibrary.URLLIB ? "ssl" : library.label();
        assumeTrue(Partners.run(Map.of(), List.of(Partners.DEBIAN_PYTHON.toString(), "-c", "import " + module)).code() == 0, module + " is not installed");
    }

    private static Finding one(Diagnosis diagnosis, Topic topic) {
        List<Finding> found = diagnosis.findings().stream().filter(each -> each.topic() == topic).toList();
        assertEquals(1, found.size(), diagnosis::toString);
        return found.getFirst();
    }

    private static void says(Finding finding, Outcome outcome, String words) {
        assertEquals(outcome, finding.outcome(), finding::toString);
        assertTrue(finding.why().contains(words), finding::toString);
    }

    @ParameterizedTest
    @EnumSource
    void withOurVariablesEveryClientBelieves(ClientLibrary library) throws Exception {
        assumeInstalled(library);
        var doctor = new CertificateDoctor(authority, folder.resolve("trust"), tasks, Map.of());
        Diagnosis found = doctor.check(question(Partners.DEBIAN_PYTHON, library, true), TaskContext.detached());
        says(one(found, Topic.TRUST), Outcome.GOOD, "believes the authority");
        if (library == ClientLibrary.AIOHTTP) {
            says(one(found, Topic.PROXY), Outcome.BAD, "unless the program tells it to");
            assertEquals("aiohttp.ClientSession(trust_env=True)", one(found, Topic.PROXY).remedies().getFirst().copy());
        } else {
            says(one(found, Topic.PROXY), Outcome.GOOD, "came through the proxy");
            assertTrue(found.good());
        }
    }

    @ParameterizedTest
    @EnumSource
    void withNothingSetNoClientBelieves(ClientLibrary library) throws Exception {
        Diagnosis found = own(library, Map.of());
        says(one(found, Topic.TRUST), Outcome.BAD, "nothing is set there");
        String remedy = one(found, Topic.TRUST).remedies().getFirst().copy();
        assertEquals("export " + library.own() + "='" + found.bundle().orElseThrow().file() + "'", remedy);
        says(one(found, Topic.PROXY), Outcome.BAD, "No variable names a proxy");
    }

    @ParameterizedTest
    @EnumSource
    void theVariablesThatEachObeysAreEnough(ClientLibrary library) throws Exception {
        for (String variable : library.reads()) {
            Diagnosis found = own(library, Map.of(variable, bundle.toString(), "https_proxy", "localhost:8888"));
            says(one(found, Topic.TRUST), Outcome.GOOD, "it reads " + variable);
        }
    }

    @Test void aVariableThatIsNotReadIsNamed() throws Exception {
        says(one(own(ClientLibrary.REQUESTS, Map.of("SSL_CERT_FILE", bundle.toString())), Topic.TRUST), Outcome.BAD, "SSL_CERT_FILE is set and would do, but requests does not read it");
        says(one(own(ClientLibrary.URLLIB, Map.of("REQUESTS_CA_BUNDLE", bundle.toString())), Topic.TRUST), Outcome.BAD, "REQUESTS_CA_BUNDLE is set and would do, but urllib");
        says(one(own(ClientLibrary.HTTPX, Map.of("CURL_CA_BUNDLE", bundle.toString())), Topic.TRUST), Outcome.BAD, "CURL_CA_BUNDLE is set and would do, but httpx");
        says(one(own(ClientLibrary.AIOHTTP, Map.of("REQUESTS_CA_BUNDLE", bundle.toString())), Topic.TRUST), Outcome.BAD, "aiohttp does not read it");
        says(one(own(ClientLibrary.CURL, Map.of("REQUESTS_CA_BUNDLE", bundle.toString())), Topic.TRUST), Outcome.BAD, "curl does not read it");
    }

    @Test void aFolderOfRootsKeepsCurlFromTheFile() throws Exception {
        Finding found = one(own(ClientLibrary.CURL, Map.of("SSL_CERT_FILE", bundle.toString(), "SSL_CERT_DIR", folder.toString())), Topic.TRUST);
        says(found, Outcome.BAD, "and then not SSL_CERT_FILE");
        assertTrue(found.remedies().getFirst().copy().startsWith("export CURL_CA_BUNDLE="));
    }

    @Test void aBundleThatWillNotDoIsNamed() throws Exception {
        Path other = Files.writeString(folder.resolve("other.pem"), Authority.open(folder.resolve("other")).pem());
        for (ClientLibrary library : List.of(ClientLibrary.URLLIB, ClientLibrary.REQUESTS, ClientLibrary.CURL)) {
            String variable = library.reads().getFirst();
            says(one(own(library, Map.of(variable, folder.resolve("gone.pem").toString())), Topic.TRUST), Outcome.BAD, "names a file that is not there");
            says(one(own(library, Map.of(variable, other.toString())), Topic.TRUST), Outcome.BAD, "holds an earlier authority");
            says(one(own(library, Map.of(variable, "/etc/ssl/certs/ca-certificates.crt")), Topic.TRUST), Outcome.BAD, "does not hold the authority");
        }
    }

    @Test void whatGoesPastTheProxyIsSaid() throws Exception {
        for (ClientLibrary library : List.of(ClientLibrary.URLLIB, ClientLibrary.REQUESTS, ClientLibrary.HTTPX, ClientLibrary.CURL)) {
            String variable = library.reads().getFirst();
            Diagnosis past = own(library, Map.of(variable, bundle.toString(), "https_proxy", PROXY.toString(),
                    "NO_PROXY", "localhost,127.0.0.1", "no_proxy", "localhost,127.0.0.1"));
            says(one(past, Topic.PROXY), Outcome.BAD, "because NO_PROXY names the host: localhost,127.0.0.1");
            says(one(past, Topic.TRUST), Outcome.GOOD, "believes");
            assertEquals("export NO_PROXY=''\nexport no_proxy=''", one(past, Topic.PROXY).remedies().getFirst().copy());
        }
        Diagnosis other = own(ClientLibrary.URLLIB, Map.of("HTTPS_PROXY", "http://me:secret@10.0.0.1:3128"));
        Finding finding = other.findings().stream().filter(each -> each.topic() == Topic.PROXY).findFirst().orElseThrow();
        says(finding, Outcome.BAD, "HTTPS_PROXY names http://…@10.0.0.1:3128, but this proxy listens at http://127.0.0.1:8888");
        assertFalse(other.toString().contains("secret"));
    }

    @Test void strictPythonsBelieveToo() throws Exception {
        List<Path> pythons = Partners.pythons();
        assumeTrue(!pythons.isEmpty(), "no Python 3 is installed");
        for (Path python : pythons) {
            Diagnosis found = new CertificateDoctor(authority, folder.resolve("trust"), tasks, PROXIED).check(question(python, ClientLibrary.URLLIB, true), TaskContext.detached());
            assertTrue(found.good(), () -> found.toString());
            Interpreter interpreter = found.interpreter().orElseThrow();
            assertEquals(interpreter.version().startsWith("3.13"), interpreter.strict());
        }
    }

    @Test void aLibraryThatIsNotThereIsSaid() throws Exception {
        Path python = Partners.pythons().stream().filter(each -> each.toString().contains("/3.12")).findFirst().orElse(null);
        assumeTrue(python != null && Partners.run(Map.of(), List.of(python.toString(), "-c", "import httpx")).code() != 0, "no Python without httpx");
        Diagnosis found = new CertificateDoctor(authority, folder.resolve("trust"), tasks, Map.of()).check(question(python, ClientLibrary.HTTPX, true), TaskContext.detached());
        says(one(found, Topic.LIBRARY), Outcome.BAD, "httpx is not installed");
        assertEquals("'" + python + "' -m pip install httpx", one(found, Topic.LIBRARY).remedies().getFirst().copy());
    }

    private Path script(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("python"), "#!/bin/sh\n" + text + "\n");
        assertTrue(file.toFile().setExecutable(true));
        return file;
    }

    private Finding asked(Path program) throws Exception {
        return one(new CertificateDoctor(authority, folder.resolve("trust"), tasks, Map.of()).check(question(program, ClientLibrary.URLLIB, true), TaskContext.detached()),
                Topic.INTERPRETER);
    }

    @Test void whatIsNoInterpreterIsSaid() throws Exception {
        says(asked(folder.resolve("nowhere")), Outcome.BAD, "nowhere");
        says(asked(script("echo not me; exit 3")), Outcome.BAD, "not me");
        says(asked(script("head -c 3000000 /dev/zero | tr '\\0' x; echo; echo 'serpentarium-check:{\"version\": [1]}'")), Outcome.BAD, "no Python interpreter");
        says(asked(script("echo 'serpentarium-check:{\"version\": \"3.9\", \"no-ssl\": \"No module named _ssl\"}'")), Outcome.BAD, "No module named _ssl");
    }

    @Test void itCanBeCancelled() throws Exception {
        Path silent = script("exec sleep 60");
        assertThrows(CancellationException.class, () -> new CertificateDoctor(authority, folder.resolve("trust"), tasks, Map.of())
                .check(question(silent, ClientLibrary.URLLIB, true), TaskContext.cancelledAfter(2)));
    }
}
