package serpentarium.python.engine.build;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import serpentarium.base.FolderTree;
import serpentarium.task.ChildProcess;

/// The temporary folder of one build and what is known of the version that stood in its place: what makes it possible to leave nothing behind.
final class BuildScratch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BuildScratch.class);
    private static final Runnable NEVER_STOPPED = () -> {};
    private static final long REHASH_SECONDS = 20;

    private final Workshop workshop;
    private final Path folder;
    private final Path prefix;
    private final Path earlier;
    private final boolean existed;
    private final boolean linked;
    private boolean keep;

    /// What was cleaned.
    record Cleaned(long files, long bytes, boolean partial, boolean restored) {}

    /// @param existed whether the version's folder is there
    BuildScratch(Workshop workshop, String name, Path prefix, boolean existed) throws IOException {
        this.workshop = workshop;
        this.prefix = prefix;
        this.existed = existed;
        Files.createDirectories(workshop.scratch());
        forgetOrphans();
        this.folder = Files.createTempDirectory(workshop.scratch(), ProcessHandle.current().pid() + "-" + name + "-");
        this.earlier = folder.resolve("earlier");
        this.linked = existed && link();
    }

    private boolean link() {
        try {
            FolderTree.link(prefix, earlier);
            return true;
        } catch (IOException e) {
            LOG.warn("{} cannot be kept aside while it is built again: {}", prefix, e.getMessage());
            return false;
        }
    }

    /// Deletes what builds of a program that has ended without cleaning up have left.
    private void forgetOrphans() throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(workshop.scratch(), "[0-9]*-*")) {
            for (Path each : found) {
                String number = each.getFileName().toString().replaceFirst("-.*", "");
                if (number.matches("\\d{1,10}") && ProcessHandle.of(Long.parseLong(number)).isEmpty()) FolderTree.delete(each, NEVER_STOPPED);
            }
        }
    }

    Path folder() {
        return folder;
    }

    /// The version that was built stays.
    void keep() {
        keep = true;
    }

    /// Takes back what the build has done, after its processes have ended.
    ///
    /// @param shims whether pyenv may have begun to make shims
    Cleaned clean(boolean shims) throws IOException {
        boolean partial = false;
        boolean restored = false;
        if (!keep && existed && linked) {
            // Two renames: the version is away for a moment only.
            if (Files.exists(prefix, LinkOption.NOFOLLOW_LINKS)) Files.move(prefix, folder.resolve("failed"));
            Files.move(earlier, prefix);
            restored = true;
        } else if (!keep && !existed && Files.exists(prefix, LinkOption.NOFOLLOW_LINKS)) {
            FolderTree.delete(prefix, NEVER_STOPPED);
            partial = true;
        }
        FolderTree.Deleted deleted = FolderTree.delete(folder, NEVER_STOPPED);
        if (shims && partial) rehash();
        return new Cleaned(deleted.files(), deleted.bytes(), partial, restored);
    }

    /// The shims of a version that is gone again; the lock that a rehash has left when it was ended would hold up every shell for a minute.
    private void rehash() throws IOException {
        Files.deleteIfExists(workshop.root().resolve("shims").resolve(".pyenv-shim"));
        rehash(workshop);
    }

    /// Makes pyenv's shims anew, in a bounded time.
    static void rehash(Workshop workshop) throws IOException {
        var ended = new CountDownLatch(1);
        var variables = Map.of("PYENV_ROOT", workshop.root().toString(), "PYENV_VERSION", "system");
        ChildProcess child = ChildProcess.start(ChildProcess.Spec.of(workshop.program().toString(), "rehash").in(workshop.root()).without(Set.of("PYENV_DIR"))
                .with(variables).grace(Duration.ofMillis(200)));
        try {
            for (int i = 0; i < REHASH_SECONDS * 50 && child.alive(); i++) ended.await(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            child.kill();
        }
    }

    @Override public void close() throws IOException {
        FolderTree.delete(folder, NEVER_STOPPED);
        // The last one out: other builds may still be in there.
        try (DirectoryStream<Path> rest = Files.newDirectoryStream(workshop.scratch())) {
            if (rest.iterator().hasNext()) return;
        }
        try {
            Files.deleteIfExists(workshop.scratch());
        } catch (FileSystemException e) {
            // Another build has just begun in it, or somebody has mounted something there: it stays.
            LOG.debug("{} stays: {}", workshop.scratch(), e.getMessage());
        }
    }
}
