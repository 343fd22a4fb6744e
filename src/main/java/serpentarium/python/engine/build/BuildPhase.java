package serpentarium.python.engine.build;

import serpentarium.base.Strings;

/// What a build does, in this order. The seconds are those of 3.13.5 on a quiet machine of two cores; with optimisations they are a guess until one was built.
public enum BuildPhase {
    /// The archive is fetched.
    DOWNLOAD(6, 6, 0),
    /// The archive is unpacked and patched.
    UNPACK(3, 3, 0),
    /// The machine is looked at.
    CONFIGURE(34, 34, 758),
    /// C is compiled.
    COMPILE(163, 200, 354),
    /// The tests run, to find out which code is used most.
    PROFILE(0, 300, 44),
    /// C is compiled again, with what was found out.
    RECOMPILE(0, 260, 354),
    /// The extension modules are looked through.
    MODULES(1, 1, 0),
    /// Files are copied and libraries compiled to bytecode.
    INSTALL(30, 30, 4800),
    /// pip is installed.
    PIP(5, 5, 6),
    /// The new Python is tried, and shims are made.
    VERIFY(4, 4, 0);

    private final double seconds;
    private final double optimisedSeconds;
    private final int lines;

    BuildPhase(double seconds, double optimisedSeconds, int lines) {
        this.seconds = seconds;
        this.optimisedSeconds = optimisedSeconds;
        this.lines = lines;
    }

    /// How long it takes, when nobody knows better.
    double seconds(boolean optimised) {
        return optimised ? optimisedSeconds : seconds;
    }

    /// How many lines of its kind it writes, when nobody knows better; 0 where it writes none that count.
    int lines() {
        return lines;
    }

    /// In a word or two for a person.
    public String text() {
        return Strings.of(BuildPhase.class).get("phase." + name());
    }
}
