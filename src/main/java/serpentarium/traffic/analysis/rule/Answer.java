package serpentarium.traffic.analysis.rule;

/// Whether a filter matches an exchange of which not all is known yet.
enum Answer {
    YES, NO, UNKNOWN;

    static Answer of(boolean holds) {
        return holds ? YES : NO;
    }

    Answer not() {
        return switch (this) {
            case YES -> NO;
            case NO -> YES;
            case UNKNOWN -> UNKNOWN;
        };
    }
}
