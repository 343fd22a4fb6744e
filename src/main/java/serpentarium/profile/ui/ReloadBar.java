package serpentarium.profile.ui;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import serpentarium.base.Strings;
import serpentarium.kit.Icons;
import serpentarium.kit.Settings;

/// Says that a profile's file was written again, and offers to read it.
final class ReloadBar extends HBox {
    /// Whether files that were written again are read without asking.
    static final String ALWAYS = "profile.reload.always";

    private static final Strings STRINGS = Strings.of(ReloadBar.class);

    /// @param reload reads the file
    /// @param notNow leaves everything as it is until it is written once more
    ReloadBar(String file, Settings settings, Runnable reload, Runnable notNow) {
        getStyleClass().addAll("banner", "reload-bar");
        setAlignment(Pos.CENTER_LEFT);
        setSpacing(8);
        setMaxHeight(USE_PREF_SIZE);
        var text = new Label(STRINGS.get("reload.text", file));
        text.setMinWidth(0);
        var space = new HBox();
        HBox.setHgrow(space, Priority.ALWAYS);
        var always = new CheckBox(STRINGS.get("reload.always"));
        always.setId("reload-always");
        always.selectedProperty().addListener((_, _, now) -> settings.put(ALWAYS, String.valueOf(now)));
        always.setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(Icons.of("fth-refresh-cw"), text, space, always, button("reload-now", "reload.now", reload),
                button("reload-not-now", "reload.not-now", notNow));
    }

    private static Button button(String id, String key, Runnable run) {
        var button = new Button(STRINGS.get(key));
        button.setId(id);
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(_ -> run.run());
        return button;
    }
}
