package serpentarium.profile.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import serpentarium.base.Strings;

/// The folders of other machines and where they are on this one: to look at, to add to, to take away from.
final class SourceFolders extends VBox {
    private static final Strings STRINGS = Strings.of(SourceFolders.class);

    private final ListView<String> list = new ListView<>();
    private final List<String> pairs;

    /// @param known  folders as profiles name them and where they are here, in turn
    /// @param change takes the changed pairs
    SourceFolders(List<String> known, Consumer<List<String>> change) {
        super(8);
        pairs = new ArrayList<>(known.size() % 2 == 0 ? known : known.subList(0, known.size() - 1));
        getStyleClass().add("popover-text");
        var title = new Label(STRINGS.get("source.folders.title"));
        title.getStyleClass().add("text-bold");
        list.setPrefSize(560, 150);
        list.setId("source-folders");
        list.setAccessibleText(STRINGS.get("source.folders.title"));
        list.setPlaceholder(new Label(STRINGS.get("source.folders.none")));
        var from = field("source.folders.from");
        from.setId("source-folder-from");
        var to = field("source.folders.to");
        to.setId("source-folder-to");
        var add = new Button(STRINGS.get("source.folders.add"));
        add.setId("source-folder-add");
        add.disableProperty().bind(from.textProperty().isEmpty().or(to.textProperty().isEmpty()));
        add.setOnAction(_ -> {
            remove(from.getText());
            pairs.addAll(0, List.of(from.getText(), to.getText()));
            from.clear();
            to.clear();
            fill();
            change.accept(List.copyOf(pairs));
        });
        var remove = new Button(STRINGS.get("source.folders.remove"));
        remove.setId("source-folder-remove");
        remove.disableProperty().bind(list.getSelectionModel().selectedItemProperty().isNull());
        remove.setOnAction(_ -> {
            int at = 2 * list.getSelectionModel().getSelectedIndex();
            pairs.subList(at, at + 2).clear();
            fill();
            change.accept(List.copyOf(pairs));
        });
        getChildren().addAll(title, list, new HBox(6, from, to, add, remove));
        fill();
    }

    private static TextField field(String key) {
        var field = new TextField();
        field.setPromptText(STRINGS.get(key));
        field.setAccessibleText(STRINGS.get(key));
        HBox.setHgrow(field, Priority.ALWAYS);
        return field;
    }

    private void remove(String from) {
        for (int i = pairs.size() - 2; i >= 0; i -= 2) if (pairs.get(i).equals(from)) pairs.subList(i, i + 2).clear();
    }

    private void fill() {
        list.getItems().clear();
        for (int i = 0; i + 1 < pairs.size(); i += 2)
            list.getItems().add(STRINGS.get("source.folders.pair", FunctionText.line(pairs.get(i)), FunctionText.line(pairs.get(i + 1))));
    }
}
