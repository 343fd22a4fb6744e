package serpentarium.traffic.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.FXCollections;
import javafx.collections.transformation.FilteredList;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Menus;
import serpentarium.kit.Ports;
import serpentarium.kit.Toolbars;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.analysis.Secrets;
import serpentarium.traffic.analysis.SessionComparison;
import serpentarium.traffic.analysis.SessionComparison.Change;
import serpentarium.traffic.analysis.SessionComparison.Pair;

/// Two sessions flow by flow: what is missing, what is new, what came with another status, size or order.
final class CompareSessions extends BorderPane {
    private static final Strings STRINGS = Strings.of(CompareSessions.class);

    private final FlowTable left;
    private final FlowTable right;
    private final ObservableBooleanValue masked;
    private final InvalidationListener remasking;
    private final TableView<Pair> table;
    private final List<Function<Pair, String>> texts = new ArrayList<>();

    /// @param open shows two flows that are matched side by side
    /// @param back ends the comparison
    CompareSessions(SessionComparison comparison, FlowTable left, FlowTable right, ObservableBooleanValue masked, Ports ports, BiConsumer<Integer, Integer> open, Runnable back) {
        this.left = left;
        this.right = right;
        this.masked = masked;
        getStyleClass().addAll("flow-detail", "compare-sessions");
        getStylesheets().add(CompareSessions.class.getResource("detail.css").toExternalForm());
        setMinSize(0, 0);
        var pairs = new FilteredList<>(FXCollections.observableList(comparison.pairs()));
        table = new TableView<>(pairs);
        table.getStyleClass().addAll("dense", "message-table");
        table.setFixedCellSize(22);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        column("change", 120, pair -> STRINGS.get("compare.change." + pair.change().name().toLowerCase(Locale.ROOT)));
        column("flow", 520, this::flow);
        column("status", 110, pair -> both(pair, (of, row) -> of.status(row) == 0 ? "–" : String.valueOf(of.status(row))));
        column("size", 170, pair -> both(pair, (of, row) -> of.responseSize(row) < 0 ? "–" : Quantity.size(of.responseSize(row))));
        column("duration", 170, pair -> both(pair, (of, row) -> Quantity.time(of.duration(row))));
        Command together = Command.of("traffic.compare-pair", STRINGS.get("compare.pair"), "fth-columns", null, () -> {
            Pair pair = table.getSelectionModel().getSelectedItem();
            if (pair != null && pair.left() >= 0 && pair.right() >= 0) open.accept(pair.left(), pair.right());
        });
        table.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2 && event.getButton() == MouseButton.PRIMARY) together.run().run();
        });
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() != KeyCode.ENTER) return;
            together.run().run();
            event.consume();
        });
        table.setAccessibleText(STRINGS.get("compare.accessible"));
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.setContextMenu(new ContextMenu(Menus.item(together)));
        CopiedRows.offer(table, texts, ports);
        remasking = _ -> table.refresh();
        masked.addListener(new WeakInvalidationListener(remasking));
        var differences = new CheckBox(STRINGS.get("compare.differences"));
        differences.selectedProperty().addListener((_, _, only) -> pairs.setPredicate(only ? pair -> pair.change() != Change.SAME : null));
        var sums = new StringBuilder();
        for (Change change : Change.values()) {
            if (comparison.count(change) == 0) continue;
            if (!sums.isEmpty()) sums.append("  ·  ");
            sums.append(STRINGS.get("compare.change." + change.name().toLowerCase(Locale.ROOT))).append(' ').append(Quantity.count(comparison.count(change)));
        }
        var count = new Label(sums.toString());
        count.getStyleClass().add("view-note");
        var bar = new HBox(Toolbars.labelled(Command.of("traffic.compare-end", STRINGS.get("compare.back"), "fth-arrow-left", null, back)), differences, count);
        bar.getStyleClass().add("compare-bar");
        bar.setAlignment(Pos.CENTER_LEFT);
        setTop(bar);
        setCenter(table);
    }

    private interface Shown {
        String of(FlowTable table, int row);
    }

    private String both(Pair pair, Shown shown) {
        String a = pair.left() < 0 ? "" : shown.of(left, pair.left());
        String b = pair.right() < 0 ? "" : shown.of(right, pair.right());
        return a.isEmpty() || b.isEmpty() || a.equals(b) ? a.isEmpty() ? b : a : a + " → " + b;
    }

    private String flow(Pair pair) {
        String title = pair.left() >= 0 ? left.title(pair.left()) : right.title(pair.right());
        return masked.get() ? Secrets.maskUrl(title) : title;
    }

    private void column(String id, double width, Function<Pair, String> text) {
        var column = new TableColumn<Pair, Pair>(STRINGS.get("compare.sessions." + id));
        column.setId(id);
        texts.add(text);
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setCellValueFactory(pair -> new ReadOnlyObjectWrapper<>(pair.getValue()));
        column.setCellFactory(_ -> new TableCell<>() {
            @Override protected void updateItem(Pair pair, boolean empty) {
                super.updateItem(pair, empty);
                setText(empty || pair == null ? null : text.apply(pair));
            }
        });
        table.getColumns().add(column);
    }

    /// What is listed, for tests.
    List<Pair> shown() {
        return List.copyOf(table.getItems());
    }
}
