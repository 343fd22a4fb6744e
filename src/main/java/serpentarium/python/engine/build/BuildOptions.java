package serpentarium.python.engine.build;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// How a Python is built.
///
/// @param existing     what to do when it is installed already
/// @param optimised    profile-guided and link-time optimisations: several times as long to build, ten to thirty percent faster
/// @param shared       libpython as a shared library, which is pyenv's default; else a static one
/// @param debug        with assertions and without optimisations; the version's name ends in `-debug`
/// @param withoutTests leaves out Python's own tests, which are 140 MB (3.10 and later)
/// @param configure    further options of configure, separated by blanks; python-build knows no quotes in them
/// @param jobs         how many compilers run at once; empty for one a core
/// @param mirror       where archives are fetched from, by checksum, before the address of the definition; empty for none
/// @param cache        where archives are kept; empty for `cache` in pyenv's root
public record BuildOptions(Existing existing, boolean optimised, boolean shared, boolean debug, boolean withoutTests, String configure, OptionalInt jobs,
                           String mirror, Optional<Path> cache) {
    /// What to do when the version is installed already.
    public enum Existing {
        /// Leave it.
        SKIP,
        /// Build it again over what is there.
        AGAIN
    }

    public BuildOptions {
        configure = configure.strip();
        mirror = mirror.strip();
    }

    /// What `pyenv install -s` does.
    public static BuildOptions plain() {
        return new BuildOptions(Existing.SKIP, false, true, false, false, "", OptionalInt.empty(), "", Optional.empty());
    }

    /// The same, with another word on what is installed already.
    public BuildOptions existing(Existing other) {
        return new BuildOptions(other, optimised, shared, debug, withoutTests, configure, jobs, mirror, cache);
    }

    /// The same, with optimisations or without.
    public BuildOptions optimised(boolean on) {
        return new BuildOptions(existing, on, shared, debug, withoutTests, configure, jobs, mirror, cache);
    }

    /// The same, with a shared library or a static one.
    public BuildOptions shared(boolean on) {
        return new BuildOptions(existing, optimised, on, debug, withoutTests, configure, jobs, mirror, cache);
    }

    /// The same, as a debug build or not.
    public BuildOptions debug(boolean on) {
        return new BuildOptions(existing, optimised, shared, on, withoutTests, configure, jobs, mirror, cache);
    }

    /// The same, without Python's own tests or with them.
    public BuildOptions withoutTests(boolean on) {
        return new BuildOptions(existing, optimised, shared, debug, on, configure, jobs, mirror, cache);
    }

    /// The same, with other options of configure.
    public BuildOptions configure(String options) {
        return new BuildOptions(existing, optimised, shared, debug, withoutTests, options, jobs, mirror, cache);
    }

    /// The same, with so many compilers at once.
    public BuildOptions jobs(int most) {
        return new BuildOptions(existing, optimised, shared, debug, withoutTests, configure, OptionalInt.of(most), mirror, cache);
    }

    /// The same, with another mirror.
    public BuildOptions mirror(String address) {
        return new BuildOptions(existing, optimised, shared, debug, withoutTests, configure, jobs, address, cache);
    }

    /// The same, with another cache.
    public BuildOptions cache(Path folder) {
        return new BuildOptions(existing, optimised, shared, debug, withoutTests, configure, jobs, mirror, Optional.of(folder));
    }

    /// The name under which it is installed.
    public String installedName(String definition) {
        return debug ? definition + "-debug" : definition;
    }

    /// What pyenv is told.
    List<String> arguments(String definition) {
        var arguments = new ArrayList<>(List.of("install", existing == Existing.AGAIN ? "-f" : "-s"));
        if (debug) arguments.add("-g");
        arguments.add(definition);
        return arguments;
    }

    /// The variables that say the rest, beside the user's own.
    Map<String, String> variables(Map<String, String> environment) {
        var variables = new LinkedHashMap<String, String>();
        var options = new ArrayList<String>();
        if (!environment.getOrDefault("PYTHON_CONFIGURE_OPTS", "").isBlank()) options.add(environment.get("PYTHON_CONFIGURE_OPTS").strip());
        if (optimised) options.add("--enable-optimizations --with-lto");
        if (!shared) options.add("--disable-shared");
        if (withoutTests) options.add("--disable-test-modules");
        if (!configure.isEmpty()) options.add(configure);
        if (!options.isEmpty()) variables.put("PYTHON_CONFIGURE_OPTS", String.join(" ", options));
        jobs.ifPresent(most -> variables.put("MAKE_OPTS", "-j " + most));
        if (!mirror.isEmpty()) variables.put("PYTHON_BUILD_MIRROR_URL", mirror);
        cache.ifPresent(folder -> variables.put("PYTHON_BUILD_CACHE_PATH", folder.toString()));
        return variables;
    }

    /// What does the same in a shell, on one line.
    ///
    /// @param environment the user's variables
    public String command(String definition, Map<String, String> environment) {
        var line = new StringBuilder();
        variables(environment).forEach((name, value) -> line.append(name).append('=').append(quoted(value)).append(' '));
        line.append("pyenv");
        for (String each : arguments(definition)) line.append(' ').append(quoted(each));
        return line.toString();
    }

    private static String quoted(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /// What tells builds of different duration apart, for [BuildTimes].
    String speed() {
        return (optimised || configure.contains("--enable-optimizations") ? "optimised" : debug ? "debug" : "plain") + (withoutTests ? "-small" : "");
    }
}
