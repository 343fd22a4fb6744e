package serpentarium.profile.ui;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import javafx.beans.InvalidationListener;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import serpentarium.base.Problem;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.SelectionHistory;
import serpentarium.profile.Profile;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.EstimateMode;
import serpentarium.profile.analysis.Filter;
import serpentarium.profile.analysis.Search;
import serpentarium.profile.analysis.Slice;
import serpentarium.profile.analysis.TimeActivity;
import serpentarium.task.Lane;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// What all views of one profile share: the slice that is looked at, the selected function, the search, and how numbers are written.
///
/// Everything is read and changed on the window's thread; what takes long runs as tasks under latest keys.
public final class ProfileViewModel {
    private static final Strings STRINGS = Strings.of(ProfileViewModel.class);

    /// What a search has found so far.
    ///
    /// @param functions the matching functions; empty where there is no query
    /// @param found     the sums over the present tree, or null where there is no query
    public record Matches(BitSet functions, Search.Found found) {
        /// No query.
        public static final Matches NONE = new Matches(new BitSet(), null);
    }

    /// Tells its invalidation listeners when what it means for the texts of costs has changed without it.
    private static final class Repeatable extends SimpleBooleanProperty {
        Repeatable() {
            super(null, "percent", true);
        }

        void again() {
            get();
            fireValueChangedEvent();
        }
    }

    private final Profile profile;
    private final Tasks tasks;
    private final TimeActivity.Span timeSpan;
    private final IntegerProperty event = new SimpleIntegerProperty(this, "event", 0);
    private final ObjectProperty<Set<Integer>> threads;
    private final FilterList filters = new FilterList();
    private final ObjectProperty<EstimateMode> estimateMode = new SimpleObjectProperty<>(this, "estimateMode", EstimateMode.ESTIMATED);
    private final ObjectProperty<CostBase> base = new SimpleObjectProperty<>(this, "base", CostBase.WHOLE);
    private final BooleanProperty percentOfAll = new SimpleBooleanProperty(this, "percentOfAll");
    private final ReadOnlyObjectWrapper<Analysis> analysis = new ReadOnlyObjectWrapper<>(this, "analysis");
    private final ReadOnlyObjectWrapper<Problem> problem = new ReadOnlyObjectWrapper<>(this, "problem");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(this, "busy");
    private final IntegerProperty selected = new SimpleIntegerProperty(this, "selected", -1);
    private final Repeatable percent = new Repeatable();
    private final StringProperty query = new SimpleStringProperty(this, "query", "");
    private final BooleanProperty regex = new SimpleBooleanProperty(this, "regex", false);
    private final ReadOnlyObjectWrapper<Matches> matches = new ReadOnlyObjectWrapper<>(this, "matches", Matches.NONE);
    private final ReadOnlyStringWrapper queryError = new ReadOnlyStringWrapper(this, "queryError", "");
    private final SelectionHistory history = new SelectionHistory();
    private final Object analysisKey = new Object();
    private final Object searchKey = new Object();
    private TaskHandle<Analysis> running;
    private List<Filter> asked = List.of();
    private boolean walking;
    private boolean closed;

    /// Over a profile that was read; begins with its first event and all threads.
    public ProfileViewModel(Profile profile, Tasks tasks) {
        this.profile = profile;
        this.tasks = tasks;
        timeSpan = TimeActivity.Span.of(profile);
        percentOfAll.addListener(_ -> percent.again());
        threads = new SimpleObjectProperty<>(this, "threads", Slice.allThreads(profile));
        event.addListener(_ -> analyse());
        threads.addListener(_ -> analyse());
        filters.entries().addListener((InvalidationListener) _ -> refine());
        estimateMode.addListener(_ -> analyse());
        query.addListener(_ -> search());
        regex.addListener(_ -> search());
        selected.addListener((_, _, now) -> {
            if (!walking && now.intValue() >= 0) history.visit(now.intValue());
            if (estimateMode.get() instanceof EstimateMode.EdgesOf && now.intValue() >= 0) estimateMode.set(new EstimateMode.EdgesOf(now.intValue()));
        });
        analyse();
    }

    /// The profile.
    public Profile profile() {
        return profile;
    }

    /// The event that is looked at, as an index into the profile's events.
    public IntegerProperty event() {
        return event;
    }

    /// The threads that are looked at, added up, as indices into the profile's threads; all of them at first.
    public ObjectProperty<Set<Integer>> threads() {
        return threads;
    }

    /// What is done to the stacks before they are shown.
    public FilterList filters() {
        return filters;
    }

    /// The range of time that is looked at, or null for all. It is one of the filters, and is changed through them.
    public Filter.TimeRange timeRange() {
        return filters.active().stream().filter(Filter.TimeRange.class::isInstance).map(Filter.TimeRange.class::cast).findFirst().orElse(null);
    }

    /// When the profile begins and ends; null where it knows no time.
    public TimeActivity.Span timeSpan() {
        return timeSpan;
    }

    /// Shows a fold of [Filter.OnlyMine] frame by frame.
    ///
    /// @param key as [serpentarium.profile.analysis.CallTree#foldKey(int)] gives it
    public void openFold(long key) {
        filters.find(Filter.OnlyMine.class).ifPresent(mine -> filters.add(mine.opening(key)));
    }

