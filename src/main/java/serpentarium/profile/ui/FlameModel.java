package serpentarium.profile.ui;

import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Settings;
import serpentarium.profile.Profile;
import serpentarium.profile.Timeline;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.FlameLayout;
import serpentarium.profile.analysis.FlameLayouts;
import serpentarium.task.Lane;
import serpentarium.task.TaskContext;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// What a flame graph shows of a profile: how it is drawn, what the boxes are, which of them a search found, and what the colours tell.
///
/// Layouts are made as tasks, once an analysis, and the old one stays until the next is there. Everything is read and changed on the window's thread.
final class FlameModel {
    private static final Strings STRINGS = Strings.of(FlameModel.class);
    private static final String MODE = "profile.flame.mode";
    private static final String COLORING = "profile.flame.coloring";

    private final ProfileViewModel model;
    private final Tasks tasks;
    private final ObjectProperty<FlameMode> mode = new SimpleObjectProperty<>(this, "mode", FlameMode.HEAVY);
    private final ObjectProperty<FlameColoring> coloring = new SimpleObjectProperty<>(this, "coloring", FlameColoring.ORIGIN);
    private final ReadOnlyObjectWrapper<Shown> shown = new ReadOnlyObjectWrapper<>(this, "shown");
    private final ReadOnlyObjectWrapper<FlameMatches> matches = new ReadOnlyObjectWrapper<>(this, "matches");
    private final ReadOnlyObjectWrapper<FlameLayout.Rows> same = new ReadOnlyObjectWrapper<>(this, "same");
    private final ReadOnlyObjectWrapper<Problem> problem = new ReadOnlyObjectWrapper<>(this, "problem");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(this, "busy");
    private final ObjectProperty<FlameDeltas> deltas = new SimpleObjectProperty<>(this, "deltas");
    private final Map<FlameMode, FlameLayout> made = new EnumMap<>(FlameMode.class);
    private final Object layoutKey = new Object();
    private final Object matchKey = new Object();
    private final Object sameKey = new Object();
    private final boolean timed;
    private int function = -1;
    private int sandwiched = -1;
    private Analysis madeOf;
    private boolean choosing;

    /// What is drawn.
    ///
    /// @param analysis what it was made of
    /// @param mode     how it is drawn
    /// @param layout   the boxes
    record Shown(Analysis analysis, FlameMode mode, FlameLayout layout) {}

    /// Begins as it was left the last time.
    FlameModel(ProfileViewModel model, Tasks tasks, Settings settings) {
        this.model = model;
        this.tasks = tasks;
        timed = model.profile() instanceof Profile.Stacks stacks && stacks.timelines().stream().anyMatch(time -> time != Timeline.NONE);
        settings.text(MODE).flatMap(id -> named(FlameMode.values(), id)).filter(this::offers).ifPresent(mode::set);
        settings.text(COLORING).flatMap(id -> named(FlameColoring.values(), id)).ifPresent(coloring::set);
        function = model.selected().get();
        mode.addListener((_, _, now) -> {
            settings.put(MODE, now.name());
            if (now == FlameMode.SANDWICH && model.selected().get() >= 0) function = model.selected().get();
            lay();
        });
        coloring.addListener((_, _, now) -> settings.put(COLORING, now.name()));
        model.analysis().addListener(_ -> lay());
        model.matches().addListener(_ -> match());
        model.selected().addListener((_, _, now) -> {
            if (!choosing && now.intValue() >= 0 && mode.get() == FlameMode.SANDWICH) {
                function = now.intValue();
                lay();
            }
            find();
        });
        lay();
    }

    private static <E extends Enum<E>> java.util.Optional<E> named(E[] values, String name) {
        return java.util.Arrays.stream(values).filter(value -> value.name().equals(name)).findFirst();
    }

    /// Whether a profile can be drawn so: only some know when what ran.
    boolean offers(FlameMode wanted) {
        return wanted != FlameMode.TIME || timed;
    }

    /// How it is drawn; the boxes follow when they are ready.
    ObjectProperty<FlameMode> mode() {
        return mode;
    }

    /// What the colours tell.
    ObjectProperty<FlameColoring> coloring() {
        return coloring;
    }

    /// What changed since another profile, which the colours tell then; null where there is no other.
    ObjectProperty<FlameDeltas> deltas() {
        return deltas;
    }

