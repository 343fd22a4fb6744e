package serpentarium.profile.ui;

import java.util.function.Consumer;
import java.util.regex.PatternSyntaxException;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import serpentarium.base.Strings;
import serpentarium.kit.Icons;
import serpentarium.profile.analysis.FunctionMatch;

/// A chip while the functions that it is about are typed: Enter takes them, Escape leaves things as they were.
final class FilterEditor extends HBox {
    private static final Strings STRINGS = Strings.of(FilterEditor.class);
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

    private final TextField field = new TextField();
    private final ToggleButton regex = new ToggleButton(STRINGS.get("search.regex"));
    private final Consumer<FunctionMatch.Text> taken;
    private final Runnable left;
    private boolean done;

    /// @param icon  the icon of the filter's kind
    /// @param begin what is edited
    /// @param taken what to do with what was typed
    /// @param left  what to do when nothing is to change
    FilterEditor(String icon, String prompt, FunctionMatch.Text begin, Consumer<FunctionMatch.Text> taken, Runnable left) {
        this.taken = taken;
        this.left = left;
        getStyleClass().addAll("filter-chip", "filter-editor");
        setAlignment(Pos.CENTER_LEFT);
        field.setText(begin.text());
        field.setPromptText(prompt);
        field.setAccessibleText(prompt);
        field.setPrefColumnCount(18);
        regex.setSelected(begin.regex());
        regex.getStyleClass().addAll("flat", "small");
        regex.setTooltip(new Tooltip(STRINGS.get("search.regex-tip")));
        regex.setAccessibleText(STRINGS.get("search.regex-tip"));
        getChildren().addAll(Icons.of(icon), field, regex);
        field.textProperty().addListener(_ -> check());
        regex.selectedProperty().addListener(_ -> check());
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) take();
            else if (event.getCode() == KeyCode.ESCAPE) leave();
            else return;
            event.consume();
        });
        focusWithinProperty().addListener((_, _, inside) -> {
            if (!inside && !done) {
                if (match() != null) take();
                else leave();
            }
        });
    }

    /// Puts the caret into the field.
    @Override public void requestFocus() {
        field.requestFocus();
        field.selectAll();
    }

    private FunctionMatch.Text match() {
        if (field.getText().isBlank()) return null;
        try {
            return new FunctionMatch.Text(regex.isSelected() ? field.getText() : field.getText().strip(), regex.isSelected());
        } catch (PatternSyntaxException e) {
            return null;
        }
    }

    private void check() {
        boolean wrong = match() == null && !field.getText().isBlank();
        field.pseudoClassStateChanged(WRONG, wrong);
        field.setTooltip(wrong ? new Tooltip(STRINGS.get("filter.wrong")) : null);
    }

    private void take() {
        FunctionMatch.Text match = match();
        if (match == null) return;
        done = true;
        taken.accept(match);
    }

    private void leave() {
        done = true;
        left.run();
    }
}
