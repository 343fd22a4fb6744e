package serpentarium.python.ui;

import javafx.geometry.HPos;
import javafx.geometry.VPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Ports;
import serpentarium.kit.Toolbars;

/// Names with values, one below the other; each value can be copied.
final class FactGrid extends GridPane {
    private static final Strings STRINGS = Strings.of(FactGrid.class);

    private final Ports ports;
    private int row;

    FactGrid(Ports ports) {
        this.ports = ports;
        getStyleClass().add("facts");
        setMinWidth(0);
        var names = new ColumnConstraints();
        names.setMinWidth(130);
        names.setPrefWidth(150);
        var values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        values.setMinWidth(0);
        var copies = new ColumnConstraints();
        copies.setHalignment(HPos.RIGHT);
        getColumnConstraints().addAll(names, values, copies);
    }

    void clear() {
        getChildren().clear();
        row = 0;
    }

    /// Adds a value that can be copied; nothing where it is empty.
    void add(String key, String value) {
        if (!value.isEmpty()) add(key, value, "fact-value", true);
    }

    /// Adds a remark that nobody copies; nothing where it is empty.
    void remark(String key, String value, String style) {
        if (!value.isEmpty()) add(key, value, style, false);
    }

    private void add(String key, String value, String style, boolean copied) {
        var name = new Label(STRINGS.get("fact." + key));
        name.getStyleClass().addAll("muted", "fact-name");
        var text = new Label(value);
        text.setWrapText(true);
        text.setMinHeight(USE_PREF_SIZE);
        text.getStyleClass().add(style);
        text.setId("fact-" + key);
        name.setLabelFor(text);
        addRow(row, name, text);
        setValignment(name, VPos.TOP);
        if (copied) {
            Button copy = Toolbars.button(Command.of("versions.copy-fact", STRINGS.get("fact.copy", name.getText()), "fth-copy", null, () -> ports.copy(value)));
            copy.getStyleClass().add("fact-copy");
            add(copy, 2, row);
            setValignment(copy, VPos.TOP);
        }
        row++;
    }
}
