package serpentarium.traffic.engine.trust;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import serpentarium.base.AtomicMove;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;

/// Where the authority's key and certificate are kept: one file, so that there are both or none, of mode 0600 in a folder of mode 0700.
final class AuthorityFile {
    static final String NAME = "authority.pem";

    private static final Strings STRINGS = Strings.of(AuthorityFile.class);
    private static final Logger LOG = LoggerFactory.getLogger(AuthorityFile.class);
    private static final int LARGEST = 64 << 10;
    private static final Set<PosixFilePermission> PRIVATE_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> PRIVATE_FOLDER = PosixFilePermissions.fromString("rwx------");

    private final Path folder;
    private final Path file;
    private final boolean posix;

    /// What the file holds. Its text never shows the key.
    record Content(PrivateKey key, X509Certificate certificate) {
        @Override public String toString() {
            return "Content[" + certificate.getSubjectX500Principal() + "]";
        }
    }

    AuthorityFile(Path folder) {
        this.folder = folder.toAbsolutePath();
        this.file = this.folder.resolve(NAME);
        this.posix = this.folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /// What the file holds, or empty where there is none. Modes that let others in are put right.
    ///
    /// @throws ProblemException when the file is damaged, or others may have written it
    Optional<Content> read() throws IOException {
        if (!Files.isDirectory(folder)) return Optional.empty();
        guard(folder, PRIVATE_FOLDER, false);
        byte[] bytes;
        try {
            guard(file, PRIVATE_FILE, true);
            try (InputStream in = Files.newInputStream(file)) {
                bytes = in.readNBytes(LARGEST + 1);
            }
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
        if (bytes.length > LARGEST) throw damaged("authority.too-large", null);
        return Optional.of(parse(new String(bytes, StandardCharsets.ISO_8859_1)));
    }

    /// Writes the file unless there is one: of two programs that do this at once, one wins, and both go on with what that one wrote.
    ///
    /// @return what stands in the file afterwards
    Content write(Content made) throws IOException {
        Files.createDirectories(folder, attributes(PRIVATE_FOLDER));
        guard(folder, PRIVATE_FOLDER, false);
        Path written = beside();
        try {
            String text = Pem.text(Pem.PRIVATE_KEY, made.key.getEncoded()) + Pem.text(Pem.CERTIFICATE, Authority.encoded(made.certificate));
            try (var channel = FileChannel.open(written, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes(PRIVATE_FILE))) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) channel.write(bytes);
                channel.force(true);
            }
            publish(written);
        } finally {
            Files.deleteIfExists(written);
        }
        return read().orElseThrow(() -> damaged("authority.damaged", null));
    }

    /// A second name for the file, given only where the name is free, comes into being at once and whole.
    private void publish(Path written) throws IOException {
        try {
            Files.createLink(file, written);
        } catch (FileAlreadyExistsException _) {
            LOG.debug("Another program made the authority at the same time");
        } catch (UnsupportedOperationException | FileSystemException _) {
            // A file system without links: there is a moment in which two could win, and then the later one counts for both after a new start.
            if (!Files.exists(file)) AtomicMove.over(written, file);
        }
    }

    /// Takes an authority away that has ended, unless another one stands there by now.
    void remove(Content old) throws IOException {
        Path away = beside();
        try {
            Files.move(file, away);
            String text = Files.readString(away, StandardCharsets.ISO_8859_1);
            if (!parse(text).certificate.equals(old.certificate)) publish(away);
        } catch (NoSuchFileException _) {
            LOG.debug("Another program took the old authority away");
        } finally {
            Files.deleteIfExists(away);
        }
    }

    private Path beside() {
        return folder.resolve(NAME + "." + ProcessHandle.current().pid() + "-" + new BigInteger(64, new java.security.SecureRandom()).toString(36) + ".new");
    }

    private Content parse(String text) {
        List<Pem.Block> blocks = Pem.blocks(text);
        try {
            PrivateKey key = null;
            X509Certificate certificate = null;
            for (Pem.Block block : blocks) {
                if (block.label().equals(Pem.PRIVATE_KEY) && key == null) key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(block.bytes()));
                if (block.label().equals(Pem.CERTIFICATE) && certificate == null) certificate = Certificates.read(block.bytes());
            }
            if (key == null || certificate == null) throw damaged("authority.damaged", null);
            check(key, certificate);
            return new Content(key, certificate);
        } catch (GeneralSecurityException e) {
            throw damaged("authority.damaged", e);
        }
    }

    private void check(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        boolean[] usage = certificate.getKeyUsage();
        if (certificate.getBasicConstraints() < 0 || usage == null || !usage[5] || !(certificate.getPublicKey() instanceof ECPublicKey)
                || certificate.getExtensionValue("2.5.29.14") == null) throw damaged("authority.damaged", null);
        certificate.verify(certificate.getPublicKey());
        byte[] said = {1, 2, 3};
        var signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(key);
        signer.update(said);
        byte[] signed = signer.sign();
        signer.initVerify(certificate.getPublicKey());
        signer.update(said);
        if (!signer.verify(signed)) throw damaged("authority.damaged", null);
    }

    /// Sees to it that only the user reads a file or folder.
    ///
    /// @param written whether it is refused where others could have written what stands in it
    private void guard(Path path, Set<PosixFilePermission> mode, boolean written) throws IOException {
        if (!posix) return;
        PosixFileAttributes found = Files.readAttributes(path, PosixFileAttributes.class);
        String owner = found.owner().getName();
        Optional<String> user = ProcessHandle.current().info().user();
        if (user.isPresent() && !user.get().equals(owner)) throw new ProblemException(Problem.of(STRINGS, "authority.not-ours", place(path), owner, user.get()));
        var more = EnumSet.copyOf(found.permissions());
        if (written && (more.contains(PosixFilePermission.GROUP_WRITE) || more.contains(PosixFilePermission.OTHERS_WRITE)))
            throw new ProblemException(Problem.of(STRINGS, "authority.others-write", place(path), path.toString()));
        more.removeAll(mode);
        if (more.isEmpty()) return;
        LOG.warn("Others could look into {} ({}); they no longer can", path, PosixFilePermissions.toString(found.permissions()));
        Files.setPosixFilePermissions(path, mode);
    }

    private FileAttribute<?>[] attributes(Set<PosixFilePermission> mode) {
        return posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)} : new FileAttribute<?>[0];
    }

    private ProblemException damaged(String id, Throwable cause) {
        return new ProblemException(Problem.of(STRINGS, id, place(file), file.toString()).causedBy(cause));
    }

    private static Place place(Path path) {
        return Place.of(path.toString());
    }
}
