package serpentarium.profile.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.paint.Color;
import serpentarium.base.IntSort;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.CopiedTable;
import serpentarium.kit.Theme;
import serpentarium.profile.Unit;
import serpentarium.profile.analysis.Comparison;

/// The functions of two profiles with A, B and what changed, as a table.
final class CompareTable {
    private static final Strings STRINGS = Strings.of(CompareTable.class);
    private static final double FIRST_WIDTH = 300;

    private final TableView<Integer> table = new TableView<>();
    private final IndexList shown = new IndexList();
    private final Theme theme;
    private Comparison comparison;
    private String filter = "";
    private double least;
    private boolean onlyA;

    private enum Column {
        FUNCTION, DELTA_SELF, A_SELF, B_SELF, DELTA_TOTAL, A_TOTAL, B_TOTAL, A_CALLS, B_CALLS, FILE;

        boolean text() {
            return this == FUNCTION || this == FILE;
        }

        boolean delta() {
            return this == DELTA_SELF || this == DELTA_TOTAL;
        }
    }

    CompareTable(Theme theme, boolean onlyA) {
        this.theme = theme;
        this.onlyA = onlyA;
        table.setId(onlyA ? "only-a-table" : "compare-table");
        table.setItems(shown);
        table.setFixedCellSize(26);
        table.getStyleClass().addAll("dense", "profile-table");
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.setPlaceholder(new Label(STRINGS.get(onlyA ? "compare.nothing-only-a" : "compare.nothing")));
        for (Column id : Column.values()) if (!onlyA || id == Column.FUNCTION || id == Column.A_SELF || id == Column.A_TOTAL || id == Column.A_CALLS || id == Column.FILE) add(id);
        table.setSortPolicy(_ -> {
            reorder();
            return true;
        });
        table.getSortOrder().add(column(onlyA ? Column.A_SELF : Column.DELTA_SELF));
    }

    private void add(Column id) {
        String key = id.name().toLowerCase(Locale.ROOT).replace('_', '-');
        var column = new TableColumn<Integer, Integer>(STRINGS.get("compare.column." + key));
        column.setId(key);
        column.setPrefWidth(id == Column.FUNCTION ? FIRST_WIDTH : id == Column.FILE ? 220 : 105);
        column.setMinWidth(id.text() ? 140 : 60);
        column.setSortType(id.text() ? TableColumn.SortType.ASCENDING : TableColumn.SortType.DESCENDING);
        if (!id.text()) column.getStyleClass().add("number-column");
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setCellFactory(_ -> new TableCell<>() {
            {
                setAlignment(id.text() ? Pos.CENTER_LEFT : Pos.CENTER_RIGHT);
            }

            @Override protected void updateItem(Integer row, boolean empty) {
                super.updateItem(row, empty);
                boolean none = empty || row == null || comparison == null || row >= comparison.size();
                setText(none ? null : cell(id, row));
                setStyle(none ? null : style(id, row));
            }
        });
        table.getColumns().add(column);
    }

    private TableColumn<Integer, ?> column(Column id) {
        String key = id.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return table.getColumns().stream().filter(each -> key.equals(each.getId())).findFirst().orElseThrow();
    }

    /// The table.
    TableView<Integer> view() {
        return table;
    }

    /// How many rows are shown.
    int size() {
        return shown.size();
    }

    /// Shows a comparison.
    void show(Comparison next) {
        comparison = next;
        column(Column.A_CALLS).setVisible(next.a().table().calls() != null);
        if (!onlyA) column(Column.B_CALLS).setVisible(next.b().table().calls() != null);
        reorder();
        table.refresh();
    }

    /// Shows functions whose name or file holds a text.
    void filter(String text) {
        filter = text.toLowerCase(Locale.ROOT);
        reorder();
    }

    /// Shows functions whose own or total cost changed by at least this share of the whole.
    void least(double share) {
        least = share;
        reorder();
    }

    private void reorder() {
        if (comparison == null) return;
        int[] rows = new int[comparison.size()];
        int count = 0;
        for (int row = 0; row < comparison.size(); row++) if (matches(row)) rows[count++] = row;
        int[] order = java.util.Arrays.copyOf(rows, count);
        IntSort.sort(order, 0, count, this::compare);
        shown.show(order);
    }

    private boolean matches(int row) {
        if (onlyA && comparison.functionB(row) >= 0) return false;
        if (!filter.isEmpty()) {
            String file = comparison.file(row);
            if (!comparison.name(row).toLowerCase(Locale.ROOT).contains(filter) && (file == null || !file.toLowerCase(Locale.ROOT).contains(filter))) return false;
        }
        if (onlyA || least <= 0) return true;
        double bound = least * Math.max(comparison.b().total(), comparison.a().total() * comparison.factor());
        return Math.abs(comparison.deltaSelf(row)) >= bound || Math.abs(comparison.deltaTotal(row)) >= bound;
    }

