package serpentarium.python;

/// Who put a Python where it is.
public enum Origin {
    /// A folder in pyenv's `versions`.
    PYENV("pyenv"),
    /// The operating system's packages.
    SYSTEM("system"),
    /// A virtual environment made by `venv` or `virtualenv`, somewhere.
    VENV("venv"),
    /// A virtual environment that pyenv-virtualenv keeps in `versions/V/envs`.
    PYENV_VIRTUALENV("pyenv-virtualenv"),
    /// uv's own folder.
    UV("uv"),
    /// A conda installation or environment.
    CONDA("conda"),
    /// asdf's installs.
    ASDF("asdf"),
    /// mise's installs.
    MISE("mise"),
    /// On the PATH or in a usual place, and nobody's.
    UNMANAGED("unmanaged");

    private final String id;

    Origin(String id) {
        this.id = id;
    }

    /// The name in JSON documents.
    public String id() {
        return id;
    }
}
