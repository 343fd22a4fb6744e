package serpentarium.python.ui;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Notices;
import serpentarium.kit.Overlay;
import serpentarium.python.Installed;
import serpentarium.python.engine.PinScan;
import serpentarium.python.engine.Resolver;
import serpentarium.python.engine.build.Reference;
import serpentarium.python.engine.build.Removal;
import serpentarium.python.engine.build.Removed;
import serpentarium.python.engine.build.Workshop;
import serpentarium.python.engine.inventory.Environments;
import serpentarium.python.ui.VersionsPane.Surroundings;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;

/// Takes versions and environments away: says first what refers to them, puts them back, and deletes them for good when the tab is closed.
final class Removals {
    private static final Strings STRINGS = Strings.of(Removals.class);
    private static final Lane LANE = Lane.serial("python-remove");

    private final VersionsViewModel model;
    private final Surroundings with;
    private final Overlay overlay;
    private final ObservableList<Aside> aside = FXCollections.observableArrayList();
    private final ObservableList<Aside> leftovers = FXCollections.observableArrayList();
    private boolean looked;

    /// Something that was moved aside.
    ///
    /// @param name   what it is called
    /// @param back   puts it back
    /// @param delete deletes it for good
    record Aside(String name, Back back, TaskSpec.Work<?> delete) {
        /// Puts it back.
        interface Back {
            void run() throws IOException;
        }
    }

    /// What would be done.
    ///
    /// @param plan   what goes, and what would miss it
    /// @param remove does it
    private record Asked(Removal.Plan plan, Doing remove) {
        interface Doing {
            Aside run() throws IOException;
        }
    }

    Removals(VersionsViewModel model, Surroundings with, Overlay overlay) {
        this.model = model;
        this.with = with;
        this.overlay = overlay;
    }

    /// Asks whether the selected one is to go.
    Command remove() {
        BooleanBinding can = Bindings.createBooleanBinding(() -> {
            VersionRow row = model.selected().get();
            return row != null && (row.ownFolder() ? model.program().isPresent() : row.environment().isPresent());
        }, model.selected());
        return Command.of("versions.remove", STRINGS.get("remove"), "fth-trash-2", null, can, this::ask);
    }

    private Workshop workshop() {
        return new Workshop(model.root(), model.program().orElse(model.root().resolve("bin/pyenv")), with.state(), with.environment());
    }

    private void ask() {
        VersionRow row = model.selected().get();
        List<Installed> installed = model.rows().stream().map(VersionRow::installed).toList();
        List<Reference.Pin> here = model.pins(row.name());
        List<PinScan.Pin> scanned = List.copyOf(model.scanned());
        Resolver resolver = model.resolver();
        with.tasks().submit(TaskSpec.of(STRINGS.get("task.references", row.name()), Lane.IO, _ -> {
            var pins = new ArrayList<>(here);
            // What a scan saw may have been changed since.
            scanned.stream().map(pin -> pin.folder().resolve(Resolver.PIN)).filter(Files::isRegularFile).map(resolver::pin)
                    .flatMap(rule -> VersionsViewModel.pins(rule, row.name())).filter(pin -> !pins.contains(pin)).forEach(pins::add);
            return row.ownFolder() ? version(row, pins, installed) : environment(row, pins);
        })).whenEnded(state -> {
            if (state instanceof TaskState.Done<Asked>(Asked asked)) {
                var sheet = new RemoveSheet(asked.plan(), row.size(), row.packages().map(List::size).orElse(0), scanned.isEmpty(), () -> {
                    overlay.close();
                    remove(asked);
                }, overlay::close);
                overlay.show(sheet, sheet.first(), Pos.CENTER);
            } else if (state instanceof TaskState.Failed<Asked>(Problem problem)) with.ports().notify(problem);
        });
    }

    private Asked version(VersionRow row, List<Reference.Pin> pins, List<Installed> installed) throws IOException {
        var removal = new Removal(workshop());
        Removal.Plan plan = removal.plan(row.name(), pins, installed);
        return new Asked(plan, () -> aside(removal.remove(plan)));
    }

