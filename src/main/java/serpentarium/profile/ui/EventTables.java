package serpentarium.profile.ui;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.FunctionTable;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// What functions cost of events that are not the picked one: each computed in the background when it is first asked for.
final class EventTables {
    private static final Strings STRINGS = Strings.of(EventTables.class);

    private record Known(FunctionTable table, double whole) {}

    private final ProfileViewModel model;
    private final Tasks tasks;
    private final Runnable ready;
    private final Map<Integer, Known> known = new HashMap<>();
    private final Set<Integer> asked = new HashSet<>();
    private Analysis of;

    /// @param ready is run whenever another event is known
    EventTables(ProfileViewModel model, Tasks tasks, Runnable ready) {
        this.model = model;
        this.tasks = tasks;
        this.ready = ready;
    }

    /// The costs of an event; null while they are being computed.
    FunctionTable table(int event) {
        Known there = get(event);
        return there == null ? null : there.table;
    }

    private Known get(int event) {
        Analysis analysis = model.analysis().get();
        if (analysis == null) return null;
        if (analysis != of) {
            known.clear();
            asked.clear();
            of = analysis;
        }
        Known there = known.get(event);
        if (there != null || !asked.add(event)) return there;
        tasks.submit(TaskSpec.of(STRINGS.get("functions.event-task", model.profile().info().events().get(event).name()), Lane.CPU, context -> {
            FunctionTable table = analysis.functions(event, context);
            double whole = 0;
            for (int function : table.functions()) whole += table.self(function);
            return new Known(table, whole);
        }).hidden()).whenEnded(state -> {
            if (analysis != of || !(state instanceof TaskState.Done<Known>(Known value))) return;
            known.put(event, value);
            ready.run();
        });
        return known.get(event);
    }

    /// What is 100 % of an event: its whole, or the total of the function that is the base.
    double whole(int event) {
        Known there = get(event);
        if (there == null) return Double.NaN;
        return model.base().get() instanceof CostBase.Of(int function) ? there.table.total(function) : there.whole;
    }

    /// A function's cost of an event as the table writes it.
    String text(FunctionColumn column, int event, int function) {
        FunctionTable table = table(event);
        if (table == null) return "…";
        double cost = column.number(table, function);
        return model.percent().get() ? Quantity.share(cost / whole(event)) : model.profile().info().events().get(event).unit().format(cost);
    }
}
