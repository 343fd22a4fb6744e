package serpentarium.python.engine.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The file system that a folder is on, as `/proc/self/mounts` tells it (see fstab(5) for the fields).
///
/// @param folder  where it is mounted
/// @param type    such as `ext4` or `tmpfs`
/// @param options such as `rw,nosuid,noexec`
record MountPoint(Path folder, String type, String options) {
    static final Path TABLE = Path.of("/proc/self/mounts");

    /// The mount that a folder, which need not be there yet, is on. Empty where there is no table.
    static Optional<MountPoint> of(Path table, Path folder) {
        Path real = existing(folder);
        MountPoint best = null;
        try {
            for (String line : Files.readString(table, StandardCharsets.ISO_8859_1).split("\n")) {
                String[] fields = line.split(" ");
                if (fields.length < 4 || !fields[1].startsWith("/")) continue;
                Path mounted = Path.of(fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\"));
                // A later mount at the same place hides the one before.
                if (real.startsWith(mounted) && (best == null || mounted.getNameCount() >= best.folder.getNameCount()))
                    best = new MountPoint(mounted, fields[2], fields[3]);
            }
        } catch (IOException _) {
            return Optional.empty();
        }
        return Optional.ofNullable(best);
    }

    /// The nearest folder above that is there.
    static Path existing(Path folder) {
        for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            if (!Files.exists(at)) continue;
            try {
                return at.toRealPath();
            } catch (IOException _) {
                return at;
            }
        }
        return folder.toAbsolutePath().getRoot();
    }

    /// Whether nothing can be executed from here.
    boolean noExecution() {
        return has("noexec");
    }

    /// Whether nothing can be written here.
    boolean readOnly() {
        return has("ro");
    }

    private boolean has(String option) {
        return java.util.Arrays.asList(options.split(",")).contains(option);
    }
}
