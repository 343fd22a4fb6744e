package serpentarium.python.engine.build;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import serpentarium.base.Strings;

/// Reads what a build says for signs of what goes wrong, and picks the one that explains the failure.
final class DiagnosisReader {
    private static final Strings STRINGS = Strings.of(DiagnosisReader.class);

    /// A line that tells of a cause; what its first group holds is named in the texts.
    private record Sign(BuildCause cause, Pattern pattern) {
        static Sign of(BuildCause cause, String pattern) {
            return new Sign(cause, Pattern.compile(pattern));
        }
    }

    private static final List<Sign> SIGNS = List.of(
            Sign.of(BuildCause.NO_DEFINITION, "definition not found: (.*)"),
            Sign.of(BuildCause.ALREADY_INSTALLED, "^pyenv: (.*) already exists$"),
            Sign.of(BuildCause.NO_EXECUTION, "TMPDIR=(.*) cannot hold executables"),
            Sign.of(BuildCause.NO_TEMPORARY_FOLDER, "TMPDIR=(.*) is set to a non-accessible location"),
            Sign.of(BuildCause.DISK_FULL, "No space left on device|Disk quota exceeded"),
            Sign.of(BuildCause.OUT_OF_MEMORY, "Killed signal terminated program|internal compiler error: Killed|virtual memory exhausted|[Cc]annot allocate memory|out of memory allocating"),
            Sign.of(BuildCause.NO_DOWNLOADER, "error: please install .?aria2c"),
            Sign.of(BuildCause.NO_GIT, "error: please install .git"),
            Sign.of(BuildCause.BAD_CACHE, "checksum mismatch: (/.*) \\(file is corrupt\\)"),
            Sign.of(BuildCause.BAD_DOWNLOAD, "checksum mismatch: ([^/].*) \\(file is corrupt\\)"),
            Sign.of(BuildCause.NO_XZ, "tar \\(child\\): xz: Cannot exec|warning: xz not found"),
            Sign.of(BuildCause.CERTIFICATE, "curl: \\((?:60|77)\\)|certificate verify failed|cannot verify .* certificate"),
            Sign.of(BuildCause.NOT_ON_SERVER, "curl: \\(22\\)|ERROR 404: Not Found"),
            Sign.of(BuildCause.OFFLINE, "curl: \\((?:5|6|7|28|35|52|55|56)\\) ?(.*)|unable to resolve host address|Temporary failure in name resolution|Network is unreachable|errorCode=19"),
            Sign.of(BuildCause.DOWNLOAD, "error: failed to download (.*)"),
            Sign.of(BuildCause.NO_COMPILER, "no acceptable C compiler found"),
            Sign.of(BuildCause.BROKEN_COMPILER, "C compiler cannot create executables|cannot run C compiled programs|C preprocessor .* fails sanity check|cannot compute suffix of"),
            Sign.of(BuildCause.NO_MAKE, "(?:^|\\W)g?make: (?:command )?not found"),
            Sign.of(BuildCause.NO_PATCH, "(?:^|\\W)patch: (?:command )?not found"),
            Sign.of(BuildCause.MISSING_SSL, "ERROR: The Python ssl extension was not compiled|stdlib extension module _ssl\\.\\.\\. missing|^Could not build the ssl module!"),
            Sign.of(BuildCause.MISSING_ZLIB, "zlib not available|ERROR: The Python zlib extension was not compiled|stdlib extension module zlib\\.\\.\\. missing"),
            Sign.of(BuildCause.MISSING_HEADER, "fatal error: '?([\\w./+-]+\\.h)'?(?:: No such file or directory| file not found)"),
            Sign.of(BuildCause.MISSING_LIBRARY, "(?:ld|collect2)\\S*: cannot find -l([\\w+.-]+)|ld: library '?(?:not found for -l)?([\\w+.-]+)"),
            Sign.of(BuildCause.PERMISSION, "^(?!checking ).*?(?:cannot create .* '?(/[^']*?)'?: )?Permission denied"),
            Sign.of(BuildCause.CONFIGURE, "configure: error: (.*)"),
            Sign.of(BuildCause.COMPILE, "^[^:\\s]+\\.[chS](?:pp|c)?:\\d+(?::\\d+)?: (?:fatal )?error: (.*)"));

