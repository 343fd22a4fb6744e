package serpentarium.python.ui;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Notices;
import serpentarium.kit.Overlay;
import serpentarium.python.Because;
import serpentarium.python.Installed;
import serpentarium.python.Rule;
import serpentarium.python.Trouble;
import serpentarium.python.engine.Explanation;
import serpentarium.python.engine.PinWriter;
import serpentarium.python.engine.build.Reference;
import serpentarium.python.engine.build.Removal;
import serpentarium.python.engine.build.Removed;
import serpentarium.python.engine.build.Workshop;
import serpentarium.python.ui.VersionsPane.Surroundings;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;

/// What can be done with a Python, with a rule and about a trouble.
final class VersionActions {
    private static final Strings STRINGS = Strings.of(VersionActions.class);

    private final VersionsViewModel model;
    private final Surroundings with;
    private final Overlay overlay;
    private final BooleanBinding some;
    private final BooleanBinding named;
    private final PinChanges pins;
    private final ObservableList<Removed> aside = FXCollections.observableArrayList();
    private Optional<Consumer<String>> installs = Optional.empty();

    VersionActions(VersionsViewModel model, Surroundings with, Overlay overlay) {
        this.model = model;
        this.with = with;
        this.overlay = overlay;
        pins = new PinChanges(with.tasks(), with.ports(), model::scan);
        some = Bindings.isNotNull(model.selected());
        named = Bindings.createBooleanBinding(() -> model.selected().get() != null && model.selected().get().pyenv(), model.selected());
    }

    /// How a version is searched for in what can be installed.
    void useInstalls(Consumer<String> search) {
        installs = Optional.of(search);
    }

    private VersionRow row() {
        return model.selected().get();
    }

    void copyPrefix() {
        if (row() != null) with.ports().copy(row().installed().prefix().toString());
    }

    /// What Enter does in the table: the selected version is set for the folder.
    void enter() {
        if (named.get()) pins.write(PinChanges.pin(model.folder().get()), List.of(row().name()));
    }

    private Command local() {
        return Command.of("versions.set-local", STRINGS.get("set.local"), "fth-map-pin", null, named, this::enter);
    }

    private Command global() {
        return Command.of("versions.set-global", STRINGS.get("set.global"), "fth-globe", null, named, () -> pins.write(globalFile(), List.of(row().name())));
    }

    private Path globalFile() {
        return model.root().resolve("version");
    }

    private Command choose() {
        return Command.of("versions.choose", STRINGS.get("set.choose"), "fth-list", null, () -> choose(PinChanges.pin(model.folder().get()), true));
    }

    /// Asks which versions a file is to name, in which order.
    ///
    /// @param selection whether the selected version is proposed where the file says nothing
    private void choose(Path file, boolean selection) {
        List<String> now;
        try {
            now = PinWriter.look(file).words();
        } catch (ProblemException e) {
            with.ports().notify(e.problem());
            return;
        }
        if (now.isEmpty() && selection && named.get()) now = List.of(row().name());
        List<String> offered = new ArrayList<>(model.rows().stream().filter(VersionRow::pyenv).map(VersionRow::name).toList());
        offered.add("system");
        var sheet = new ChooseSheet(file, now, offered, words -> {
            overlay.close();
            pins.write(file, words);
        }, overlay::close);
        overlay.show(sheet, sheet.first(), Pos.CENTER);
    }

    private Command remove() {
        BooleanBinding can = Bindings.createBooleanBinding(() -> row() != null && row().removable() && model.program().isPresent(), model.selected());
        return Command.of("versions.remove", STRINGS.get("remove"), "fth-trash-2", null, can, this::askRemoval);
    }

    private void askRemoval() {
        VersionRow row = row();
        var removal = new Removal(new Workshop(model.root(), model.program().orElseThrow(), with.state(), with.environment()));
        List<Installed> installed = model.rows().stream().map(VersionRow::installed).toList();
        var here = new ArrayList<Reference.Pin>();
        model.resolution().get().ifPresent(answer -> answer.chain().stream().filter(rule -> rule.because() == Because.LOCAL_FILE).forEach(rule -> rule.words().stream()
                .filter(word -> word.meaning().filter(row.name()::equals).isPresent())
                .forEach(word -> here.add(new Reference.Pin(rule.file().orElseThrow(), word.line(), word.text())))));
        with.tasks().submit(TaskSpec.of(STRINGS.get("task.references", row.name()), Lane.IO, _ -> removal.plan(row.name(), here, installed))).whenEnded(state -> {
            if (state instanceof TaskState.Done<Removal.Plan>(Removal.Plan plan)) {
                var sheet = new RemoveSheet(plan, row.size(), () -> {
                    overlay.close();
                    remove(removal, plan);
                }, overlay::close);
                overlay.show(sheet, sheet.first(), Pos.CENTER);
            } else if (state instanceof TaskState.Failed<Removal.Plan>(Problem problem)) with.ports().notify(problem);
        });
    }

    private void remove(Removal removal, Removal.Plan plan) {
        with.tasks().submit(TaskSpec.of(STRINGS.get("task.remove", plan.name()), Lane.serial("python-remove"), _ -> removal.remove(plan))).whenEnded(state -> {
            if (state instanceof TaskState.Done<Removed>(Removed removed)) {
                aside.add(removed);
                with.ports().offer(STRINGS.get("removed", plan.name()), new Notices.Action(STRINGS.get("pin.undo"), () -> putBack(removed)));
                model.scan();
            } else if (state instanceof TaskState.Failed<Removed>(Problem problem)) with.ports().notify(problem);
        });
    }

