package serpentarium.profile.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import serpentarium.profile.analysis.Filter;

/// The filters of a profile's views in the order in which they apply; every change can be taken back.
public final class FilterList {
    private static final int LIMIT = 100;

    private final ObservableList<FilterEntry> entries = FXCollections.observableArrayList();
    private final ObservableList<FilterEntry> readOnly = FXCollections.unmodifiableObservableList(entries);
    private final List<List<FilterEntry>> before = new ArrayList<>();
    private final List<List<FilterEntry>> after = new ArrayList<>();
    private final ReadOnlyBooleanWrapper canUndo = new ReadOnlyBooleanWrapper(this, "canUndo");
    private final ReadOnlyBooleanWrapper canRedo = new ReadOnlyBooleanWrapper(this, "canRedo");

    /// All filters, those that are off among them; changes come as one, whatever they replace. Not to be changed by others.
    public ObservableList<FilterEntry> entries() {
        return readOnly;
    }

    /// The filters that are on.
    public List<Filter> active() {
        return entries.stream().filter(FilterEntry::on).map(FilterEntry::filter).toList();
    }

    /// The filter of a kind that there is one of at most, on or off.
    public <F extends Filter> Optional<F> find(Class<F> kind) {
        return entries.stream().map(FilterEntry::filter).filter(kind::isInstance).map(kind::cast).findFirst();
    }

    /// Adds a filter, switched on. One like it is switched on instead; of the kinds that make no sense twice (a range of time, only my code,
    /// without the profiler, threads apart) it replaces the one that is there.
    public void add(Filter filter) {
        change(list -> {
            var next = new ArrayList<>(list);
            for (int i = 0; i < next.size(); i++) {
                Filter there = next.get(i).filter();
                if (!there.equals(filter) && !(single(filter) && there.getClass() == filter.getClass())) continue;
                next.set(i, new FilterEntry(filter, true));
                return next;
            }
            next.add(new FilterEntry(filter, true));
            return next;
        });
    }

    private static boolean single(Filter filter) {
        return switch (filter) {
            case Filter.TimeRange _, Filter.OnlyMine _, Filter.WithoutProfiler _, Filter.ApartByThread _ -> true;
            case Filter.ShowOnly _, Filter.Hide _, Filter.MergeIntoCaller _, Filter.StartAt _, Filter.CollapseRecursion _ -> false;
        };
    }

    /// Puts another filter in the place of one.
    public void replace(int index, Filter filter) {
        change(list -> {
            var next = new ArrayList<>(list);
            next.set(index, new FilterEntry(filter, true));
            return next;
        });
    }

    /// Switches a filter on or off.
    public void toggle(int index) {
        change(list -> {
            var next = new ArrayList<>(list);
            next.set(index, new FilterEntry(list.get(index).filter(), !list.get(index).on()));
            return next;
        });
    }

    /// Takes a filter away.
    public void remove(int index) {
        change(list -> {
            var next = new ArrayList<>(list);
            next.remove(index);
            return next;
        });
    }

    /// Takes all filters of a kind away.
    public void remove(Class<? extends Filter> kind) {
        change(list -> list.stream().filter(entry -> !kind.isInstance(entry.filter())).toList());
    }

    /// Takes all filters away.
    public void clear() {
        change(_ -> List.of());
    }

    /// Takes the last change back.
    public void undo() {
        step(before, after);
    }

    /// Makes a change again that was taken back.
    public void redo() {
        step(after, before);
    }

    /// Whether there is a change to take back.
    public ReadOnlyBooleanProperty canUndo() {
        return canUndo.getReadOnlyProperty();
    }

    /// Whether there is a change to make again.
    public ReadOnlyBooleanProperty canRedo() {
        return canRedo.getReadOnlyProperty();
    }

    private void step(List<List<FilterEntry>> from, List<List<FilterEntry>> to) {
        if (from.isEmpty()) return;
        to.add(List.copyOf(entries));
        show(from.removeLast());
    }

    private void change(UnaryOperator<List<FilterEntry>> how) {
        List<FilterEntry> now = List.copyOf(entries);
        List<FilterEntry> next = how.apply(now);
        if (next.equals(now)) return;
        before.add(now);
        if (before.size() > LIMIT) before.removeFirst();
        after.clear();
        show(next);
    }

    private void show(List<FilterEntry> next) {
        canUndo.set(!before.isEmpty());
        canRedo.set(!after.isEmpty());
        entries.setAll(next);
    }
}
