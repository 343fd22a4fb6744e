package serpentarium.kit;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.HBox;
import serpentarium.base.Strings;

/// How key combinations are written and drawn.
public final class Shortcuts {
    private static final Strings STRINGS = Strings.of(Shortcuts.class);

    private Shortcuts() {}

    /// The keys of a combination in the order they are named: `Ctrl`, `Shift`, `P`.
    public static List<String> keys(KeyCombination combination) {
        if (!(combination instanceof KeyCodeCombination code)) return List.of(combination.getDisplayText());
        String name = keyName(code.getCode());
        String whole = combination.getDisplayText();
        int plus = whole.lastIndexOf('+', whole.length() - 2);
        var keys = new ArrayList<String>();
        if (plus > 0) keys.addAll(List.of(whole.substring(0, plus).split("\\+")));
        else if (code.getShortcut() == KeyCombination.ModifierValue.DOWN && whole.length() > 1) return List.of(whole);
        keys.add(name);
        return keys;
    }

    /// The combination as one text: `Ctrl+Shift+P`.
    public static String text(KeyCombination combination) {
        return String.join("+", keys(combination));
    }

    /// The combination drawn as key caps in a row.
    public static HBox caps(KeyCombination combination) {
        return caps(keys(combination));
    }

    /// Key caps in a row.
    public static HBox caps(List<String> keys) {
        var row = new HBox();
        row.getStyleClass().add("key-caps");
        for (String key : keys) {
            var cap = new Label(key);
            cap.getStyleClass().add("key-cap");
            cap.setMinWidth(javafx.scene.layout.Region.USE_PREF_SIZE);
            row.getChildren().add(cap);
        }
        return row;
    }

    /// Whether the combination is one bare key that also types a character, so that it must not run while a person types.
    public static boolean types(KeyCombination combination) {
        boolean held = combination.getControl() == KeyCombination.ModifierValue.DOWN || combination.getAlt() == KeyCombination.ModifierValue.DOWN
                || combination.getMeta() == KeyCombination.ModifierValue.DOWN || combination.getShortcut() == KeyCombination.ModifierValue.DOWN;
        return !held && !(combination instanceof KeyCodeCombination code && code.getCode().isFunctionKey());
    }

    private static String keyName(KeyCode code) {
        String key = "key." + code.name();
        return STRINGS.has(key) ? STRINGS.get(key) : code.getName();
    }
}
