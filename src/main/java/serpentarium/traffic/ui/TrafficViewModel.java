package serpentarium.traffic.ui;

import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.SelectionHistory;
import serpentarium.task.Lane;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.Session;
import serpentarium.traffic.analysis.FilterParser;
import serpentarium.traffic.analysis.FlowContent;
import serpentarium.traffic.analysis.FlowFilter;
import serpentarium.traffic.analysis.FlowScope;
import serpentarium.traffic.analysis.FlowSelection;
import serpentarium.traffic.analysis.RowSet;

/// What all views of a session share: the rows that are listed, by what and in which order; which one is selected; what a person noted.
///
/// Everything is read and changed on the window's thread. The session may grow meanwhile: [#pulse()] takes over what is new.
public final class TrafficViewModel {
    private static final Strings STRINGS = Strings.of(TrafficViewModel.class);
    /// Above this a growing session is not sorted anew at each pulse, and what a filter found so far is shown as it began.
    private static final int MANY = 50_000;

    private final Session session;
    private final FlowContent content;
    private final Tasks tasks;
    private final Executor window;
    private final ReadOnlyObjectWrapper<FlowTable> table;
    private final ReadOnlyObjectWrapper<RowSet> shown = new ReadOnlyObjectWrapper<>(this, "shown", RowSet.NONE);
    private final ReadOnlyLongWrapper changes = new ReadOnlyLongWrapper(this, "changes");
    private final StringProperty filterText = new SimpleStringProperty(this, "filterText", "");
    private final ReadOnlyObjectWrapper<FilterParser.Result> parsed = new ReadOnlyObjectWrapper<>(this, "parsed",
            new FilterParser.Result.Parsed(new FlowFilter.All()));
    private final ObjectProperty<FlowScope> scope = new SimpleObjectProperty<>(this, "scope", new FlowScope.All());
    private final ObjectProperty<FlowScope.Brushed> brush = new SimpleObjectProperty<>(this, "brush");
    private final ObjectProperty<RowOrder> order = new SimpleObjectProperty<>(this, "order", RowOrder.BEGUN);
    private final IntegerProperty selected = new SimpleIntegerProperty(this, "selected", -1);
    private final BooleanProperty masked = new SimpleBooleanProperty(this, "masked");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(this, "busy");
    private final ReadOnlyObjectWrapper<Problem> problem = new ReadOnlyObjectWrapper<>(this, "problem");
    private final Object filterKey = new Object();
    private final Object sortKey = new Object();
    private final SelectionHistory history = new SelectionHistory();
    private final FlowEdits edits;
    private boolean walking;
    private FlowSelection selection = FlowSelection.none(new FlowFilter.All(), new FlowScope.All());
    private int[] noted = {};
    private TaskHandle<?> filtering;
    private TaskHandle<?> sorting;
    private RowSet unsorted;
    private long sortCost;
    private long sortEnd;
    private boolean closed;

    /// Over a session that may still be written.
    ///
    /// @param window runs what background work found on the window's thread
    public TrafficViewModel(Session session, FlowContent content, Tasks tasks, Executor window) {
        this.session = session;
        this.content = content;
        this.tasks = tasks;
        this.window = window;
        table = new ReadOnlyObjectWrapper<>(this, "table", session.table());
        filterText.addListener((_, _, text) -> parse(text));
        edits = new FlowEdits(session, table::get, tasks, this::edited);
        scope.addListener(_ -> refilter());
        brush.addListener(_ -> refilter());
        selected.addListener((_, _, row) -> {
            if (!walking && row.intValue() >= 0) history.visit(row.intValue());
        });
        order.addListener(_ -> {
            if (filtering == null) sort(selection.rows(), true);
        });
        refilter();
    }

    /// The session.
    public Session session() {
        return session;
    }

    /// Reads what the list does not hold.
    public FlowContent content() {
        return content;
    }

    /// The list's columns, as of the last pulse.
    public ReadOnlyObjectProperty<FlowTable> table() {
        return table.getReadOnlyProperty();
    }

    /// The rows that are listed, in their order.
    public ReadOnlyObjectProperty<RowSet> shown() {
        return shown.getReadOnlyProperty();
    }

    /// Goes up when what a row says may have changed.
    public ReadOnlyLongProperty changes() {
        return changes.getReadOnlyProperty();
    }

    /// What the list is filtered by. What is wrong changes nothing but [#parsed()].
    public StringProperty filterText() {
        return filterText;
    }

    /// The filter's text as it was understood, or what is wrong with it.
    public ReadOnlyObjectProperty<FilterParser.Result> parsed() {
        return parsed.getReadOnlyProperty();
    }

    /// The part that was picked in a tree.
    public ObjectProperty<FlowScope> scope() {
        return scope;
    }

    /// What was brushed in a chart, of the part that was picked; null for nothing.
    public ObjectProperty<FlowScope.Brushed> brush() {
        return brush;
    }

    private FlowScope within() {
        if (brush.get() == null) return scope.get();
        return scope.get() instanceof FlowScope.All ? brush.get() : new FlowScope.Both(scope.get(), brush.get());
    }

    /// What the list is sorted by.
    public ObjectProperty<RowOrder> order() {
        return order;
    }

    /// The row whose detail is shown; -1 for none. It stays when the list does not show it any more.
    public IntegerProperty selected() {
        return selected;
    }

    /// Whether secrets are masked on the screen.
    public BooleanProperty masked() {
        return masked;
    }

    /// Whether the list is being filtered or sorted.
    public ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /// Why the list could not be made, or null.
    public ReadOnlyObjectProperty<Problem> problem() {
        return problem.getReadOnlyProperty();
    }

