package serpentarium.kit;

import javafx.scene.Node;
import org.controlsfx.control.PopOver;

/// Pop-overs in the colours of the window.
public final class Popovers {
    private Popovers() {}

    /// A pop-over around a node. ControlsFX hangs a sheet of fixed light colours onto the pop-over itself, where it would outweigh the
    /// window's sheet; it is taken off.
    public static PopOver of(Node content) {
        var popover = new PopOver(content);
        popover.getRoot().getStylesheets().clear();
        popover.setDetachable(false);
        popover.setAnimated(false);
        return popover;
    }
}
