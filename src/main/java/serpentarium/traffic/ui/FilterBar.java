package serpentarium.traffic.ui;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Icons;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.analysis.FilterParser;

/// The line above the list: the filter, how many flows it takes, how far it is, and what is wrong with it.
final class FilterBar extends VBox {
    private static final Strings STRINGS = Strings.of(FilterBar.class);

    private final TrafficViewModel model;
    private final FilterField field;
    private final Label count = new Label();
    private final ProgressBar progress = new ProgressBar();
    private final Label wrong = new Label();
    private final ToggleButton masked = new ToggleButton();
    private final HBox line;

    FilterBar(TrafficViewModel model, FilterMemory memory) {
        this.model = model;
        getStyleClass().add("filter-bar");
        field = new FilterField(model, memory);
        HBox.setHgrow(field, Priority.ALWAYS);
        field.setMinWidth(120);
        count.setId("flow-count");
        count.getStyleClass().add("view-note");
        count.setMinWidth(Region.USE_PREF_SIZE);
        progress.setPrefWidth(70);
        progress.setMaxHeight(6);
        progress.visibleProperty().bind(model.busy());
        progress.managedProperty().bind(model.busy());
        progress.setAccessibleText(STRINGS.get("filter.progress"));
        wrong.setId("filter-wrong");
        wrong.getStyleClass().add("filter-wrong");
        wrong.visibleProperty().bind(wrong.textProperty().isNotEmpty());
        wrong.managedProperty().bind(wrong.visibleProperty());
        masked.setId("mask");
        masked.setGraphic(Icons.of("fth-eye-off"));
        masked.getStyleClass().addAll("flat", "small", "mask-switch");
        masked.setMinWidth(Region.USE_PREF_SIZE);
        masked.setTooltip(new Tooltip(STRINGS.get("view.mask")));
        masked.setAccessibleText(STRINGS.get("view.mask"));
        masked.selectedProperty().bindBidirectional(model.masked());
        masked.textProperty().bind(model.masked().map(on -> on ? STRINGS.get("filter.masked") : ""));
        line = new HBox(field, progress, count, masked);
        line.getStyleClass().add("view-bar");
        line.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(line, wrong, new RestrictionChips(model));
        model.parsed().subscribe(result -> wrong.setText(result instanceof FilterParser.Result.Wrong(int _, int _, String text) ? text : ""));
        model.shown().subscribe(_ -> count());
        model.changes().addListener(_ -> count());
    }

    /// The field, to put the focus on.
    FilterField field() {
        return field;
    }

    /// Puts nodes at the end of the line.
    void add(javafx.scene.Node... nodes) {
        line.getChildren().addAll(nodes);
    }

    private void count() {
        FlowTable table = model.table().get();
        int shown = model.shown().get().size();
        count.setText(shown == table.size() ? STRINGS.get("filter.count", Quantity.count((long) shown), shown)
                : STRINGS.get("filter.count-of", Quantity.count((long) shown), Quantity.count((long) table.size())));
        double fraction = model.progress();
        progress.setProgress(fraction < 0 ? ProgressBar.INDETERMINATE_PROGRESS : fraction);
    }
}
