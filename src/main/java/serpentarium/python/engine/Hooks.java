package serpentarium.python.engine;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Scripts that pyenv runs within its own and that may change what it answers.
///
/// @param foreign      those that neither pyenv nor pyenv-virtualenv brings
/// @param sitePackages whether pyenv-virtualenv's hook looks for a command of an environment's base
public record Hooks(List<Hook> foreign, boolean sitePackages) {
    private static final List<String> COMMANDS = List.of("version-name", "version-origin", "which", "exec");
    private static final List<String> USUAL = List.of("/usr/etc/pyenv.d", "/usr/local/etc/pyenv.d", "/etc/pyenv.d", "/usr/lib/pyenv/hooks");
    private static final Set<String> OWN = Set.of("exec/pip-rehash.bash");
    private static final Set<String> OF_VIRTUALENV = Set.of("which/conda.bash", "which/python-config.bash", "which/system-site-packages.bash");

    /// A script.
    ///
    /// @param command the command of pyenv that it is for
    public record Hook(String command, Path script) {}

    /// Looks where pyenv would.
    static Hooks of(PyenvRoot root, Optional<Path> program, Surroundings surroundings) {
        var folders = new ArrayList<>(surroundings.hookPath());
        folders.add(root.path().resolve("pyenv.d"));
        Optional<Path> install = program.flatMap(Hooks::install).filter(folder -> !folder.equals(root.path()));
        install.ifPresent(folder -> folders.add(folder.resolve("pyenv.d")));
        USUAL.forEach(folder -> folders.add(Path.of(folder)));
        Path plugins = root.path().resolve("plugins");
        for (String plugin : entries(plugins, "*")) folders.add(plugins.resolve(plugin).resolve("etc/pyenv.d"));
        var foreign = new ArrayList<Hook>();
        boolean sitePackages = false;
        for (Path folder : folders) {
            // Of the dozen of places where hooks may be, hardly any is there.
            if (!Files.isDirectory(folder)) continue;
            boolean own = folder.equals(root.path().resolve("pyenv.d")) || install.isPresent() && folder.equals(install.get().resolve("pyenv.d"));
            boolean virtualenv = folder.endsWith("plugins/pyenv-virtualenv/etc/pyenv.d");
            for (String command : COMMANDS) {
                for (String script : entries(folder.resolve(command), "*.bash")) {
                    String name = command + "/" + script;
                    if (virtualenv && name.equals("which/system-site-packages.bash")) sitePackages = true;
                    boolean known = own && OWN.contains(name) || virtualenv && OF_VIRTUALENV.contains(name);
                    if (!known) foreign.add(new Hook(command, folder.resolve(command).resolve(script)));
                }
            }
        }
        return new Hooks(List.copyOf(foreign), sitePackages);
    }

    /// Whether the answer to "which version" may be another than the rules give.
    public boolean mayChangeAnswer() {
        return foreign.stream().anyMatch(hook -> !hook.command.equals("exec"));
    }

    private static Optional<Path> install(Path program) {
        try {
            return Optional.ofNullable(program.toRealPath().getParent()).map(Path::getParent);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static List<String> entries(Path folder, String glob) {
        if (!Files.isDirectory(folder)) return List.of();
        var names = new ArrayList<String>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
            for (Path entry : found) names.add(entry.getFileName().toString());
        } catch (IOException | DirectoryIteratorException _) {
            return List.of();
        }
        names.sort(null);
        return names;
    }
}
