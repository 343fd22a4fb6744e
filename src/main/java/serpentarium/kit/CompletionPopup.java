package serpentarium.kit;

import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.stage.Popup;
import serpentarium.base.Strings;

/// A list under a field: what can be written, what was used, what was saved. The focus stays in the field.
public final class CompletionPopup {
    private static final Strings STRINGS = Strings.of(CompletionPopup.class);
    private static final double ROW = 24;
    private static final int SEEN = 12;

    /// A line.
    ///
    /// @param text    what would be written
    /// @param explain beside it
    /// @param choose  what choosing it does
    public record Line(String text, String explain, Runnable choose) {}

    private final Popup popup = new Popup();
    private final ListView<Line> list = new ListView<>();

    /// Makes one.
    public CompletionPopup() {
        list.setId("completion");
        list.setFixedCellSize(ROW);
        list.setPrefWidth(560);
        list.setFocusTraversable(false);
        list.getStyleClass().addAll("dense", "completion-list");
        list.setAccessibleText(STRINGS.get("completion.accessible"));
        list.setCellFactory(_ -> new LineCell(this::choose));
        list.getStylesheets().add(CompletionPopup.class.getResource("completion.css").toExternalForm());
        popup.setAutoHide(true);
        popup.setConsumeAutoHidingEvents(false);
        popup.setHideOnEscape(false);
        popup.getContent().add(list);
    }

    /// Whether it is there.
    public boolean showing() {
        return popup.isShowing();
    }

    /// The lines that are shown.
    public List<Line> lines() {
        return List.copyOf(list.getItems());
    }

    /// Shows lines under a node; none hides it.
    ///
    /// @param first whether the first line is selected at once, so that Enter takes it
    public void show(Node under, List<Line> lines, boolean first) {
        if (lines.isEmpty() || under.getScene() == null || under.getScene().getWindow() == null) {
            popup.hide();
            return;
        }
        list.getItems().setAll(lines);
        list.setPrefHeight(Math.min(SEEN, lines.size()) * ROW + 8);
        list.getSelectionModel().clearSelection();
        if (first) list.getSelectionModel().selectFirst();
        list.scrollTo(0);
        Bounds at = under.localToScreen(under.getBoundsInLocal());
        if (at == null) return;
        popup.show(under, at.getMinX(), at.getMaxY() + 2);
    }

    /// Takes it away.
    public void hide() {
        popup.hide();
    }

    /// Goes up or down.
    public void step(int by) {
        int size = list.getItems().size();
        if (size == 0) return;
        int now = list.getSelectionModel().getSelectedIndex();
        int next = now < 0 ? by > 0 ? 0 : size - 1 : Math.floorMod(now + by, size);
        list.getSelectionModel().clearAndSelect(next);
        list.scrollTo(Math.max(0, next - SEEN / 2));
    }

    /// Takes the selected line; says whether there was one.
    public boolean take() {
        Line line = list.getSelectionModel().getSelectedItem();
        if (line == null) return false;
        choose(line);
        return true;
    }

    private void choose(Line line) {
        popup.hide();
        line.choose().run();
    }

    private static final class LineCell extends ListCell<Line> {
        private final Label text = new Label();
        private final Label explain = new Label();
        private final Region space = new Region();
        private final HBox line = new HBox(14, text, space, explain);

        LineCell(Consumer<Line> choose) {
            text.getStyleClass().add("completion-text");
            text.setMinWidth(60);
            explain.getStyleClass().add("muted");
            HBox.setHgrow(space, Priority.ALWAYS);
            setPrefWidth(0);
            setOnMouseClicked(_ -> {
                if (getItem() != null) choose.accept(getItem());
            });
        }

        @Override protected void updateItem(Line item, boolean empty) {
            super.updateItem(item, empty);
            if (empty || item == null) {
                setGraphic(null);
                return;
            }
            text.setText(item.text());
            explain.setText(item.explain());
            setGraphic(line);
        }
    }
}
