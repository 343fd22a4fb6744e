package serpentarium.profile.analysis;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.Profile;

/// The part of a profile that is looked at: one event of some threads, after filters.
///
/// @param profile the whole
/// @param event   index into the profile's events
/// @param threads indices into the profile's threads, in ascending order; their costs are added up
/// @param filters what is done to the stacks, in this order
/// @param mode    how a tree is made where only callers are known
public record Slice(Profile profile, int event, Set<Integer> threads, List<Filter> filters, EstimateMode mode) {
    public Slice {
        Objects.checkIndex(event, profile.info().events().size());
        for (int thread : threads) Objects.checkIndex(thread, parts(profile));
        threads = Collections.unmodifiableSortedSet(new TreeSet<>(threads));
        filters = List.copyOf(filters);
        Objects.requireNonNull(mode);
    }

    /// An event of all threads, without filters.
    public Slice(Profile profile, int event) {
        this(profile, event, allThreads(profile));
    }

    /// An event of some threads, without filters.
    public Slice(Profile profile, int event, Set<Integer> threads) {
        this(profile, event, threads, List.of(), EstimateMode.ESTIMATED);
    }

    /// The first event of all threads, without filters.
    public static Slice first(Profile profile) {
        return new Slice(profile, 0);
    }

    /// The indices of all threads of a profile.
    public static Set<Integer> allThreads(Profile profile) {
        return IntStream.range(0, parts(profile)).boxed().collect(Collectors.toUnmodifiableSet());
    }

    private static int parts(Profile profile) {
        return switch (profile) {
            case Profile.Stacks stacks -> stacks.trees().size();
            case Profile.Graph graph -> graph.graphs().size();
        };
    }

    /// The same without filters.
    public Slice unfiltered() {
        return filters.isEmpty() ? this : new Slice(profile, event, threads, List.of(), mode);
    }

    /// The same with other filters.
    public Slice with(List<Filter> others) {
        return new Slice(profile, event, threads, others, mode);
    }

    /// The same in another mode.
    public Slice with(EstimateMode other) {
        return new Slice(profile, event, threads, filters, other);
    }

    /// Whether all threads are looked at.
    public boolean wholeProgram() {
        return threads.size() == parts(profile);
    }

    /// The event that is looked at.
    public Event eventInfo() {
        return profile.info().events().get(event);
    }

    /// The functions.
    public FrameTable frames() {
        return profile.frames();
    }
}
