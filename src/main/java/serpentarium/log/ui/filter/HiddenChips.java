package serpentarium.log.ui.filter;

import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.shape.Rectangle;
import serpentarium.base.Strings;
import serpentarium.kit.Icons;

/// What keeps records out of sight beside the filter, and what is highlighted, each with a way to take it away; a click on a restriction puts it out of force.
final class HiddenChips extends FlowPane {
    private static final Strings STRINGS = Strings.of(HiddenChips.class);
    private static final PseudoClass OFF = PseudoClass.getPseudoClass("off");
    private static final double SWATCH = 10;

    private final FilterViewModel model;
    private final Highlights highlights;

    HiddenChips(FilterViewModel model, Highlights highlights) {
        this.model = model;
        this.highlights = highlights;
        setId("log-chips");
        getStyleClass().add("restriction-chips");
        managedProperty().bind(visibleProperty());
        model.restrictions().addListener((ListChangeListener<Restriction>) _ -> show());
        highlights.all().addListener((ListChangeListener<Highlights.Highlight>) _ -> show());
        show();
    }

    private void show() {
        getChildren().clear();
        for (Restriction each : model.restrictions()) {
            String title = STRINGS.get(each.hides() ? "chip.hides" : "chip.only", each.text());
            Node chip = chip(new Label(title, Icons.of(each.hides() ? "fth-eye-off" : "fth-filter")), STRINGS.get("chip.clear", title), () -> model.turn(each), () -> model.restrictions().remove(each));
            chip.pseudoClassStateChanged(OFF, !each.on());
            getChildren().add(chip);
        }
        for (Highlights.Highlight each : highlights.all()) {
            var swatch = new Rectangle(SWATCH, SWATCH, highlights.solid(each.colour()));
            swatch.setArcWidth(4);
            swatch.setArcHeight(4);
            getChildren().add(chip(new Label(each.text(), swatch), STRINGS.get("chip.clear-highlight", each.text()), () -> highlights.remove(each), () -> highlights.remove(each)));
        }
        setVisible(!getChildren().isEmpty());
    }

    private static Node chip(Label label, String clear, Runnable click, Runnable remove) {
        label.setMinWidth(40);
        label.setMaxWidth(420);
        var cross = new Button(clear, Icons.of("fth-x"));
        cross.getStyleClass().addAll("flat", "filter-cross");
        cross.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        cross.setFocusTraversable(false);
        cross.setAccessibleText(clear);
        cross.setOnAction(_ -> remove.run());
        var chip = new HBox(label, cross);
        chip.getStyleClass().add("filter-chip");
        chip.setAlignment(Pos.CENTER_LEFT);
        chip.setFocusTraversable(true);
        chip.setAccessibleRole(AccessibleRole.BUTTON);
        chip.setAccessibleText(label.getText());
        Tooltip.install(chip, new Tooltip(label.getText()));
        chip.setOnMouseClicked(_ -> click.run());
        chip.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            switch (event.getCode()) {
                case DELETE, BACK_SPACE -> remove.run();
                case ENTER, SPACE -> click.run();
                default -> {
                    return;
                }
            }
            event.consume();
        });
        return chip;
    }
}
