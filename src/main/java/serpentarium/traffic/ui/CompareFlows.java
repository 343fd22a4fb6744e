package serpentarium.traffic.ui;

import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.FXCollections;
import javafx.collections.transformation.FilteredList;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
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

    private final FilteredList<ComparedLine> lines = new FilteredList<>(FXCollections.observableArrayList());
    private final ComparedTable table = new ComparedTable(lines);
    private final Label count = new Label();
    private final InvalidationListener remasking;

    /// @param back what the button that ends the comparison does
    CompareFlows(Session left, int leftRow, Session right, int rightRow, ObservableBooleanValue masked, Surroundings with, Runnable back) {
        getStyleClass().addAll("flow-detail", "compare-flows");
        getStylesheets().add(CompareFlows.class.getResource("detail.css").toExternalForm());
        setMinSize(0, 0);
        var differences = new CheckBox(STRINGS.get("compare.differences"));
        differences.selectedProperty().addListener((_, _, only) -> lines.setPredicate(only ? line -> ComparedTable.title(line) || line.change() != ComparedLine.Change.SAME : null));
        count.getStyleClass().add("view-note");
        var bar = new HBox(Toolbars.labelled(Command.of("traffic.compare-end", STRINGS.get("compare.back"), "fth-arrow-left", null, back)), differences, count);
        bar.getStyleClass().add("compare-bar");
        bar.setAlignment(Pos.CENTER_LEFT);
        setTop(bar);
        setCenter(table);
        table.offerCopy(with.ports());
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
}
