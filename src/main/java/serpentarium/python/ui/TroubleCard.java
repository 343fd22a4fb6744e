package serpentarium.python.ui;

import java.util.List;
import java.util.Locale;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Icons;
import serpentarium.kit.Toolbars;
import serpentarium.python.Trouble;

/// Something that is wrong: what, what helps, and buttons that do it where that is safe.
final class TroubleCard extends HBox {
    private static final Strings STRINGS = Strings.of(TroubleCard.class);

    /// @param sentence what is wrong
    /// @param remedy   what helps; may be empty
    TroubleCard(Trouble trouble, String sentence, String remedy, List<Command> commands) {
        this(trouble.kind().weight(), sentence, remedy, commands);
        if (trouble.kind() == Trouble.Kind.MISSING_FALLS_THROUGH) getStyleClass().add("trouble-loud");
    }

    /// @param heavy    how bad it is
    /// @param sentence what is wrong
    /// @param remedy   what helps; may be empty
    TroubleCard(Trouble.Weight heavy, String sentence, String remedy, List<Command> commands) {
        super(10);
        String weight = heavy.name().toLowerCase(Locale.ROOT);
        getStyleClass().addAll("trouble", "trouble-" + weight);
        setFocusTraversable(true);
        setAccessibleText(STRINGS.get("weight." + weight) + ": " + sentence + " " + remedy);
        var words = new VBox(4, text(sentence, "trouble-sentence"));
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        if (!remedy.isEmpty()) words.getChildren().add(text(remedy, "trouble-remedy"));
        if (!commands.isEmpty()) {
            var buttons = new FlowPane(6, 4);
            for (Command command : commands) {
                Button button = Toolbars.labelled(command);
                button.getStyleClass().add("small");
                buttons.getChildren().add(button);
            }
            words.getChildren().add(buttons);
        }
        String icon = switch (heavy) {
            case ERROR -> "fth-alert-octagon";
            case WARNING -> "fth-alert-triangle";
            case NOTE -> "fth-info";
        };
        getChildren().setAll(Icons.of(icon, "trouble-icon"), words);
    }

    private static Label text(String text, String style) {
        var label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        label.getStyleClass().add(style);
        return label;
    }
}
