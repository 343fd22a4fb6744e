package serpentarium.profile.ui;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableStringValue;
import javafx.collections.ObservableList;
import javafx.scene.control.TableColumn;
import serpentarium.base.Strings;
import serpentarium.kit.CopiedTable;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.CallTree;
import serpentarium.profile.analysis.Origin;

/// The columns of the call tree: what each draws, says aloud, and copies.
final class CallTreeCells {
    private static final Strings STRINGS = Strings.of(CallTreeCells.class);

    private enum Column { FUNCTION, TOTAL, SELF, INTERVAL, MODULE, PLACE }

    private final ProfileViewModel model;
    private final Supplier<CallTreeRows> rows;
    private final IntSupplier deepest;
    private final Consumer<TreeLine> toggle;
    private final Map<Column, TableColumn<TreeLine, TreeLine>> made = new EnumMap<>(Column.class);

    /// @param rows    the tree that is shown
    /// @param deepest how deep the deepest line lies that may be in sight
    /// @param toggle  opens or closes a line
    CallTreeCells(ProfileViewModel model, Supplier<CallTreeRows> rows, IntSupplier deepest, Consumer<TreeLine> toggle) {
        this.model = model;
        this.rows = rows;
        this.deepest = deepest;
        this.toggle = toggle;
    }

    /// New columns.
    ///
    /// @param down whether the tree is shown from the roots down
    List<TableColumn<TreeLine, TreeLine>> columns(ObservableBooleanValue down) {
        var list = new ArrayList<TableColumn<TreeLine, TreeLine>>();
        for (Column column : Column.values()) {
            if (column == Column.INTERVAL && !model.estimated()) continue;
            list.add(made.computeIfAbsent(column, this::column));
        }
        title(Column.TOTAL, Bindings.when(down).then(STRINGS.get("tree.column.total")).otherwise(STRINGS.get("tree.column.via")));
        title(Column.SELF, new ReadOnlyStringWrapper(STRINGS.get("tree.column.self")));
        return list;
    }

    /// A header names what its percentages are of.
    private void title(Column column, ObservableStringValue name) {
        made.get(column).textProperty().bind(Bindings.createStringBinding(() -> !model.percent().get() ? name.get()
                : STRINGS.get("base.column", name.get(), model.base().get().text(model, true)), name, model.percent(), model.base(),
                model.percentOfAll(), model.analysis()));
    }

    /// Takes the columns that say nothing from the leaves up out of a table's, or puts them back after the total.
    void forMode(ObservableList<TableColumn<TreeLine, ?>> columns, boolean down) {
        var only = List.of(Column.SELF, Column.INTERVAL).stream().map(made::get).filter(column -> column != null).toList();
        if (down == columns.containsAll(only)) return;
        if (down) columns.addAll(columns.indexOf(made.get(Column.TOTAL)) + 1, only);
        else columns.removeAll(only);
    }

    private TableColumn<TreeLine, TreeLine> column(Column id) {
        String key = id.name().toLowerCase(java.util.Locale.ROOT);
        var column = new TableColumn<TreeLine, TreeLine>(STRINGS.get("tree.column." + key));
        column.setId(key);
        column.setSortable(false);
        column.setReorderable(id != Column.FUNCTION);
        column.setPrefWidth(switch (id) {
            case FUNCTION -> 420;
            case TOTAL, SELF -> 140;
            case INTERVAL -> 170;
            case MODULE -> 180;
            case PLACE -> 200;
        });
        // Headers of costs name what percentages are of.
        column.setMinWidth(id == Column.FUNCTION ? 180 : id == Column.TOTAL || id == Column.SELF ? 134 : 70);
        if (id == Column.TOTAL || id == Column.SELF) column.setMaxWidth(260);
        switch (id) {
            case FUNCTION -> TableCells.figures(column, TreeFigure::new, this::showFunction, this::spoken);
            case TOTAL, SELF -> {
                column.getStyleClass().add("number-column");
                TableCells.figures(column, CostFigure::new, (figure, line) -> figure.show(text(id, line), share(id, line)),
                        line -> text(id, line));
            }
            case INTERVAL, MODULE, PLACE -> TableCells.figures(column, () -> new TextFigure(id == Column.PLACE),
                    (label, line) -> label.setText(text(id, line)),
                    line -> text(id, line));
        }
        if (id == Column.INTERVAL) column.getStyleClass().add("number-column");
        return column;
    }

    private double share(Column id, TreeLine line) {
        double cost = id == Column.TOTAL ? rows.get().cost(line.row()) : rows.get().self(line.row());
        return cost / model.base().get().of(model, above(line));
    }

