package serpentarium.log.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.collections.ListChangeListener;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.StackPane;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.EmptyState;
import serpentarium.log.Level;
import serpentarium.log.engine.LogLines.Spot;
import serpentarium.log.engine.RecordKinds;
import serpentarium.log.ui.LogPane.Surroundings;
import serpentarium.log.ui.detail.LogActions;
import serpentarium.log.ui.filter.FilterBar;
import serpentarium.log.ui.filter.FilterViewModel;
import serpentarium.log.ui.filter.FoundRows;
import serpentarium.log.ui.filter.Highlights;
import serpentarium.log.ui.filter.LevelLanes;
import serpentarium.log.ui.list.LineRows;
import serpentarium.log.ui.list.LogList;
import serpentarium.log.ui.list.MapLane;
import serpentarium.log.ui.list.RowDecor;
import serpentarium.log.ui.list.RowSource;

/// The filter of a log where it is seen: the bar above, the list that shows what passes, or a list of it below that leads to its places.
final class LogFiltering {
    private static final Strings STRINGS = Strings.of(LogFiltering.class);
    private static final double SHARE = 0.62;

    private final OpenLog log;
    private final LogList list;
    private final LogList results;
    private final FilterViewModel model;
    private final FilterBar bar;
    private final Highlights highlights;
    private final LevelLanes levels;
    private final StackPane holder;
    private final SplitPane split;
    private final Function<FoundRows, RowSource> rows;
    private final Runnable changed;
    private EmptyState nothing;

    /// @param rows    how what was found is shown in place; all rows for null
    /// @param changed is told when rows look different
    LogFiltering(OpenLog log, LogList list, Surroundings with, Function<FoundRows, RowSource> rows, Runnable changed) {
        this.log = log;
        this.list = list;
        this.rows = rows;
        this.changed = changed;
        model = new FilterViewModel(log.indexes(), this::near, with.tasks(), with.ports()::notify);
        highlights = new Highlights(with.theme().tokens());
        bar = new FilterBar(model, highlights, with.tasks(), with.settings());
        levels = new LevelLanes(log.indexes(), with.theme().tokens(), with.tasks(), with.ports()::notify, changed);
        results = new LogList(() -> new LineRows(log.records()), with.tasks(), with.theme().tokens());
        results.setId("log-results");
        results.numbers(spot -> log.lines().row(spot));
        results.problem().addListener((_, _, problem) -> {
            if (problem != null) with.ports().notify(problem);
        });
        new ListSettings(with.settings()).keep(results);
        results.current().subscribe(spot -> {
            if (spot != null) list.go(spot);
        });
        holder = new StackPane(list);
        holder.setMinSize(0, 0);
        split = new SplitPane(holder);
        split.getStyleClass().add("log-split");
        split.setOrientation(Orientation.VERTICAL);
        split.setMinSize(0, 0);
        SplitPane.setResizableWithParent(results, false);
        model.below().addListener(_ -> place());
        model.found().addListener(_ -> place());
        model.changes().addListener(_ -> refresh());
        highlights.all().addListener((ListChangeListener<Highlights.Highlight>) _ -> changed.run());
        with.theme().tokens().addListener((_, _, _) -> changed.run());
    }

    private Optional<Spot> near() {
        if (list.sticking().get()) return Optional.empty();
        return list.current().get() != null ? Optional.of(list.current().get()) : list.top();
    }

    private void place() {
        FoundRows found = model.found().get();
        boolean below = found != null && model.below().get();
        RowSource now = rows.apply(below ? null : found);
        if (list.source().get() != now) list.source().set(now);
        if (below) {
            results.source().set(found);
            if (!split.getItems().contains(results)) {
                split.getItems().add(results);
                split.setDividerPositions(SHARE);
            }
        } else split.getItems().remove(results);
        highlights.seek(model.filter(), found);
        refresh();
        changed.run();
    }

