package serpentarium.log.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/// Which file it is, whatever it is called. A number of an inode alone is not enough: the file system gives it to the next file as soon as this one
/// is gone.
///
/// @param key     device and inode, where the file system has them, or else the empty text
/// @param birth   when the file was made, as far as Java can say
/// @param certain whether that is a time of birth: where a file system keeps none, Java answers with the time of the last change
public record FileIdentity(String key, Instant birth, boolean certain) {
    /// What a file system says of the file of this name.
    ///
    /// @throws java.nio.file.NoSuchFileException where there is none
    public static FileIdentity of(Path file) throws IOException {
        return of(Files.readAttributes(file, BasicFileAttributes.class));
    }

    /// What a file system says of a file.
    public static FileIdentity of(BasicFileAttributes attributes) {
        Instant birth = attributes.creationTime().toInstant();
        Object key = attributes.fileKey();
        return new FileIdentity(key == null ? "" : key.toString(), birth, !birth.equals(attributes.lastModifiedTime().toInstant()));
    }

    /// Whether the two are the same file. Where the time of birth is certain for one of them, the file system keeps it.
    public boolean same(FileIdentity other) {
        return key.equals(other.key) && (birth.equals(other.birth) || !certain && !other.certain);
    }

    /// Key and birth in one, for keeping.
    String text() {
        return key + " " + (certain ? birth : "?");
    }
}