    /// What changed, where it is of this tree; else null. Upside down and in a sandwich a box is made of several nodes, and no one of them tells
    /// what changed.
    FlameDeltas deltas(Shown of) {
        FlameDeltas known = deltas.get();
        boolean nodes = of.mode == FlameMode.HEAVY || of.mode == FlameMode.TIME;
        return known != null && nodes && known.trees().tree().size() == of.analysis.tree().size() ? known : null;
    }

    /// What is drawn; null until the first is ready.
    ReadOnlyObjectProperty<Shown> shown() {
        return shown.getReadOnlyProperty();
    }

    /// What a search found among the boxes; null where there is no search.
    ReadOnlyObjectProperty<FlameMatches> matches() {
        return matches.getReadOnlyProperty();
    }

    /// The boxes of the selected function; null where none is selected.
    ReadOnlyObjectProperty<FlameLayout.Rows> same() {
        return same.getReadOnlyProperty();
    }

    /// Whether boxes are being made.
    ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /// Why boxes could not be made, or null.
    ReadOnlyObjectProperty<Problem> problem() {
        return problem.getReadOnlyProperty();
    }

    /// Selects a function in all views, without drawing another sandwich.
    void choose(int selected) {
        choosing = true;
        model.selected().set(selected);
        choosing = false;
    }

    /// Draws the sandwich of a function, and selects it in all views.
    void sandwich(int of) {
        choose(of);
        function = of;
        if (mode.get() == FlameMode.SANDWICH) lay();
        else mode.set(FlameMode.SANDWICH);
    }

    private void lay() {
        Analysis analysis = model.analysis().get();
        if (analysis == null) return;
        if (analysis != madeOf) {
            made.clear();
            madeOf = analysis;
        }
        FlameMode wanted = offers(mode.get()) ? mode.get() : FlameMode.HEAVY;
        if (wanted == FlameMode.SANDWICH && function != sandwiched) made.remove(wanted);
        FlameLayout known = wanted == FlameMode.HEAVY ? analysis.layout() : made.get(wanted);
        if (known != null) {
            show(new Shown(analysis, wanted, known));
            return;
        }
        int of = function;
        Function<TaskContext, FlameLayout> work = switch (wanted) {
            case TIME -> context -> FlameLayouts.time(analysis, context);
            case HEAVY -> _ -> analysis.layout();
            case INVERTED -> context -> FlameLayouts.inverted(analysis, context);
            case SANDWICH -> context -> FlameLayouts.sandwich(analysis, of, context);
        };
        busy.set(true);
        tasks.submit(TaskSpec.of(STRINGS.get("flame.task." + wanted.id()), Lane.CPU, work::apply).latest(layoutKey)).whenEnded(state -> {
            if (state instanceof TaskState.Done<FlameLayout>(FlameLayout layout)) {
                if (analysis != madeOf) return;
                made.put(wanted, layout);
                if (wanted == FlameMode.SANDWICH) sandwiched = of;
                if (wanted == mode.get()) show(new Shown(analysis, wanted, layout));
            } else if (state instanceof TaskState.Failed<FlameLayout>(Problem why)) {
                busy.set(false);
                problem.set(why);
            }
        });
    }

    private void show(Shown next) {
        busy.set(false);
        problem.set(null);
        // What was found among other boxes is not to be drawn over these.
        matches.set(null);
        same.set(null);
        shown.set(next);
        match();
        find();
    }

    private void match() {
        Shown now = shown.get();
        BitSet functions = model.matches().get().functions();
        if (now == null || model.matches().get().found() == null || now.analysis() != model.analysis().get()) {
            matches.set(null);
            return;
        }
        tasks.submit(TaskSpec.of(STRINGS.get("task.search"), Lane.CPU, _ -> FlameMatches.of(now.layout(), functions)).latest(matchKey).hidden())
                .whenEnded(state -> {
                    if (state instanceof TaskState.Done<FlameMatches>(FlameMatches found) && shown.get() == now
                            && model.matches().get().functions() == functions) matches.set(found);
                });
    }

    private void find() {
        Shown now = shown.get();
        int selected = model.selected().get();
        if (now == null || selected < 0) {
            same.set(null);
            return;
        }
        var one = new BitSet();
        one.set(selected);
        tasks.submit(TaskSpec.of(STRINGS.get("task.search"), Lane.CPU, _ -> now.layout().rowsOf(one)).latest(sameKey).hidden()).whenEnded(state -> {
            if (state instanceof TaskState.Done<FlameLayout.Rows>(FlameLayout.Rows rows) && shown.get() == now && model.selected().get() == selected)
                same.set(rows);
        });
    }
}
