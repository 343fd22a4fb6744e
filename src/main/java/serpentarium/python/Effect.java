package serpentarium.python;

/// What becomes of a rule.
public enum Effect {
    /// It decides.
    WINS,
    /// It says something, and a rule before it has decided.
    SHADOWED,
    /// It says nothing: the variable is empty, there is no such file.
    UNSET
}