    private int compare(int one, int two) {
        for (TableColumn<Integer, ?> by : table.getSortOrder()) {
            Column id = Column.valueOf(by.getId().toUpperCase(Locale.ROOT).replace('-', '_'));
            int order;
            if (id.text()) order = text(id, one).compareToIgnoreCase(text(id, two));
            else if (id.delta()) order = Double.compare(known(Math.abs(number(id, one))), known(Math.abs(number(id, two))));
            else order = Double.compare(known(number(id, one)), known(number(id, two)));
            if (by.getSortType() == TableColumn.SortType.DESCENDING) order = -order;
            if (order != 0) return order;
        }
        return Integer.compare(one, two);
    }

    private static double known(double value) {
        return Double.isNaN(value) ? -1 : value;
    }

    private double number(Column id, int row) {
        return switch (id) {
            case DELTA_SELF -> comparison.deltaSelf(row);
            case A_SELF -> comparison.selfA(row);
            case B_SELF -> comparison.selfB(row);
            case DELTA_TOTAL -> comparison.deltaTotal(row);
            case A_TOTAL -> comparison.totalA(row);
            case B_TOTAL -> comparison.totalB(row);
            case A_CALLS -> value(comparison.callsA(row));
            case B_CALLS -> value(comparison.callsB(row));
            case FUNCTION, FILE -> Double.NaN;
        };
    }

    private static double value(OptionalDouble calls) {
        return calls.isPresent() ? calls.getAsDouble() : Double.NaN;
    }

    private String text(Column id, int row) {
        if (id == Column.FUNCTION) return FunctionText.line(comparison.name(row));
        String file = comparison.file(row);
        return file == null ? "" : FunctionText.line(file);
    }

    private String cell(Column id, int row) {
        if (id.text()) return text(id, row);
        boolean absent = switch (id) {
            case A_SELF, A_TOTAL, A_CALLS -> comparison.functionA(row) < 0;
            case B_SELF, B_TOTAL, B_CALLS -> comparison.functionB(row) < 0;
            case FUNCTION, FILE, DELTA_SELF, DELTA_TOTAL -> false;
        };
        double number = number(id, row);
        if (absent || Double.isNaN(number)) return "–";
        if (id == Column.A_CALLS || id == Column.B_CALLS) return Quantity.count(number);
        Unit unit = comparison.b().event().unit();
        return (id.delta() && number > 0 ? "+" : "") + unit.format(number);
    }

    private String style(Column id, int row) {
        if (!id.delta()) return null;
        boolean self = id == Column.DELTA_SELF;
        double before = self ? comparison.selfA(row) : comparison.totalA(row);
        double after = self ? comparison.selfB(row) : comparison.totalB(row);
        if (!(Math.abs(after - before) > 0) || comparison.norm() != Comparison.Norm.CALLS && comparison.noise(before, after)) return null;
        var change = after > before ? comparison.functionA(row) < 0 ? FlameDeltas.Change.NEW : FlameDeltas.Change.SLOWER : FlameDeltas.Change.FASTER;
        boolean dark = theme.tokens().get().dark();
        int ink = FlameColors.blend(FlameDeltas.color(change, 1, dark), dark ? 0xffffffff : 0xff000000, dark ? 0.45 : 0.4);
        Color color = FlamePainter.color(ink);
        return String.format(Locale.ROOT, "-fx-text-fill: rgb(%d,%d,%d);", Math.round(color.getRed() * 255), Math.round(color.getGreen() * 255), Math.round(color.getBlue() * 255));
    }

    /// The selected rows, or all that are shown where none is, for the clipboard.
    CopiedTable copied() {
        List<Integer> rows = table.getSelectionModel().getSelectedItems().isEmpty() ? shown : List.copyOf(table.getSelectionModel().getSelectedItems());
        List<String> header = new ArrayList<>();
        List<Boolean> right = new ArrayList<>();
        List<Column> ids = new ArrayList<>();
        for (TableColumn<Integer, ?> each : table.getVisibleLeafColumns()) {
            Column id = Column.valueOf(each.getId().toUpperCase(Locale.ROOT).replace('-', '_'));
            ids.add(id);
            header.add(each.getText());
            right.add(!id.text());
        }
        return new CopiedTable(header, right, rows.stream().map(row -> ids.stream().map(id -> cell(id, row)).toList()).toList());
    }
}
