package serpentarium.python.engine.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a definition without running it: the `install_…` lines with plain names and addresses, in the branch of `case` for this machine. What is put
/// together by code is not guessed at.
final class DefinitionReader {
    private static final int LARGEST = 256 << 10;
    private static final int MOST_LINKS = 4;
    private static final Pattern INSTALL =
            Pattern.compile("^\\s*install_(package|nightly_package|script|zip|jar|git|hg|svn)\\s+\"([^\"]*)\"\\s+\"([^\"]*)\"\\s*(.*)$");
    private static final Pattern DYNAMIC = Pattern.compile("^\\s*(?:\\$\\{?\\w+|\"?\\$\\{\\w+\\[0]}\"?).*verify_py|^\\s*\\$install\\s.*");
    private static final Pattern LINK = Pattern.compile("^\\s*(?:source|\\.)\\s+\"?(?:\\$\\(dirname[^)]*\\)\"?|\\$\\{BASH_SOURCE%/\\*})/\"?([\\w.+-]+)\"?\\s*$");
    private static final Pattern BRANCH = Pattern.compile("^\\s*(?:\"[\\w.-]+\"|'[\\w.-]+'|\\*)(?:\\s*\\|\\s*(?:\"[\\w.-]+\"|'[\\w.-]+'))*\\s*\\)\\s*$");
    private static final Set<String> COMPILING = Set.of("standard", "standard_build", "pypy_builder", "micropython", "jython_builder", "ironpython_builder", "autoconf");

    private final Set<String> machines;

    /// @param system       `os.name`
    /// @param architecture `os.arch`
    DefinitionReader(String system, String architecture) {
        this.machines = machines(system.toLowerCase(Locale.ROOT), architecture);
    }

    /// What the definitions' several vocabularies call a machine.
    private static Set<String> machines(String system, String architecture) {
        boolean arm = architecture.equals("aarch64") || architecture.equals("arm64");
        boolean wide = architecture.equals("amd64") || architecture.equals("x86_64");
        if (system.startsWith("mac"))
            return arm ? Set.of("MacOSX-arm64", "osarm64", "macos-aarch64", "macos_arm64") : Set.of("MacOSX-x86_64", "osx64", "macos-amd64");
        if (arm) return Set.of("Linux-aarch64", "linux-aarch64");
        return wide ? Set.of("Linux-x86_64", "linux64", "linux-amd64") : Set.of("Linux-" + architecture, "linux-" + architecture);
    }

    /// Reads one.
    ///
    /// @throws IOException when the file cannot be read or is far too large
    Definition read(String name, Path file) throws IOException {
        var found = new Found();
        Path at = file;
        for (int links = 0; links < MOST_LINKS && at != null; links++) at = read(at, found);
        Definition.Kind kind = found.repository ? Definition.Kind.REPOSITORY : found.dynamic && found.archives.isEmpty() ? Definition.Kind.UNKNOWN
                : found.steps.stream().anyMatch(COMPILING::contains) ? Definition.Kind.SOURCE
                : found.archives.isEmpty() ? Definition.Kind.UNKNOWN : Definition.Kind.READY;
        boolean patched = Files.isDirectory(file.resolveSibling("patches").resolve(name));
        return new Definition(name, file, kind, found.archives, found.steps, found.freeThreaded, patched);
    }

    private static final class Found {
        private final List<Archive> archives = new ArrayList<>();
        private final List<String> steps = new ArrayList<>();
        private boolean repository;
        private boolean dynamic;
        private boolean freeThreaded;
    }

    /// The definition that this one goes on with, or null.
    private Path read(Path file, Found found) throws IOException {
        if (Files.size(file) > LARGEST) throw new IOException(file + " is too large for a definition");
        boolean applies = true;
        Path next = null;
        // Bytes that are no text stand in comments at most.
        for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\\R")) {
            if (line.startsWith("export PYTHON_BUILD_FREE_THREADING=1")) found.freeThreaded = true;
            Matcher link = LINK.matcher(line);
            if (link.matches()) next = file.resolveSibling(link.group(1));
            if (BRANCH.matcher(line).matches()) applies = machines.stream().anyMatch(each -> line.contains('"' + each + '"') || line.contains("'" + each + "'"));
            else if (line.strip().equals(";;") || line.strip().startsWith("esac")) applies = true;
            else if (applies) install(line, found);
        }
        return next != null && Files.isRegularFile(next) ? next : null;
    }

    private static void install(String line, Found found) {
        if (DYNAMIC.matcher(line).find()) found.dynamic = true;
        Matcher install = INSTALL.matcher(line);
        if (!install.matches() || install.group(4).contains("--if")) return;
        String how = install.group(1);
        String unpacked = install.group(2);
        String[] address = install.group(3).split("#", 2);
        List<String> steps = List.of(install.group(4).replace("\"", "").replace("'", "").strip().split("\\s+"));
        // Old definitions go on with setuptools and pip, which are built by the Python just made.
        if (steps.equals(List.of("python")) || unpacked.startsWith("setuptools-") || unpacked.startsWith("pip-")) return;
        if (found.steps.isEmpty()) found.steps.addAll(steps);
        if (how.equals("git") || how.equals("hg") || how.equals("svn")) found.repository = true;
        else if (unpacked.contains("$") || install.group(3).contains("$")) found.dynamic = true;
        else found.archives.add(new Archive(unpacked, file(how, unpacked, address[0]), address[0], address.length > 1 ? address[1] : ""));
    }

    /// The name in the cache, which is made of the folder's, not of the address.
    private static String file(String how, String unpacked, String url) {
        return unpacked + switch (how) {
            case "script" -> ".sh";
            case "zip" -> ".zip";
            case "jar" -> ".jar";
            default -> url.endsWith("bz2") ? ".tar.bz2" : url.endsWith("xz") ? ".tar.xz" : ".tar.gz";
        };
    }
}
