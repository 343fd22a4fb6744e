package serpentarium.traffic.engine.trust;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Stream;
import serpentarium.base.AtomicMove;

/// One file with everything that a client is to believe: roots that it believed before, and an authority. The variables that name such a file replace what a
/// client believes, so that the authority alone would not do.
///
/// It is a file of our own, readable by all because programs of other users may be run with it; the roots' own files are only read.
///
/// @param file         the bundle, in PEM
/// @param authority    a file with the authority alone, for programs that add to what they believe
/// @param sources      the files whose roots were taken
/// @param certificates how many certificates the bundle holds
public record TrustBundle(Path file, Path authority, List<Path> sources, int certificates) {
    private static final int LARGEST = 16 << 20;
    /// Where systems keep their roots: Debian, Fedora, SUSE, Alpine and macOS.
    private static final List<String> SYSTEM = List.of("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
            "/etc/ssl/cert.pem");
    /// Variables by which a user may have told clients already what else to believe.
    private static final List<String> OWN = List.of("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "PIP_CERT");

    public TrustBundle {
        sources = List.copyOf(sources);
    }

    /// The bundle for an interpreter: its roots, those of the files that the environment names, and the authority. It is written anew only where what it is
    /// made of has changed.
    ///
    /// @param folder      where bundles are kept, our own
    /// @param environment the user's
    public static TrustBundle of(Path folder, Authority authority, Optional<Interpreter> interpreter, Map<String, String> environment) throws IOException {
        Path home = folder.toAbsolutePath();
        closed(home);
        var sources = new LinkedHashSet<Path>();
        Stream.concat(interpreter.flatMap(Interpreter::roots).stream(), SYSTEM.stream().map(Path::of)).filter(each -> holdsCertificates(home, each)).findFirst()
                .ifPresent(sources::add);
        for (String name : OWN) file(environment.get(name)).filter(each -> holdsCertificates(home, each)).ifPresent(sources::add);
        SequencedSet<String> blocks = new LinkedHashSet<>();
        blocks.add(authority.pem());
        for (Path source : sources) blocks.addAll(certificates(source));
        Path alone = publish(home, "authority.pem", authority.pem());
        String name = interpreter.map(each -> "python-" + each.version().replaceAll("[^0-9A-Za-z.]", "") + "-").orElse("system-") + digest(sources) + ".pem";
        return new TrustBundle(publish(home, name, String.join("", blocks)), alone, List.copyOf(sources), blocks.size());
    }

    /// Whether a file of roots holds a certificate.
    ///
    /// @return empty when the file cannot be read
    static Optional<Boolean> holds(Path file, X509Certificate certificate) {
        try {
            return Optional.of(certificates(file).contains(Pem.text(Pem.CERTIFICATE, Authority.encoded(certificate))));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// Whether a file of roots holds another authority of this program: an earlier one, or that of another machine.
    static boolean holdsNamesake(Path file, X509Certificate certificate) throws IOException {
        for (String block : certificates(file)) {
            try {
                X509Certificate each = Certificates.read(block.getBytes(StandardCharsets.US_ASCII));
                if (!each.equals(certificate) && each.getSubjectX500Principal().getName().contains("O=Serpentarium")) return true;
            } catch (CertificateException _) {
                // Among what a system believes there may be what this program cannot read.
                continue;
            }
        }
        return false;
    }

    private static boolean holdsCertificates(Path home, Path file) {
        try {
            return !file.startsWith(home) && !file.toRealPath().startsWith(home) && !certificates(file).isEmpty();
        } catch (IOException _) {
            return false;
        }
    }

    private static Optional<Path> file(String value) {
        try {
            return value == null || value.isBlank() ? Optional.empty() : Optional.of(Path.of(value).toAbsolutePath());
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    /// The certificates of a file, each as a block of its own in one form, so that what stands between and after them does no harm.
    private static List<String> certificates(Path file) throws IOException {
        if (!Files.isRegularFile(file)) return List.of();
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST);
        }
        var found = new ArrayList<String>();
        for (Pem.Block block : Pem.blocks(new String(bytes, StandardCharsets.ISO_8859_1)))
            if (block.label().equals(Pem.CERTIFICATE) && block.bytes().length > 0) found.add(Pem.text(Pem.CERTIFICATE, block.bytes()));
        return found;
    }

    private static String digest(SequencedSet<Path> sources) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Authority.sha256(sources.toString().getBytes(StandardCharsets.UTF_8))).substring(0, 10)
                .replaceAll("[-_]", "x");
    }

    /// Makes our folder, in which nobody else writes: who could swap a bundle would say whom programs believe.
    private static void closed(Path home) throws IOException {
        Files.createDirectories(home);
        if (!home.getFileSystem().supportedFileAttributeViews().contains("posix")) return;
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(home);
        if (mode.contains(PosixFilePermission.GROUP_WRITE) || mode.contains(PosixFilePermission.OTHERS_WRITE))
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path publish(Path home, String name, String text) throws IOException {
        Path file = home.resolve(name);
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        if (Files.isRegularFile(file) && Files.size(file) == bytes.length && Arrays.equals(Files.readAllBytes(file), bytes)) return file;
        Path beside = Files.createTempFile(home, name, ".new");
        try {
            Files.write(beside, bytes);
            if (home.getFileSystem().supportedFileAttributeViews().contains("posix"))
                Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-r--r--"));
            AtomicMove.over(beside, file);
        } finally {
            Files.deleteIfExists(beside);
        }
        return file;
    }
}
