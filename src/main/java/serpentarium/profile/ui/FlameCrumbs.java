package serpentarium.profile.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import serpentarium.base.Strings;
import serpentarium.profile.analysis.CallTree;

/// The way from the root to what fills the view, a button a step; of a long way the first step and the last few.
final class FlameCrumbs extends HBox {
    private static final Strings STRINGS = Strings.of(FlameCrumbs.class);
    private static final int LAST = 4;
    private static final int LONGEST = 28;

    private final IntConsumer zoomTo;
    private int shown = -1;

    /// @param zoomTo called with the node of the step that was pressed
    FlameCrumbs(IntConsumer zoomTo) {
        this.zoomTo = zoomTo;
        getStyleClass().add("flame-crumbs");
        setAlignment(Pos.CENTER_LEFT);
        setSpacing(2);
        setPadding(new Insets(2, 4, 2, 4));
        setMinWidth(0);
    }

    /// Forgets what is shown: the tree is another.
    void forget() {
        shown = -1;
    }

    /// Shows the way to a node.
    void show(int node, CallTree tree, FlameLabels labels) {
        if (node == shown) return;
        shown = node;
        List<Integer> way = new ArrayList<>();
        int steps = 0;
        for (int at = node; at > 0; at = tree.parent(at), steps++) if (steps < LAST) way.addFirst(at);
        getChildren().setAll(button(0, labels, node == 0));
        if (steps > LAST) {
            getChildren().add(arrow());
            var left = new Label(STRINGS.get("flame.crumbs-left-out", steps - LAST));
            left.getStyleClass().addAll("text-small", "text-muted");
            left.setPadding(new Insets(0, 4, 0, 4));
            getChildren().add(left);
        }
        for (int at : way) {
            getChildren().add(arrow());
            getChildren().add(button(at, labels, at == node));
        }
    }

    private static Label arrow() {
        var arrow = new Label("›");
        arrow.setMinWidth(Region.USE_PREF_SIZE);
        return arrow;
    }

    private Button button(int node, FlameLabels labels, boolean last) {
        String name = labels.name(node);
        var button = new Button(FlameLabels.middleCut(name, LONGEST));
        button.setMnemonicParsing(false);
        button.getStyleClass().addAll("flat", "small", "flame-crumb");
        button.setPadding(new Insets(2, 6, 2, 6));
        if (last) button.setStyle("-fx-font-weight: bold;");
        if (name.length() > LONGEST) button.setTooltip(new Tooltip(name));
        button.setOnAction(_ -> zoomTo.accept(node));
        return button;
    }
}
