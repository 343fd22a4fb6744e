package serpentarium.python.engine.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.python.Headers;

/// Reads [Facts]. Starts nothing; what is missing or damaged becomes a problem beside the facts that are there.
public final class FactsReader {
    private static final Strings STRINGS = Strings.of(FactsReader.class);
    private static final Pattern BUILT_IN = Pattern.compile("(?m)^\\s*\\{\\s*\"(\\w+)\"\\s*,");

    private final OpenSsl openSsl = new OpenSsl();

    /// The facts of the Python under a prefix.
    ///
    /// @param series     such as `3.11`, where several share a prefix
    /// @param executable its interpreter, where it is known
    /// @return empty when there is no standard library
    public Optional<Facts> read(Path prefix, Optional<String> series, Optional<Path> executable) {
        return Layout.under(prefix.toAbsolutePath().normalize(), series).map(layout -> new Reading(layout, executable).facts());
    }

    private final class Reading {
        private final Layout layout;
        private final Optional<Path> executable;
        private final List<Problem> problems = new ArrayList<>();
        private final SysconfigData data;
        private final Optional<Path> movedFrom;

        Reading(Layout layout, Optional<Path> executable) {
            this.layout = layout;
            this.executable = executable;
            this.data = data().orElse(new SysconfigData(layout.library(), java.util.Map.of()));
            this.movedFrom = data.path("prefix").filter(this::elsewhere);
        }

        private Optional<SysconfigData> data() {
            try {
                Optional<SysconfigData> found = SysconfigData.of(layout.library());
                if (found.isEmpty() && layout.implementation().equals("cpython"))
                    problems.add(Problem.of(STRINGS, "facts.none", Place.of(layout.library().toString())));
                return found;
            } catch (ProblemException e) {
                // PyPy computes what CPython writes down.
                if (layout.implementation().equals("cpython")) problems.add(e.problem());
            } catch (IOException e) {
                problems.add(Problem.of(STRINGS, "facts.unreadable", Place.of(layout.library().toString()), Objects.toString(e.getMessage(), "")));
            }
            return Optional.empty();
        }

        private boolean elsewhere(Path built) {
            if (built.equals(layout.prefix())) return false;
            try {
                return !Files.exists(built) || !built.toRealPath().equals(layout.prefix().toRealPath());
            } catch (IOException _) {
                return true;
            }
        }

        Facts facts() {
            String abiFlags = data.get("ABIFLAGS").orElse(data.flag("Py_DEBUG") && layout.series().startsWith("2") ? "_d" : "");
            boolean freeThreaded = data.flag("Py_GIL_DISABLED") || layout.freeThreaded();
            Optional<String> multiarch = data.get("MULTIARCH");
            Optional<Path> include = include(abiFlags);
            Optional<Path> shared = sharedLibrary();
            Optional<Path> archive = first(data.path("LIBDIR"), data.get("LIBRARY")).or(() -> first(data.path("LIBPL"), data.get("LIBRARY")));
            boolean isShared = data.flag("Py_ENABLE_SHARED") || data.get("PYTHONFRAMEWORK").isPresent();
            Optional<String> suffix = data.get("EXT_SUFFIX").or(() -> data.get("SO"));
            var headers = new Headers(include, include.filter(each -> Files.isRegularFile(each.resolve("Python.h"))).isPresent(),
                    isShared ? shared.or(() -> archive) : archive.or(() -> shared), data.get("SOABI"), suffix);
            List<String> configure = ShellWords.split(data.get("CONFIG_ARGS").orElse(""));
            Set<String> modules = modules(suffix);
            Path dynload = layout.library().resolve("lib-dynload");
            Optional<String> ssl = named(dynload, "_ssl").flatMap(each -> openSsl.of(each, multiarch));
            List<OptionalModule> missing = modules.isEmpty() || !layout.implementation().equals("cpython") ? List.of()
                    : OptionalModule.missing(layout.series(), modules);
            return new Facts(layout, version(include), headers, pyconfig(include, multiarch), isShared, archive, first(data.path("LIBDIR"), Optional.of("libpython3.so")),
                    pkgConfig(), configProgram(abiFlags), abiFlags, multiarch, wheelTag(abiFlags, freeThreaded, multiarch), configure, data.get("CC"),
                    data.get("CFLAGS"), ssl, missing, freeThreaded, data.flag("Py_DEBUG"), configure.stream().anyMatch(each -> each.equals("--enable-optimizations")),
                    movedFrom, problems);
        }

        private String version(Optional<Path> include) {
            var binaries = new ArrayList<Path>();
            first(data.path("LIBDIR"), data.get("INSTSONAME")).ifPresent(binaries::add);
            executable.ifPresent(binaries::add);
            return PatchLevel.version(layout, include, binaries);
        }

