package serpentarium.traffic.ui;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import serpentarium.base.Strings;
import serpentarium.kit.Icons;

/// What keeps flows out of the list beside the filter, each with a way to take it away.
final class RestrictionChips extends FlowPane {
    private static final Strings STRINGS = Strings.of(RestrictionChips.class);

    private final TrafficViewModel model;
    private List<String> shown = List.of();

    RestrictionChips(TrafficViewModel model) {
        this.model = model;
        setId("restrictions");
        getStyleClass().add("restriction-chips");
        managedProperty().bind(visibleProperty());
        model.scope().addListener(_ -> show());
        model.brush().addListener(_ -> show());
        model.masked().addListener(_ -> show());
        show();
    }

    private void show() {
        List<Restriction> all = Restriction.parts(model);
        List<String> texts = all.stream().map(Restriction::text).toList();
        setVisible(!all.isEmpty());
        if (texts.equals(shown)) return;
        shown = texts;
        getChildren().setAll(all.stream().map(RestrictionChips::chip).toList());
        if (!all.isEmpty()) {
            var only = new Label(STRINGS.get("restriction.only"));
            only.getStyleClass().add("view-note");
            getChildren().addFirst(only);
        }
    }

    private static HBox chip(Restriction restriction) {
        var label = new Label(restriction.text(), Icons.of(restriction.icon()));
        label.setMinWidth(40);
        var cross = new Button(STRINGS.get("restriction.clear", restriction.text()), Icons.of("fth-x"));
        cross.getStyleClass().addAll("flat", "filter-cross");
        cross.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        cross.setFocusTraversable(false);
        cross.setAccessibleText(cross.getText());
        cross.setOnAction(_ -> restriction.clear().run());
        var chip = new HBox(label, cross);
        chip.getStyleClass().add("filter-chip");
        chip.setAlignment(Pos.CENTER_LEFT);
        chip.setFocusTraversable(true);
        chip.setAccessibleRole(AccessibleRole.BUTTON);
        chip.setAccessibleText(cross.getText());
        Tooltip.install(chip, new Tooltip(cross.getText()));
        chip.setOnMouseClicked(_ -> restriction.clear().run());
        chip.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            switch (event.getCode()) {
                case DELETE, BACK_SPACE, ENTER, SPACE -> restriction.clear().run();
                default -> {
                    return;
                }
            }
            event.consume();
        });
        return chip;
    }
}
