package serpentarium.python.engine.build;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;

/// What stands in the way of a build, found in milliseconds and without starting anything.
///
/// @param checks  what was looked at, the worst first
/// @param missing what packages would bring
public record Preflight(List<Check> checks, Set<Requirement> missing) {
    private static final Strings STRINGS = Strings.of(Preflight.class);
    /// What a build of 3.13 takes while it runs, and what stays, with some to spare.
    private static final long SCRATCH_BYTES = 600L << 20;
    private static final long INSTALLED_BYTES = 400L << 20;
    private static final Pattern VERSION = Pattern.compile("^(\\d)\\.(\\d+)");

    public Preflight {
        checks = List.copyOf(checks);
        missing = Set.copyOf(missing);
    }

    /// What was looked at.
    ///
    /// @param id          names it: a requirement's name in lower case, `space`, `execute`, `writable`, `cache`, `installed`
    /// @param verdict     how it is
    /// @param sentence    for a person
    /// @param requirement what is missing, where a package brings it
    public record Check(String id, Verdict verdict, String sentence, Optional<Requirement> requirement) {}

    /// How something is. The order is that of [Preflight#checks()].
    public enum Verdict {
        /// The build would fail.
        STOPS,
        /// The Python would lack something.
        LACKS,
        /// Worth knowing.
        NOTE,
        /// As it should be.
        GOOD
    }

    /// Whether the build would fail.
    public boolean stops() {
        return checks.stream().anyMatch(each -> each.verdict == Verdict.STOPS);
    }

    /// One line a tool that brings all that is missing, that of this machine first; empty where nothing is missing.
    public Map<PackageTool, String> lines(Map<String, String> environment) {
        var lines = new LinkedHashMap<PackageTool, String>();
        for (PackageTool tool : PackageTool.ordered(environment)) {
            String line = tool.line(missing);
            if (!line.isEmpty()) lines.put(tool, line);
        }
        return lines;
    }

    /// Looks at this machine.
    public static Preflight of(Workshop workshop, Definition definition, BuildOptions options) {
        return of(workshop, definition, options, Path.of("/"), MountPoint.TABLE);
    }

    /// @param system the root of the file system in which headers are looked for
    /// @param mounts the table of mounts
    static Preflight of(Workshop workshop, Definition definition, BuildOptions options, Path system, Path mounts) {
        var looks = new Looks(workshop, definition, options);
        looks.programs();
        if (definition.kind() == Definition.Kind.SOURCE || definition.kind() == Definition.Kind.REPOSITORY) looks.headers(HeaderSearch.of(system, workshop.environment()));
        looks.places(mounts);
        looks.archive();
        looks.installed();
        looks.checks.sort(java.util.Comparator.comparing(Check::verdict));
        return new Preflight(looks.checks, looks.missing);
    }

    private static final class Looks {
        private final Workshop workshop;
        private final Definition definition;
        private final BuildOptions options;
        private final Map<String, String> environment;
        private final List<Check> checks = new ArrayList<>();
        private final Set<Requirement> missing = EnumSet.noneOf(Requirement.class);

        Looks(Workshop workshop, Definition definition, BuildOptions options) {
            this.workshop = workshop;
            this.definition = definition;
            this.options = options;
            this.environment = workshop.environment();
        }

        private void programs() {
            boolean source = definition.kind() == Definition.Kind.SOURCE || definition.kind() == Definition.Kind.REPOSITORY;
            if (source) {
                compiler();
                program(Requirement.MAKE, environment.getOrDefault("MAKE", "make"), "gmake");
            }
            if (definition.patched() && source) program(Requirement.PATCH, "patch", "gpatch");
            if (definition.kind() == Definition.Kind.REPOSITORY) program(Requirement.GIT, "git");
            boolean xz = Programs.has("xz", environment);
            boolean cached = definition.archive(xz).filter(this::cached).isPresent();
            if (!cached && definition.kind() != Definition.Kind.REPOSITORY) program(Requirement.DOWNLOADER, "curl", "aria2c", "wget");
            if (!xz && definition.archives().stream().anyMatch(Archive::xz)) lacks(Requirement.XZ, "preflight.xz");
            if (definition.archive(xz).filter(each -> each.file().endsWith(".bz2")).isPresent()) program(Requirement.BZIP2_PROGRAM, "bzip2");
        }

        private void compiler() {
            String own = environment.getOrDefault("CC", "").strip().split("\\s+")[0];
            List<String> names = own.isEmpty() ? List.of("gcc", "cc", "clang") : List.of(own);
            Optional<Path> found = names.stream().map(this::at).flatMap(Optional::stream).findFirst();
            if (found.isPresent()) good("compiler", STRINGS.get("preflight.program.good", found.get().toString()));
            else stops(Requirement.COMPILER, STRINGS.get("preflight.compiler", String.join(", ", names)));
        }

