package serpentarium.profile.ui;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import serpentarium.base.Strings;
import serpentarium.kit.Icons;
import serpentarium.profile.analysis.Filter;

/// One filter in the filter bar. A click or Space switches it on and off; a double click, F2 or Enter edits it; Delete or its cross takes it away.
final class FilterChip extends HBox {
    private static final Strings STRINGS = Strings.of(FilterChip.class);
    private static final PseudoClass OFF = PseudoClass.getPseudoClass("off");

    private final Runnable toggle;
    private final Runnable edit;
    private final Runnable remove;

    /// @param text what the filter is called
    /// @param edit how to edit it, or null
    FilterChip(FilterEntry entry, String text, Runnable toggle, Runnable edit, Runnable remove) {
        this.toggle = toggle;
        this.edit = edit;
        this.remove = remove;
        Filter filter = entry.filter();
        getStyleClass().add("filter-chip");
        setAlignment(Pos.CENTER_LEFT);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.TOGGLE_BUTTON);
        setAccessibleText(STRINGS.get(entry.on() ? "filter.spoken-on" : "filter.spoken-off", text));
        pseudoClassStateChanged(OFF, !entry.on());
        var label = new Label(text, Icons.of(FilterText.icon(filter.getClass())));
        label.setMinWidth(USE_PREF_SIZE);
        var cross = new Button(STRINGS.get("filter.remove", text), Icons.of("fth-x"));
        cross.getStyleClass().addAll("flat", "filter-cross");
        cross.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        cross.setFocusTraversable(false);
        cross.setAccessibleText(cross.getText());
        cross.setOnAction(_ -> remove.run());
        getChildren().addAll(label, cross);
        Tooltip.install(label, new Tooltip(STRINGS.get(edit == null ? "filter.chip-tip" : "filter.chip-tip-edit")));
        setOnMouseClicked(event -> {
            if (event.getButton() != MouseButton.PRIMARY) return;
            requestFocus();
            if (edit != null && event.getClickCount() == 2) edit.run();
            else toggle.run();
        });
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    }

    private void key(KeyEvent event) {
        if (event.isShortcutDown() || event.isAltDown()) return;
        switch (event.getCode()) {
            case SPACE -> toggle.run();
            case ENTER, F2 -> {
                if (edit == null) toggle.run();
                else edit.run();
            }
            case DELETE, BACK_SPACE -> remove.run();
            default -> {
                return;
            }
        }
        event.consume();
    }
}
