package serpentarium.profile.ui;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Background;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.CycleMethod;
import javafx.scene.paint.LinearGradient;
import javafx.scene.paint.Paint;
import javafx.scene.paint.Stop;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Tokens;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.Origin;

/// What the colours mean: origins, the dearest modules or files, or shares of own cost; and hatching where there are estimates. One row: what
/// it has no room for is left to its tooltip.
final class FlameLegend extends FlowPane {
    private static final Strings STRINGS = Strings.of(FlameLegend.class);
    private static final int MOST_GROUPS = 8;
    private static final int LONGEST = 34;

    private final Tooltip rest = new Tooltip();

    FlameLegend() {
        super(14, 2);
        getStyleClass().add("flame-legend");
        setAlignment(Pos.TOP_LEFT);
        setPadding(new Insets(4, 8, 4, 8));
        setMinHeight(0);
    }

    @Override protected double computePrefHeight(double width) {
        double tallest = 0;
        for (Node child : getManagedChildren()) tallest = Math.max(tallest, child.prefHeight(-1));
        return snappedTopInset() + tallest + snappedBottomInset();
    }

    @Override protected void layoutChildren() {
        super.layoutChildren();
        boolean all = true;
        double row = getHeight() - snappedBottomInset();
        for (Node child : getManagedChildren()) {
            boolean fits = child.getLayoutY() < row;
            child.setVisible(fits);
            all &= fits;
        }
        if (all) Tooltip.uninstall(this, rest);
        else Tooltip.install(this, rest);
    }

    /// Shows the legend of a scene.
    ///
    /// @param rowsLeftOut how many rows there was no room for
    void show(FlameScene scene, Analysis analysis, Tokens tokens, int rowsLeftOut) {
        getChildren().clear();
        if (scene.deltas() != null) changes(tokens);
        else switch (scene.colors().coloring()) {
            case ORIGIN -> origins(scene.colors(), analysis, tokens);
            case MODULE, FILE -> groups(scene.colors(), analysis, tokens);
            case SELF -> heat(tokens);
        }
        if (scene.matches() != null) add(FlamePainter.color(scene.match()), STRINGS.get("flame.legend.match"), tokens);
        if (anyEstimate(scene)) add(hatching(scene, tokens), STRINGS.get("flame.legend.estimated"), tokens);
        if (rowsLeftOut > 0) text(STRINGS.get("flame.legend.rows-left-out", rowsLeftOut), tokens);
        rest.setText(getChildren().stream().filter(Label.class::isInstance).map(child -> ((Label) child).getText()).collect(Collectors.joining("\n")));
    }

    private void changes(Tokens tokens) {
        for (FlameDeltas.Change change : FlameDeltas.Change.values())
            add(FlamePainter.color(FlameDeltas.color(change, 1, tokens.dark())), STRINGS.get("compare.legend." + change.name()), tokens);
    }

    private static boolean anyEstimate(FlameScene scene) {
        if (!scene.layout().estimated()) return false;
        for (int box = 0; box < scene.layout().size(); box++) if (scene.estimated(box)) return true;
        return false;
    }

    private void origins(FlameColors colors, Analysis analysis, Tokens tokens) {
        Set<Origin> present = EnumSet.noneOf(Origin.class);
        for (int function : analysis.functions().functions()) present.add(colors.origin(function));
        for (Origin origin : present) add(FlamePainter.color(FlameColors.family(origin, tokens.dark())), STRINGS.get("flame.origin." + origin.name()), tokens);
    }

    /// The modules or files that cost most by themselves; the colours of the others follow from their names in the same way.
    private void groups(FlameColors colors, Analysis analysis, Tokens tokens) {
        var costs = new HashMap<String, Double>();
        for (int function : analysis.functions().functions()) {
            double self = analysis.functions().self(function);
            String group = colors.group(function);
            if (group != null && self > 0) costs.merge(group, self, Double::sum);
        }
        costs.entrySet().stream().sorted(Map.Entry.<String, Double>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey())).limit(MOST_GROUPS)
                .forEach(entry -> add(FlamePainter.color(FlameColors.hashed(entry.getKey(), tokens.dark())), shortened(entry.getKey()), tokens));
        if (costs.size() > MOST_GROUPS) text(STRINGS.get("flame.legend.more", costs.size() - MOST_GROUPS), tokens);
    }

    /// The end of a path tells more than its beginning.
    private static String shortened(String group) {
        String name = FlameLabels.line(group);
        return name.length() <= LONGEST ? name : "…" + name.substring(name.length() - LONGEST + 1);
    }

    private void heat(Tokens tokens) {
        var stops = new ArrayList<Stop>();
        for (int i = 0; i <= 8; i++) stops.add(new Stop(i / 8.0, FlamePainter.color(FlameColors.heat(FlameColors.HOTTEST * i * i / 64, tokens.dark()))));
        var patch = new Region();
        patch.setMinSize(120, 12);
        patch.setMaxSize(120, 12);
        patch.setBackground(Background.fill(new LinearGradient(0, 0, 1, 0, true, CycleMethod.NO_CYCLE, stops)));
        text(STRINGS.get("flame.legend.self"), tokens);
        text(Quantity.share(0), tokens);
        getChildren().add(patch);
        text(STRINGS.get("flame.legend.hottest", Quantity.share(FlameColors.HOTTEST)), tokens);
    }

    private void text(String text, Tokens tokens) {
        var label = new Label(text);
        label.setTextFill(tokens.muted());
        label.setStyle("-fx-font-size: 11px;");
        getChildren().add(label);
    }

    private void add(Paint paint, String text, Tokens tokens) {
        var patch = new Region();
        patch.setMinSize(12, 12);
        patch.setMaxSize(12, 12);
        patch.setBackground(Background.fill(paint));
        var label = new Label(text, patch);
        label.setTextFill(tokens.muted());
        label.setStyle("-fx-font-size: 11px;");
        getChildren().add(label);
    }

    private static Paint hatching(FlameScene scene, Tokens tokens) {
        int fill = FlameColors.family(Origin.PROJECT, tokens.dark());
        Color base = FlamePainter.color(fill);
        Color line = FlamePainter.color(scene.colors().hatch(fill));
        return new LinearGradient(0, 0, 5.6, 5.6, false, CycleMethod.REPEAT, new Stop(0, base), new Stop(0.7, base), new Stop(0.7, line),
                new Stop(1, line));
    }
}
