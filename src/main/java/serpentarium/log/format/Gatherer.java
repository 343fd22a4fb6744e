package serpentarium.log.format;

import serpentarium.log.RecordView;

/// What is collected of the records of a log while its stretches are looked at side by side. [Gathered] runs it.
///
/// @param <G> what collects; one a stretch, each used by one thread at a time
public interface Gatherer<G> {
    /// A new one for a stretch, or for the whole.
    G fresh();

    /// Looks at a record. Its line is counted from the start of the stretch; for the whole, from that of the log.
    void add(G to, RecordView view);

    /// Puts what a stretch gave behind what is there.
    ///
    /// @param all   the whole so far
    /// @param next  of the stretch that follows; may be kept
    /// @param lines how many lines stand before it
    /// @return whether to go on
    boolean follow(G all, G next, long lines);
}