    private static Aside aside(Removed removed) {
        return new Aside(removed.name(), removed::undo, removed::delete);
    }

    private Asked environment(VersionRow row, List<Reference.Pin> pins) throws IOException {
        Workshop workshop = workshop();
        Path place = row.installed().prefix();
        Removal.Plan plan = Removal.environment(AnswerText.folder(place), place, pins, workshop.versions());
        List<Path> links = plan.references().stream().filter(Reference.Alias.class::isInstance).map(each -> workshop.versions().resolve(((Reference.Alias) each).name())).toList();
        return new Asked(plan, () -> {
            Environments.Removed removed = Environments.remove(place, links);
            if (row.pyenv() && model.program().isPresent()) workshop.rehash();
            return aside(removed);
        });
    }

    private Aside aside(Environments.Removed removed) {
        return new Aside(AnswerText.folder(removed.place()), removed::undo, context -> {
            removed.delete().work().run(context);
            return null;
        });
    }

    private void remove(Asked asked) {
        String name = asked.plan().name();
        with.tasks().submit(TaskSpec.of(STRINGS.get("task.remove", name), LANE, _ -> asked.remove().run())).whenEnded(state -> {
            if (state instanceof TaskState.Done<Aside>(Aside removed)) {
                aside.add(removed);
                with.ports().offer(STRINGS.get("removed", name), new Notices.Action(STRINGS.get("pin.undo"), () -> putBack(removed)));
                model.scan();
            } else if (state instanceof TaskState.Failed<Aside>(Problem problem)) with.ports().notify(problem);
        });
    }

    /// The way back after the notice has gone: what was removed last.
    Command putBack() {
        return Command.of("versions.put-back", STRINGS.get("remove.put-back"), "fth-corner-up-left", null, Bindings.isNotEmpty(aside), () -> putBack(aside.getLast()));
    }

    /// Puts something back.
    void putBack(Aside removed) {
        with.tasks().submit(TaskSpec.of(STRINGS.get("task.put-back", removed.name()), LANE, _ -> {
            removed.back().run();
            return removed;
        })).whenEnded(state -> {
            if (state instanceof TaskState.Done<Aside>) {
                aside.remove(removed);
                leftovers.remove(removed);
                with.ports().notify(STRINGS.get("put-back", removed.name()));
                model.scan();
            } else if (state instanceof TaskState.Failed<Aside>(Problem problem)) with.ports().notify(problem);
        });
    }

    /// Deletes something for good.
    void delete(Aside removed) {
        leftovers.remove(removed);
        with.tasks().submit(TaskSpec.of(STRINGS.get("task.delete", removed.name()), LANE, removed.delete())).whenEnded(state -> {
            if (state instanceof TaskState.Failed<?>(Problem problem)) with.ports().notify(problem);
        });
    }

    /// Looks once for what was removed earlier and neither put back nor deleted, as when the program was ended in the middle.
    void look() {
        if (looked || model.program().isEmpty()) return;
        looked = true;
        with.tasks().submit(TaskSpec.of(STRINGS.get("task.leftovers"), Lane.IO, _ -> new Removal(workshop()).leftovers().stream()
                .filter(each -> Files.exists(each.aside(), LinkOption.NOFOLLOW_LINKS)).map(Removals::aside).toList()).hidden()).whenEnded(state -> {
            if (state instanceof TaskState.Done<List<Aside>>(List<Aside> found)) leftovers.setAll(found);
            else if (state instanceof TaskState.Failed<List<Aside>>(Problem problem)) with.ports().notify(problem);
        });
    }

    /// What was removed by an earlier run and is still there.
    ObservableList<Aside> leftovers() {
        return leftovers;
    }

    /// Deletes for good what was removed here and not put back.
    void close() {
        List.copyOf(aside).forEach(this::delete);
        aside.clear();
    }
}
