package serpentarium.python.engine.build;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import serpentarium.base.AtomicMove;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;

/// The folder of source archives that pyenv looks into before it downloads. pyenv uses it only when it is there, and never makes it.
public final class SourceCache {
    private static final Strings STRINGS = Strings.of(SourceCache.class);
    private static final int CHUNK = 256 << 10;

    private final Path folder;

    /// @param folder where the archives are; see [Workshop#cache(BuildOptions)]
    public SourceCache(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /// An archive that was taken in.
    ///
    /// @param definition what it is the source of
    /// @param archive    what the definition says of it
    /// @param file       where it is now
    /// @param already    whether it was there before
    public record Taken(String definition, Archive archive, Path file, boolean already) {}

    /// Where the archives are.
    public Path folder() {
        return folder;
    }

    /// Whether pyenv would use it.
    public boolean exists() {
        return Files.isDirectory(folder);
    }

    /// Makes the folder.
    public void create() throws IOException {
        Files.createDirectories(folder);
    }

    /// The names of the files in it.
    public List<String> names() throws IOException {
        if (!exists()) return List.of();
        var names = new ArrayList<String>();
        try (var entries = Files.newDirectoryStream(folder)) {
            for (Path each : entries) if (Files.isRegularFile(each)) names.add(each.getFileName().toString());
        }
        names.sort(NaturalOrder.ASCENDING);
        return names;
    }

    /// Whether an archive of a definition is there, by name; its checksum is looked at when it is used.
    public boolean has(Definition definition) {
        return definition.archives().stream().anyMatch(each -> Files.isReadable(folder.resolve(each.file())));
    }

    /// The archive that a build takes: the first of the definition's that is in the cache, else the one that pyenv downloads.
    static Optional<Archive> wanted(Workshop workshop, Definition definition, BuildOptions options) {
        boolean xz = Programs.has("xz", workshop.environment());
        Path cache = workshop.cache(options);
        return definition.archives().stream().filter(each -> (xz || !each.xz()) && Files.isReadable(cache.resolve(each.file()))).findFirst()
                .or(() -> definition.archive(xz));
    }

    /// Checks an archive, whatever it is called, against the checksums of all definitions, and copies it into the cache under the name that pyenv looks for.
    /// The folder is made where it is not there. Nothing is left behind when the task is cancelled.
    ///
    /// @throws ProblemException when no definition asks for these bytes
    public Taken take(Path archive, Catalogue catalogue, TaskContext context) throws IOException {
        String name = archive.getFileName().toString();
        if (!Files.isRegularFile(archive)) throw new ProblemException(Problem.of(STRINGS, "cache.no-file", Place.of(archive.toString())));
        long size = Files.size(archive);
        create();
        // Not a file that only its owner may read, as those of the usual temporary kind are: others build from the cache, too.
        Path copy = Files.createFile(folder.resolve(".incoming-" + UUID.randomUUID() + ".part"));
        try {
            String sum;
            try (OutputStream out = Files.newOutputStream(copy)) {
                sum = sum(archive, size, out, context);
            }
            Optional<Definition> definition = catalogue.byChecksum(sum);
            if (definition.isEmpty()) throw refused(archive, name, sum, catalogue);
            Archive found = definition.get().archives().stream().filter(each -> each.sha256().equals(sum)).findFirst().orElseThrow();
            Path target = folder.resolve(found.file());
            boolean already = Files.exists(target) && sum(target, Files.size(target), OutputStream.nullOutputStream(), context).equals(sum);
            if (!already) AtomicMove.over(copy, target);
            return new Taken(definition.get().name(), found, target, already);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private static ProblemException refused(Path archive, String name, String sum, Catalogue catalogue) {
        Optional<Archive> named = catalogue.byArchive(name.endsWith(".tgz") ? name.replaceFirst("tgz$", "tar.gz") : name)
                .flatMap(each -> each.archives().stream().filter(one -> one.file().startsWith(name.replaceFirst("\\.t(ar|gz).*$", ""))).findFirst());
        if (named.isPresent() && !named.get().sha256().isEmpty())
            return new ProblemException(Problem.of(STRINGS, "cache.damaged", Place.of(archive.toString()), named.get().sha256(), sum, named.get().url()));
        return new ProblemException(Problem.of(STRINGS, "cache.nobody", Place.of(archive.toString()), sum));
    }

    /// Whether a file in the cache is what its definition asks for.
    public boolean intact(Archive archive, TaskContext context) throws IOException {
        Path file = folder.resolve(archive.file());
        return Files.isReadable(file) && sum(file, Files.size(file), OutputStream.nullOutputStream(), context).equals(archive.sha256());
    }

    private static String sum(Path file, long size, OutputStream copy, TaskContext context) throws IOException {
        MessageDigest digest = digest();
        byte[] buffer = new byte[CHUNK];
        long done = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read; (read = in.read(buffer)) >= 0; ) {
                context.checkpoint();
                digest.update(buffer, 0, read);
                copy.write(buffer, 0, read);
                done += read;
                context.progress(done, size, Progress.Unit.BYTES);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
