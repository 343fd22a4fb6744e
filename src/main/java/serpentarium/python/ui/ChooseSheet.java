package serpentarium.python.ui;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import serpentarium.base.Strings;
import serpentarium.kit.Icons;

/// The versions of a pin in their order: added, taken away, and moved by drag or by Alt with the arrow keys.
final class ChooseSheet extends VBox {
    private static final Strings STRINGS = Strings.of(ChooseSheet.class);

    private final ObservableList<String> words = FXCollections.observableArrayList();
    private final ListView<String> list = new ListView<>(words);
    private final ComboBox<String> add = new ComboBox<>();

    /// @param file    what is written
    /// @param now     what it says now
    /// @param offered the versions that are installed
    /// @param save    takes the words
    /// @param cancel  closes the sheet
    ChooseSheet(Path file, List<String> now, List<String> offered, Consumer<List<String>> save, Runnable cancel) {
        super(10);
        getStyleClass().addAll("overlay-card", "choose-sheet");
        words.setAll(now);
        var title = new Label(STRINGS.get("choose.title"));
        title.getStyleClass().add("card-title");
        var about = new Label(STRINGS.get("choose.about", AnswerText.folder(file)));
        about.getStyleClass().add("muted");
        about.setWrapText(true);
        about.setMinHeight(USE_PREF_SIZE);
        list.setId("choose-words");
        list.setAccessibleText(STRINGS.get("choose.words"));
        list.setPrefHeight(190);
        list.setPlaceholder(new Label(STRINGS.get("choose.none")));
        list.setCellFactory(_ -> new WordCell());
        list.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        add.setId("choose-add");
        add.setEditable(true);
        add.setPromptText(STRINGS.get("choose.add"));
        add.setAccessibleText(STRINGS.get("choose.add"));
        add.getItems().setAll(offered);
        add.setMaxWidth(Double.MAX_VALUE);
        // Enter would save without what was typed.
        add.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() != KeyCode.ENTER || add.getEditor().getText().isBlank()) return;
            add();
            event.consume();
        });
        HBox.setHgrow(add, Priority.ALWAYS);
        Button plus = button("choose-plus", "choose.plus", "fth-plus", this::add);
        Button up = button("choose-up", "choose.up", "fth-arrow-up", () -> move(-1));
        Button down = button("choose-down", "choose.down", "fth-arrow-down", () -> move(1));
        Button away = button("choose-away", "choose.away", "fth-trash-2", this::away);
        var none = list.getSelectionModel().selectedItemProperty().isNull();
        up.disableProperty().bind(none);
        down.disableProperty().bind(none);
        away.disableProperty().bind(none);
        Button done = button("choose-save", "choose.save", "fth-check", () -> save.accept(List.copyOf(words)));
        done.getStyleClass().add("accent");
        done.setDefaultButton(true);
        done.disableProperty().bind(Bindings.isEmpty(words));
        Button no = button("choose-cancel", "choose.cancel", null, cancel);
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var adding = new HBox(8, add, plus);
        var foot = new HBox(8, up, down, away, space, no, done);
        foot.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(title, about, list, adding, foot);
        setMaxHeight(USE_PREF_SIZE);
    }

    private static Button button(String id, String key, String icon, Runnable run) {
        var button = new Button(STRINGS.get(key), Icons.of(icon));
        button.setId(id);
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(_ -> run.run());
        return button;
    }

    private void pressed(KeyEvent event) {
        if (event.isAltDown() && event.getCode() == KeyCode.UP) move(-1);
        else if (event.isAltDown() && event.getCode() == KeyCode.DOWN) move(1);
        else if (event.getCode() == KeyCode.DELETE) away();
        else return;
        event.consume();
    }

    private void add() {
        String word = add.getEditor().getText().strip();
        if (word.isEmpty() || words.contains(word) || word.matches(".*\\s.*")) return;
        words.add(word);
        add.getEditor().clear();
        list.getSelectionModel().select(word);
    }

    private void move(int by) {
        int at = list.getSelectionModel().getSelectedIndex();
        if (at >= 0) put(at, at + by);
    }

    private void put(int from, int to) {
        if (to < 0 || to >= words.size() || from == to) return;
        String word = words.remove(from);
        words.add(to, word);
        list.getSelectionModel().clearAndSelect(to);
    }

    private void away() {
        int at = list.getSelectionModel().getSelectedIndex();
        if (at >= 0) words.remove(at);
    }

    /// What has the focus first.
    ListView<String> first() {
        if (!words.isEmpty()) list.getSelectionModel().select(0);
        return list;
    }

    private final class WordCell extends ListCell<String> {
        WordCell() {
            setOnDragDetected(event -> {
                if (isEmpty()) return;
                var content = new ClipboardContent();
                content.putString(String.valueOf(getIndex()));
                startDragAndDrop(TransferMode.MOVE).setContent(content);
                event.consume();
            });
            setOnDragOver(event -> {
                if (event.getGestureSource() instanceof WordCell other && other.getListView() == getListView()) event.acceptTransferModes(TransferMode.MOVE);
                event.consume();
            });
            setOnDragDropped(event -> {
                if (event.getGestureSource() instanceof WordCell other) put(other.getIndex(), isEmpty() ? words.size() - 1 : getIndex());
                event.setDropCompleted(true);
                event.consume();
            });
        }

        @Override protected void updateItem(String word, boolean empty) {
            super.updateItem(word, empty);
            setText(empty ? null : STRINGS.get("choose.word", getIndex() + 1, word));
        }
    }
}