        private void program(Requirement requirement, String... names) {
            for (String name : names) {
                Optional<Path> found = at(name);
                if (found.isEmpty()) continue;
                good(id(requirement), STRINGS.get("preflight.program.good", found.get().toString()));
                return;
            }
            stops(requirement, STRINGS.get("preflight.program", String.join(", ", names)));
        }

        private Optional<Path> at(String name) {
            if (!name.contains("/")) return Programs.find(name, environment);
            return Optional.of(Path.of(name)).filter(Files::isExecutable);
        }

        private void headers(HeaderSearch search) {
            Matcher version = VERSION.matcher(definition.name());
            int number = version.find() ? Integer.parseInt(version.group(1)) * 100 + Integer.parseInt(version.group(2)) : 312;
            for (Requirement each : Requirement.values()) {
                if (each.headers().isEmpty() || !each.concerns(number)) continue;
                Optional<Path> header = search.find(each.headers());
                if (header.isPresent()) {
                    if (each != Requirement.COMPILER) good(id(each), STRINGS.get("preflight.header.good", header.get().toString()));
                } else if (each == Requirement.COMPILER) {
                    stops(each, STRINGS.get("preflight.libc"));
                } else if (each.weight() == Requirement.Weight.FATAL) {
                    stops(each, STRINGS.get("preflight.header.fatal", each.headers().getFirst(), each.modules().getFirst()));
                } else {
                    missing.add(each);
                    Verdict verdict = each.weight() == Requirement.Weight.USUAL ? Verdict.LACKS : Verdict.NOTE;
                    checks.add(new Check(id(each), verdict, STRINGS.get("preflight.header", each.headers().getFirst(), each.modules().getFirst()), Optional.of(each)));
                }
            }
        }

        private void places(Path mounts) {
            Path versions = MountPoint.existing(workshop.versions());
            if (!Files.isWritable(versions)) plain("writable", Verdict.STOPS, STRINGS.get("preflight.writable", versions.toString()));
            Optional<MountPoint> mount = MountPoint.of(mounts, workshop.scratch());
            if (mount.filter(MountPoint::noExecution).isPresent())
                plain("execute", Verdict.STOPS, STRINGS.get("preflight.execute", workshop.root().toString(), mount.get().folder().toString()));
            else if (mount.filter(MountPoint::readOnly).isPresent())
                plain("writable", Verdict.STOPS, STRINGS.get("preflight.read-only", mount.get().folder().toString()));
            else good("execute", STRINGS.get("preflight.execute.good", workshop.scratch().toString()));
            try {
                FileStore store = Files.getFileStore(versions);
                long free = store.getUsableSpace();
                long wanted = SCRATCH_BYTES + INSTALLED_BYTES;
                String text = STRINGS.get(free < wanted ? "preflight.space" : "preflight.space.good", Quantity.size(free), Quantity.size(wanted));
                plain("space", free < INSTALLED_BYTES ? Verdict.STOPS : free < wanted ? Verdict.LACKS : Verdict.GOOD, text);
            } catch (IOException _) {
                plain("space", Verdict.NOTE, STRINGS.get("preflight.space.unknown", versions.toString()));
            }
        }

        private boolean cached(Archive archive) {
            return Files.isReadable(workshop.cache(options).resolve(archive.file()));
        }

        private void archive() {
            Optional<Archive> wanted = SourceCache.wanted(workshop, definition, options);
            if (wanted.isEmpty()) return;
            Path file = workshop.cache(options).resolve(wanted.get().file());
            if (Files.isReadable(file)) good("cache", STRINGS.get("preflight.cache.good", file.toString()));
            else plain("cache", Verdict.NOTE, STRINGS.get("preflight.cache", wanted.get().file(), wanted.get().url()));
        }

        private void installed() {
            Path prefix = workshop.versions().resolve(options.installedName(definition.name()));
            if (!Files.isDirectory(prefix)) return;
            boolean again = options.existing() == BuildOptions.Existing.AGAIN;
            String text = !Files.isDirectory(prefix.resolve("bin")) ? "preflight.broken-off" : again ? "preflight.installed.again" : "preflight.installed";
            plain("installed", Verdict.NOTE, STRINGS.get(text, prefix.toString()));
        }

        private void good(String id, String text) {
            plain(id, Verdict.GOOD, text);
        }

        private void plain(String id, Verdict verdict, String text) {
            checks.add(new Check(id, verdict, text, Optional.empty()));
        }

        private void stops(Requirement requirement, String text) {
            missing.add(requirement);
            checks.add(new Check(id(requirement), Verdict.STOPS, text, Optional.of(requirement)));
        }

        private void lacks(Requirement requirement, String text) {
            missing.add(requirement);
            checks.add(new Check(id(requirement), Verdict.LACKS, STRINGS.get(text), Optional.of(requirement)));
        }

        private static String id(Requirement requirement) {
            return requirement.name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
