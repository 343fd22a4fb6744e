package serpentarium.log.ui.mark;

import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.OverrunStyle;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.EmptyState;
import serpentarium.kit.Icons;
import serpentarium.kit.Menus;
import serpentarium.kit.Toolbars;
import serpentarium.log.RecordView;
import serpentarium.log.engine.LogLines.Spot;
import serpentarium.log.ui.mark.MarksViewModel.Marked;

/// All marks of a log, to go to, with their notes.
public final class MarksView extends BorderPane {
    private static final Strings STRINGS = Strings.of(MarksView.class);
    private static final int MOST_NOTE_LINES = 4;

    private final MarksViewModel model;
    private final ZoneId zone;
    private final Consumer<Spot> go;
    private final ListView<Marked> list;

    /// @param go     shows a line in the log
    /// @param export what can be done with all marks
    public MarksView(MarksViewModel model, ZoneId zone, Consumer<Spot> go, List<Command> export) {
        this.model = model;
        this.zone = zone;
        this.go = go;
        getStyleClass().add("marks-view");
        getStylesheets().add(MarksView.class.getResource("marks.css").toExternalForm());
        setMinSize(0, 0);
        list = new ListView<>(model.marks());
        list.setId("log-marks");
        list.setAccessibleText(STRINGS.get("view.accessible"));
        list.setPlaceholder(new EmptyState("fth-bookmark", STRINGS.get("view.none"), STRINGS.get("view.none-text")));
        list.setCellFactory(_ -> new Cell());
        list.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) go();
            else if (event.getCode() == KeyCode.DELETE) remove();
            else return;
            event.consume();
        });
        list.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY) go();
        });
        list.setContextMenu(new ContextMenu(Menus.item(Command.of("log.marks.go", STRINGS.get("view.go"), "fth-arrow-right", null, this::go)),
                Menus.item(Command.of("log.marks.remove", STRINGS.get("view.remove"), "fth-trash-2", null, this::remove))));
        setCenter(list);
        var bar = new FlowPane(4, 4);
        bar.getStyleClass().add("marks-bar");
        bar.setAlignment(Pos.CENTER_LEFT);
        export.forEach(command -> bar.getChildren().add(Toolbars.labelled(command)));
        bar.visibleProperty().bind(Bindings.isNotEmpty(model.marks()));
        bar.managedProperty().bind(bar.visibleProperty());
        setTop(bar);
    }

    private void go() {
        Marked selected = list.getSelectionModel().getSelectedItem();
        if (selected != null && selected.spot() != null) go.accept(selected.spot());
    }

    private void remove() {
        Marked selected = list.getSelectionModel().getSelectedItem();
        if (selected != null) model.remove(selected);
    }

    private final class Cell extends ListCell<Marked> {
        @Override protected void updateItem(Marked marked, boolean empty) {
            super.updateItem(marked, empty);
            setText(null);
            if (empty || marked == null) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            var star = Icons.of("fth-bookmark", "mark-icon");
            // Its letters' family is said in its style, too.
            star.setStyle(star.getStyle() + "; -fx-icon-color: " + MarkColours.css(MarkColours.of(marked.mark())) + ";");
            var head = new Label(head(marked));
            head.getStyleClass().add("mark-head");
            head.setMinWidth(0);
            var first = new FlowPane(6, 2, star, head);
            first.setPrefWrapLength(0);
            marked.mark().tags().forEach(tag -> first.getChildren().add(MarkStrip.tag(tag)));
            var text = new Label(marked.mark().text());
            text.getStyleClass().add("mark-line");
            text.setTextOverrun(OverrunStyle.ELLIPSIS);
            text.setMinWidth(0);
            text.setMaxWidth(Double.MAX_VALUE);
            var box = new VBox(2, first);
            if (!marked.mark().note().isEmpty()) {
                var note = new Label(String.join("\n", marked.mark().note().lines().limit(MOST_NOTE_LINES).toList()));
                note.getStyleClass().add("mark-text");
                note.setWrapText(true);
                note.setMinWidth(0);
                box.getChildren().add(note);
            }
            box.getChildren().add(text);
            // A cell is as wide as what it holds unless that gives way.
            box.prefWidthProperty().bind(list.widthProperty().subtract(36));
            setGraphic(box);
            setAccessibleText(head(marked) + ": " + marked.mark().note() + " " + marked.mark().text());
        }

        private String head(Marked marked) {
            String time = marked.mark().time() == RecordView.NO_TIME ? "" : serpentarium.log.ui.detail.FieldRow.time(marked.mark().time(), zone) + "  ";
            String where = marked.mark().file() + ":" + (marked.mark().line() + 1);
            return time + (marked.spot() == null ? STRINGS.get("view.gone", where) : where);
        }
    }
}
