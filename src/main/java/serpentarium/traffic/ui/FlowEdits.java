package serpentarium.traffic.ui;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.Session;

/// What a person does to flows: marks, comments, deletes, and takes back, the last first.
final class FlowEdits {
    private static final Strings STRINGS = Strings.of(FlowEdits.class);
    private static final int MOST = 100;

    private final Session session;
    private final Supplier<FlowTable> table;
    private final Tasks tasks;
    private final Changed changed;
    private final Deque<Step> steps = new ArrayDeque<>();
    private final ReadOnlyBooleanWrapper undoable = new ReadOnlyBooleanWrapper(this, "undoable");

    /// Is told of rows that say something else now.
    interface Changed {
        /// @param problem why they could not be changed, or null
        void rows(int[] rows, Problem problem);
    }

    private sealed interface Step {
        /// Rows that were deleted.
        record Deleted(int[] rows) implements Step {}

        /// Rows whose notes were changed, with what they were.
        record Noted(int[] rows, String[] marks, String[] comments) implements Step {}
    }

    private interface Edit {
        void to(int index, int row) throws IOException;
    }

    FlowEdits(Session session, Supplier<FlowTable> table, Tasks tasks, Changed changed) {
        this.session = session;
        this.table = table;
        this.tasks = tasks;
        this.changed = changed;
    }

    /// Whether there is something to take back.
    ReadOnlyBooleanProperty undoable() {
        return undoable.getReadOnlyProperty();
    }

    /// Sets what a person noted of rows; null leaves a mark or comment as it is.
    void note(int[] rows, String mark, String comment) {
        if (rows.length == 0) return;
        FlowTable now = table.get();
        var before = new Step.Noted(rows.clone(), new String[rows.length], new String[rows.length]);
        for (int i = 0; i < rows.length; i++) {
            before.marks[i] = now.mark(rows[i]);
            before.comments[i] = now.comment(rows[i]);
        }
        push(before);
        edit(STRINGS.get("task.note"), rows, (i, row) -> session.notes(row, mark == null ? before.marks[i] : mark, comment == null ? before.comments[i] : comment));
    }

    /// Deletes rows.
    void delete(int[] rows) {
        if (rows.length == 0) return;
        push(new Step.Deleted(rows.clone()));
        edit(STRINGS.get("task.delete"), rows, (_, row) -> session.deleted(row, true));
    }

    private void push(Step step) {
        steps.push(step);
        if (steps.size() > MOST) steps.removeLast();
        undoable.set(true);
    }

    /// Takes back what was done last.
    ///
    /// @return to how many rows
    int undo() {
        if (steps.isEmpty()) return 0;
        Step step = steps.pop();
        undoable.set(!steps.isEmpty());
        return switch (step) {
            case Step.Deleted(int[] rows) -> {
                edit(STRINGS.get("task.undo"), rows, (_, row) -> session.deleted(row, false));
                yield rows.length;
            }
            case Step.Noted(int[] rows, String[] marks, String[] comments) -> {
                edit(STRINGS.get("task.undo"), rows, (i, row) -> session.notes(row, marks[i], comments[i]));
                yield rows.length;
            }
        };
    }

    private void edit(String title, int[] rows, Edit edit) {
        int[] all = rows.clone();
        tasks.submit(TaskSpec.<Void>of(title, Lane.serial("traffic-notes"), context -> {
            for (int i = 0; i < all.length; i++) {
                context.checkpoint();
                edit.to(i, all[i]);
            }
            return null;
        }).hidden()).whenEnded(state -> changed.rows(all, state instanceof TaskState.Failed<Void>(Problem why) ? why : null));
    }
}
