package serpentarium.profile;

import java.util.Collection;
import java.util.List;

/// What a profile knows of source lines.
///
/// @param parts one a thread in their order; or one for all threads together; or none
public record SourceLines(List<ThreadLines> parts) {
    /// Nothing is known.
    public static final SourceLines NONE = new SourceLines(List.of());

    public SourceLines {
        parts = List.copyOf(parts);
    }

    /// Own costs of all threads together.
    public static SourceLines of(LineCosts self) {
        return self.isEmpty() ? NONE : new SourceLines(List.of(new ThreadLines(self)));
    }

    /// Whether nothing is known.
    public boolean isEmpty() {
        return parts.stream().allMatch(ThreadLines::isEmpty);
    }

    /// Whether each of so many threads has its own.
    public boolean byThread(int threads) {
        return parts.size() == threads;
    }

    /// What is known of these threads; of all where threads are not told apart.
    public List<ThreadLines> of(Collection<Integer> threads, int all) {
        return byThread(all) ? threads.stream().map(parts::get).toList() : parts;
    }

    /// The same of these events and threads; nothing where threads are not told apart and not all are wanted.
    ///
    /// @param all how many threads there are
    public SourceLines of(List<Integer> events, List<Integer> threads, int all) {
        if (!byThread(all) && threads.size() != all) return NONE;
        return new SourceLines(of(threads, all).stream().map(part -> part.of(events)).toList());
    }

    /// The own costs of all threads together; added up at each call where there are several threads.
    public LineCosts self() {
        if (parts.size() <= 1) return parts.isEmpty() ? LineCosts.NONE : parts.getFirst().self();
        return LineCosts.sum(parts.stream().map(ThreadLines::self).filter(each -> !each.isEmpty()).toList());
    }
}
