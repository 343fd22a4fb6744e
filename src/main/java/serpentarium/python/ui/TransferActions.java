package serpentarium.python.ui;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.CopyLine;
import serpentarium.kit.Icons;
import serpentarium.kit.Named;
import serpentarium.kit.Overlay;
import serpentarium.python.engine.build.Workshop;
import serpentarium.python.engine.inventory.InstalledPackage;
import serpentarium.python.engine.inventory.PackageList;
import serpentarium.python.engine.inventory.PackageTransfer;
import serpentarium.python.ui.VersionsPane.Surroundings;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;

/// Writes down what is installed in a Python, and installs it into another.
final class TransferActions {
    private static final Strings STRINGS = Strings.of(TransferActions.class);

    private final VersionsViewModel model;
    private final Surroundings with;
    private final Overlay overlay;
    private final BooleanBinding some;

    TransferActions(VersionsViewModel model, Surroundings with, Overlay overlay) {
        this.model = model;
        this.with = with;
        this.overlay = overlay;
        some = Bindings.createBooleanBinding(() -> !packages().isEmpty(), model.selected());
    }

    /// What a requirements file of the selected one would list.
    private List<InstalledPackage> packages() {
        VersionRow row = model.selected().get();
        List<InstalledPackage> all = row == null ? List.of() : row.packages().orElse(List.of());
        return all.stream().filter(each -> !PackageList.requirements(List.of(each)).isEmpty()).toList();
    }

    /// Writes a requirements file.
    Command export() {
        return Command.of("versions.export-packages", STRINGS.get("packages.export"), "fth-save", null, some, () -> {
            List<InstalledPackage> packages = packages();
            String name = STRINGS.get("packages.file", plain(model.selected().get()));
            with.ports().chooseSave(STRINGS.get("packages.export"), name).ifPresent(file -> with.tasks().submit(TaskSpec.of(STRINGS.get("packages.export"), Lane.IO, _ -> {
                PackageTransfer.export(packages, file);
                return file;
            })).whenEnded(state -> {
                if (state instanceof TaskState.Done<Path>) with.ports().notifySaved(STRINGS.get("packages.exported", packages.size(), AnswerText.folder(file)), file);
                else if (state instanceof TaskState.Failed<Path>(Problem problem)) with.ports().notify(problem);
            }));
        });
    }

    /// Asks which one takes the packages of the selected one.
    Command into() {
        return Command.of("versions.transfer-packages", STRINGS.get("transfer.into"), "fth-share", null, some, () -> {
            VersionRow from = model.selected().get();
            List<InstalledPackage> packages = packages();
            Path list = with.state().resolve("requirements").resolve(plain(from) + ".txt");
            String names = packages.stream().map(InstalledPackage::requirement).collect(Collectors.joining(", "));
            ask(STRINGS.get("transfer.title", packages.size(), from.name()), names, model.rows().stream().filter(row -> row != from && takes(row)).toList(), list, () -> {
                Files.createDirectories(list.getParent());
                PackageTransfer.export(packages, list);
            });
        });
    }

    /// Asks for a requirements file that the selected one takes.
    Command fromFile() {
        var can = Bindings.createBooleanBinding(() -> model.selected().get() != null && takes(model.selected().get()), model.selected());
        return Command.of("versions.install-packages", STRINGS.get("transfer.file"), "fth-download", null, can, () -> {
            VersionRow row = model.selected().get();
            with.ports().chooseOpen(STRINGS.get("transfer.choose")).stream().findFirst()
                    .ifPresent(file -> ask(STRINGS.get("transfer.file.title", file.getFileName()), AnswerText.folder(file), List.of(row), file, () -> { }));
        });
    }

    private static boolean takes(VersionRow row) {
        return row.installed().executable().isPresent() && row.environment().filter(each -> each.orphan()).isEmpty();
    }

    private static String plain(VersionRow row) {
        return row.name().replaceAll("[^\\w.-]+", "-").replaceFirst("^-", "");
    }

    /// Writes the list before it is read.
    private interface Before {
        void run() throws IOException;
    }

    private void ask(String title, String about, List<VersionRow> targets, Path list, Before before) {
        var target = new ComboBox<VersionRow>();
        target.setId("transfer-target");
        target.setAccessibleText(STRINGS.get("transfer.target"));
        target.getItems().setAll(targets);
        target.setConverter(Named.of(row -> STRINGS.get("detail.title", row.name(), row.origin())));
        target.setMaxWidth(Double.MAX_VALUE);
        targets.stream().findFirst().ifPresent(target::setValue);
        var wheels = new TextField();
        wheels.setId("transfer-wheels");
        wheels.setPromptText(STRINGS.get("transfer.wheels"));
        wheels.setAccessibleText(STRINGS.get("transfer.wheels"));
        HBox.setHgrow(wheels, Priority.ALWAYS);
        var browse = new Button(STRINGS.get("folder.browse"), Icons.of("fth-folder"));
        browse.setMinWidth(Region.USE_PREF_SIZE);
        browse.setOnAction(_ -> with.ports().chooseFolder(STRINGS.get("transfer.wheels"), model.folder().get()).ifPresent(folder -> wheels.setText(folder.toString())));
        var line = new HBox(8, wheels, browse);
        line.setAlignment(Pos.CENTER_LEFT);
        var command = new CopyLine("", with.ports());
        var text = Bindings.createStringBinding(() -> target.getValue() == null ? STRINGS.get("transfer.nobody")
                : ShellText.line(PackageTransfer.command(target.getValue().installed().executable().orElseThrow(), list, folder(wheels))), target.valueProperty(), wheels.textProperty());
        text.subscribe(command::setText);
        Label warning = WorkSheet.text(STRINGS.get("transfer.warning"), "muted");
        var sheet = new WorkSheet(title, about, STRINGS.get("transfer.go"), with, overlay::close);
        sheet.asks(WorkSheet.text(STRINGS.get("transfer.target"), "muted"), target, line, warning, command).does(target.valueProperty().isNotNull(), lines -> {
            VersionRow row = target.getValue();
            Optional<Path> program = model.program();
            TaskSpec<Void> install = PackageTransfer.install(row.found(), list, folder(wheels), lines);
            return TaskSpec.of(install.title(), install.lane(), context -> {
                before.run();
                install.work().run(context);
                if (row.pyenv() && program.isPresent()) new Workshop(model.root(), program.get(), with.state(), with.environment()).rehash();
                return row;
            });
        }, row -> {
            if (sheet.getScene() != null) overlay.close();
            with.ports().notify(STRINGS.get("transfer.done", row.name()));
            model.scan();
        });
        overlay.show(sheet, target, Pos.CENTER);
    }

    private static Optional<Path> folder(TextField wheels) {
        try {
            return Optional.of(wheels.getText().strip()).filter(each -> !each.isEmpty()).map(Path::of);
        } catch (java.nio.file.InvalidPathException _) {
            return Optional.empty();
        }
    }
}
