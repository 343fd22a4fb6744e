package serpentarium.log.ui;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;
import org.controlsfx.control.PopOver;
import serpentarium.base.Strings;
import serpentarium.kit.Icons;
import serpentarium.kit.Popovers;
import serpentarium.kit.Ports;
import serpentarium.log.Warning;

/// What is to be said about a log, to read and to copy.
///
/// @param warnings what
/// @param ports    the clipboard
record WarningList(List<Warning> warnings, Ports ports) {
    private static final Strings STRINGS = Strings.of(WarningList.class);
    /// So many fit on the screen, however they are wrapped.
    private static final int FEW = 6;

    void show(Node from) {
        var box = new VBox(6);
        box.getStyleClass().add("popover-text");
        for (Warning warning : warnings.reversed()) {
            var label = new Label(warning.line());
            label.setWrapText(true);
            label.setMaxWidth(520);
            box.getChildren().add(label);
        }
        var copy = new Button(STRINGS.get("warnings.copy"), Icons.of("fth-copy"));
        copy.setOnAction(_ -> ports.copy(String.join("\n", warnings.stream().map(Warning::line).toList())));
        box.getChildren().add(copy);
        PopOver popover = Popovers.of(warnings.size() > FEW ? scrolled(box) : box);
        popover.setArrowLocation(PopOver.ArrowLocation.BOTTOM_LEFT);
        popover.show(from);
    }

    private static Node scrolled(VBox box) {
        var scroll = new ScrollPane(box);
        scroll.setFitToWidth(true);
        scroll.setPrefViewportHeight(340);
        return scroll;
    }
}
