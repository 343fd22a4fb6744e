package serpentarium.python.ui;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Overlay;
import serpentarium.python.Because;
import serpentarium.python.Rule;
import serpentarium.python.Trouble;
import serpentarium.python.engine.Explanation;
import serpentarium.python.ui.VersionsPane.Surroundings;

/// What can be done with a Python, with a rule and about a trouble.
final class VersionActions {
    private static final Strings STRINGS = Strings.of(VersionActions.class);

    private final VersionsViewModel model;
    private final Surroundings with;
    private final Overlay overlay;
    private final BooleanBinding some;
    private final BooleanBinding named;
    private Optional<Consumer<String>> installs = Optional.empty();

    VersionActions(VersionsViewModel model, Surroundings with, Overlay overlay) {
        this.model = model;
        this.with = with;
        this.overlay = overlay;
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

    /// What Enter does in the table.
    void enter() {
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
        return List.of(prefix(), executable(), shellLine(), open());
    }

    /// For the detail's heading.
    List<Command> forDetail() {
        return List.of(open());
    }

    /// For the palette.
    List<Command> all() {
        return forRow();
    }

    /// For a rule of the chain.
    List<Command> forRule(Rule rule) {
        var commands = new ArrayList<Command>();
        if (rule.because() == Because.PYENV_VERSION && !rule.words().isEmpty())
            commands.add(Command.of("versions.copy-unset", STRINGS.get("rule.copy-unset"), "fth-terminal", null, () -> with.ports().copy("unset PYENV_VERSION")));
        rule.file().filter(java.nio.file.Files::exists).ifPresent(file -> {
            commands.add(Command.of("versions.rule-open", STRINGS.get("rule.open"), "fth-edit", null, () -> with.ports().showOutside(file)));
            commands.add(Command.of("versions.rule-copy", STRINGS.get("rule.copy"), "fth-copy", null, () -> with.ports().copy(file.toString())));
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
        Explanation.command(trouble).ifPresent(line -> commands.add(Command.of("versions.remedy-copy", STRINGS.get("remedy.copy", line), "fth-copy", null,
                () -> with.ports().copy(line))));
        trouble.place().filter(java.nio.file.Files::isRegularFile).ifPresent(file -> commands.add(Command.of("versions.remedy-open", STRINGS.get("remedy.open"), "fth-edit", null,
                () -> with.ports().showOutside(file))));
        return commands;
    }
}