    /// How a tree is made where the file knows callers and not stacks. In [EstimateMode.EdgesOf] it follows the selected function.
    public ObjectProperty<EstimateMode> estimateMode() {
        return estimateMode;
    }

    /// What the views show; null until the first slice is computed. The old one stays while a new one is computed.
    public ReadOnlyObjectProperty<Analysis> analysis() {
        return analysis.getReadOnlyProperty();
    }

    /// Why the slice could not be computed, or null.
    public ReadOnlyObjectProperty<Problem> problem() {
        return problem.getReadOnlyProperty();
    }

    /// Whether a slice is being computed.
    public ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /// The function that every view shows as selected, by its number in the frame table; -1 for none.
    public IntegerProperty selected() {
        return selected;
    }

    /// Whether costs are written as shares of the whole; else in the event's unit. Invalidation listeners also hear when it is another whole.
    public BooleanProperty percent() {
        return percent;
    }

    /// What is searched for; empty for nothing.
    public StringProperty query() {
        return query;
    }

    /// Whether the query is a regular expression.
    public BooleanProperty regex() {
        return regex;
    }

    /// What the query matches.
    public ReadOnlyObjectProperty<Matches> matches() {
        return matches.getReadOnlyProperty();
    }

    /// What is wrong with the regular expression; empty where nothing is.
    public ReadOnlyStringProperty queryError() {
        return queryError.getReadOnlyProperty();
    }

    /// Whether the tree is an estimate made from callers.
    public boolean estimated() {
        return profile instanceof Profile.Graph;
    }

    /// A cost as the views write it: a share of the event's whole, or in its unit.
    public String cost(double value) {
        if (Double.isNaN(value)) return STRINGS.get("cost.unknown");
        return percent.get() ? share(value) : absolute(value);
    }

    /// A cost in the event's unit.
    public String absolute(double value) {
        return Double.isNaN(value) ? STRINGS.get("cost.unknown") : profile.info().events().get(event.get()).unit().format(value);
    }

    /// Whether percentages are of what the chosen threads cost before any filter; else of what the filters leave.
    public BooleanProperty percentOfAll() {
        return percentOfAll;
    }

    /// What percentages in tables are of.
    ObjectProperty<CostBase> base() {
        return base;
    }

    /// A cost as a row of a table writes it: a share of the base, or in the event's unit.
    ///
    /// @param parent the cost of the row above; NaN where there is none
    String cost(double value, double parent) {
        if (Double.isNaN(value)) return STRINGS.get("cost.unknown");
        return percent.get() ? Quantity.share(value / base.get().of(this, parent)) : absolute(value);
    }

    /// A cost as a share of [#whole()].
    public String share(double value) {
        return Quantity.share(value / whole());
    }

    /// What percentages are of: what the filters leave, or the whole before them, see [#percentOfAll()].
    public double whole() {
        Analysis now = analysis.get();
        if (now == null) return Double.NaN;
        return percentOfAll.get() ? now.whole() : now.tree().total(0);
    }

    /// Goes back to the function that was selected before.
    public void back() {
        walk(history.back());
    }

    /// Goes forward again.
    public void forward() {
        walk(history.forward());
    }

    /// Where one can go back to and forward.
    public SelectionHistory history() {
        return history;
    }

    private void walk(Optional<Integer> function) {
        walking = true;
        function.ifPresent(selected::set);
        walking = false;
    }

    /// Cancels what runs for these views. They are not to be used after this.
    public void close() {
        closed = true;
        if (running != null) running.cancel();
    }

    private void refine() {
        if (!filters.active().equals(asked)) analyse();
    }

    private void analyse() {
        if (closed) return;
        asked = filters.active();
        var slice = new Slice(profile, event.get(), threads.get(), asked, estimateMode.get());
        busy.set(true);
        running = tasks.submit(TaskSpec.of(STRINGS.get("task.analyse"), Lane.CPU, context -> Analysis.of(slice, context)).latest(analysisKey));
        running.whenEnded(this::analysed);
    }

    private void analysed(TaskState<Analysis> state) {
        switch (state) {
            case TaskState.Done<Analysis>(Analysis value) -> {
                problem.set(null);
                busy.set(false);
                analysis.set(value);
                search();
            }
            case TaskState.Failed<Analysis>(Problem why) -> {
                busy.set(false);
                problem.set(why);
            }
            case TaskState.Cancelled<Analysis> _, TaskState.Queued<Analysis> _, TaskState.Running<Analysis> _ -> { }
        }
    }

    private void search() {
        Analysis now = analysis.get();
        String text = query.get();
        queryError.set("");
        if (now == null || text.isEmpty()) {
            matches.set(Matches.NONE);
            return;
        }
        Pattern pattern;
        try {
            pattern = regex.get() ? Pattern.compile(text) : null;
        } catch (PatternSyntaxException e) {
            queryError.set(STRINGS.get("search.bad-pattern", e.getDescription(), e.getIndex()));
            matches.set(Matches.NONE);
            return;
        }
        tasks.submit(TaskSpec.of(STRINGS.get("task.search"), Lane.CPU, context -> {
            BitSet functions = pattern == null ? Search.text(now.frames(), text) : Search.pattern(now.frames(), pattern, context);
            return new Matches(functions, Search.sum(now.tree(), functions));
        }).latest(searchKey).hidden()).whenEnded(state -> {
            if (state instanceof TaskState.Done<Matches>(Matches value)) matches.set(value);
        });
    }
}
