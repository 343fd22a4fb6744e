package serpentarium.profile.ui;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.controlsfx.control.PopOver;
import serpentarium.base.Strings;
import serpentarium.kit.Icons;
import serpentarium.kit.Popovers;
import serpentarium.kit.Settings;

/// Says that a file knows callers and not stacks, and what follows for the tree. Can be put away for good.
final class EstimateBanner extends HBox {
    private static final Strings STRINGS = Strings.of(EstimateBanner.class);
    private static final String HIDDEN = "profile.estimate-banner.hidden";
    private static final double EXPLANATION_WIDTH = 460;

    EstimateBanner(Settings settings) {
        getStyleClass().add("banner");
        setAlignment(Pos.CENTER_LEFT);
        setSpacing(8);
        var text = new Label(STRINGS.get("estimate.banner"));
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
            show(false);
        });
        getChildren().addAll(Icons.of("fth-info"), text, why, space, away);
        show(settings.text(HIDDEN).isEmpty());
    }

    private void show(boolean visible) {
        setVisible(visible);
        setManaged(visible);
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
