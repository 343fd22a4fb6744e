package serpentarium.profile.ui;

/// What the colours of a flame graph tell.
enum FlameColoring {
    /// Own code, installed packages, the standard library, built-ins and machine code, each with a shade by module.
    ORIGIN,
    /// The module.
    MODULE,
    /// The source file.
    FILE,
    /// How much the function costs by itself, wherever it is called.
    SELF
}
