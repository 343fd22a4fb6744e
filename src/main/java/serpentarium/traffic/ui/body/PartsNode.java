package serpentarium.traffic.ui.body;

import java.util.function.Supplier;
import javafx.collections.FXCollections;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import serpentarium.base.Strings;
import serpentarium.traffic.analysis.body.BodyModel;

/// Contents inside a content: their names on the left, the chosen one by its own view on the right.
final class PartsNode extends SplitPane implements BodyNode {
    private static final Strings STRINGS = Strings.of(PartsNode.class);

    private final BodyModel.Parts model;
    private final ListView<BodyModel.Part> list = new ListView<>();
    private volatile int[] places;

    /// @param pane makes the pane for the chosen part
    PartsNode(BodyModel.Parts model, Supplier<BodyPane> pane) {
        this.model = model;
        getStyleClass().add("body-parts");
        list.setItems(FXCollections.observableList(model.parts()));
        list.setAccessibleText(STRINGS.get("parts.accessible"));
        list.setCellFactory(_ -> new Cell());
        BodyPane inside = pane.get();
        list.getSelectionModel().selectedItemProperty().addListener((_, _, now) -> {
            if (now != null) inside.show(now.body());
        });
        list.setMinWidth(120);
        getItems().addAll(list, inside);
        setResizableWithParent(list, false);
        setDividerPositions(0.28);
        list.getSelectionModel().selectFirst();
    }

    private static final class Cell extends ListCell<BodyModel.Part> {
        private final Label name = new Label();
        private final Label fact = new Label();
        private final VBox both = new VBox(name, fact);

        Cell() {
            fact.getStyleClass().addAll("muted", "body-part-fact");
            setPrefWidth(0);
        }

        @Override protected void updateItem(BodyModel.Part part, boolean empty) {
            super.updateItem(part, empty);
            setGraphic(empty || part == null ? null : both);
            if (empty || part == null) return;
            name.setText(part.name());
            fact.setText(part.fact());
        }
    }

    @Override public Region node() {
        return this;
    }

    @Override public CharSequence searched() {
        int[] starts = new int[model.parts().size()];
        var out = new StringBuilder();
        for (int i = 0; i < starts.length; i++) {
            starts[i] = out.length();
            out.append(model.parts().get(i).name()).append('\t').append(model.parts().get(i).fact()).append('\n');
        }
        places = starts;
        return out;
    }

    @Override public void select(int from, int to) {
        int row = java.util.Arrays.binarySearch(places, from);
        if (row < 0) row = -row - 2;
        list.getSelectionModel().clearAndSelect(row);
        list.scrollTo(Math.max(0, row - 3));
    }

    @Override public String copied() {
        return searched().toString();
    }
}
