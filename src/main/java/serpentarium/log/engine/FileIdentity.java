package serpentarium.log.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/// Which file it is, whatever it is called. A number of an inode alone is not enough: the file system gives it to the next file as soon as this one
/// is gone.
///
/// @param key   device and inode, where the file system has them, or else the empty text
/// @param birth when the file was made; [Instant#EPOCH] where nobody knows
public record FileIdentity(String key, Instant birth) {
    /// What a file system says of the file of this name.
    ///
    /// @throws java.nio.file.NoSuchFileException where there is none
    public static FileIdentity of(Path file) throws IOException {
        return of(Files.readAttributes(file, BasicFileAttributes.class));
    }

    /// What a file system says of a file.
    public static FileIdentity of(BasicFileAttributes attributes) {
        Instant birth = attributes.creationTime().toInstant();
        // Where a file system keeps no time of birth, Java answers with the time of the last change.
        boolean known = !birth.equals(attributes.lastModifiedTime().toInstant()) || attributes.size() == 0;
        Object key = attributes.fileKey();
        return new FileIdentity(key == null ? "" : key.toString(), known ? birth : Instant.EPOCH);
    }

    /// Whether the two may be the same file. Where both have all that is asked for, this is certain.
    public boolean same(FileIdentity other) {
        boolean births = birth.equals(other.birth) || birth.equals(Instant.EPOCH) || other.birth.equals(Instant.EPOCH);
        return key.equals(other.key) && births;
    }
}
