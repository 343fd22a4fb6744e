package serpentarium.python;

/// How a word of a pin stands to what is installed.
public enum Standing {
    /// The name of an installed version, as it is.
    AS_IS,
    /// The beginning of a version, such as `3.12`: the newest of those installed is meant.
    PREFIX,
    /// Written with a leading `python-`, which pyenv takes away; what is left is a name or a beginning.
    STRIPPED,
    /// `system`: the Python on the PATH.
    SYSTEM,
    /// Nothing installed answers to it.
    MISSING,
    /// Not a version at all: a path that leads out of `versions`. pyenv leaves it out.
    INVALID;

    /// Whether it leads to something that can be started.
    public boolean found() {
        return this != MISSING && this != INVALID;
    }
}
