package serpentarium.traffic.engine.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.task.TaskContext;
import serpentarium.task.ThreadTasks;

class TrustBundleTest {
    @TempDir Path folder;
    private Authority authority;

    @BeforeEach void open() throws IOException {
        authority = Authority.open(folder.resolve("authority"));
    }

    private Path bundles() {
        return folder.resolve("trust");
    }

    private static Interpreter python(Path roots) {
        return new Interpreter(Path.of("python3"), "3.12.1", Optional.of("OpenSSL 3"), "", false, Optional.of(roots), Map.of());
    }

    private Path roots(String name) throws IOException {
        return Files.writeString(folder.resolve(name), "# a comment, größer\n" + Authority.open(folder.resolve(name + ".d")).pem());
    }

    @Test void holdsTheInterpretersRootsAndTheAuthority() throws IOException {
        Path roots = roots("roots.pem");
        byte[] before = Files.readAllBytes(roots);
        TrustBundle bundle = TrustBundle.of(bundles(), authority, Optional.of(python(roots)), Map.of());
        assertEquals(List.of(roots), bundle.sources());
        assertEquals(2, bundle.certificates());
        assertEquals(Optional.of(true), TrustBundle.holds(bundle.file(), authority.certificate()));
        assertTrue(TrustBundle.holdsNamesake(bundle.file(), authority.certificate()));
        assertEquals(authority.pem(), Files.readString(bundle.authority()));
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(bundle.file())));
        assertFalse(Files.readString(bundle.file()).contains("PRIVATE"));
        org.junit.jupiter.api.Assertions.assertArrayEquals(before, Files.readAllBytes(roots));
    }

    @Test void isWrittenAnewOnlyWhenSomethingChanged() throws IOException {
        Path roots = roots("roots.pem");
        TrustBundle bundle = TrustBundle.of(bundles(), authority, Optional.of(python(roots)), Map.of());
        FileTime old = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(bundle.file(), old);
        assertEquals(bundle, TrustBundle.of(bundles(), authority, Optional.of(python(roots)), Map.of()));
        assertEquals(old, Files.getLastModifiedTime(bundle.file()));
        Files.writeString(roots, Authority.open(folder.resolve("another")).pem(), java.nio.file.StandardOpenOption.APPEND);
        assertEquals(3, TrustBundle.of(bundles(), authority, Optional.of(python(roots)), Map.of()).certificates());
        assertNotEquals(old, Files.getLastModifiedTime(bundle.file()));
    }

    @Test void nobodyElseWritesIntoItsFolder() throws IOException {
        Files.createDirectories(bundles());
        Files.setPosixFilePermissions(bundles(), PosixFilePermissions.fromString("rwxrwxrwx"));
        TrustBundle.of(bundles(), authority, Optional.empty(), Map.of());
        assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(bundles())));
    }

    @Test void filesThatTheUserNamedAreTakenToo() throws IOException {
        Path own = roots("company.pem");
        var environment = Map.of("REQUESTS_CA_BUNDLE", own.toString(), "CURL_CA_BUNDLE", folder.resolve("gone").toString(), "PIP_CERT", "\0");
        TrustBundle bundle = TrustBundle.of(bundles(), authority, Optional.of(python(roots("roots.pem"))), environment);
        assertEquals(3, bundle.certificates());
        TrustBundle again = TrustBundle.of(bundles(), authority, Optional.of(python(roots("roots.pem"))), Map.of("SSL_CERT_FILE", bundle.file().toString()));
        assertEquals(2, again.certificates(), "a bundle is no source of bundles");
    }

    @Test void rootsThatEndInTheMiddleDoNoHarm() throws IOException {
        String pem = Authority.open(folder.resolve("another")).pem();
        Path roots = Files.writeString(folder.resolve("roots.pem"), pem + pem.substring(0, 200));
        TrustBundle bundle = TrustBundle.of(bundles(), authority, Optional.of(python(roots)), Map.of());
        assertEquals(2, bundle.certificates());
        assertEquals(2, Files.readString(bundle.file()).split("-----BEGIN CERTIFICATE-----", -1).length - 1);
    }

    @Test void pythonReadsIt() throws Exception {
        List<Path> pythons = Partners.pythons();
        assumeTrue(!pythons.isEmpty(), "no Python 3 is installed");
        var tasks = new ThreadTasks(Runnable::run);
        Files.createDirectories(bundles());
        for (Path python : pythons) {
            Interpreter interpreter = Interpreter.ask(python, bundles(), tasks, TaskContext.detached());
            TrustBundle bundle = TrustBundle.of(bundles(), authority, Optional.of(interpreter), Map.of());
            assertTrue(bundle.certificates() > 50, interpreter::toString);
            var said = Partners.run(Map.of(), List.of(python.toString(), "-c", "import ssl, sys; c = ssl.create_default_context(cafile=sys.argv[1]); print(len(c.get_ca_certs()))",
                    bundle.file().toString()));
            assertEquals(Integer.toString(bundle.certificates()), said.text().strip());
        }
        assertTrue(tasks.shutdown(Duration.ofSeconds(5)));
    }
}
