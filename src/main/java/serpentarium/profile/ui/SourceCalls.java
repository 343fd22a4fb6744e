package serpentarium.profile.ui;

import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.geometry.Pos;
import javafx.scene.Cursor;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Icons;
import serpentarium.kit.Popovers;

/// What a line of source calls, as a table; a click, or Enter, selects the function.
final class SourceCalls extends StackPane {
    private static final Strings STRINGS = Strings.of(SourceCalls.class);
    private static final int MOST_ROWS = 12;
    private static final double ROW = 26;

    private final ProfileViewModel model;
    private final TableView<SourceHeat.Call> table = new TableView<>();
    private Runnable chosen = () -> { };

    SourceCalls(ProfileViewModel model, List<SourceHeat.Call> calls) {
        this.model = model;
        getStylesheets().add(SourceCalls.class.getResource("tables.css").toExternalForm());
        getStyleClass().addAll("profile-table-view", "source-calls-list");
        table.setId("source-calls");
        table.getStyleClass().addAll("dense", "profile-table");
        table.setFixedCellSize(ROW);
        table.setItems(FXCollections.observableList(calls));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        boolean counted = calls.stream().anyMatch(call -> call.count() >= 0);
        add("source.calls.cost", 96, true, call -> model.cost(call.cost()));
        if (counted) add("source.calls.count", 84, true, call -> call.count() < 0 ? "–" : Quantity.count(call.count()));
        add("source.calls.function", 260, false, call -> FunctionText.line(model.profile().frames().name(call.callee())));
        table.setPrefSize(counted ? 460 : 380, ROW * (Math.min(MOST_ROWS, calls.size()) + 1) + 12);
        table.setOnMouseClicked(_ -> choose());
        table.setOnKeyPressed(key -> {
            if (key.getCode() == KeyCode.ENTER) choose();
        });
        getChildren().add(table);
    }

    /// The mark beside a line of source: nothing where the line calls nothing.
    static Node mark(ProfileViewModel model, int line, List<SourceHeat.Call> calls) {
        var mark = new Label();
        mark.setMinWidth(18);
        mark.setAlignment(Pos.CENTER);
        if (calls.isEmpty()) return mark;
        mark.setGraphic(Icons.of("fth-chevron-right"));
        mark.setId("source-calls-" + line);
        mark.getStyleClass().add("source-calls");
        mark.setCursor(Cursor.HAND);
        String first = FunctionText.line(model.profile().frames().name(calls.getFirst().callee()));
        String text = calls.size() == 1 ? STRINGS.get("source.calls.one", first, model.cost(calls.getFirst().cost()))
                : STRINGS.get("source.calls.some", calls.size(), first);
        mark.setTooltip(new Tooltip(text));
        mark.setAccessibleText(text);
        mark.setOnMouseClicked(_ -> {
            var table = new SourceCalls(model, calls);
            var over = Popovers.of(table);
            over.setTitle(STRINGS.get("source.calls.title", line));
            table.onChosen(() -> over.hide());
            over.show(mark);
        });
        return mark;
    }

    private void add(String key, double width, boolean number, Function<SourceHeat.Call, String> text) {
        var column = new TableColumn<SourceHeat.Call, SourceHeat.Call>(STRINGS.get(key));
        column.setPrefWidth(width);
        column.setMinWidth(60);
        column.setSortable(false);
        if (number) column.getStyleClass().add("number-column");
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setCellFactory(_ -> new TableCell<>() {
            {
                setAlignment(number ? Pos.CENTER_RIGHT : Pos.CENTER_LEFT);
            }

            @Override protected void updateItem(SourceHeat.Call call, boolean empty) {
                super.updateItem(call, empty);
                setText(empty || call == null ? null : text.apply(call));
            }
        });
        table.getColumns().add(column);
    }

    /// Runs when a function was chosen.
    void onChosen(Runnable then) {
        chosen = then;
    }

    private void choose() {
        SourceHeat.Call call = table.getSelectionModel().getSelectedItem();
        if (call == null) return;
        model.selected().set(call.callee());
        chosen.run();
    }
}
