package serpentarium.kit;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import serpentarium.base.Strings;

/// Text for a terminal or a file, in a fixed-width font, with a button that copies it.
public final class CopyLine extends HBox {
    private static final Strings STRINGS = Strings.of(CopyLine.class);

    private final Label code = new Label();

    /// Makes one.
    public CopyLine(String text, Ports ports) {
        getStyleClass().add("copy-line");
        setAlignment(Pos.TOP_LEFT);
        setMinWidth(0);
        code.getStyleClass().add("copy-code");
        code.setWrapText(true);
        code.setMinHeight(USE_PREF_SIZE);
        code.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(code, Priority.ALWAYS);
        var copy = new Button(STRINGS.get("copy.line"), Icons.of("fth-copy"));
        copy.getStyleClass().addAll("small", "copy-button");
        copy.setMinWidth(USE_PREF_SIZE);
        copy.setOnAction(_ -> ports.copy(code.getText()));
        code.textProperty().subscribe(now -> {
            copy.setAccessibleText(STRINGS.get("copy.named", now));
            copy.setTooltip(new Tooltip(STRINGS.get("copy.named", Elide.middle(now, 80))));
        });
        setText(text);
        getChildren().setAll(code, copy);
    }

    /// Shows other text.
    public void setText(String text) {
        code.setText(text);
    }

    /// What is copied.
    public String getText() {
        return code.getText();
    }
}