    /// The way back after the notice has gone: the version that was removed last.
    private Command putBack() {
        return Command.of("versions.put-back", STRINGS.get("remove.put-back"), "fth-corner-up-left", null, Bindings.isNotEmpty(aside), () -> putBack(aside.getLast()));
    }

    private void putBack(Removed removed) {
        with.tasks().submit(TaskSpec.of(STRINGS.get("task.put-back", removed.name()), Lane.serial("python-remove"), _ -> {
            removed.undo();
            return removed;
        })).whenEnded(state -> {
            if (state instanceof TaskState.Done<Removed>) {
                aside.remove(removed);
                with.ports().notify(STRINGS.get("put-back", removed.name()));
                model.scan();
            } else if (state instanceof TaskState.Failed<Removed>(Problem problem)) with.ports().notify(problem);
        });
    }

    /// Deletes for good what was removed here and not put back.
    void close() {
        for (Removed removed : aside) with.tasks().submit(TaskSpec.of(STRINGS.get("task.delete", removed.name()), Lane.serial("python-remove"), removed::delete));
        aside.clear();
    }

    private Command prefix() {
        return Command.of("versions.copy-prefix", STRINGS.get("copy.prefix"), "fth-copy", null, some, this::copyPrefix);
    }

    private Command executable() {
        return Command.of("versions.copy-executable", STRINGS.get("copy.executable"), null, null,
                Bindings.createBooleanBinding(() -> row() != null && row().installed().executable().isPresent(), model.selected()),
                () -> with.ports().copy(row().installed().executable().orElseThrow().toString()));
    }

    private Command shellLine() {
        return Command.of("versions.copy-shell", STRINGS.get("copy.shell"), "fth-terminal", null, named, () -> with.ports().copy("export PYENV_VERSION=" + row().name()));
    }

    private Command open() {
        return Command.of("versions.open-prefix", STRINGS.get("open.prefix"), "fth-external-link", null, some, () -> with.ports().showOutside(row().installed().prefix()));
    }

    /// For the table's menu.
    List<Command> forRow() {
        return List.of(local(), global(), choose(), prefix(), executable(), shellLine(), open(), remove());
    }

    /// For the detail's heading.
    List<Command> forDetail() {
        return List.of(local(), global(), remove());
    }

    /// For the palette.
    List<Command> all() {
        return Stream.concat(forRow().stream(), Stream.of(putBack())).toList();
    }

    /// For a rule of the chain.
    List<Command> forRule(Rule rule) {
        var commands = new ArrayList<Command>();
        if (rule.because() == Because.PYENV_VERSION && !rule.words().isEmpty())
            commands.add(Command.of("versions.copy-unset", STRINGS.get("rule.copy-unset"), "fth-terminal", null, () -> with.ports().copy("unset PYENV_VERSION")));
        if (rule.because() == Because.LOCAL_FILE || rule.because() == Because.GLOBAL_FILE)
            commands.add(Command.of("versions.rule-edit", STRINGS.get("rule.edit"), "fth-list", null,
                    () -> choose(rule.file().orElse(PinChanges.pin(model.folder().get())), false)));
        rule.file().filter(java.nio.file.Files::exists).ifPresent(file -> {
            commands.add(Command.of("versions.rule-open", STRINGS.get("rule.open"), "fth-edit", null, () -> with.ports().showOutside(file)));
            commands.add(Command.of("versions.rule-copy", STRINGS.get("rule.copy"), "fth-copy", null, () -> with.ports().copy(file.toString())));
            commands.add(Command.of("versions.rule-delete", STRINGS.get("rule.delete"), "fth-trash-2", null, () -> pins.remove(file)));
            Path folder = file.getParent();
            commands.add(Command.of("versions.rule-go", STRINGS.get("rule.go"), "fth-folder", null, () -> model.go(folder)));
        });
        return commands;
    }

    /// What is wrong, with what helps.
    TroubleCard card(Trouble trouble) {
        return new TroubleCard(trouble, Explanation.sentence(trouble), Explanation.remedy(trouble).orElse(""), remedies(trouble));
    }

    private List<Command> remedies(Trouble trouble) {
        var commands = new ArrayList<Command>();
        if (trouble.kind() == Trouble.Kind.MISSING_FALLS_THROUGH || trouble.kind() == Trouble.Kind.MISSING) {
            String word = trouble.facts().getOrDefault("words", "").split("[\\s,]+")[0];
            installs.filter(_ -> !word.isEmpty()).ifPresent(search ->
                    commands.add(Command.of("versions.remedy-install", STRINGS.get("remedy.install", word), "fth-download", null, () -> search.accept(word))));
        }
        if (trouble.kind() == Trouble.Kind.MISSING_FALLS_THROUGH || trouble.kind() == Trouble.Kind.MISSING || trouble.kind() == Trouble.Kind.EMPTY_FILE
                || trouble.kind() == Trouble.Kind.FOREIGN_SYNTAX || trouble.kind() == Trouble.Kind.BOM)
            model.resolution().get().flatMap(answer -> answer.chain().stream().filter(rule -> trouble.place().isPresent() && rule.file().equals(trouble.place())).findFirst())
                    .ifPresent(rule -> commands.add(Command.of("versions.remedy-choose", STRINGS.get("remedy.choose"), "fth-list", null,
                            () -> choose(rule.file().orElseThrow(), false))));
        Explanation.command(trouble).ifPresent(line -> commands.add(Command.of("versions.remedy-copy", STRINGS.get("remedy.copy", line), "fth-copy", null,
                () -> with.ports().copy(line))));
        trouble.place().filter(java.nio.file.Files::isRegularFile).ifPresent(file -> commands.add(Command.of("versions.remedy-open", STRINGS.get("remedy.open"), "fth-edit", null,
                () -> with.ports().showOutside(file))));
        return commands;
    }
}
