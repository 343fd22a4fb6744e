package serpentarium.traffic.engine.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.base.ProblemException;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class AuthorityTest {
    private static final String KEY_IDENTIFIER = "2.5.29.14";
    private static final String AUTHORITY_IDENTIFIER = "2.5.29.35";
    private static final String ALTERNATIVES = "2.5.29.17";

    @TempDir Path folder;

    private Path home() {
        return folder.resolve("a").resolve("authority");
    }

    private Path file() {
        return home().resolve("authority.pem");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test void isMadeOncePrivateAndForTheUserAlone() throws IOException {
        Authority made = Authority.open(home());
        assertEquals("rw-------", mode(file()));
        assertEquals("rwx------", mode(home()));
        X509Certificate certificate = made.certificate();
        assertEquals(0, certificate.getBasicConstraints());
        assertTrue(certificate.getCriticalExtensionOIDs().containsAll(List.of("2.5.29.19", "2.5.29.15")));
        assertArrayEquals(new boolean[] {false, false, false, false, false, true, true, false, false}, certificate.getKeyUsage());
        assertTrue(certificate.getSubjectX500Principal().getName().matches(".*CN=Serpentarium on [\\w.-]+ since \\d{4}-\\d\\d-\\d\\d.*"),
                certificate.getSubjectX500Principal().getName());
        assertTrue(made.fingerprint().matches("([0-9A-F]{2}:){31}[0-9A-F]{2}"));
        assertFalse(made.pem().contains("PRIVATE"));
        assertEquals(certificate, Authority.open(home()).certificate());
        assertNotEquals(certificate, Authority.open(folder.resolve("b")).certificate());
        try (var files = Files.list(home())) {
            assertEquals(List.of(file()), files.toList(), "nothing is left beside it");
        }
        String text = Files.readString(file());
        assertFalse(made.leafFor("localhost", Optional.empty()).toString().contains(text.lines().skip(1).findFirst().orElseThrow()));
    }

    @Test void anOpenMaskOpensNothing() throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        var said = Partners.run(Map.of("OPENED", home().toString()), List.of("sh", "-c", "umask 0; exec \"$0\" -Xshare:auto -cp \"$1\" \"$2\"",
                java.toString(), System.getProperty("java.class.path"), Opener.class.getName()));
        assertEquals(0, said.code(), said.text());
        assertEquals("rw-------", mode(file()));
        assertEquals("rwx------", mode(home()));
    }

    @Test void programsThatStartTogetherGetOne() throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String three = "for each in 1 2 3; do \"$0\" -Xshare:auto -XX:TieredStopAtLevel=1 -cp \"$1\" \"$2\" & done; wait";
        var said = Partners.run(Map.of("OPENED", home().toString()), List.of("sh", "-c", three, java.toString(), System.getProperty("java.class.path"), Opener.class.getName()));
        String fingerprint = Authority.open(home()).fingerprint();
        assertEquals(List.of(fingerprint, fingerprint, fingerprint), said.text().lines().toList());
    }

    /// Opens the authority in a program of its own, and tells which it is.
    static final class Opener {
        public static void main(String... arguments) throws IOException {
            // By way of a file, because what is written to the terminal is the business of the program.
            Files.writeString(Path.of("/dev/stdout"), Authority.open(Path.of(System.getenv("OPENED"))).fingerprint() + "\n", StandardOpenOption.APPEND);
        }
    }

    @Test void twoProgramsAtOnceEndWithOne() throws Exception {
        for (int round = 0; round < 20; round++) {
            Path place = folder.resolve("race" + round);
            var found = new HashSet<X509Certificate>();
            try (var threads = Executors.newFixedThreadPool(4)) {
                Callable<X509Certificate> open = () -> Authority.open(place).certificate();
                for (Future<X509Certificate> each : threads.invokeAll(List.of(open, open, open, open))) found.add(each.get());
            }
            assertEquals(1, found.size());
            assertEquals(found.iterator().next(), Authority.open(place).certificate());
        }
    }

    @Test void modesThatLetOthersReadArePutRight() throws IOException {
        X509Certificate certificate = Authority.open(home()).certificate();
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(home(), PosixFilePermissions.fromString("rwxrwxr-x"));
        assertEquals(certificate, Authority.open(home()).certificate());
        assertEquals("rw-------", mode(file()));
        assertEquals("rwx------", mode(home()));
    }

    @Test void aKeyThatOthersCouldWriteIsRefused() throws IOException {
        Authority.open(home());
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-rw-"));
        assertEquals("authority.others-write", problem());
    }

    @Test void aKeyOfSomebodyElseIsRefused() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root gives files away");
        Authority.open(home());
        Files.setOwner(file(), file().getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        assertEquals("authority.not-ours", problem());
    }

    private String problem() {
        var problem = assertThrows(ProblemException.class, () -> Authority.open(home())).problem();
        assertFalse(problem.remedies().isEmpty());
        return problem.id();
    }

    @Test void damageIsSaidAndNothingIsOverwritten() throws IOException {
        Authority.open(home());
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length < whole.length - 2; length += 17) {
            Files.write(file(), Arrays.copyOf(whole, length));
            assertEquals("authority.damaged", problem(), "cut at " + length);
            assertEquals(length, Files.size(file()));
        }
        var random = new Random(5);
        for (int round = 0; round < 300; round++) {
            byte[] bytes = whole.clone();
            for (int i = 0; i <= round % 3; i++) bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            Files.write(file(), bytes);
            try {
                Authority.open(home()).leafFor("localhost", Optional.empty());
            } catch (ProblemException e) {
                assertEquals("authority.damaged", e.problem().id());
            }
        }
        Files.write(file(), new byte[100_000]);
        assertEquals("authority.too-large", problem());
        String own = new String(whole, StandardCharsets.US_ASCII);
        Authority.open(folder.resolve("other"));
        String other = Files.readString(folder.resolve("other").resolve("authority.pem"));
        Files.writeString(file(), own.substring(0, own.indexOf("-----BEGIN CERT")) + other.substring(other.indexOf("-----BEGIN CERT")));
        assertEquals("authority.damaged", problem(), "the key of another certificate");
    }

    @Test void oneThatEndsGivesWay() throws IOException {
        var then = Instant.parse("2024-01-01T00:00:00Z");
        X509Certificate old = Authority.open(home(), InstantSource.fixed(then), 10).certificate();
        assertEquals(old, Authority.open(home(), InstantSource.fixed(then.plus(Duration.ofDays(900))), 10).certificate());
        X509Certificate next = Authority.open(home(), InstantSource.fixed(then.plus(Duration.ofDays(1080))), 10).certificate();
        assertNotEquals(old, next);
        assertTrue(next.getNotAfter().after(old.getNotAfter()));
    }

    @Test void aLeafIsWhatStrictClientsWant() throws Exception {
        Authority authority = Authority.open(home());
        Leaf leaf = authority.leafFor("api.example.com", Optional.empty());
        X509Certificate certificate = leaf.certificate();
        assertEquals(List.of(certificate, authority.certificate()), leaf.chain());
        certificate.verify(authority.certificate().getPublicKey());
        Instant from = certificate.getNotBefore().toInstant();
        assertTrue(from.isBefore(Instant.now().minus(Duration.ofHours(47))));
        assertTrue(Duration.between(from, certificate.getNotAfter().toInstant()).compareTo(Duration.ofDays(90)) <= 0);
        assertFalse(from.isBefore(authority.certificate().getNotBefore().toInstant()));
        assertEquals(List.of("1.3.6.1.5.5.7.3.1"), certificate.getExtendedKeyUsage());
        assertEquals(-1, certificate.getBasicConstraints());
        assertTrue(certificate.getKeyUsage()[0]);
        assertFalse(certificate.getKeyUsage()[5]);
        assertNotEquals(authority.certificate().getPublicKey(), certificate.getPublicKey());
        byte[] identifier = authority.certificate().getExtensionValue(KEY_IDENTIFIER);
        byte[] copied = certificate.getExtensionValue(AUTHORITY_IDENTIFIER);
        assertArrayEquals(Arrays.copyOfRange(identifier, identifier.length - 20, identifier.length), Arrays.copyOfRange(copied, copied.length - 20, copied.length));
        assertFalse(Arrays.equals(identifier, certificate.getExtensionValue(KEY_IDENTIFIER)));
        assertTrue(certificate.getSerialNumber().signum() > 0 && certificate.getSerialNumber().bitLength() > 100);
        assertEquals("CN=api.example.com", certificate.getSubjectX500Principal().getName());
    }

    @Test void leavesAreKeptUntilTheyNearTheirEnd() throws IOException {
        var now = new Object() {
            Instant time = Instant.now();
        };
        Authority authority = Authority.open(home(), () -> now.time, 3);
        Leaf first = authority.leafFor("a.test", Optional.empty());
        assertSame(first, authority.leafFor("A.TEST.", Optional.empty()));
        assertNotSame(first, authority.leafFor("a.test", Optional.of(authority.leafFor("b.test", Optional.empty()).certificate())));
        now.time = now.time.plus(Duration.ofDays(70));
        assertSame(first, authority.leafFor("a.test", Optional.empty()));
        now.time = now.time.plus(Duration.ofDays(12));
        assertNotSame(first, authority.leafFor("a.test", Optional.empty()));
        for (int i = 0; i < 20; i++) authority.leafFor("n" + i + ".test", Optional.empty());
        assertEquals(3, authority.kept());
    }

    @Test void manyThreadsGetOneLeafEach() throws Exception {
        Authority authority = Authority.open(home());
        var leaves = new HashSet<Leaf>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            var work = new ArrayList<Callable<Leaf>>();
            for (int i = 0; i < 200; i++) {
                int number = i % 5;
                work.add(() -> authority.leafFor("host" + number, Optional.empty()));
            }
            for (Future<Leaf> each : threads.invokeAll(work)) leaves.add(each.get());
        }
        assertEquals(5, leaves.size());
    }

    @Test void alternativesAreCriticalWhereTheSubjectIsEmpty() throws IOException {
        String host = "a".repeat(40) + "." + "b".repeat(40) + ".example";
        X509Certificate certificate = Authority.open(home()).leafFor(host, Optional.empty()).certificate();
        assertEquals("", certificate.getSubjectX500Principal().getName());
        assertTrue(certificate.getCriticalExtensionOIDs().contains(ALTERNATIVES));
    }
}
