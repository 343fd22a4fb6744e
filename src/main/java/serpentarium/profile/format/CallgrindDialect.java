package serpentarium.profile.format;

/// What is peculiar to the program that wrote a callgrind file.
enum CallgrindDialect {
    /// valgrind and whoever writes as it does: lines are those that cost something.
    VALGRIND,
    /// yappi: a function's name ends in ` FILE:LINE`, the only line is that of the definition, `Ticks` are microseconds.
    YAPPI,
    /// lsprof of Bazaar, Mercurial and Django: a function's name ends in ` MODULE:LINE`, the only line is that of the definition.
    LSPROF,
    /// pyprof2calltree: nanoseconds, the only line is that of the definition, the summary is the largest total and no sum.
    PYPROF2CALLTREE,
    /// [CallgrindWriter]: the first cost line of a function is that of its definition; lines that begin with `#:` say more.
    SERPENTARIUM;

    /// The first word after `creator:` of [CallgrindWriter].
    static final String OWN_CREATOR = "serpentarium";

    /// Tells the dialect by what the header says.
    ///
    /// @param creator     of the `creator:` line, or null
    /// @param firstEvent  the first name after `events:`, or null
    /// @param namedEvents whether there was an `event:` line
    /// @param files       whether there was an `fl=` line before the first cost
    static CallgrindDialect of(String creator, String firstEvent, boolean namedEvents, boolean files) {
        if (creator != null) {
            if (creator.startsWith("yappi")) return YAPPI;
            if (creator.startsWith(OWN_CREATOR)) return SERPENTARIUM;
            return creator.startsWith("pyprof2calltree") ? PYPROF2CALLTREE : VALGRIND;
        }
        if ("ns".equals(firstEvent) && namedEvents) return PYPROF2CALLTREE;
        return "Ticks".equals(firstEvent) && !files ? LSPROF : VALGRIND;
    }

    /// Whether the lines in the file are those of definitions and say nothing of where in a function the cost arose.
    boolean definitionLinesOnly() {
        return this != VALGRIND && this != SERPENTARIUM;
    }
}
