package serpentarium.kit;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.StackPane;

/// A layer above a window's content that shows one thing at a time: palette, cheat sheet, settings, a problem's details. Escape and a
/// click beside the thing close it; the focus stays inside while it is open and goes back to where it was afterwards. Part of the scene,
/// not a window of its own, so it looks and works the same everywhere, also without a display.
public final class Overlay extends StackPane {
    private final ReadOnlyBooleanWrapper open = new ReadOnlyBooleanWrapper(this, "open");
    private Node before;
    private Node first;

    /// Makes a closed one; put it last into the window's root [StackPane].
    public Overlay() {
        getStyleClass().add("overlay");
        setVisible(false);
        setManaged(false);
        addEventHandler(MouseEvent.MOUSE_PRESSED, event -> {
            if (event.getTarget() == this) close();
            event.consume();
        });
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) close();
            event.consume();
        });
        sceneProperty().addListener((_, _, scene) -> {
            if (scene != null) scene.focusOwnerProperty().addListener((_, _, owner) -> keepFocus(owner));
        });
    }

    /// Whether something is shown.
    public ReadOnlyBooleanProperty open() {
        return open.getReadOnlyProperty();
    }

    /// Shows `content` in place of what was shown.
    ///
    /// @param focus the node inside it that gets the focus
    /// @param where where in the window it stands
    public void show(Parent content, Node focus, Pos where) {
        if (!open.get() && getScene() != null) before = getScene().getFocusOwner();
        first = focus;
        content.getStyleClass().add("overlay-content");
        getChildren().setAll(content);
        setAlignment(content, where);
        setManaged(true);
        setVisible(true);
        open.set(true);
        focus.requestFocus();
    }

    /// Closes what is shown and gives the focus back.
    public void close() {
        if (!open.get()) return;
        open.set(false);
        setVisible(false);
        setManaged(false);
        getChildren().clear();
        if (before != null && before.getScene() == getScene()) before.requestFocus();
        before = null;
        first = null;
    }

    /// What is shown, or null.
    public Node content() {
        return getChildren().isEmpty() ? null : getChildren().getFirst();
    }

    private void keepFocus(Node owner) {
        if (!open.get() || first == null) return;
        for (Node node = owner; node != null; node = node.getParent()) if (node == this) return;
        first.requestFocus();
    }
}
