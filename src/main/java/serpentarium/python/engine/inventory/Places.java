package serpentarium.python.engine.inventory;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where tools keep their Pythons on this machine; the variables that move their folders are obeyed.
///
/// @param environment the user's variables
/// @param home        the user's folder
/// @param system      the root of the file system
/// @param projects    folders whose `.venv`, `venv` and `env` are looked at
/// @param known       virtual environments in other places that are known of
public record Places(Map<String, String> environment, Path home, Path system, List<Path> projects, List<Path> known) {
    public Places {
        environment = Map.copyOf(environment);
        projects = List.copyOf(projects);
        known = List.copyOf(known);
    }

    /// Places where no further environment is known of.
    public Places(Map<String, String> environment, Path home, Path system, List<Path> projects) {
        this(environment, home, system, projects, List.of());
    }

    /// Those of the user who runs this program.
    public static Places own(List<Path> projects) {
        return new Places(System.getenv(), Path.of(System.getProperty("user.home")), Path.of("/"), projects);
    }

    /// pyenv's root.
    public Path pyenv() {
        return variable("PYENV_ROOT").orElse(home.resolve(".pyenv"));
    }

    Path uv() {
        return variable("UV_PYTHON_INSTALL_DIR").orElse(data().resolve("uv/python"));
    }

    Path asdf() {
        return variable("ASDF_DATA_DIR").orElse(home.resolve(".asdf")).resolve("installs/python");
    }

    Path mise() {
        return variable("MISE_DATA_DIR").orElse(data().resolve("mise")).resolve("installs/python");
    }

    /// Conda's installations that are known by their usual places or by variables.
    List<Path> condaRoots() {
        var roots = new ArrayList<Path>();
        variable("CONDA_EXE").map(Path::getParent).map(Path::getParent).ifPresent(roots::add);
        variable("MAMBA_ROOT_PREFIX").ifPresent(roots::add);
        variable("CONDA_PREFIX").ifPresent(roots::add);
        for (String name : List.of("miniconda3", "anaconda3", "miniforge3", "mambaforge", "micromamba", "opt/miniconda3", "opt/anaconda3")) roots.add(home.resolve(name));
        for (String name : List.of("opt/conda", "opt/miniconda3", "opt/anaconda3", "opt/miniforge3")) roots.add(system.resolve(name));
        return roots;
    }

    /// Conda's own list of environments.
    Path condaList() {
        return home.resolve(".conda/environments.txt");
    }

    /// Folders of which each entry may be a virtual environment.
    List<Path> environmentFolders() {
        return List.of(variable("WORKON_HOME").orElse(home.resolve(".virtualenvs")), data().resolve("virtualenvs"), home.resolve("venvs"), home.resolve(".venvs"),
                variable("POETRY_CACHE_DIR").orElse(variable("XDG_CACHE_HOME").orElse(home.resolve(".cache")).resolve("pypoetry")).resolve("virtualenvs"));
    }

    /// Folders that may be a virtual environment.
    List<Path> environments() {
        var found = new ArrayList<Path>();
        variable("VIRTUAL_ENV").ifPresent(found::add);
        for (Path each : projects) for (String name : List.of(".venv", "venv", "env")) found.add(each.resolve(name));
        found.addAll(known);
        return found;
    }

    /// The folders of the operating system's programs, and those beside.
    List<Path> systemFolders() {
        return List.of(system.resolve("usr/bin"), system.resolve("usr/local/bin"), system.resolve("opt/homebrew/bin"));
    }

    /// The folders of the PATH that hold programs, not what only asks which version is meant.
    List<Path> path() {
        var folders = new ArrayList<Path>();
        for (String each : environment.getOrDefault("PATH", "").split(File.pathSeparator))
            absolute(each).filter(folder -> !folder.endsWith("shims")).ifPresent(folders::add);
        return folders;
    }

    private Path data() {
        return variable("XDG_DATA_HOME").orElse(home.resolve(".local/share"));
    }

    private Optional<Path> variable(String name) {
        return absolute(environment.getOrDefault(name, ""));
    }

    static Optional<Path> absolute(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text)).filter(Path::isAbsolute).map(Path::normalize);
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }
}
