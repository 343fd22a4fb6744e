package serpentarium.traffic.ui.live;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import serpentarium.task.ChildProcess;

/// What a program writes, the last line in sight; not there while it wrote nothing.
final class OutputLines extends ListView<ChildProcess.Line> {
    private static final double HEIGHT = 130;
    private static final double LINE = 20;

    /// @param name what it is, for who cannot see it
    OutputLines(ObservableList<ChildProcess.Line> lines, String name) {
        super(lines);
        setAccessibleText(name);
        setCellFactory(_ -> new LineCell());
        getStyleClass().add("dense");
        setFixedCellSize(LINE);
        setPrefHeight(HEIGHT);
        setMinHeight(LINE * 2);
        BooleanBinding some = Bindings.isNotEmpty(lines);
        visibleProperty().bind(some);
        managedProperty().bind(some);
        lines.addListener((ListChangeListener<ChildProcess.Line>) _ -> scrollTo(lines.size() - 1));
    }

    /// A line of a program, without what a terminal would act on.
    private static final class LineCell extends ListCell<ChildProcess.Line> {
        @Override protected void updateItem(ChildProcess.Line line, boolean empty) {
            super.updateItem(line, empty);
            setText(empty || line == null ? null : line.text().replaceAll("\u001b\\[[0-9;?]*[ -/]*[@-~]", "").replaceAll("[\\p{Cntrl}&&[^\t]]", ""));
            pseudoClassStateChanged(PseudoClass.getPseudoClass("error"), !empty && line != null && line.stream() == ChildProcess.Stream.ERR);
        }
    }
}
