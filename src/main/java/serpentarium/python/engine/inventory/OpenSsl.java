package serpentarium.python.engine.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// Which OpenSSL an interpreter's `_ssl` is linked with: the library that it needs is looked for where the loader would, and its own words are read.
public final class OpenSsl {
    private static final Pattern WORDS = Pattern.compile("((?:OpenSSL|LibreSSL) \\d+\\.\\d+[0-9a-z.-]*(?: \\d{1,2} [A-Z][a-z]{2} \\d{4})?)[\0\n]");
    private static final List<String> FOLDERS = List.of("/usr/local/lib", "/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/ssl/lib", "/usr/lib/ssl");

    /// What libraries said, by their path and time, so that versions which share one read it once.
    private final Map<String, Optional<String>> known = new ConcurrentHashMap<>();

    /// The words, such as `OpenSSL 3.0.19 27 Jan 2026`; the library's name where it was not found; empty where the module needs none.
    ///
    /// @param module    `_ssl`
    /// @param multiarch the system's name for the machine, such as `x86_64-linux-gnu`
    Optional<String> of(Path module, Optional<String> multiarch) {
        Optional<ElfFile> linked = ElfFile.read(module);
        if (linked.isEmpty()) return words(module);
        Optional<String> needed = linked.get().needed().stream().filter(each -> each.startsWith("libcrypto") || each.startsWith("libssl")).sorted().findFirst();
        // Linked into the module itself.
        if (needed.isEmpty()) return words(module);
        return folders(module, linked.get(), multiarch).stream().map(each -> each.resolve(needed.get())).filter(Files::isRegularFile).findFirst()
                .flatMap(this::words).or(() -> needed);
    }

    private static List<Path> folders(Path module, ElfFile linked, Optional<String> multiarch) {
        var folders = new ArrayList<Path>();
        String origin = module.toAbsolutePath().getParent().toString();
        for (String each : linked.searchPaths()) {
            String folder = each.replace("${ORIGIN}", origin).replace("$ORIGIN", origin);
            if (folder.startsWith("/") && folder.indexOf('\0') < 0) folders.add(Path.of(folder).normalize());
        }
        multiarch.filter(each -> each.matches("[\\w.-]+")).ifPresent(each -> {
            for (String root : List.of("/usr/local/lib", "/lib", "/usr/lib")) folders.add(Path.of(root, each));
        });
        for (String each : FOLDERS) folders.add(Path.of(each));
        return folders;
    }

    private Optional<String> words(Path library) {
        try {
            Path real = library.toRealPath();
            return known.computeIfAbsent(real + "|" + Files.getLastModifiedTime(real).toMillis(),
                    _ -> BinaryText.find(real, "OpenSSL ", WORDS).or(() -> BinaryText.find(real, "LibreSSL ", WORDS)));
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
