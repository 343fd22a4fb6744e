package serpentarium.base;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/// Deletes and copies whole folders. Links are taken as links: what they lead to is not touched.
public final class FolderTree {
    /// What was deleted.
    public record Deleted(long files, long bytes) {}

    private FolderTree() {}

    /// Deletes a folder and all that is in it, folders that may not be written included. Does nothing where there is none.
    ///
    /// @param tick called now and then; may throw to stop
    public static Deleted delete(Path folder, Runnable tick) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) return new Deleted(0, 0);
        long[] sums = new long[2];
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) throws IOException {
                tick.run();
                if (!Files.isWritable(each)) writable(each);
                return FileVisitResult.CONTINUE;
            }

            @Override public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
                remove(each, attributes.isRegularFile() ? attributes.size() : 0);
                return FileVisitResult.CONTINUE;
            }

            @Override public FileVisitResult visitFileFailed(Path each, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) return FileVisitResult.CONTINUE;
                throw failure;
            }

            @Override public FileVisitResult postVisitDirectory(Path each, IOException failure) throws IOException {
                if (failure != null) throw failure;
                remove(each, 0);
                return FileVisitResult.CONTINUE;
            }

            private void remove(Path each, long size) throws IOException {
                if (!Files.deleteIfExists(each)) return;
                sums[0]++;
                sums[1] += size;
            }
        });
        return new Deleted(sums[0], sums[1]);
    }

    private static void writable(Path folder) throws IOException {
        try {
            Set<PosixFilePermission> rights = EnumSet.copyOf(Files.getPosixFilePermissions(folder));
            rights.addAll(EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));
            Files.setPosixFilePermissions(folder, rights);
        } catch (UnsupportedOperationException _) {
            // Without such rights there is nothing to add.
            return;
        }
    }

    /// Makes a second folder with the same files in it (hard links), so that the first can be written over and brought back: programs that install a file
    /// delete the old one first.
    ///
    /// @throws IOException when the file system cannot; what was made is deleted
    public static void link(Path from, Path to) throws IOException {
        boolean done = false;
        try {
            Files.walkFileTree(from, new SimpleFileVisitor<>() {
                @Override public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) throws IOException {
                    Files.createDirectories(to.resolve(from.relativize(each)));
                    return FileVisitResult.CONTINUE;
                }

                @Override public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
                    Path target = to.resolve(from.relativize(each));
                    if (attributes.isSymbolicLink()) Files.createSymbolicLink(target, Files.readSymbolicLink(each));
                    else Files.createLink(target, each);
                    return FileVisitResult.CONTINUE;
                }

                @Override public FileVisitResult postVisitDirectory(Path each, IOException failure) throws IOException {
                    if (failure != null) throw failure;
                    Path target = to.resolve(from.relativize(each));
                    Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(each));
                    Files.setLastModifiedTime(target, Files.getLastModifiedTime(each));
                    return FileVisitResult.CONTINUE;
                }
            });
            done = true;
        } catch (UnsupportedOperationException e) {
            throw new IOException(e);
        } finally {
            if (!done) delete(to, () -> {});
        }
    }
}
