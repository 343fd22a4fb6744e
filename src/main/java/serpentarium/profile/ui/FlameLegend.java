package serpentarium.profile.ui;

import java.util.EnumSet;
import java.util.Set;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.Background;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.CycleMethod;
import javafx.scene.paint.LinearGradient;
import javafx.scene.paint.Paint;
import javafx.scene.paint.Stop;
import serpentarium.base.Strings;
import serpentarium.kit.Tokens;
import serpentarium.profile.analysis.CallTree;
import serpentarium.profile.analysis.Origin;

/// What the colours mean: the origins that occur, and hatching where there are estimates.
final class FlameLegend extends FlowPane {
    private static final Strings STRINGS = Strings.of(FlameLegend.class);

    FlameLegend() {
        super(14, 2);
        getStyleClass().add("flame-legend");
        setAlignment(Pos.CENTER_LEFT);
        setPadding(new Insets(4, 8, 4, 8));
    }

    /// Shows the legend of a scene.
    void show(FlameScene scene, Tokens tokens) {
        CallTree tree = scene.tree();
        Set<Origin> present = EnumSet.noneOf(Origin.class);
        boolean estimates = false;
        for (int node = 1; node < tree.size(); node++) {
            if (tree.frame(node) >= 0) present.add(scene.colors().origin(tree.frame(node)));
            estimates |= scene.estimated(node);
        }
        getChildren().clear();
        for (Origin origin : present) add(FlamePainter.color(FlameColors.family(origin, tokens.dark())), "flame.origin." + origin.name(), tokens);
        if (scene.matches() != null) add(FlamePainter.color(scene.match()), "flame.legend.match", tokens);
        if (estimates) add(hatching(scene.colors(), tokens), "flame.legend.estimated", tokens);
    }

    private void add(Paint paint, String key, Tokens tokens) {
        var patch = new Region();
        patch.setMinSize(12, 12);
        patch.setMaxSize(12, 12);
        patch.setBackground(Background.fill(paint));
        var label = new Label(STRINGS.get(key), patch);
        label.setTextFill(tokens.muted());
        label.setStyle("-fx-font-size: 11px;");
        getChildren().add(label);
    }

    private static Paint hatching(FlameColors colors, Tokens tokens) {
        int fill = FlameColors.family(Origin.PROJECT, tokens.dark());
        Color base = FlamePainter.color(fill);
        Color line = FlamePainter.color(colors.hatch(fill));
        return new LinearGradient(0, 0, 5.6, 5.6, false, CycleMethod.REPEAT, new Stop(0, base), new Stop(0.7, base), new Stop(0.7, line),
                new Stop(1, line));
    }
}
