package serpentarium.log.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.PauseTransition;
import javafx.animation.Timeline;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.scene.Scene;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.EmptyState;
import serpentarium.log.engine.LogPart;
import serpentarium.log.ui.LogPane.Surroundings;
import serpentarium.log.ui.filter.FoundRows;
import serpentarium.log.ui.filter.Restriction;
import serpentarium.log.ui.format.ReadAs;
import serpentarium.log.ui.list.EndRows;
import serpentarium.log.ui.list.LineRows;
import serpentarium.log.ui.list.LogList;
import serpentarium.log.ui.list.RowDecor;
import serpentarium.log.ui.list.RowSource;

/// All views of one log: the list in the middle, what narrows it above, what is said about the log below.
final class LogView extends BorderPane {
    /// The views' names, for `render --view`; the first is the default.
    static final List<String> VIEWS = List.of("list", "failures", "marks");

    private static final Strings STRINGS = Strings.of(LogView.class);
    private static final Duration PULSE = Duration.millis(100);
    /// News that come faster are shown together.
    private static final Duration SOON = Duration.millis(50);
    /// How often all records of a long log are looked at.
    private static final Duration OFTEN = Duration.millis(500);
    private static final long MANY = 200_000;

    private final LogViewModel model;
    private final Surroundings with;
    private final LogList list;
    private final StackPane middle = new StackPane();
    private final ListFolding folding;
    private final DetailSide side;
    private final SidePanel panel;
    private final LogFailures failures;
    private final LogTime time;
    /// What narrows the list, from above.
    private final VBox top = new VBox();
    private final LogMarks marks;
    private final LogFiltering filtering;
    private final LogAsking asking;
    private final StatusBar status;
    private final NewsPill pill;
    private final Timeline pulse;
    private final PauseTransition soon = new PauseTransition(SOON);
    private final PauseTransition looks = new PauseTransition(SOON);
    private final List<Command> commands = new ArrayList<>();

    /// @param reread opens the log again as a person said that it is to be read
    LogView(OpenLog log, Surroundings with, Consumer<ReadAs> reread) {
        this.with = with;
        model = new LogViewModel(log, with.tasks(), with.fx(), with.places());
        getStyleClass().add("log-view");
        getStylesheets().add(LogView.class.getResource("log.css").toExternalForm());
        setMinSize(0, 0);
        list = new LogList(() -> new LineRows(log.records()), with.tasks(), with.theme().tokens());
        list.setId("log-list");
        list.numbers(spot -> spot.line() < 0 ? -1 : log.lines().row(spot));
        list.sticking().set(true);
        folding = new ListFolding(log, list, with);
        list.source().set(log.end().isPresent() ? log.end().get() : folding.rows());
        list.problem().addListener((_, _, problem) -> {
            if (problem != null) with.ports().notify(problem);
        });
        model.problem().addListener((_, _, problem) -> {
            if (problem != null) with.ports().notify(problem);
        });
        pill = new NewsPill(model, list);
        filtering = new LogFiltering(log, list, with, this::rows, this::decorate);
        filtering.model().changes().addListener(_ -> folding.look());
        middle.getChildren().addAll(filtering.view(), pill);
        side = new DetailSide(middle, log, with);
        list.current().subscribe(side::show);
        panel = new SidePanel(side, with.settings());
        failures = new LogFailures(log, list, side, with, () -> panel().show("failures"));
        marks = new LogMarks(log, list, side, with, filtering.model()::said, failures.model().groups()::get, this::decorate);
        time = new LogTime(log, list, side, with);
        top.getChildren().addAll(filtering.bar(), time.view());
        time.whenChosen(range -> {
            if (range == null) filtering.model().always();
            else filtering.model().between(range.from(), range.to());
        });
        filtering.model().restrictions().addListener((ListChangeListener<Restriction>) _ -> {
            if (!filtering.model().spanned() && time.model().chosen().get() != null) time.choose(null);
        });
        setTop(top);
        setCenter(panel);
        status = new StatusBar(model, list, with, reread);
        setBottom(status);
        new ListSettings(with.settings()).keep(list);
        commands.addAll(new ListCommands(list, model, with.ports()).commands());
        commands.addAll(filtering.commands());
        commands.addAll(folding.commands());
        commands.addAll(side.commands());
        commands.addAll(failures.strip().commands());
        commands.add(panel.add("failures", failures.view(), "fth-alert-octagon", "Shortcut+Shift+E"));
        commands.addAll(time.commands());
        looks.setOnFinished(_ -> look());
        model.indexed().addListener(_ -> {
            if (looks.getStatus() != Animation.Status.RUNNING) looks.playFromStart();
        });
        commands.addAll(marks.commands());
        commands.add(panel.add("marks", marks.view(), "fth-bookmark", "Shortcut+Shift+M"));
        new ListMenu(list, log.records(), with.tasks(), with.ports(), side.detail().actions()::get, List.of(commands.get(0), commands.get(1), marks.commands().get(0), marks.commands().get(1)));
        asking = new LogAsking(log, list, filtering, panel, with);
        commands.addAll(asking.commands());
        side.detail().actions().set(filtering.actions(asking::ask));
        marks.load();
        pulse = new Timeline(new KeyFrame(PULSE, _ -> grew()));
        pulse.setCycleCount(Animation.INDEFINITE);
        soon.setOnFinished(_ -> grew());
        model.whenGrown(() -> {
            if (soon.getStatus() != Animation.Status.RUNNING) soon.playFromStart();
        });
        model.known().subscribe(known -> {
            if (known) known();
        });
        model.begin(true);
        if (!model.known().get()) pulse.play();
    }