    private void refresh() {
        if (model.found().get() != null && !model.below().get()) list.refresh();
        if (split.getItems().contains(results)) results.refresh();
        empty();
    }

    private void empty() {
        FoundRows found = model.found().get();
        boolean none = found != null && !model.busy().get() && !model.below().get() && found.rows() == 0;
        if (none == (nothing != null)) return;
        if (none) {
            nothing = new EmptyState("fth-filter", STRINGS.get("filter.none.title"), STRINGS.get("filter.none.text", Quantity.count(log.indexes().count(RecordKinds.ALL)), model.said()),
                    Command.of("log.filter-clear", STRINGS.get("filter.none.clear"), "fth-x-circle", null, model::clear));
            holder.getChildren().add(nothing);
        } else {
            holder.getChildren().remove(nothing);
            nothing = null;
        }
    }

    /// The list, and what was found below it.
    Node view() {
        return split;
    }

    /// What narrows it.
    FilterBar bar() {
        return bar;
    }

    /// The list of what was found.
    LogList results() {
        return results;
    }

    FilterViewModel model() {
        return model;
    }

    Highlights highlights() {
        return highlights;
    }

    /// Lines came, or more is known of records.
    void grew() {
        model.grew();
        levels.look();
    }

    /// How rows show it.
    RowDecor decor() {
        return highlights.decor();
    }

    /// How the scroll bar shows it.
    List<MapLane> lanes() {
        return levels.lanes(model.below().get() ? model.found().get() : null);
    }

    /// What can be asked about a value that a person points at.
    ///
    /// @param asks takes questions
    LogActions actions(Consumer<String> asks) {
        return new LogActions() {
            @Override public void narrow(String filter) {
                model.restrict(filter, false);
            }

            @Override public void between(long from, long to) {
                model.between(from, to);
            }

            @Override public void ask(String question) {
                asks.accept(question);
            }
        };
    }

    private void step(Level least, boolean forward) {
        Spot from = list.current().get() != null ? list.current().get() : list.top().orElse(null);
        if (from == null) return;
        RecordKinds kinds = RecordKinds.atLeast(least);
        Optional<Spot> found = forward ? log.indexes().next(from, kinds) : log.indexes().previous(from, kinds);
        // What is not shown is passed over.
        for (int i = 0; i < 100_000 && found.isPresent() && list.source().get().row(found.get()) < 0; i++)
            found = forward ? log.indexes().next(found.get(), kinds) : log.indexes().previous(found.get(), kinds);
        found.filter(spot -> list.source().get().row(spot) >= 0).ifPresent(list::go);
    }

    private void selected(boolean hides) {
        list.selectedLetters().filter(text -> !text.isBlank()).ifPresent(text -> model.restrict("\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"", hides));
    }

    /// What can be done with it.
    List<Command> commands() {
        var commands = new ArrayList<>(bar.commands());
        commands.add(command("next-error", "fth-chevron-down", "F8", () -> step(Level.ERROR, true)));
        commands.add(command("previous-error", "fth-chevron-up", "Shift+F8", () -> step(Level.ERROR, false)));
        commands.add(command("next-warning", "fth-chevron-down", "F7", () -> step(Level.WARNING, true)));
        commands.add(command("previous-warning", "fth-chevron-up", "Shift+F7", () -> step(Level.WARNING, false)));
        commands.add(command("highlight", "fth-edit-3", "Shortcut+D", () -> list.selectedLetters().ifPresent(highlights::turn)));
        commands.add(command("highlight-none", "fth-x", "Shortcut+Shift+D", highlights::clear));
        commands.add(command("only-selected", "fth-filter", "Alt+I", () -> selected(false)));
        commands.add(command("without-selected", "fth-eye-off", "Alt+X", () -> selected(true)));
        return commands;
    }

    private static Command command(String name, String icon, String keys, Runnable run) {
        return Command.of("log." + name, STRINGS.get("command." + name), icon, keys, run);
    }

    void close() {
        results.close();
        levels.close();
        bar.close();
    }
}