    /// Whether something was deleted or noted that can be taken back.
    public ReadOnlyBooleanProperty undoable() {
        return edits.undoable();
    }

    /// The flows that were shown one after another.
    public SelectionHistory history() {
        return history;
    }

    /// How far filtering is, 0…1; below zero where nothing runs or it is not known.
    public double progress() {
        TaskHandle<?> running = filtering != null ? filtering : sorting;
        return running != null && running.state() instanceof TaskState.Running<?>(var progress) ? progress.fraction() : -1;
    }

    /// Takes over what came since the last pulse. To be called some times a second while somebody looks.
    public void pulse() {
        if (closed) return;
        FlowTable now = session.table();
        if (now.version() == table.get().version() && noted.length == 0) {
            if (unsorted != null && sorting == null) sort(unsorted, false);
            return;
        }
        table.set(now);
        changes.set(changes.get() + 1);
        if (filtering == null) follow(false);
    }

    private void parse(String text) {
        FilterParser.Result result = FilterParser.parse(text);
        parsed.set(result);
        if (result instanceof FilterParser.Result.Parsed(FlowFilter filter) && !filter.equals(selection.filter())) refilter();
    }

    private FlowFilter filter() {
        return parsed.get() instanceof FilterParser.Result.Parsed(FlowFilter filter) ? filter : selection.filter();
    }

    private void refilter() {
        selection = FlowSelection.none(filter(), within());
        noted = new int[0];
        table.set(session.table());
        follow(true);
    }

    private void follow(boolean anew) {
        if (closed) return;
        FlowTable now = table.get();
        FlowSelection before = selection;
        int[] again = noted;
        noted = new int[0];
        var found = new AtomicReference<RowSet>();
        TaskSpec.Work<FlowSelection> work = context -> before.follow(now, content, again, context, rows -> {
            if (anew && found.getAndSet(rows) == null) window.execute(() -> first(before, found));
        });
        TaskSpec<FlowSelection> spec = TaskSpec.of(STRINGS.get("task.filter"), Lane.CPU, work).latest(filterKey);
        TaskHandle<FlowSelection> task = tasks.submit(anew ? spec : spec.hidden());
        filtering = task;
        tellBusy();
        task.whenEnded(state -> {
            if (filtering != task || selection != before) return;
            filtering = null;
            switch (state) {
                case TaskState.Done<FlowSelection>(FlowSelection done) -> {
                    selection = done;
                    problem.set(null);
                    sort(done.rows(), anew);
                }
                case TaskState.Failed<FlowSelection>(Problem why) -> problem.set(why);
                case TaskState.Cancelled<FlowSelection> _, TaskState.Queued<FlowSelection> _, TaskState.Running<FlowSelection> _ -> noted = again;
            }
            tellBusy();
        });
    }

    /// What was found while the filter still runs.
    private void first(FlowSelection before, AtomicReference<RowSet> found) {
        RowSet rows = found.getAndSet(null);
        if (selection != before || filtering == null || rows == null) return;
        if (order.get().plain() || rows.size() > MANY) shown.set(rows);
        else shown.set(RowSet.of(order.get().quick(table.get(), rows)));
    }

    /// Shows rows in the order asked for. A large list that only grew waits, so that sorting takes a fifth of a processor at most.
    private void sort(RowSet rows, boolean now) {
        RowOrder by = order.get();
        if (by.plain()) {
            if (sorting != null) sorting.cancel();
            sorting = null;
            unsorted = null;
            shown.set(by.descending() ? RowSet.of(by.quick(table.get(), rows)) : rows);
            tellBusy();
            return;
        }
        if (!now && (sorting != null || System.nanoTime() - sortEnd < sortCost * 4)) {
            unsorted = rows;
            return;
        }
        unsorted = null;
        FlowTable of = table.get();
        long began = System.nanoTime();
        TaskHandle<int[]> task = tasks.submit(TaskSpec.of(STRINGS.get("task.sort"), Lane.CPU, context -> by.sorted(of, content, rows, context))
                .latest(sortKey));
        sorting = task;
        tellBusy();
        task.whenEnded(state -> {
            if (sorting != task) return;
            sorting = null;
            sortEnd = System.nanoTime();
            sortCost = sortEnd - began;
            if (state instanceof TaskState.Done<int[]>(int[] sorted)) shown.set(RowSet.of(sorted));
            if (state instanceof TaskState.Failed<int[]>(Problem why)) problem.set(why);
            tellBusy();
        });
    }

    private void tellBusy() {
        busy.set(filtering != null && !filtering.state().ended() || sorting != null && !sorting.state().ended());
    }

    /// Sets what a person noted of rows; null leaves a mark or comment as it is.
    public void note(int[] rows, String mark, String comment) {
        edits.note(rows, mark, comment);
    }

    /// Deletes rows; [#undo()] brings them back.
    public void delete(int[] rows) {
        edits.delete(rows);
    }

    /// Takes back what was deleted or noted last.
    ///
    /// @return to how many rows
    public int undo() {
        return edits.undo();
    }

    private void edited(int[] rows, Problem why) {
        if (why != null) problem.set(why);
        int[] more = Arrays.copyOf(noted, noted.length + rows.length);
        System.arraycopy(rows, 0, more, noted.length, rows.length);
        noted = more;
        pulse();
    }

    /// Shows the flow that was shown before this one.
    public void back() {
        history.back().ifPresent(this::walk);
    }

    /// Shows the flow that [#back()] came from.
    public void forward() {
        history.forward().ifPresent(this::walk);
    }

    private void walk(int row) {
        walking = true;
        selected.set(row);
        walking = false;
    }

    /// Stops what runs.
    public void close() {
        closed = true;
        if (filtering != null) filtering.cancel();
        if (sorting != null) sorting.cancel();
    }
}
