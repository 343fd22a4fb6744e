package serpentarium.python.ui;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.geometry.Pos;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Overlay;
import serpentarium.python.Because;
import serpentarium.python.Effect;
import serpentarium.python.Rule;
import serpentarium.python.Trouble;
import serpentarium.python.engine.Explanation;
import serpentarium.python.engine.PinWriter;
import serpentarium.python.ui.VersionsPane.Surroundings;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;

/// What can be done with a Python, with a rule and about a trouble.
final class VersionActions {
    private static final Strings STRINGS = Strings.of(VersionActions.class);

    /// What is wrong in a file that can be read.
    private static final Set<Trouble.Kind> IN_FILES = Set.of(Trouble.Kind.MISSING_FALLS_THROUGH, Trouble.Kind.MISSING, Trouble.Kind.BOM, Trouble.Kind.FOREIGN_SYNTAX,
            Trouble.Kind.INVALID_WORD, Trouble.Kind.PATTERN, Trouble.Kind.LONG_LINE, Trouble.Kind.HUGE_FILE, Trouble.Kind.EMPTY_FILE, Trouble.Kind.HOME_PIN, Trouble.Kind.HOOK,
            Trouble.Kind.HOOK_UNASKED, Trouble.Kind.HOOK_AT_START);

    private final VersionsViewModel model;
    private final Surroundings with;
    private final Overlay overlay;
    private final BooleanBinding some;
    private final BooleanBinding named;
    private final PinChanges pins;
    private final Removals removals;
    private final EnvironmentActions environments;
    private final TransferActions transfers;
    private Optional<Consumer<String>> installs = Optional.empty();

    VersionActions(VersionsViewModel model, Surroundings with, Overlay overlay) {
        this.model = model;
        this.with = with;
        this.overlay = overlay;
        removals = new Removals(model, with, overlay);
        environments = new EnvironmentActions(model, with, overlay);
        transfers = new TransferActions(model, with, overlay);
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
        with.tasks().submit(TaskSpec.of(STRINGS.get("task.pin", AnswerText.folder(file)), Lane.IO, _ -> PinWriter.look(file).words()).hidden()).whenEnded(state -> {
            if (state instanceof TaskState.Done<List<String>>(List<String> words)) choose(file, words, selection);
            else if (state instanceof TaskState.Failed<List<String>>(Problem problem)) with.ports().notify(problem);
        });
    }

    private void choose(Path file, List<String> words, boolean selection) {
        List<String> now = words;
        if (now.isEmpty() && selection && named.get()) now = List.of(row().name());
        List<String> offered = new ArrayList<>(model.rows().stream().filter(VersionRow::pyenv).map(VersionRow::name).toList());
        offered.add("system");
        var sheet = new ChooseSheet(file, now, offered, chosen -> {
            overlay.close();
            pins.write(file, chosen);
        }, overlay::close);
        overlay.show(sheet, sheet.first(), Pos.CENTER);
    }

    /// The tab was closed: what was removed and not put back is deleted for good.
    void close() {
        removals.close();
    }

    /// What was removed earlier and is still there.
    Removals removals() {
        return removals;
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
        return List.of(local(), global(), choose(), environments.make(), transfers.into(), transfers.fromFile(), transfers.export(), prefix(), executable(), shellLine(), open(),
                removals.remove());
    }

    /// For the detail's heading.
    List<Command> forDetail() {
        return List.of(local(), global(), environments.make(), removals.remove());
    }

    /// For the list of packages.
    List<Command> forPackages() {
        return List.of(transfers.into(), transfers.fromFile(), transfers.export());
    }

    /// For the palette.
    List<Command> all() {
        return Stream.concat(forRow().stream(), Stream.of(removals.putBack())).toList();
    }

    /// For a rule of the chain.
    List<Command> forRule(Rule rule) {
        var commands = new ArrayList<Command>();
        if (rule.because() == Because.PYENV_VERSION && !rule.words().isEmpty())
            commands.add(Command.of("versions.copy-unset", STRINGS.get("rule.copy-unset"), "fth-terminal", null, () -> with.ports().copy("unset PYENV_VERSION")));
        if (rule.because() == Because.LOCAL_FILE || rule.because() == Because.GLOBAL_FILE)
            commands.add(Command.of("versions.rule-edit", STRINGS.get("rule.edit"), "fth-list", null,
                    () -> choose(rule.file().orElse(PinChanges.pin(model.folder().get())), false)));
        rule.file().filter(_ -> rule.effect() != Effect.UNSET).ifPresent(file -> {
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

    /// What was removed earlier and is still there, with what can be done about it.
    TroubleCard leftover(Removals.Aside each) {
        return new TroubleCard(Trouble.Weight.NOTE, STRINGS.get("leftover", each.name()), "", List.of(
                Command.of("versions.leftover-back", STRINGS.get("leftover.back"), "fth-corner-up-left", null, () -> removals.putBack(each)),
                Command.of("versions.leftover-delete", STRINGS.get("leftover.delete"), "fth-trash-2", null, () -> removals.delete(each))));
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
        trouble.place().filter(_ -> IN_FILES.contains(trouble.kind())).ifPresent(file -> commands.add(Command.of("versions.remedy-open", STRINGS.get("remedy.open"), "fth-edit", null,
                () -> with.ports().showOutside(file))));
        return commands;
    }
}
