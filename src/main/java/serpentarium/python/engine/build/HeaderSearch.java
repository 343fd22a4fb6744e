package serpentarium.python.engine.build;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where a C compiler looks for headers, found without asking it: the variables that it obeys, the system's folders, those of Homebrew and MacPorts, and
/// the folders of their own in which Tk stands.
final class HeaderSearch {
    private static final Path MACOS_SDK = Path.of("/Library/Developer/CommandLineTools/SDKs/MacOSX.sdk/usr/include");

    private final List<Path> folders;

    private HeaderSearch(Set<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /// @param system      the root of the file system
    /// @param environment the variables of the build
    static HeaderSearch of(Path system, Map<String, String> environment) {
        var folders = new LinkedHashSet<Path>();
        for (String flags : List.of("CPPFLAGS", "CFLAGS", "PYTHON_CFLAGS", "PYTHON_CPPFLAGS"))
            for (String word : environment.getOrDefault(flags, "").split("\\s+")) if (word.startsWith("-I")) path(word.substring(2)).ifPresent(folders::add);
        for (String list : List.of("CPATH", "C_INCLUDE_PATH"))
            for (String each : environment.getOrDefault(list, "").split(":")) path(each).ifPresent(folders::add);
        Path usr = system.resolve("usr");
        folders.add(usr.resolve("local/include"));
        folders.addAll(matching(usr.resolve("include"), "*-linux-*"));
        folders.add(usr.resolve("include"));
        for (Path brew : List.of(system.resolve("opt/homebrew"), usr.resolve("local"), system.resolve("home/linuxbrew/.linuxbrew"))) {
            folders.add(brew.resolve("include"));
            for (Path keg : matching(brew.resolve("opt"), "*")) folders.add(keg.resolve("include"));
        }
        folders.add(system.resolve("opt/local/include"));
        folders.add(system.resolve(Path.of("/").relativize(MACOS_SDK)));
        for (Path each : List.copyOf(folders)) folders.addAll(matching(each, "t{cl,k}*"));
        return new HeaderSearch(folders);
    }

    private static Optional<Path> path(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text).toAbsolutePath());
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private static List<Path> matching(Path folder, String glob) {
        var found = new ArrayList<Path>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
            for (Path each : entries) if (Files.isDirectory(each)) found.add(each);
        } catch (IOException | DirectoryIteratorException _) {
            return List.of();
        }
        return found;
    }

    /// Where one of the headers is.
    Optional<Path> find(List<String> headers) {
        for (String header : headers) {
            for (Path folder : folders) {
                Path file = folder.resolve(header);
                if (Files.isReadable(file) && Files.isRegularFile(file)) return Optional.of(file);
            }
        }
        return Optional.empty();
    }
}