    private double above(TreeLine line) {
        return line.parent() == null ? Double.NaN : rows.get().cost(line.parent().row());
    }

    private String text(Column id, TreeLine line) {
        CallTreeRows now = rows.get();
        CallTreeRow row = line.row();
        int function = now.function(row);
        return switch (id) {
            case FUNCTION -> name(row);
            case TOTAL -> number(now.cost(row), line);
            case SELF -> number(now.self(row), line);
            case INTERVAL -> {
                double[] interval = now.interval(row);
                if (interval == null) yield "";
                String least = model.cost(interval[0], above(line));
                String most = model.cost(interval[1], above(line));
                yield least.equals(most) ? most : STRINGS.get("tree.interval", least, most);
            }
            case MODULE -> function < 0 ? "" : FunctionText.module(now.analysis().frames(), function);
            case PLACE -> function < 0 ? "" : FunctionText.place(now.analysis().frames(), function);
        };
    }

    private String number(double value, TreeLine line) {
        return Double.isNaN(value) ? "" : model.cost(value, above(line));
    }

    /// What stands before the name: `≈` for an estimate, `↻` for recursion.
    String sign(CallTreeRow row) {
        String estimate = rows.get().estimated(row) ? "≈" : "";
        return rows.get().kind(row) == CallTree.RECURSION ? estimate + "↻" : estimate;
    }

    /// The name of a row.
    String name(CallTreeRow row) {
        CallTreeRows now = rows.get();
        if (row instanceof CallTreeRow.More more) return STRINGS.get("tree.more", more.left());
        if (row instanceof CallTreeRow.Waiting) return STRINGS.get("tree.waiting");
        String special = now.special(row);
        if (special != null) return special;
        return switch (now.kind(row)) {
            case CallTree.UNATTRIBUTED -> STRINGS.get("tree.unattributed");
            case CallTree.SMALL -> STRINGS.get("tree.small");
            default -> now.function(row) < 0 ? STRINGS.get("tree.unknown") : FunctionText.name(now.analysis().frames(), now.function(row));
        };
    }

    private void showFunction(TreeFigure figure, TreeLine line) {
        CallTreeRow row = line.row();
        Analysis analysis = rows.get().analysis();
        int function = rows.get().function(row);
        String name = name(row);
        boolean named = function >= 0 && rows.get().kind(row) != CallTree.UNATTRIBUTED && rows.get().kind(row) != CallTree.SMALL;
        int[] spans = named ? NameHighlight.of(model, "").spans(function, name) : new int[0];
        figure.show(line, deepest.getAsInt(), () -> toggle.accept(line), named ? Origin.of(analysis.frames(), function) : null, sign(row), name, spans);
    }

    private String spoken(TreeLine line) {
        CallTreeRow row = line.row();
        var words = new ArrayList<String>();
        words.add(name(row));
        if (rows.get().estimated(row)) words.add(STRINGS.get("tree.spoken.estimated"));
        if (rows.get().kind(row) == CallTree.RECURSION) words.add(STRINGS.get("tree.spoken.recursion"));
        words.add(STRINGS.get("tree.spoken.level", line.depth() + 1));
        if (!line.leaf()) words.add(STRINGS.get(line.open() ? "tree.spoken.open" : "tree.spoken.closed"));
        return String.join(", ", words);
    }

    /// Rows as a table of texts for the clipboard; names carry their sign, places the whole path.
    CopiedTable copied(List<TableColumn<TreeLine, ?>> shown, List<TreeLine> from) {
        var columns = new ArrayList<Column>();
        for (TableColumn<TreeLine, ?> column : shown) columns.add(Column.valueOf(column.getId().toUpperCase(java.util.Locale.ROOT)));
        var header = shown.stream().map(TableColumn::getText).toList();
        var right = columns.stream().map(c -> c == Column.TOTAL || c == Column.SELF || c == Column.INTERVAL).toList();
        var lines = new ArrayList<List<String>>();
        for (TreeLine line : from) lines.add(columns.stream().map(column -> copied(column, line)).toList());
        return new CopiedTable(header, right, lines);
    }

    private String copied(Column column, TreeLine line) {
        CallTreeRow row = line.row();
        int function = rows.get().function(row);
        return switch (column) {
            case FUNCTION -> sign(row).isEmpty() ? name(row) : sign(row) + " " + name(row);
            case PLACE -> function < 0 ? "" : FunctionText.path(rows.get().analysis().frames(), function);
            case TOTAL, SELF, INTERVAL, MODULE -> text(column, line);
        };
    }
}