    /// Has rows and the scroll bar show what has changed beside their text.
    private void decorate() {
        if (marks == null) return;
        RowDecor decor = RowDecor.of(List.of(marks.decor(), filtering.decor()));
        list.decor().set(decor);
        filtering.results().decor().set(decor);
        var lanes = new ArrayList<>(filtering.lanes());
        lanes.add(marks.lane());
        list.lanes(lanes);
    }

    /// What the list shows: what passes, or all.
    private RowSource rows(FoundRows found) {
        if (found != null) return folding.over(found);
        return model.known().get() || model.log().end().isEmpty() ? folding.rows() : model.log().end().get();
    }

    /// Looks at what is known of all records now. It goes over all of them, so that a log that grows fast does not have it done at each turn.
    private void look() {
        folding.look();
        failures.model().look();
        time.model().look();
        filtering.grew();
        looks.setDuration(model.rows().get() > MANY ? OFTEN : SOON);
    }

    private void grew() {
        model.rows().set(model.log().lines().rows());
        model.index();
        list.refresh();
        status.update();
        pill.update();
        side.again();
        empty();
    }

    /// All lines have numbers now: what was counted from the end is shown as what it is.
    private void known() {
        pulse.stop();
        if (marks != null) marks.load();
        if (list.source().get() instanceof EndRows end) {
            LogPart part = end.part();
            with.tasks().submit(serpentarium.task.TaskSpec.of(STRINGS.get("view.numbering"), serpentarium.task.Lane.IO, _ -> part.pages().lineAt(end.offset())).hidden())
                    .whenEnded(state -> {
                        if (!(state instanceof serpentarium.task.TaskState.Done<Long>(Long first))) return;
                        if (list.source().get() != end) return;
                        list.exchange(folding.rows(), spot -> end.known(spot, first));
                        grew();
                    });
        } else grew();
    }

    private void empty() {
        boolean nothing = model.known().get() && model.rows().get() == 0;
        boolean shown = middle.getChildren().getLast() instanceof EmptyState;
        if (nothing && !shown) middle.getChildren().add(new EmptyState("fth-align-left", STRINGS.get("view.empty.title"), STRINGS.get("view.empty.text")));
        else if (!nothing && shown) middle.getChildren().removeLast();
    }

    /// The list of all rows.
    LogList list() {
        return list;
    }

    /// The detail of the current record.
    DetailSide side() {
        return side;
    }

    /// What failed in it.
    LogFailures failures() {
        return failures;
    }

    /// When its records were written.
    LogTime time() {
        return time;
    }

    /// What narrows it.
    LogFiltering filtering() {
        return filtering;
    }

    /// Its marks.
    LogMarks marks() {
        return marks;
    }

    /// What is asked of it.
    LogAsking asking() {
        return asking;
    }

    /// The lists beside it.
    SidePanel panel() {
        return panel;
    }

    /// What the views share.
    LogViewModel model() {
        return model;
    }

    /// What can be done with the log.
    List<Command> commands() {
        return List.copyOf(commands);
    }

    /// True when all lines are known and painted.
    ObservableBooleanValue settled() {
        return Bindings.and(Bindings.and(model.known(), list.settled()), Bindings.and(Bindings.and(failures.model().settled(), time.model().settled()), side.settled()));
    }

    /// Brings a view of [#VIEWS] to the front.
    void showView(String name) {
        switch (name) {
            case "failures" -> {
                panel.show(name);
                // With the list stands one of them, so that there is something to see.
                failures.whenFound(group -> {
                    if (list.current().get() == null) list.go(group.last());
                });
            }
            case "marks" -> panel.show(name);
            default -> list.requestFocus();
        }
    }

    @Override public void requestFocus() {
        if (list.getScene() != null) {
            list.requestFocus();
            return;
        }
        // Split panes take what is in them into the window when they are styled.
        list.sceneProperty().addListener(new ChangeListener<>() {
            @Override public void changed(ObservableValue<? extends Scene> scene, Scene before, Scene now) {
                scene.removeListener(this);
                list.requestFocus();
            }
        });
    }

    /// Stops what runs for these views.
    void close() {
        pulse.stop();
        soon.stop();
        looks.stop();
        list.close();
        filtering.close();
        folding.close();
        failures.model().close();
        asking.close();
        time.model().close();
        model.close();
    }
}
