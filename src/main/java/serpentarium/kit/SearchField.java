package serpentarium.kit;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import serpentarium.base.Strings;

/// A field to search with: a magnifying glass, the text, how many matches there are, and a button that clears it. Escape clears a
/// text and leaves an empty field alone. Enter and Shift+Enter go to the next and previous match when told how.
public final class SearchField extends HBox {
    private static final Strings STRINGS = Strings.of(SearchField.class);

    private final TextField field = new TextField();
    private final Label matches = new Label();
    private Runnable next = () -> {};
    private Runnable previous = () -> {};

    /// Makes one.
    ///
    /// @param prompt what can be searched, shown while the field is empty and read by screen readers
    public SearchField(String prompt) {
        getStyleClass().add("search-field");
        setAlignment(Pos.CENTER_LEFT);
        field.setPromptText(prompt);
        field.setAccessibleText(prompt);
        HBox.setHgrow(field, Priority.ALWAYS);
        matches.getStyleClass().add("search-field-matches");
        matches.setMinWidth(USE_PREF_SIZE);
        matches.managedProperty().bind(matches.textProperty().isNotEmpty());
        var clear = new Button(STRINGS.get("search.clear"), Icons.of("fth-x"));
        clear.getStyleClass().addAll("flat", "search-field-clear");
        clear.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        clear.setAccessibleText(STRINGS.get("search.clear"));
        clear.setFocusTraversable(false);
        clear.visibleProperty().bind(field.textProperty().isNotEmpty());
        clear.managedProperty().bind(clear.visibleProperty());
        clear.setOnAction(_ -> {
            field.clear();
            field.requestFocus();
        });
        field.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        field.focusedProperty().addListener((_, _, focused) -> pseudoClassStateChanged(javafx.css.PseudoClass.getPseudoClass("focus-inside"), focused));
        getChildren().addAll(Icons.of("fth-search", "search-field-icon"), field, matches, clear);
    }

    private void pressed(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE && !field.getText().isEmpty()) {
            field.clear();
            event.consume();
        } else if (event.getCode() == KeyCode.ENTER) {
            (event.isShiftDown() ? previous : next).run();
            event.consume();
        }
    }

    /// The text searched for, not trimmed.
    public StringProperty textProperty() {
        return field.textProperty();
    }

    /// See [#textProperty()].
    public String getText() {
        return field.getText();
    }

    /// See [#textProperty()].
    public void setText(String text) {
        field.setText(text);
    }

    /// Says in a few words what was found, such as `12 matches · 3.4 %`; empty hides it.
    public void setMatches(String text) {
        matches.setText(text);
    }

    /// What [#setMatches(String)] was told.
    public ReadOnlyStringProperty matchesProperty() {
        return matches.textProperty();
    }

    /// What Enter and Shift+Enter do.
    public void setOnStep(Runnable next, Runnable previous) {
        this.next = next;
        this.previous = previous;
    }

    /// The field inside, for focus and key handlers.
    public TextField field() {
        return field;
    }

    /// Puts the caret into the field and selects its text.
    @Override public void requestFocus() {
        field.requestFocus();
        field.selectAll();
    }
}