    private static final Pattern NECESSARY = Pattern.compile("necessary bits to build these|^Failed to build these modules:|^Following modules built successfully but were removed");
    private static final Pattern CONFIGURED = Pattern.compile("^checking for stdlib extension module (\\w+)\\.\\.\\. missing$");
    private static final Pattern WARNED = Pattern.compile("^(?:WARNING|ERROR): The Python (\\w+) extension was not compiled");
    private static final Pattern DOWNLOADING = Pattern.compile("^Downloading (.*)\\.\\.\\.$");

    private final Definition definition;
    private final Map<BuildCause, Found> found = new EnumMap<>(BuildCause.class);
    private final MissingModules missing = new MissingModules();
    private String archive = "";
    private Found lastError = new Found("", -1, "");
    private Found last = new Found("", -1, "");
    private boolean over;
    private boolean list;
    private boolean hopeless;

    private record Found(String line, long number, String detail) {}

    DiagnosisReader(Definition definition) {
        this.definition = definition;
    }

    /// Takes a line.
    ///
    /// @param said whether pyenv itself says it
    void take(BuildLog.Line line, boolean said) {
        String text = line.text();
        // What pyenv says after this repeats the log's last lines.
        if (said && text.startsWith("Last 10 log lines:")) over = true;
        if (said && over) return;
        modules(text);
        Matcher downloading = DOWNLOADING.matcher(text);
        if (downloading.matches()) {
            archive = downloading.group(1);
            boolean other = definition.archives().size() > 1 && definition.archives().getFirst().xz() && archive.endsWith(".tar.gz")
                    && definition.archives().stream().anyMatch(each -> each.file().equals(archive));
            if (other) found.putIfAbsent(BuildCause.NO_XZ, new Found(text, line.number(), definition.archives().getFirst().file()));
        }
        for (Sign each : SIGNS) {
            if (found.containsKey(each.cause)) continue;
            Matcher sign = each.pattern.matcher(text);
            if (sign.find()) found.put(each.cause, new Found(text, line.number(), detail(sign)));
        }
        if (text.isBlank() || text.startsWith("BUILD FAILED") || text.startsWith("Inspect or clean up") || text.startsWith("Results logged to")) return;
        last = new Found(text, line.number(), "");
        if (line.kind() == BuildLog.Kind.ERROR) lastError = last;
    }

    private static String detail(Matcher sign) {
        for (int group = 1; group <= sign.groupCount(); group++) if (sign.group(group) != null) return sign.group(group);
        return "";
    }

    private void modules(String text) {
        Matcher configured = CONFIGURED.matcher(text);
        Matcher warned = WARNED.matcher(text);
        if (configured.matches()) missing.add(configured.group(1));
        else if (warned.find()) missing.add(warned.group(1));
        if (list && (text.isBlank() || text.startsWith("To find the necessary bits"))) list = false;
        else if (list) for (String each : text.strip().split("\\s+")) missing.add(each);
        if (NECESSARY.matcher(text).find()) list = true;
        for (String module : List.of("ssl", "zlib"))
            if (definition.verifies(module) && missing.has(module) && !list) hopeless = true;
    }

    /// Whether the outcome is known: a module is missing without which pyenv gives the finished Python up.
    boolean hopeless() {
        return hopeless;
    }

    /// The modules that are missing, as far as the build has said.
    List<MissingModules.Module> missing() {
        return missing.list();
    }

    /// Why it failed.
    ///
    /// @param cache       where archives are looked for
    /// @param environment the user's variables
    BuildDiagnosis diagnose(int exitCode, boolean early, Path cache, Catalogue near, Map<String, String> environment) {
        BuildCause cause = found.keySet().stream().filter(each -> explains(each, exitCode)).findFirst()
                .orElse(exitCode > 128 ? BuildCause.ENDED : BuildCause.UNKNOWN);
        if (early && !found.containsKey(BuildCause.MISSING_SSL) && missing.has("ssl")) cause = BuildCause.MISSING_SSL;
        if (early && cause != BuildCause.MISSING_SSL && missing.has("zlib")) cause = BuildCause.MISSING_ZLIB;
        Found sign = found.getOrDefault(cause, lastError.number > 0 ? lastError : last);
        Set<Requirement> wanted = wanted(cause, sign);
        String tool = PackageTool.ordered(environment).getFirst().line(wanted);
        var remedies = new ArrayList<BuildDiagnosis.Remedy>();
        if (!tool.isEmpty()) remedies.add(new BuildDiagnosis.Remedy(STRINGS.get("remedy.install"), tool));
        Archive asked = definition.archives().stream().filter(each -> each.file().equals(archive)).findFirst()
                .or(() -> definition.archives().stream().findFirst()).orElse(new Archive("", archive, "", ""));
        Object[] arguments = {sign.detail, asked.file(), asked.sha256(), asked.url(), cache.toString(), definition.name()};
        for (int i = 1; STRINGS.has("diagnosis." + cause + ".remedy." + i); i++)
            remedies.add(new BuildDiagnosis.Remedy(STRINGS.get("diagnosis." + cause + ".remedy." + i, arguments), command(cause, i, sign)));
        // A compiler that is there and does not work is more often told something wrong than half installed.
        if (cause == BuildCause.BROKEN_COMPILER) java.util.Collections.reverse(remedies);
        if (cause == BuildCause.NO_DEFINITION && near != null && near.resolve(sign.detail.strip()) instanceof Choice.Unknown unknown && !unknown.near().isEmpty())
            remedies.addFirst(new BuildDiagnosis.Remedy(STRINGS.get("remedy.near", String.join(", ", unknown.near())), ""));
        String title = cause == BuildCause.UNKNOWN || cause == BuildCause.ENDED ? STRINGS.get("diagnosis." + cause + ".title", exitCode) : STRINGS.get("diagnosis." + cause + ".title", arguments);
        return new BuildDiagnosis(cause, title, sign.line.strip(), sign.number, remedies, wanted, early);
    }

