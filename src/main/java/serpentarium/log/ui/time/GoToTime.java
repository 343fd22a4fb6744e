package serpentarium.log.ui.time;

import java.time.ZoneId;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.controlsfx.control.PopOver;
import serpentarium.base.Strings;
import serpentarium.kit.Popovers;
import serpentarium.log.analysis.TimeText;

/// Asks for a time to go to.
public final class GoToTime {
    private static final Strings STRINGS = Strings.of(GoToTime.class);

    private GoToTime() {}

    /// Asks over a node.
    ///
    /// @param base the time of the current record, from which steps count
    /// @param go   takes the time
    public static void ask(Node over, ZoneId zone, long base, LongConsumer go) {
        var field = new TextField();
        field.setId("log-time");
        field.setPrefColumnCount(20);
        field.setPromptText(STRINGS.get("ask.prompt"));
        var label = new Label(STRINGS.get("ask"));
        label.setLabelFor(field);
        var wrong = new Label();
        wrong.getStyleClass().add("filter-wrong");
        wrong.managedProperty().bind(wrong.textProperty().isNotEmpty());
        var box = new VBox(6, label, field, wrong);
        box.getStyleClass().add("popover-text");
        PopOver popover = Popovers.of(box);
        popover.setArrowLocation(PopOver.ArrowLocation.TOP_CENTER);
        field.setOnAction(_ -> {
            OptionalLong time = TimeText.parse(field.getText(), zone, base);
            if (time.isEmpty()) {
                wrong.setText(STRINGS.get("ask.wrong"));
                return;
            }
            popover.hide();
            go.accept(time.getAsLong());
        });
        Bounds bounds = over.localToScreen(over.getLayoutBounds());
        popover.show(over, bounds.getCenterX(), bounds.getMinY() + 8);
        field.requestFocus();
    }
}
