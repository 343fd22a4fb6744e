package serpentarium.traffic.ui;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import serpentarium.base.Problem;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.task.Lane;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.analysis.BodySearch;
import serpentarium.traffic.analysis.RowSet;

/// A search in everything that was said, and where among its hits one is.
public final class SearchViewModel {
    private static final Strings STRINGS = Strings.of(SearchViewModel.class);

    private final TrafficViewModel model;
    private final Tasks tasks;
    private final Executor window;
    private final ObservableList<BodySearch.Hit> hits = FXCollections.observableArrayList();
    private final BooleanProperty regex = new SimpleBooleanProperty(this, "regex");
    private final BooleanProperty onlyShown = new SimpleBooleanProperty(this, "onlyShown");
    private final IntegerProperty current = new SimpleIntegerProperty(this, "current", -1);
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(this, "busy");
    private final ReadOnlyStringWrapper said = new ReadOnlyStringWrapper(this, "said", "");
    private final Object key = new Object();
    private TaskHandle<BodySearch.Result> running;
    private String query = "";

    /// Over the flows of a session.
    ///
    /// @param window runs what background work found on the window's thread
    public SearchViewModel(TrafficViewModel model, Tasks tasks, Executor window) {
        this.model = model;
        this.tasks = tasks;
        this.window = window;
        current.addListener((_, _, now) -> {
            if (now.intValue() >= 0 && now.intValue() < hits.size()) model.selected().set(hits.get(now.intValue()).row());
        });
    }

    /// What was found so far, in the order of the flows.
    public ObservableList<BodySearch.Hit> hits() {
        return hits;
    }

    /// Whether the text is a regular expression.
    public BooleanProperty regex() {
        return regex;
    }

    /// Whether only the flows of the list are searched.
    public BooleanProperty onlyShown() {
        return onlyShown;
    }

    /// The hit that is shown; -1 for none.
    public IntegerProperty current() {
        return current;
    }

    /// What was searched for last.
    public String query() {
        return query;
    }

    /// Of the hits in the same part of the same flow, which one this is, from 0.
    public int ordinal(int place) {
        BodySearch.Hit hit = hits.get(place);
        int before = 0;
        while (place - before > 0 && hits.get(place - before - 1).row() == hit.row() && hits.get(place - before - 1).where() == hit.where()) before++;
        return before;
    }

    /// Whether a search runs.
    public ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /// What became of the search, in a sentence.
    public ReadOnlyStringProperty said() {
        return said.getReadOnlyProperty();
    }

    /// How far it is, 0…1; below zero where it is not known.
    public double progress() {
        return running != null && running.state() instanceof TaskState.Running<?>(var progress) ? progress.fraction() : -1;
    }

    /// Searches anew; an empty text ends the search.
    public void search(String text) {
        cancel();
        query = text;
        hits.clear();
        current.set(-1);
        said.set("");
        if (text.isEmpty()) return;
        Pattern pattern;
        try {
            pattern = regex.get() ? Pattern.compile(text, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE) : BodySearch.literal(text);
        } catch (PatternSyntaxException e) {
            said.set(STRINGS.get("search.bad-pattern", e.getDescription()));
            return;
        }
        FlowTable table = model.table().get();
        RowSet rows = onlyShown.get() ? model.shown().get() : null;
        TaskHandle<BodySearch.Result>[] mine = handles();
        TaskHandle<BodySearch.Result> task = tasks.submit(TaskSpec.of(STRINGS.get("task.search"), Lane.CPU, context -> BodySearch.run(table, model.content(), pattern,
                rows != null ? rows : all(table), context, more -> window.execute(() -> add(mine, more)))).latest(key));
        mine[0] = task;
        running = task;
        busy.set(!task.state().ended());
        task.whenEnded(state -> {
            if (running != task) return;
            busy.set(false);
            ended(state);
        });
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static TaskHandle<BodySearch.Result>[] handles() {
        return new TaskHandle[1];
    }

    private void add(TaskHandle<BodySearch.Result>[] of, List<BodySearch.Hit> more) {
        if (of[0] == null || of[0] != running || of[0].state().ended()) return;
        hits.addAll(more);
        said.set(STRINGS.get("search.so-far", Quantity.count((long) hits.size())));
    }

    private void ended(TaskState<BodySearch.Result> state) {
        switch (state) {
            case TaskState.Done<BodySearch.Result>(BodySearch.Result result) -> {
                hits.addAll(result.hits().subList(Math.min(hits.size(), result.hits().size()), result.hits().size()));
                String bad = result.bad() == 0 ? "" : " " + STRINGS.get("search.unreadable", result.bad());
                if (result.more()) said.set(STRINGS.get("search.more", Quantity.count((long) hits.size())) + bad);
                else said.set(STRINGS.get("search.done", Quantity.count((long) hits.size()), hits.size(), hits.stream().mapToInt(BodySearch.Hit::row).distinct().count()) + bad);
            }
            case TaskState.Failed<BodySearch.Result>(Problem problem) -> said.set(problem.line());
            case TaskState.Cancelled<BodySearch.Result> _, TaskState.Queued<BodySearch.Result> _, TaskState.Running<BodySearch.Result> _ ->
                    said.set(STRINGS.get("search.cancelled", Quantity.count((long) hits.size())));
        }
    }

    private static RowSet all(FlowTable table) {
        return RowSet.of(IntStream.range(0, table.size()).filter(row -> !table.deleted(row)).toArray());
    }

    /// Goes to the next hit, or the one before, around the end.
    public void step(int by) {
        if (hits.isEmpty()) return;
        current.set(current.get() < 0 ? by > 0 ? 0 : hits.size() - 1 : Math.floorMod(current.get() + by, hits.size()));
    }

    /// Stops the search; what was found stays.
    public void cancel() {
        if (running != null) running.cancel();
        busy.set(false);
    }
}
