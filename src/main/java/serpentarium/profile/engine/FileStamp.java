package serpentarium.profile.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/// By what one sees that a file was written again, without reading it.
///
/// @param modified when it was last changed, in milliseconds
/// @param size     in bytes
public record FileStamp(long modified, long size) {
    /// The stamp of a file now; empty where there is none or it cannot be looked at.
    public static Optional<FileStamp> of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile() ? Optional.of(new FileStamp(attributes.lastModifiedTime().toMillis(), attributes.size())) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
