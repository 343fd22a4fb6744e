package serpentarium.kit;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/// What stands where there is nothing yet: an icon, what this place is for, and what to do about it.
public final class EmptyState extends VBox {
    /// Makes one.
    ///
    /// @param icon    an Ikonli code
    /// @param title   what is missing, in a few words
    /// @param text    what to do, in a sentence; may be empty
    /// @param actions commands as buttons, the most likely first
    public EmptyState(String icon, String title, String text, Command... actions) {
        getStyleClass().add("empty-state");
        setAlignment(Pos.CENTER);
        var heading = new Label(title);
        heading.getStyleClass().add("empty-state-title");
        heading.setWrapText(true);
        getChildren().addAll(Icons.of(icon, "empty-state-icon"), heading);
        if (!text.isEmpty()) {
            var body = new Label(text);
            body.getStyleClass().add("empty-state-text");
            body.setWrapText(true);
            getChildren().add(body);
        }
        if (actions.length > 0) {
            List<Node> buttons = java.util.Arrays.stream(actions).map(Toolbars::labelled).map(Node.class::cast).toList();
            buttons.getFirst().getStyleClass().add("accent");
            var row = new FlowPane();
            row.getStyleClass().add("empty-state-actions");
            row.setAlignment(Pos.CENTER);
            row.getChildren().addAll(buttons);
            getChildren().add(row);
        }
    }
}
