package serpentarium.python;

/// What pyenv looks at to choose a version, in its order.
public enum Because {
    /// The environment variable, unless it is empty.
    PYENV_VERSION("PYENV_VERSION"),
    /// The nearest `.python-version`, from the folder upwards.
    LOCAL_FILE("local-file"),
    /// The file `version` in pyenv's root.
    GLOBAL_FILE("global-file"),
    /// Nothing said anything: the system's Python.
    DEFAULT("default");

    private final String id;

    Because(String id) {
        this.id = id;
    }

    /// The name in JSON documents.
    public String id() {
        return id;
    }
}