    /// Some signs are harmless by themselves: a header of a module that may be missing, a try of configure.
    private boolean explains(BuildCause cause, int exitCode) {
        return switch (cause) {
            case NO_DEFINITION -> exitCode == 2;
            case NO_XZ, BAD_CACHE, BAD_DOWNLOAD -> found.containsKey(BuildCause.DOWNLOAD) || cause == BuildCause.BAD_DOWNLOAD
                    || found.containsKey(BuildCause.OFFLINE) || found.values().stream().anyMatch(each -> each.line.contains("Cannot exec"));
            case NOT_ON_SERVER, CERTIFICATE, OFFLINE -> found.containsKey(BuildCause.DOWNLOAD) || !found.containsKey(BuildCause.CONFIGURE);
            default -> true;
        };
    }

    private Set<Requirement> wanted(BuildCause cause, Found sign) {
        var wanted = EnumSet.noneOf(Requirement.class);
        switch (cause) {
            case NO_COMPILER, BROKEN_COMPILER -> wanted.add(Requirement.COMPILER);
            case NO_MAKE -> wanted.add(Requirement.MAKE);
            case NO_PATCH -> wanted.add(Requirement.PATCH);
            case NO_DOWNLOADER -> wanted.add(Requirement.DOWNLOADER);
            case NO_GIT -> wanted.add(Requirement.GIT);
            case NO_XZ -> wanted.add(Requirement.XZ);
            case MISSING_SSL -> wanted.add(Requirement.SSL);
            case MISSING_ZLIB -> wanted.add(Requirement.ZLIB);
            case MISSING_HEADER -> Requirement.ofHeader(sign.detail).ifPresent(wanted::add);
            case MISSING_LIBRARY -> library(sign.detail).ifPresent(wanted::add);
            default -> wanted.clear();
        }
        // Who installs the one may as well install the others that the build has missed.
        if (cause == BuildCause.MISSING_SSL || cause == BuildCause.MISSING_ZLIB)
            missing.list().stream().map(MissingModules.Module::requirement).flatMap(Optional::stream).filter(each -> each.weight() != Requirement.Weight.RARE).forEach(wanted::add);
        return wanted;
    }

    private static Optional<Requirement> library(String name) {
        return switch (name) {
            case "ssl", "crypto" -> Optional.of(Requirement.SSL);
            case "z" -> Optional.of(Requirement.ZLIB);
            case "ffi" -> Optional.of(Requirement.FFI);
            case "bz2" -> Optional.of(Requirement.BZIP2);
            case "lzma" -> Optional.of(Requirement.LZMA);
            case "readline" -> Optional.of(Requirement.READLINE);
            case "sqlite3" -> Optional.of(Requirement.SQLITE);
            case "ncurses", "ncursesw", "tinfo" -> Optional.of(Requirement.CURSES);
            default -> Optional.empty();
        };
    }

    private static String command(BuildCause cause, int remedy, Found sign) {
        return switch (cause) {
            case BAD_CACHE -> remedy == 1 ? "rm '" + sign.detail.replace("'", "'\\''") + "'" : "";
            case NO_DEFINITION -> remedy == 1 ? "git -C \"$PYENV_ROOT\" pull" : "";
            default -> "";
        };
    }
}
