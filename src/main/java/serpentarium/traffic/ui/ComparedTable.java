package serpentarium.traffic.ui;

import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.text.Text;
import serpentarium.base.Strings;
import serpentarium.kit.Ports;
import serpentarium.traffic.analysis.ComparedLine;

/// Two things line by line: what differs is marked by colour and by a sign.
final class ComparedTable extends TableView<ComparedLine> {
    private static final Strings STRINGS = Strings.of(ComparedTable.class);
    private static final int LONGEST = 2000;

    ComparedTable(ObservableList<ComparedLine> lines) {
        super(lines);
        getStyleClass().addAll("dense", "fact-table", "compare-table");
        setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_LAST_COLUMN);
        getColumns().add(column("sign", 30, ComparedTable::sign));
        getColumns().add(column("name", 190, ComparedLine::name));
        getColumns().add(column("first", 420, line -> text(line.left())));
        getColumns().add(column("second", 420, line -> text(line.right())));
        setRowFactory(_ -> new Row());
        setAccessibleText(STRINGS.get("compare.accessible"));
        getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    }

    /// Calls the two sides something else, in so wide columns.
    void sides(String first, String second, double width) {
        getColumns().get(2).setText(first);
        getColumns().get(3).setText(second);
        for (int i = 2; i < 4; i++) getColumns().get(i).setPrefWidth(width);
    }

    /// Offers to copy lines.
    void offerCopy(Ports ports) {
        CopiedRows.offer(this, List.of(ComparedTable::sign, ComparedLine::name, line -> text(line.left()), line -> text(line.right())), ports);
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
