package serpentarium.python.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import serpentarium.python.Launch;
import serpentarium.python.Trouble;
import serpentarium.python.Trouble.Kind;

/// What is wrong with pyenv's root and with the PATH, whatever the folder.
final class RootCheck {
    /// A rehash gives up after a minute; a lock that is older than two is nobody's.
    private static final Duration STALE = Duration.ofMinutes(2);
    private static final List<String> PYTHONS = List.of("python3", "python");

    private final Surroundings surroundings;
    private final PyenvRoot root;
    private final Optional<Path> program;

    RootCheck(Surroundings surroundings, PyenvRoot root, Optional<Path> program) {
        this.surroundings = surroundings;
        this.root = root;
        this.program = program;
    }

    List<Trouble> troubles() {
        var troubles = new ArrayList<Trouble>();
        Optional<Trouble> folder = folder(root.path());
        if (folder.isPresent()) {
            troubles.add(folder.get());
            if (!Files.exists(root.path()) && program.isEmpty()) troubles.set(0, Trouble.at(Kind.NO_PYENV, root.path(), Map.of()));
        } else {
            versions(troubles);
            if (program.isEmpty()) troubles.add(Trouble.at(Kind.NO_PROGRAM, root.path(), Map.of()));
            lock(troubles);
        }
        program.filter(file -> !script(file)).ifPresent(file -> troubles.add(Trouble.at(Kind.OTHER_PYENV, file, Map.of())));
        path(troubles, folder.isEmpty());
        return List.copyOf(troubles);
    }

    /// Why something is no folder that can be read; empty when it is one.
    private static Optional<Trouble> folder(Path folder) {
        if (Files.isDirectory(folder)) {
            return Files.isReadable(folder) && Files.isExecutable(folder) ? Optional.empty()
                    : Optional.of(Trouble.at(Kind.UNREADABLE, folder, Map.of("reason", "permission")));
        }
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) return Optional.of(Trouble.at(Kind.NO_VERSIONS, folder, Map.of()));
        return Optional.of(Files.exists(folder) ? Trouble.at(Kind.NOT_A_FOLDER, folder, Map.of()) : broken(folder));
    }

    private static Trouble broken(Path link) {
        try {
            return Trouble.at(Kind.BROKEN_LINK, link, Map.of("target", Files.readSymbolicLink(link).toString()));
        } catch (IOException e) {
            return Trouble.at(Kind.UNREADABLE, link, Map.of("reason", String.valueOf(e.getMessage())));
        }
    }

    private void versions(List<Trouble> troubles) {
        Path versions = root.versionsFolder();
        Optional<Trouble> folder = folder(versions);
        if (folder.isPresent()) {
            troubles.add(folder.get());
            return;
        }
        boolean any = false;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(versions)) {
            for (Path entry : entries) {
                any = any || Files.isDirectory(entry);
                version(entry, troubles);
            }
        } catch (IOException | DirectoryIteratorException e) {
            troubles.add(Trouble.at(Kind.UNREADABLE, versions, Map.of("reason", String.valueOf(e.getMessage()))));
        }
        if (!any) troubles.add(Trouble.at(Kind.NO_VERSIONS, versions, Map.of()));
    }

    private static void version(Path entry, List<Trouble> troubles) {
        // Whose interpreter can be started has nothing wrong: one question for nearly all.
        if (Files.isExecutable(entry.resolve("bin/python"))) return;
        if (!Files.exists(entry)) {
            troubles.add(broken(entry));
        } else if (Files.isDirectory(entry)) {
            Path bin = entry.resolve("bin");
            boolean closed = !Files.isExecutable(entry) || Files.isDirectory(bin) && !Files.isExecutable(bin);
            String name = entry.getFileName().toString();
            if (closed) troubles.add(Trouble.at(Kind.UNREADABLE, entry, Map.of("reason", "permission")));
            else if (PYTHONS.stream().noneMatch(python -> Files.isExecutable(bin.resolve(python)))) troubles.add(Trouble.at(Kind.PARTIAL, entry, Map.of("name", name)));
        }
    }

    private void lock(List<Trouble> troubles) {
        try {
            Duration age = Duration.between(Files.getLastModifiedTime(root.rehashLock(), LinkOption.NOFOLLOW_LINKS).toInstant(), Instant.now());
            if (age.compareTo(STALE) > 0) troubles.add(Trouble.at(Kind.STALE_LOCK, root.rehashLock(), Map.of("seconds", String.valueOf(age.toSeconds()))));
        } catch (IOException _) {
            // No lock, which is how it should be.
            return;
        }
    }

    private static boolean script(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(2), java.nio.charset.StandardCharsets.ISO_8859_1).equals("#!");
        } catch (IOException _) {
            return true;
        }
    }

    private void path(List<Trouble> troubles, boolean there) {
        List<String> entries = surroundings.pathEntries();
        for (String entry : entries) if (entry.startsWith("~")) troubles.add(new Trouble(Kind.LITERAL_TILDE, Optional.empty(), Map.of("entry", entry)));
        if (!there || program.isEmpty()) return;
        int shims = entries.stream().map(entry -> entry.endsWith("/") ? entry.substring(0, entry.length() - 1) : entry).toList().indexOf(root.shims().toString());
        for (String command : PYTHONS) {
            for (int i = 0; i < (shims < 0 ? entries.size() : shims); i++) {
                String folder = entries.get(i);
                Optional<Path> found = folder.startsWith("~") ? Optional.empty() : SearchPath.program(folder, command, Path.of("").toAbsolutePath());
                if (found.isEmpty()) continue;
                boolean venv = surroundings.virtualEnv().map(env -> env.resolve("bin").toString().equals(folder)).orElse(false);
                Kind kind = venv ? Kind.ACTIVE_VENV : shims < 0 ? Kind.NO_SHIMS : Kind.SHIMS_BEHIND;
                troubles.add(new Trouble(kind, Optional.of(root.shims()), Map.of("folder", folder, "command", command, "executable", found.get().toString())));
                return;
            }
        }
        if (shims < 0) troubles.add(Trouble.at(Kind.NO_SHIMS, root.shims(), Map.of()));
    }

    /// The commands that a chosen version has and that have no shim.
    static List<Trouble> atStart(PyenvRoot root, Map<String, Launch> launches) {
        if (!Files.isDirectory(root.shims())) return List.of();
        return launches.entrySet().stream().filter(each -> each.getValue().version().isPresent() && !Files.exists(root.shims().resolve(each.getKey())))
                .map(each -> Trouble.at(Kind.SHIM_MISSING, root.shims().resolve(each.getKey()), Map.of("command", each.getKey()))).toList();
    }
}
