package serpentarium.profile.ui;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.controlsfx.control.PopOver;
import serpentarium.base.Strings;
import serpentarium.kit.Elide;
import serpentarium.kit.Icons;
import serpentarium.kit.Popovers;
import serpentarium.kit.Settings;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.EstimateMode;
import serpentarium.profile.analysis.Relations;

/// Says that a file knows callers and not stacks, and what follows for the tree as it is made now. Can be put away for good. While the edges of one
/// function are shown it lists the callers, which a tree from there down has no place for.
final class EstimateBanner extends VBox {
    private static final Strings STRINGS = Strings.of(EstimateBanner.class);
    private static final String HIDDEN = "profile.estimate-banner.hidden";
    private static final double EXPLANATION_WIDTH = 460;
    private static final int MOST_CALLERS = 5;

    private final ProfileViewModel model;
    private final HBox note = new HBox(8);
    private final HBox callers = new HBox(6);
    private final Label text = new Label();

    EstimateBanner(ProfileViewModel model, Settings settings) {
        this.model = model;
        note.getStyleClass().add("banner");
        callers.getStyleClass().add("banner");
        note.setAlignment(Pos.CENTER_LEFT);
        callers.setAlignment(Pos.CENTER_LEFT);
        text.setMinWidth(0);
        var why = new Hyperlink(STRINGS.get("estimate.how"));
        why.setMinWidth(USE_PREF_SIZE);
        why.setOnAction(_ -> explain(why));
        var space = new HBox();
        HBox.setHgrow(space, Priority.ALWAYS);
        var away = new Button(null, Icons.of("fth-x"));
        away.getStyleClass().addAll("flat", "button-icon", "small");
        away.setAccessibleText(STRINGS.get("estimate.put-away"));
        away.setOnAction(_ -> {
            settings.put(HIDDEN, "true");
            show(note, false);
        });
        note.getChildren().addAll(Icons.of("fth-info"), text, why, space, away);
        getChildren().addAll(note, callers);
        show(note, settings.text(HIDDEN).isEmpty());
        show(callers, false);
        model.estimateMode().addListener(_ -> say());
        model.analysis().addListener(_ -> say());
        say();
        model.percent().addListener(_ -> callers());
    }

    private static void show(HBox line, boolean visible) {
        line.setVisible(visible);
        line.setManaged(visible);
    }

    private void say() {
        Analysis now = model.analysis().get();
        String key = switch (model.estimateMode().get()) {
            case EstimateMode.Whole whole -> whole == EstimateMode.Whole.EXACT_ONLY ? "estimate.banner-exact" : "estimate.banner";
            case EstimateMode.EdgesOf _ -> "estimate.banner-edges";
        };
        text.setText(STRINGS.get(now != null && now.functionsEstimated() ? "estimate.banner-filtered" : key));
        callers();
    }

    private void callers() {
        Analysis now = model.analysis().get();
        boolean edges = now != null && now.slice().mode() instanceof EstimateMode.EdgesOf(int function) && function >= 0;
        show(callers, edges);
        if (!edges) return;
        int function = ((EstimateMode.EdgesOf) now.slice().mode()).function();
        List<Relations.Relation> all = now.relations(function).callers();
        var title = new Label(STRINGS.get(all.isEmpty() ? "estimate.no-callers" : "estimate.callers", Elide.middle(FunctionText.name(now.frames(), function), 40)),
                Icons.of("fth-corner-left-up"));
        title.setMinWidth(USE_PREF_SIZE);
        callers.getChildren().setAll(title);
        for (Relations.Relation caller : all.subList(0, Math.min(MOST_CALLERS, all.size()))) {
            String name = Elide.middle(FunctionText.name(now.frames(), caller.function()), 32);
            var link = new Hyperlink(STRINGS.get("estimate.caller", name, model.cost(caller.total())));
            link.setOnAction(_ -> model.selected().set(caller.function()));
            callers.getChildren().add(link);
        }
        if (all.size() > MOST_CALLERS) callers.getChildren().add(new Label(STRINGS.get("estimate.more-callers", all.size() - MOST_CALLERS)));
    }

    private static void explain(Hyperlink anchor) {
        var text = new Label(STRINGS.get("estimate.method"));
        text.setWrapText(true);
        text.setMaxWidth(EXPLANATION_WIDTH);
        var title = new Label(STRINGS.get("estimate.method-title"));
        title.getStyleClass().add("text-bold");
        var box = new VBox(8, title, text);
        box.getStyleClass().add("popover-text");
        var over = Popovers.of(box);
        over.setArrowLocation(PopOver.ArrowLocation.TOP_CENTER);
        over.show(anchor);
    }
}
