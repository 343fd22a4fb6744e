package serpentarium.log.ui.filter;

import javafx.geometry.Pos;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.log.Level;
import serpentarium.log.engine.RecordKinds;

/// Chooses the least level that is shown; what is chosen again is no longer.
final class LevelButtons extends HBox {
    private static final Strings STRINGS = Strings.of(LevelButtons.class);
    private static final Level[] LEVELS = {Level.DEBUG, Level.INFO, Level.WARNING, Level.ERROR, Level.CRITICAL};

    LevelButtons(FilterViewModel model) {
        getStyleClass().add("level-buttons");
        setAlignment(Pos.CENTER_LEFT);
        setMinWidth(USE_PREF_SIZE);
        var group = new ToggleGroup();
        for (Level level : LEVELS) {
            var button = new ToggleButton(STRINGS.get("level." + level));
            button.setId("level-" + level);
            button.getStyleClass().addAll("small", level == LEVELS[0] ? "left-pill" : level == LEVELS[LEVELS.length - 1] ? "right-pill" : "center-pill", "level-" + level);
            button.setToggleGroup(group);
            button.setUserData(level);
            button.setAccessibleText(STRINGS.get("level.least", level.name()));
            var tip = new Tooltip();
            tip.setOnShowing(_ -> tip.setText(STRINGS.get("level.tip", level.name(), Quantity.count(model.records().count(RecordKinds.of(level))))));
            button.setTooltip(tip);
            getChildren().add(button);
        }
        group.selectedToggleProperty().addListener((_, _, now) -> model.least().set(now == null ? null : (Level) now.getUserData()));
        model.least().subscribe(level -> group.selectToggle(group.getToggles().stream().filter(each -> each.getUserData() == level).findFirst().orElse(null)));
    }
}
