package serpentarium.traffic.ui;

import java.util.List;
import java.util.function.Function;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.FXCollections;
import javafx.collections.transformation.FilteredList;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.text.Text;
import serpentarium.base.Problem;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Toolbars;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.traffic.Session;
import serpentarium.traffic.analysis.ComparedLine;
import serpentarium.traffic.ui.TrafficPane.Surroundings;

/// Two flows side by side: what differs is marked by colour and by a sign.
final class CompareFlows extends BorderPane {
    private static final Strings STRINGS = Strings.of(CompareFlows.class);
    private static final int LONGEST = 2000;

    private final FilteredList<ComparedLine> lines = new FilteredList<>(FXCollections.observableArrayList());
    private final TableView<ComparedLine> table = new TableView<>(lines);
    private final Label count = new Label();
    private final InvalidationListener remasking;

    /// @param back what the button that ends the comparison does
    CompareFlows(Session left, int leftRow, Session right, int rightRow, ObservableBooleanValue masked, Surroundings with, Runnable back) {
        getStyleClass().addAll("flow-detail", "compare-flows");
        getStylesheets().add(CompareFlows.class.getResource("detail.css").toExternalForm());
        setMinSize(0, 0);
        table.getStyleClass().addAll("dense", "fact-table", "compare-table");
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_LAST_COLUMN);
        table.getColumns().add(column("sign", 30, line -> sign(line)));
        table.getColumns().add(column("name", 190, ComparedLine::name));
        table.getColumns().add(column("first", 420, line -> text(line.left())));
        table.getColumns().add(column("second", 420, line -> text(line.right())));
        table.setRowFactory(_ -> new Row());
        var differences = new CheckBox(STRINGS.get("compare.differences"));
        differences.selectedProperty().addListener((_, _, only) -> lines.setPredicate(only ? line -> title(line) || line.change() != ComparedLine.Change.SAME : null));
        count.getStyleClass().add("view-note");
        var bar = new HBox(Toolbars.labelled(Command.of("traffic.compare-end", STRINGS.get("compare.back"), "fth-arrow-left", null, back)), differences, count);
        bar.getStyleClass().add("compare-bar");
        bar.setAlignment(Pos.CENTER_LEFT);
        setTop(bar);
        setCenter(table);
        table.setAccessibleText(STRINGS.get("compare.accessible"));
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        CopiedRows.offer(table, List.of(CompareFlows::sign, ComparedLine::name, line -> text(line.left()), line -> text(line.right())), with.ports());
        Runnable read = () -> {
            boolean mask = masked.get();
            with.tasks().submit(TaskSpec.of(STRINGS.get("compare.reading"), Lane.IO, context -> FlowLines.read(left, leftRow, right, rightRow, mask, context)).latest(this))
                    .whenEnded(state -> {
                        if (state instanceof TaskState.Done<List<ComparedLine>>(List<ComparedLine> done)) show(done);
                        if (state instanceof TaskState.Failed<List<ComparedLine>>(Problem problem)) with.ports().notify(problem);
                    });
        };
        remasking = _ -> {
            show(List.of());
            read.run();
        };
        masked.addListener(new WeakInvalidationListener(remasking));
        read.run();
    }

    private void show(List<ComparedLine> done) {
        @SuppressWarnings("unchecked") var source = (javafx.collections.ObservableList<ComparedLine>) lines.getSource();
        source.setAll(done);
        long different = done.stream().filter(line -> line.change() != ComparedLine.Change.SAME).count();
        count.setText(STRINGS.get("compare.count", Quantity.count(different), different));
    }

    /// What is shown, for tests.
    List<ComparedLine> shown() {
        return List.copyOf(lines);
    }

    static boolean title(ComparedLine line) {
        return line.left() == null && line.right() == null;
    }

    private static String sign(ComparedLine line) {
        return switch (line.change()) {
            case SAME -> "";
            case CHANGED -> "≠";
            case REMOVED -> "−";
            case ADDED -> "+";
        };
    }

    private static String text(String value) {
        return value == null ? "" : value.length() > LONGEST ? value.substring(0, LONGEST) + "…" : value;
    }

    private static TableColumn<ComparedLine, ComparedLine> column(String id, double width, Function<ComparedLine, String> text) {
        var column = new TableColumn<ComparedLine, ComparedLine>(STRINGS.get("compare.column." + id));
        column.setId(id);
        column.setPrefWidth(width);
        column.setMinWidth(30);
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellValueFactory(line -> new ReadOnlyObjectWrapper<>(line.getValue()));
        column.setCellFactory(_ -> new TableCell<>() {
            private final Text shown = new Text();

            {
                shown.getStyleClass().add("fact-text");
                shown.wrappingWidthProperty().bind(widthProperty().subtract(18));
                setAlignment(Pos.TOP_LEFT);
            }

            @Override protected void updateItem(ComparedLine line, boolean empty) {
                super.updateItem(line, empty);
                shown.setText(empty || line == null ? "" : text.apply(line));
                setAccessibleText(shown.getText());
                setGraphic(empty || line == null ? null : shown);
            }
        });
        return column;
    }

    private static final class Row extends TableRow<ComparedLine> {
        private static final List<PseudoClass> CLASSES = List.of(PseudoClass.getPseudoClass("title"), PseudoClass.getPseudoClass("changed"),
                PseudoClass.getPseudoClass("removed"), PseudoClass.getPseudoClass("added"));

        @Override protected void updateItem(ComparedLine line, boolean empty) {
            super.updateItem(line, empty);
            int now = empty || line == null ? -1 : title(line) ? 0 : line.change().ordinal();
            for (int i = 0; i < CLASSES.size(); i++) pseudoClassStateChanged(CLASSES.get(i), now == i && (i > 0 || title(line)));
        }
    }
}
