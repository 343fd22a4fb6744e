package serpentarium.python.engine.build;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import serpentarium.base.FolderTree;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;

/// A version that was moved aside. It can be put back until it is deleted.
public final class Removed {
    private static final Strings STRINGS = Strings.of(Removed.class);

    private final Workshop workshop;
    private final String name;
    private final Path path;
    private final Path aside;
    private boolean deleting;

    Removed(Workshop workshop, String name, Path path, Path aside) {
        this.workshop = workshop;
        this.name = name;
        this.path = path;
        this.aside = aside;
    }

    /// The name that it had in `versions`.
    public String name() {
        return name;
    }

    /// Where it is now.
    public Path aside() {
        return aside;
    }

    /// Puts it back where it was, and makes the shims anew.
    ///
    /// @throws ProblemException when it is being deleted, or another has taken its place
    public synchronized void undo() throws IOException {
        if (deleting || !Files.exists(aside, LinkOption.NOFOLLOW_LINKS)) throw problem("removal.gone");
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) throw problem("removal.taken");
        Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE);
        tidy();
        BuildScratch.rehash(workshop);
    }

    private ProblemException problem(String id) {
        return new ProblemException(Problem.of(STRINGS, id, Place.of(path.toString()), name));
    }

    /// Deletes it for good. What a cancelled task has not deleted is deleted by the next call.
    ///
    /// @return how many bytes were freed
    public long delete(TaskContext context) throws IOException {
        synchronized (this) {
            deleting = true;
        }
        long bytes = FolderTree.delete(aside, context::checkpoint).bytes();
        tidy();
        return bytes;
    }

    private void tidy() throws IOException {
        try (DirectoryStream<Path> rest = Files.newDirectoryStream(workshop.trash())) {
            if (rest.iterator().hasNext()) return;
        }
        Files.deleteIfExists(workshop.trash());
    }
}
