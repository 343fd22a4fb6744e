package serpentarium.traffic.ui;

import java.util.List;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Pane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.traffic.Timing;
import serpentarium.traffic.analysis.Phase;

/// A flow's time as a bar for each step, with figures. What is not known is said.
final class TimingChart extends BorderPane {
    private static final Strings STRINGS = Strings.of(TimingChart.class);

    private final GridPane grid = new GridPane();

    TimingChart() {
        getStyleClass().add("timing-chart");
        grid.getStyleClass().add("timing-grid");
        var name = new ColumnConstraints();
        name.setMinWidth(Region.USE_PREF_SIZE);
        var bar = new ColumnConstraints(60, 300, Double.MAX_VALUE, Priority.ALWAYS, null, true);
        var figure = new ColumnConstraints(Region.USE_PREF_SIZE, Region.USE_COMPUTED_SIZE, Region.USE_PREF_SIZE);
        figure.setHalignment(javafx.geometry.HPos.RIGHT);
        grid.getColumnConstraints().addAll(name, bar, figure);
        setTop(grid);
        setMinSize(0, 0);
    }

    void show(Timing timing, boolean open) {
        grid.getChildren().clear();
        List<Phase> phases = Phase.of(timing);
        double whole = phases.stream().filter(Phase::known).mapToDouble(Phase::to).max().orElse(0);
        int line = 0;
        for (Phase phase : phases) {
            String id = phase.step().name().toLowerCase(Locale.ROOT);
            var name = new Label(STRINGS.get("timing." + id));
            name.getStyleClass().add("timing-name");
            var figure = new Label(phase.known() ? Quantity.time(phase.duration()) : STRINGS.get(open ? "timing.not-yet" : "timing.unknown"));
            figure.getStyleClass().add(phase.known() ? "timing-figure" : "timing-unknown");
            grid.addRow(line++, name, new Bar(phase, whole, id), figure);
        }
        var name = new Label(STRINGS.get("timing.whole"));
        name.getStyleClass().add("timing-whole");
        var figure = new Label(Double.isNaN(timing.duration()) ? STRINGS.get(open ? "timing.goes-on" : "timing.unknown") : Quantity.time(timing.duration()));
        figure.getStyleClass().add("timing-whole");
        var first = new Label(Double.isNaN(timing.firstByte()) ? "" : STRINGS.get("timing.first-byte", Quantity.time(timing.firstByte())));
        first.getStyleClass().add("timing-unknown");
        first.setAlignment(Pos.CENTER_LEFT);
        grid.addRow(line, name, first, figure);
    }

    /// The stretch of one step in the whole. A short one is still seen.
    private static final class Bar extends Pane {
        private final Phase phase;
        private final double whole;
        private final Region stretch = new Region();

        Bar(Phase phase, double whole, String id) {
            this.phase = phase;
            this.whole = whole;
            getStyleClass().add("timing-bar");
            stretch.getStyleClass().addAll("timing-stretch", "timing-" + id);
            setMinHeight(16);
            if (phase.known()) getChildren().add(stretch);
        }

        @Override protected void layoutChildren() {
            if (getChildren().isEmpty()) return;
            double scale = whole > 0 ? getWidth() / whole : 0;
            double width = Math.clamp(phase.duration() * scale, 2, Math.max(2, getWidth()));
            stretch.resizeRelocate(Math.clamp(phase.from() * scale, 0, Math.max(0, getWidth() - width)), 3, width, getHeight() - 6);
        }
    }
}
