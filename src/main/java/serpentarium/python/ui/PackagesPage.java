package serpentarium.python.ui;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.collections.FXCollections;
import javafx.collections.transformation.FilteredList;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Ports;
import serpentarium.kit.SearchField;
import serpentarium.kit.Toolbars;
import serpentarium.python.engine.inventory.InstalledPackage;
import serpentarium.python.engine.inventory.PackageList;

/// The packages of a Python, read from what their installers left; no process is started for it.
final class PackagesPage extends BorderPane {
    private static final Strings STRINGS = Strings.of(PackagesPage.class);

    private final FilteredList<InstalledPackage> shown = new FilteredList<>(FXCollections.observableArrayList());
    private final SearchField filter = new SearchField(STRINGS.get("packages.filter"));
    private final Label none = new Label();

    /// @param commands what can be done with them all
    PackagesPage(Ports ports, List<Command> commands) {
        setMinSize(0, 0);
        var list = new ListView<>(shown);
        list.setId("packages");
        list.setAccessibleText(STRINGS.get("packages"));
        list.setPlaceholder(none);
        list.getStyleClass().add("dense");
        list.setCellFactory(_ -> new ListCell<>() {
            @Override protected void updateItem(InstalledPackage item, boolean empty) {
                super.updateItem(item, empty);
                setText(empty || item == null ? null : STRINGS.get(item.editable() ? "packages.editable" : "packages.line", item.name(), item.version()));
            }
        });
        filter.textProperty().subscribe(text -> {
            String word = text.strip().toLowerCase(Locale.ROOT);
            shown.setPredicate(word.isEmpty() ? null : item -> item.name().toLowerCase(Locale.ROOT).contains(word));
        });
        Button copy = Toolbars.labelled(Command.of("versions.copy-requirements", STRINGS.get("packages.copy"), "fth-copy", null, Bindings.isNotEmpty(shown),
                () -> ports.copy(PackageList.requirements(List.copyOf(shown)))));
        copy.setId("packages-copy");
        copy.setMinWidth(USE_PREF_SIZE);
        var buttons = new FlowPane(8, 6, copy);
        for (Command command : commands) {
            Button button = Toolbars.labelled(command);
            button.setId("packages-" + command.id().replace('.', '-'));
            button.setMinWidth(USE_PREF_SIZE);
            buttons.getChildren().add(button);
        }
        var bar = new VBox(6, filter, buttons);
        bar.getStyleClass().add("installed-bar");
        bar.setMinHeight(USE_PREF_SIZE);
        setTop(bar);
        setCenter(list);
    }

    void show(Optional<List<InstalledPackage>> packages) {
        @SuppressWarnings("unchecked") var source = (javafx.collections.ObservableList<InstalledPackage>) shown.getSource();
        source.setAll(packages.orElse(List.of()));
        none.setText(STRINGS.get(packages.isPresent() ? "packages.none" : "packages.reading"));
    }
}