        /// A path of the build, in the place where the interpreter stands now; as it is written where that is the one that exists.
        private Optional<Path> here(Path written) {
            Path moved = movedFrom.filter(written::startsWith).map(from -> layout.prefix().resolve(from.relativize(written))).orElse(written);
            return Stream.of(moved, written).filter(Files::exists).findFirst();
        }

        private Optional<Path> include(String abiFlags) {
            Path usual = layout.prefix().resolve("include");
            String name = layout.library().getFileName().toString();
            return data.path("INCLUDEPY").flatMap(this::here).or(() -> Stream.of(name + abiFlags, name, "").map(usual::resolve)
                    .filter(each -> Files.isRegularFile(each.resolve("Python.h"))).findFirst()).filter(Files::isDirectory);
        }

        /// Debian's `pyconfig.h` beside `Python.h` only leads to that of the machine.
        private Optional<Path> pyconfig(Optional<Path> include, Optional<String> multiarch) {
            return include.flatMap(folder -> {
                Stream<Path> own = multiarch.filter(each -> folder.getParent() != null && each.matches("[\\w.-]+"))
                        .map(each -> folder.resolveSibling(each).resolve(folder.getFileName())).stream();
                return Stream.concat(own, Stream.of(folder)).filter(each -> Files.isRegularFile(each.resolve("pyconfig.h"))).findFirst();
            });
        }

        private Optional<Path> sharedLibrary() {
            return first(data.path("LIBDIR"), data.get("LDLIBRARY").filter(each -> !each.endsWith(".a")))
                    .or(() -> first(data.path("LIBDIR"), data.get("INSTSONAME").filter(each -> !each.endsWith(".a"))))
                    .or(() -> first(data.path("PYTHONFRAMEWORKPREFIX"), data.get("LDLIBRARY").filter(_ -> data.get("PYTHONFRAMEWORK").isPresent())));
        }

        private Optional<Path> first(Optional<Path> folder, Optional<String> name) {
            return folder.flatMap(each -> name.filter(text -> !text.contains("\0")).map(each::resolve)).flatMap(this::here).filter(Files::isRegularFile);
        }

        private Optional<Path> pkgConfig() {
            return data.path("LIBPC").flatMap(this::here).or(() -> Optional.of(layout.prefix().resolve("lib/pkgconfig")))
                    .filter(each -> Files.isRegularFile(each.resolve("python-" + layout.series() + ".pc")) || Files.isRegularFile(each.resolve("python3.pc")));
        }

        private Optional<Path> configProgram(String abiFlags) {
            Path bin = layout.prefix().resolve("bin");
            return Stream.of("python" + layout.series() + abiFlags + "-config", "python" + layout.series() + "-config", "python-config", "pypy-config").map(bin::resolve)
                    .filter(Files::isExecutable).findFirst();
        }

        /// The modules that are files, and those that are part of the interpreter: what the build wrote down as built in, less what it made files of.
        private Set<String> modules(Optional<String> suffix) {
            var found = new HashSet<String>();
            for (Path each : Layout.entries(layout.library().resolve("lib-dynload"))) {
                String name = each.getFileName().toString();
                int dot = name.indexOf('.');
                if (dot > 0 && (name.endsWith(".so") || suffix.filter(name::endsWith).isPresent())) found.add(name.substring(0, dot));
            }
            if (data.get("MODBUILT_NAMES").isPresent()) {
                var builtIn = new HashSet<>(data.words("MODBUILT_NAMES"));
                data.words("MODSHARED_NAMES").forEach(builtIn::remove);
                found.addAll(builtIn);
            } else {
                data.path("LIBPL").flatMap(this::here).ifPresent(each -> BUILT_IN.matcher(PatchLevel.text(each.resolve("config.c"))).results()
                        .forEach(match -> found.add(match.group(1))));
            }
            return found;
        }

        private Optional<Path> named(Path folder, String module) {
            return Layout.entries(folder, name -> name.startsWith(module + ".") && name.endsWith(".so")).stream().findFirst();
        }

        private Optional<String> wheelTag(String abiFlags, boolean freeThreaded, Optional<String> multiarch) {
            if (!layout.implementation().equals("cpython") || data.variables().isEmpty()) return Optional.empty();
            String python = "cp" + layout.series().replace(".", "");
            String flags = abiFlags;
            if (layout.series().startsWith("2"))
                flags = (data.flag("Py_DEBUG") ? "d" : "") + (data.flag("WITH_PYMALLOC") ? "m" : "") + ("4".equals(data.variables().get("Py_UNICODE_SIZE")) ? "u" : "");
            else if (freeThreaded && !flags.contains("t")) flags = "t" + flags;
            String abi = python + flags;
            return multiarch.or(() -> data.get("HOST_GNU_TYPE")).filter(each -> each.contains("linux"))
                    .map(each -> python + "-" + abi + "-linux_" + each.substring(0, each.indexOf('-')));
        }
    }
}
