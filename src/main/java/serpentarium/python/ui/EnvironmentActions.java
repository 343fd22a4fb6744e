package serpentarium.python.ui;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.CopyLine;
import serpentarium.kit.Icons;
import serpentarium.kit.Notices;
import serpentarium.kit.Overlay;
import serpentarium.python.engine.inventory.Environment;
import serpentarium.python.engine.inventory.Environments;
import serpentarium.python.engine.inventory.Found;
import serpentarium.python.ui.VersionsPane.Surroundings;

/// Makes virtual environments from the selected Python.
final class EnvironmentActions {
    private static final Strings STRINGS = Strings.of(EnvironmentActions.class);
    private static final String USUAL = ".venv";

    private final VersionsViewModel model;
    private final Surroundings with;
    private final Overlay overlay;

    EnvironmentActions(VersionsViewModel model, Surroundings with, Overlay overlay) {
        this.model = model;
        this.with = with;
        this.overlay = overlay;
    }

    /// Asks where and how.
    Command make() {
        var can = Bindings.createBooleanBinding(() -> model.selected().get() != null && model.selected().get().installed().executable().isPresent(), model.selected());
        return Command.of("versions.make-environment", STRINGS.get("environment.make"), "fth-box", null, can, this::ask);
    }

    private void ask() {
        VersionRow row = model.selected().get();
        Found base = row.found();
        Path python = row.installed().executable().orElseThrow();
        var place = new TextField(model.folder().get().resolve(USUAL).toString());
        place.setId("environment-place");
        place.setAccessibleText(STRINGS.get("environment.place"));
        HBox.setHgrow(place, Priority.ALWAYS);
        var browse = new Button(STRINGS.get("folder.browse"), Icons.of("fth-folder"));
        browse.setMinWidth(Region.USE_PREF_SIZE);
        browse.setOnAction(_ -> with.ports().chooseFolder(STRINGS.get("environment.choose"), model.folder().get())
                .ifPresent(folder -> place.setText(folder.resolve(name(place.getText())).toString())));
        var line = new HBox(8, place, browse);
        line.setAlignment(Pos.CENTER_LEFT);
        var prompt = new TextField();
        prompt.setId("environment-prompt");
        prompt.setPromptText(STRINGS.get("environment.prompt"));
        prompt.setAccessibleText(STRINGS.get("environment.prompt"));
        CheckBox pip = box("pip", true);
        CheckBox packages = box("packages", false);
        var command = new CopyLine("", with.ports());
        var asked = Bindings.createObjectBinding(() -> new Environments.Options(packages.isSelected(), pip.isSelected(), Optional.of(prompt.getText().strip()).filter(each -> !each.isEmpty())),
                packages.selectedProperty(), pip.selectedProperty(), prompt.textProperty());
        var where = Bindings.createObjectBinding(() -> path(place.getText()), place.textProperty());
        var text = Bindings.createStringBinding(() -> where.get().map(folder -> ShellText.line(Environments.command(python, folder, asked.get()))).orElse(STRINGS.get("environment.no-path")),
                where, asked);
        text.subscribe(command::setText);
        Label label = WorkSheet.text(STRINGS.get("environment.place"), "muted");
        var sheet = new WorkSheet(STRINGS.get("environment.title", row.name()), STRINGS.get("environment.about"), STRINGS.get("environment.go"), with, overlay::close);
        sheet.asks(label, line, pip, packages, prompt, command).<Environment>does(Bindings.createBooleanBinding(() -> where.get().isPresent(), where),
                lines -> Environments.make(base, where.get().orElseThrow(), asked.get(), lines), made -> {
                    if (sheet.getScene() != null) overlay.close();
                    model.remember(made.prefix());
                    String enter = ShellText.line(List.of(".", made.prefix().resolve("bin/activate").toString()));
                    with.ports().offer(STRINGS.get("environment.made", AnswerText.folder(made.prefix())), new Notices.Action(STRINGS.get("environment.enter"), () -> with.ports().copy(enter)));
                    model.scan();
                });
        overlay.show(sheet, place, Pos.CENTER);
        place.end();
    }

    private static CheckBox box(String key, boolean on) {
        var box = new CheckBox(STRINGS.get("environment." + key));
        box.setId("environment-" + key);
        box.setSelected(on);
        return box;
    }

    private String name(String typed) {
        return path(typed).map(Path::getFileName).map(Path::toString).orElse(USUAL);
    }

    private Optional<Path> path(String typed) {
        return model.where().path(typed).filter(each -> each.getFileName() != null);
    }
}
