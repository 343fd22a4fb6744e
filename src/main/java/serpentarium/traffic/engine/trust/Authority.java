package serpentarium.traffic.engine.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;

/// The certificate authority of one user on one machine: it speaks for hosts towards clients that were told to believe it.
///
/// Its key is on the curve P-256 and never leaves its file: it is not part of a session, not exported and not logged. Its certificate signs hosts and no
/// other authorities. Safe to use from any thread.
public final class Authority {
    private static final Strings STRINGS = Strings.of(Authority.class);
    private static final int MOST_LEAVES = 1000;
    private static final int LONGEST_KEY = 16 << 10;
    /// An authority that ends within this time gives way to a new one when it is opened.
    private static final Duration RENEWED = Duration.ofDays(100);
    private static final Duration LEAF_RENEWED = Duration.ofDays(7);
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private final AuthorityFile.Content content;
    private final Certificates certificates;
    private final InstantSource clock;
    private final int mostLeaves;
    private final LinkedHashMap<String, Slot> slots = new LinkedHashMap<>(64, 0.75f, true);

    private Authority(AuthorityFile.Content content, Certificates certificates, InstantSource clock, int mostLeaves) {
        this.content = content;
        this.certificates = certificates;
        this.clock = clock;
        this.mostLeaves = mostLeaves;
    }

    /// The authority whose key lies in a folder; it is made where there is none, and anew when it is about to end. Two programs that do this at once get the
    /// same one.
    ///
    /// @throws ProblemException when the file is damaged, or belongs to or was open to others, with what to do
    public static Authority open(Path folder) throws IOException {
        return open(folder, InstantSource.system(), MOST_LEAVES);
    }

    /// The same by another clock and with another number of certificates kept.
    static Authority open(Path folder, InstantSource clock, int mostLeaves) throws IOException {
        var file = new AuthorityFile(folder);
        var certificates = new Certificates();
        Optional<AuthorityFile.Content> found = file.read();
        if (found.isPresent() && ends(found.get().certificate(), clock, RENEWED)) {
            file.remove(found.get());
            found = file.read();
        }
        AuthorityFile.Content content = found.isPresent() ? found.get() : file.write(make(certificates, clock, folder));
        return new Authority(content, certificates, clock, mostLeaves);
    }

    private static AuthorityFile.Content make(Certificates certificates, InstantSource clock, Path folder) throws IOException {
        try {
            KeyPair keys = certificates.keyPair();
            return new AuthorityFile.Content(keys.getPrivate(), certificates.authority(keys, hostName(), clock.instant()));
        } catch (GeneralSecurityException e) {
            throw new ProblemException(Problem.of(STRINGS, "authority.not-made", Place.of(folder.toString())).causedBy(e));
        }
    }

    private static String hostName() {
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException _) {
            // Not Linux: shells and Windows say it in the environment. Asking the network could take long.
            String name = System.getenv().getOrDefault("COMPUTERNAME", System.getenv().getOrDefault("HOSTNAME", ""));
            return name.isBlank() ? "this-computer" : name;
        }
    }

    private static boolean ends(X509Certificate certificate, InstantSource clock, Duration within) {
        return !certificate.getNotAfter().toInstant().isAfter(clock.instant().plus(within));
    }

    /// The authority's own certificate, which clients are told to believe.
    public X509Certificate certificate() {
        return content.certificate();
    }

    /// The certificate as a PEM block, without the key.
    public String pem() {
        return Pem.text(Pem.CERTIFICATE, encoded(content.certificate()));
    }

    /// The SHA-256 of the certificate, as people compare it: `AB:CD:…`.
    public String fingerprint() {
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(sha256(encoded(content.certificate())));
    }

    /// A certificate and key for a host, from the cache where there is one that lasts. Making one takes about 3 ms.
    ///
    /// @param host     as the client named it: a name, an address, with or without brackets; odd ones are made fit
    /// @param upstream what the true server showed, whose names are taken over, where it is known
    public Leaf leafFor(String host, Optional<X509Certificate> upstream) {
        SequencedSet<HostNames.Name> names = HostNames.with(HostNames.of(host), upstream);
        if (names.isEmpty()) names.add(HostNames.fit(host));
        Slot slot;
        synchronized (slots) {
            String key = key(names);
            slot = slots.computeIfAbsent(key, _ -> new Slot(names));
            if (slots.size() > mostLeaves) slots.pollFirstEntry();
        }
        return slot.leaf();
    }

    private static String key(SequencedSet<HostNames.Name> names) {
        var key = new StringBuilder();
        for (HostNames.Name name : names) key.append(name.text()).append(name.ip() ? '/' : ' ');
        // What is long is long because a stranger's certificate has many names: its digest will do.
        return key.length() <= LONGEST_KEY ? key.toString() : HexFormat.of().formatHex(sha256(key.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /// How many certificates are kept.
    int kept() {
        synchronized (slots) {
            return slots.size();
        }
    }

    static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The place of one leaf: who comes first makes it, who comes meanwhile waits for it.
    private final class Slot {
        private final SequencedSet<HostNames.Name> names;
        private Leaf leaf;

        Slot(SequencedSet<HostNames.Name> names) {
            this.names = names;
        }

        synchronized Leaf leaf() {
            if (leaf == null || ends(leaf.certificate(), clock, LEAF_RENEWED)) leaf = make();
            return leaf;
        }

        private Leaf make() {
            try {
                KeyPair keys = certificates.keyPair();
                X509Certificate made = certificates.leaf(names, keys.getPublic(), content.certificate(), content.key(), clock.instant());
                return new Leaf(keys.getPrivate(), List.of(made, content.certificate()));
            } catch (GeneralSecurityException | IOException e) {
                throw new ProblemException(Problem.of(STRINGS, "authority.no-leaf", Place.NOWHERE, names.getFirst().text()).causedBy(e));
            }
        }
    }
}
