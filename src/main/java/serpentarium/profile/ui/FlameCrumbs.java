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
import javafx.scene.shape.Rectangle;
import serpentarium.base.Strings;
import serpentarium.profile.analysis.FlameLayout;

/// The way from the root to what fills the view, a button a step; of a long way the first step and the last few. Nothing where that is the root.
final class FlameCrumbs extends HBox {
    private static final Strings STRINGS = Strings.of(FlameCrumbs.class);
    private static final int LAST = 4;
    private static final int LONGEST = 28;

    private final IntConsumer zoomTo;
    private int shown = -1;

    /// @param zoomTo called with the box of the step that was pressed
    FlameCrumbs(IntConsumer zoomTo) {
        this.zoomTo = zoomTo;
        getStyleClass().add("flame-crumbs");
        setAlignment(Pos.CENTER_LEFT);
        setSpacing(2);
        setPadding(new Insets(2, 4, 2, 4));
        setMinWidth(0);
        setMaxWidth(Double.MAX_VALUE);
        var inside = new Rectangle();
        inside.widthProperty().bind(widthProperty());
        inside.heightProperty().bind(heightProperty());
        setClip(inside);
    }

    /// The bar that it stands in has the room to give.
    @Override protected double computePrefWidth(double height) {
        return 0;
    }

    /// Forgets what is shown: the tree is another.
    void forget() {
        shown = -1;
    }

    /// Shows the way to a box.
    void show(int box, FlameScene scene) {
        if (box == shown) return;
        shown = box;
        FlameLayout layout = scene.layout();
        FlameLabels labels = scene.labels();
        List<Integer> way = new ArrayList<>();
        int steps = 0;
        int trunk = layout.trunk();
        for (int at = box; at >= 0 && at != trunk; at = layout.parent(at), steps++) if (steps < LAST) way.addFirst(at);
        getChildren().clear();
        if (layout.size() == 0 || box == trunk) return;
        getChildren().add(button(trunk, labels, false));
        if (steps > LAST) {
            getChildren().add(arrow());
            var left = new Label(STRINGS.get("flame.crumbs-left-out", steps - LAST));
            left.getStyleClass().addAll("text-small", "text-muted");
            left.setPadding(new Insets(0, 4, 0, 4));
            getChildren().add(left);
        }
        for (int at : way) {
            getChildren().add(arrow());
            getChildren().add(button(at, labels, at == box));
        }
    }

    private static Label arrow() {
        var arrow = new Label("›");
        arrow.setMinWidth(Region.USE_PREF_SIZE);
        return arrow;
    }

    private Button button(int box, FlameLabels labels, boolean last) {
        String name = labels.name(box);
        var button = new Button(FlameLabels.middleCut(name, LONGEST));
        button.setMnemonicParsing(false);
        button.getStyleClass().addAll("flat", "small", "flame-crumb");
        // The graph keeps the keyboard.
        button.setFocusTraversable(false);
        button.setPadding(new Insets(2, 6, 2, 6));
        if (last) button.setStyle("-fx-font-weight: bold;");
        if (name.length() > LONGEST) button.setTooltip(new Tooltip(name));
        button.setOnAction(_ -> zoomTo.accept(box));
        return button;
    }
}
