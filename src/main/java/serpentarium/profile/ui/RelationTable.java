package serpentarium.profile.ui;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import serpentarium.base.Strings;
import serpentarium.kit.ColumnLayout;
import serpentarium.kit.Command;
import serpentarium.kit.CopiedTable;
import serpentarium.kit.Ports;
import serpentarium.kit.Settings;
import serpentarium.profile.FrameTable;
import serpentarium.profile.analysis.Origin;
import serpentarium.profile.analysis.Relations.Relation;

/// One side of a function: its callers or its callees.
final class RelationTable extends BorderPane {
    private static final Strings STRINGS = Strings.of(RelationTable.class);
    private static final Comparator<Double> UNKNOWN_LAST =
            Comparator.comparingDouble(value -> Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value);

    private enum Column { FUNCTION, DISTANCE, CALLS, SELF, TOTAL, SHARE, PLACE }

    private final ProfileViewModel model;
    private final Ports ports;
    private final String side;
    private final Label title = new Label();
    private final Label basis = new Label();
    private final TableView<Relation> table = new TableView<>();
    private double whole = Double.NaN;
    private boolean all;
    private final Label none = new Label();

    /// @param side  `callers` or `callees`: names the texts and the control
    /// @param calls whether calls are counted
    /// @param own   whether the callee's own cost in these calls is known
    RelationTable(ProfileViewModel model, Ports ports, String side, boolean calls, boolean own) {
        this.model = model;
        this.ports = ports;
        this.side = side;
        getStyleClass().add("relation-table");
        title.getStyleClass().add("relation-title");
        basis.getStyleClass().add("view-note");
        basis.setMinWidth(0);
        title.setMinWidth(Region.USE_PREF_SIZE);
        var bar = new javafx.scene.layout.HBox(title, basis);
        bar.getStyleClass().add("relation-bar");
        bar.setAlignment(javafx.geometry.Pos.BASELINE_LEFT);
        setTop(bar);
        setCenter(table);
        table.setId("relations-" + side);
        table.setFixedCellSize(26);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        table.getStyleClass().addAll("dense", "profile-table");
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.setAccessibleText(STRINGS.get("relations." + side));
        away(false);
        table.setPlaceholder(none);
        for (Column column : Column.values()) if ((calls || column != Column.CALLS) && (own || column != Column.SELF)) table.getColumns().add(make(column));
        table.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) go();
        });
        var actions = List.of(
                command("go", new KeyCodeCombination(KeyCode.ENTER), this::go),
                command("copy", ViewActions.shortcut(KeyCode.C), () -> copy(table.getSelectionModel().getSelectedItems(), false)),
                command("copy-markdown", ViewActions.shortcut(KeyCode.C, KeyCombination.SHIFT_DOWN),
                        () -> copy(table.getSelectionModel().getSelectedItems(), true)));
        ViewActions.keys(table, actions);
        table.setContextMenu(ViewActions.menu(actions));
    }

    private Command command(String id, KeyCombination key, Runnable run) {
        return new Command("profile." + side + "." + id, STRINGS.get("relations.command." + id), null, key, hasSelection(), run);
    }

    /// Remembers widths, order and hidden columns.
    void remember(Settings settings) {
        ColumnLayout.remember(table, "profile." + side + (model.estimated() ? ".columns" : ".columns.samples"), settings);
        distances(false);
    }

    /// What the table is called and how many rows it has.
    StringProperty title() {
        return title.textProperty();
    }

    /// Whether it says by itself what it is called; not where a tab does.
    void titled(boolean shown) {
        title.setVisible(shown);
        title.setManaged(shown);
    }

    Region focusTarget() {
        return table;
    }

    ObservableBooleanValue hasSelection() {
        return Bindings.isNotNull(table.getSelectionModel().selectedItemProperty());
    }

    ObservableBooleanValue hasRows() {
        return Bindings.isNotEmpty(table.getItems());
    }

    /// Selects the function of the selected row everywhere.
    void go() {
        Relation relation = table.getSelectionModel().getSelectedItem();
        if (relation != null) model.selected().set(relation.function());
    }

    /// Says why there is nothing: filters took the function away, or the profile knows of none.
    void away(boolean filtered) {
        none.setText(STRINGS.get(filtered ? "relations.filtered" : "relations.no-" + side));
    }

    /// Shows other relations.
    ///
    /// @param name  of the function whose relations they are
    /// @param total its total cost, which shares are of
    /// @param everyone whether those further away are among them
    void show(List<Relation> relations, String name, double total, boolean everyone) {
        whole = total;
        title.setText(STRINGS.get((everyone ? "relations.all-" : "relations.") + side + "-of", relations.size()));
        String shortened = name.length() > 60 ? name.substring(0, 59) + "…" : name;
        boolean unknown = everyone && relations.stream().anyMatch(each -> each.distance() > 1 && Double.isNaN(each.total()));
        basis.setText(unknown ? STRINGS.get("relations.distance-only") : STRINGS.get("relations.share-of", shortened));
        if (model.percent().get()) basis.setText(STRINGS.get("relations.others-of", basis.getText(), CostBase.WHOLE.text(model, false)));
        basis.setTooltip(new javafx.scene.control.Tooltip(basis.getText()));
        if (everyone != all) distances(everyone);
        table.getItems().setAll(relations);
        if (!table.getSortOrder().isEmpty()) table.sort();
        table.scrollTo(0);
    }

    /// Direct callers are all one call away: only among all of them the distance says something.
    private void distances(boolean shown) {
        all = shown;
        for (TableColumn<Relation, ?> column : table.getColumns()) if (column.getId().equals("distance")) column.setVisible(shown);
    }

    /// Writes the numbers again.
    void refresh() {
        table.refresh();
    }

    private TableColumn<Relation, Relation> make(Column id) {
        String key = id.name().toLowerCase(Locale.ROOT);
        var column = new TableColumn<Relation, Relation>(STRINGS.get("relations.column." + key));
        column.setId(key);
        column.setPrefWidth(switch (id) {
            case FUNCTION -> 260;
            case DISTANCE -> 76;
            case CALLS -> 100;
            case SELF, TOTAL, SHARE -> 100;
            case PLACE -> 110;
        });
        column.setMinWidth(switch (id) {
            case FUNCTION -> 140;
            case DISTANCE -> 60;
            case CALLS -> 84;
            case SELF, TOTAL, SHARE -> 72;
            case PLACE -> 60;
        });
        if (id != Column.FUNCTION && id != Column.PLACE) {
            column.setMaxWidth(260);
            column.getStyleClass().add("number-column");
        }
        switch (id) {
            case FUNCTION -> TableCells.figures(column, FunctionFigure::new, this::showFunction,
                    r -> FunctionText.name(frames(), r.function()));
            case SELF -> TableCells.figures(column, CostFigure::new, (f, r) -> f.show(text(id, r), r.self() / model.whole()),
                    r -> text(id, r));
            case TOTAL -> TableCells.figures(column, CostFigure::new, (f, r) -> f.show(text(id, r), r.total() / model.whole()),
                    r -> text(id, r));
            case SHARE -> TableCells.figures(column, CostFigure::new, (f, r) -> f.show(text(id, r), r.total() / whole),
                    r -> text(id, r));
            case DISTANCE, CALLS, PLACE -> TableCells.figures(column, () -> new TextFigure(id == Column.PLACE),
                    (label, r) -> label.setText(text(id, r)), r -> text(id, r));
        }
        column.setComparator(order(id));
        return column;
    }

    private Comparator<Relation> order(Column id) {
        return switch (id) {
            case FUNCTION -> Comparator.comparing(r -> frames().name(r.function()), String.CASE_INSENSITIVE_ORDER);
            case DISTANCE -> Comparator.comparing(Relation::distance);
            case CALLS -> Comparator.comparing(Relation::calls, Comparator.nullsFirst(Comparator.<BigInteger>naturalOrder()));
            case SELF -> Comparator.comparing(Relation::self, UNKNOWN_LAST);
            case TOTAL, SHARE -> Comparator.comparing(Relation::total, UNKNOWN_LAST);
            case PLACE -> Comparator.comparing(r -> FunctionText.path(frames(), r.function()));
        };
    }

    private FrameTable frames() {
        return model.profile().frames();
    }

    private void showFunction(FunctionFigure figure, Relation relation) {
        String name = FunctionText.name(frames(), relation.function());
        boolean itself = relation.function() == model.selected().get();
        figure.show(Origin.of(frames(), relation.function()), itself ? "↻" : "", name,
                NameHighlight.of(model, "").spans(relation.function(), name));
    }

    private String text(Column column, Relation relation) {
        return switch (column) {
            case FUNCTION -> FunctionText.name(frames(), relation.function());
            case DISTANCE -> String.valueOf(relation.distance());
            case CALLS -> relation.calls() == null ? "–" : FunctionColumn.count(relation.calls());
            case SELF -> cost(relation.self(), relation);
            case TOTAL -> cost(relation.total(), relation);
            case SHARE -> Double.isNaN(relation.total()) || whole == 0 ? "–" : serpentarium.base.Quantity.share(relation.total() / whole);
            case PLACE -> FunctionText.place(frames(), relation.function());
        };
    }

    private String cost(double value, Relation relation) {
        if (!Double.isNaN(value)) return model.cost(value);
        if (relation.distance() > 1) return "–";
        return Double.isNaN(relation.total()) && relation.calls() != null ? STRINGS.get("relations.calls-only") : model.cost(value);
    }

    /// Copies every row.
    void copyAll(boolean markdown) {
        copy(table.getItems(), markdown);
    }

    private void copy(List<Relation> relations, boolean markdown) {
        var columns = table.getColumns().stream().filter(TableColumn::isVisible)
                .map(c -> Column.valueOf(c.getId().toUpperCase(Locale.ROOT))).toList();
        var rows = new ArrayList<List<String>>();
        for (Relation relation : relations)
            rows.add(columns.stream()
                    .map(c -> c == Column.PLACE ? FunctionText.path(frames(), relation.function()) : text(c, relation)).toList());
        var header = columns.stream().map(c -> STRINGS.get("relations.column." + c.name().toLowerCase(Locale.ROOT))).toList();
        var copied = new CopiedTable(header,
                columns.stream().map(c -> c != Column.FUNCTION && c != Column.PLACE).toList(), rows);
        ports.copy(markdown ? copied.markdown() : copied.tsv());
    }
}
