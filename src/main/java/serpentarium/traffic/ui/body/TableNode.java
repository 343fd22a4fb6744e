package serpentarium.traffic.ui.body;

import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import serpentarium.base.Strings;
import serpentarium.traffic.analysis.body.BodyModel;

/// Rows under headings; the last column takes the room that is left.
final class TableNode extends StackPane implements BodyNode {
    private static final Strings STRINGS = Strings.of(TableNode.class);
    private static final int LONGEST = 400;

    private final BodyModel.Table model;
    private final TableView<List<String>> table = new TableView<>();
    private volatile int[] places;

    TableNode(BodyModel.Table model, Consumer<String> copy) {
        this.model = model;
        getStyleClass().add("body-table");
        for (int i = 0; i < model.columns().size(); i++) {
            int cell = i;
            var column = new TableColumn<List<String>, String>(model.columns().get(i));
            column.setCellValueFactory(row -> new ReadOnlyStringWrapper(shown(row.getValue().get(cell))));
            column.setSortable(false);
            column.setPrefWidth(width(cell));
            table.getColumns().add(column);
        }
        if (model.columns().size() > 1) {
            var last = table.getColumns().getLast();
            var others = table.getColumns().stream().limit(model.columns().size() - 1L).toList();
            table.widthProperty().subscribe(_ -> {
                double left = table.getWidth() - 18;
                for (var each : others) left -= each.getWidth();
                if (left > last.getPrefWidth()) last.setPrefWidth(left);
            });
        }
        table.setItems(FXCollections.observableList(model.rows()));
        table.setAccessibleText(STRINGS.get("table.accessible"));
        var value = new MenuItem(STRINGS.get("table.copy-value"));
        value.setOnAction(_ -> {
            List<String> row = table.getSelectionModel().getSelectedItem();
            if (row != null) copy.accept(row.getLast());
        });
        var whole = new MenuItem(STRINGS.get("table.copy-row"));
        whole.setOnAction(_ -> copy.accept(copied()));
        table.setContextMenu(new ContextMenu(value, whole));
        getChildren().add(table);
    }

    private double width(int cell) {
        int longest = model.columns().get(cell).length();
        for (int i = 0; i < Math.min(200, model.rows().size()); i++) longest = Math.max(longest, Math.min(46, model.rows().get(i).get(cell).length()));
        return 30 + 7.6 * longest;
    }

    private static String shown(String value) {
        String cut = value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
        return cut.replace("\r\n", "↵").replace('\n', '↵').replace('\r', '↵');
    }

    @Override public Region node() {
        return this;
    }

    @Override public CharSequence searched() {
        int[] starts = new int[model.rows().size()];
        var out = new StringBuilder();
        for (int i = 0; i < starts.length; i++) {
            starts[i] = out.length();
            out.append(String.join("\t", model.rows().get(i))).append('\n');
        }
        places = starts;
        return out;
    }

    @Override public void select(int from, int to) {
        int row = java.util.Arrays.binarySearch(places, from);
        if (row < 0) row = -row - 2;
        table.getSelectionModel().clearAndSelect(row);
        table.scrollTo(Math.max(0, row - 3));
    }

    @Override public String copied() {
        List<String> row = table.getSelectionModel().getSelectedItem();
        if (row != null) return String.join("\t", row);
        var out = new StringBuilder(String.join("\t", model.columns())).append('\n');
        for (List<String> each : model.rows()) out.append(String.join("\t", each)).append('\n');
        return out.toString();
    }
}
