package serpentarium.profile.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.control.MenuItem;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Menus;
import serpentarium.profile.Profile;
import serpentarium.profile.analysis.CallTree;
import serpentarium.profile.analysis.Filter;
import serpentarium.profile.analysis.FunctionMatch;

/// What can be done to the stacks, as commands that every view offers for its function: one list for the palette, the keys, the context menus
/// and the menu of the filter bar.
final class FilterActions {
    private static final Strings STRINGS = Strings.of(FilterActions.class);

    private FilterActions() {}

    /// The commands for one function.
    ///
    /// @param function which function, asked when a command runs
    /// @param enabled  whether there is one
    static List<Command> of(ProfileViewModel model, IntSupplier function, ObservableBooleanValue enabled) {
        var commands = new ArrayList<Command>();
        for (FilterKind kind : FilterKind.values())
            commands.add(command(kind.id(), FilterText.icon(kind.of(new FunctionMatch.One(0)).getClass()), key(kind), enabled,
                    () -> model.filters().add(kind.of(new FunctionMatch.One(function.getAsInt())))));
        return commands;
    }

    private static String key(FilterKind kind) {
        return switch (kind) {
            case SHOW -> "O";
            case HIDE -> "X";
            case MERGE -> "M";
            case START -> "F";
        };
    }

    /// The commands that need no function: each switches its filter on or off.
    static List<Command> general(ProfileViewModel model) {
        var commands = new ArrayList<Command>();
        commands.add(toggle(model, "collapse", "R", Filter.CollapseRecursion.ALL));
        commands.add(toggle(model, "mine", "Y", Filter.OnlyMine.PROJECT));
        commands.add(toggle(model, "profiler", null, new Filter.WithoutProfiler()));
        if (model.profile() instanceof Profile.Stacks && model.profile().info().threads().size() > 1)
            commands.add(toggle(model, "apart", null, new Filter.ApartByThread()));
        return commands;
    }

    private static Command toggle(ProfileViewModel model, String id, String keys, Filter filter) {
        return command(id, FilterText.icon(filter.getClass()), keys, ViewActions.always(), () -> {
            if (model.filters().active().stream().anyMatch(one -> one.getClass() == filter.getClass())) model.filters().remove(filter.getClass());
            else model.filters().add(filter);
        });
    }

    /// The commands that take changes back.
    static List<Command> history(ProfileViewModel model) {
        return List.of(command("undo", "fth-corner-up-left", "Shortcut+Z", model.filters().canUndo(), model.filters()::undo),
                command("redo", "fth-corner-up-right", "Shortcut+Shift+Z", model.filters().canRedo(), model.filters()::redo),
                command("clear", "fth-x-circle", null, Bindings.isNotEmpty(model.filters().entries()), model.filters()::clear));
    }

    /// What the context menu of a table offers for the selected function.
    static List<Command> forSelected(ProfileViewModel model) {
        var commands = new ArrayList<Command>(of(model, model.selected()::get, Bindings.greaterThanOrEqual(model.selected(), 0)));
        commands.addAll(general(model));
        return commands;
    }

    /// Everything, for the selected function.
    static List<Command> all(ProfileViewModel model) {
        var all = new ArrayList<Command>(forSelected(model));
        all.addAll(history(model));
        return all;
    }

    private static Command command(String id, String icon, String keys, ObservableBooleanValue enabled, Runnable run) {
        return Command.of("profile.filter." + id, STRINGS.get("filter.command." + id), icon, keys, enabled, run);
    }

    /// Items for the context menu of a function; those that need one are disabled for -1.
    static List<MenuItem> items(ProfileViewModel model, int function) {
        var items = new ArrayList<MenuItem>();
        for (Command command : of(model, () -> function, ViewActions.always())) {
            MenuItem item = Menus.item(command);
            item.disableProperty().unbind();
            item.setDisable(function < 0);
            items.add(item);
        }
        for (Command command : general(model)) items.add(Menus.item(command));
        return items;
    }

    /// The item that opens a fold where it stands; empty for any other node.
    static Optional<MenuItem> opening(ProfileViewModel model, int node) {
        if (!fold(model, node)) return Optional.empty();
        long key = model.analysis().get().tree().foldKey(node);
        return Optional.of(Menus.item(command("open-fold", "fth-more-horizontal", null, ViewActions.always(), () -> model.openFold(key))));
    }

    /// Opens a fold where it stands; false for any other node.
    static boolean open(ProfileViewModel model, int node) {
        if (!fold(model, node)) return false;
        model.openFold(model.analysis().get().tree().foldKey(node));
        return true;
    }

    private static boolean fold(ProfileViewModel model, int node) {
        return node >= 0 && model.analysis().get().tree().kind(node) == CallTree.FOLDED;
    }
}
