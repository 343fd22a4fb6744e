package serpentarium.shell;

import java.nio.file.Path;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.controlsfx.control.SegmentedButton;
import org.controlsfx.control.ToggleSwitch;
import serpentarium.base.Strings;
import serpentarium.kit.Icons;
import serpentarium.kit.Overlay;
import serpentarium.kit.PathLabel;
import serpentarium.kit.Ports;

/// What a person can set, each with a line that says what it does. Everything takes effect at once.
final class SettingsPage extends VBox {
    private static final Strings STRINGS = Strings.of(SettingsPage.class);

    private final Overlay overlay;
    private final ToggleButton first;

    /// @param file where the settings are kept, or null when they are not kept in a file
    SettingsPage(Appearance appearance, WindowMemory memory, Path file, Ports ports, Overlay overlay) {
        this.overlay = overlay;
        getStyleClass().addAll("overlay-card", "settings-page");
        setMaxHeight(USE_PREF_SIZE);
        var title = new Label(STRINGS.get("settings.title"));
        title.getStyleClass().add("card-title");
        List<ToggleButton> themes = List.of(theme(appearance, ThemeMode.SYSTEM, "fth-monitor"), theme(appearance, ThemeMode.LIGHT, "fth-sun"),
                theme(appearance, ThemeMode.DARK, "fth-moon"));
        first = themes.getFirst();
        var segments = new SegmentedButton(themes.toArray(ToggleButton[]::new));
        var group = new ToggleGroup();
        segments.setToggleGroup(group);
        follow(themes, appearance.mode().get());
        appearance.mode().addListener((_, _, now) -> follow(themes, now));
        getChildren().addAll(title, section("settings.look"),
                row(STRINGS.get("settings.theme"), STRINGS.get("settings.theme.why"), segments),
                row(STRINGS.get("settings.font"), STRINGS.get("settings.font.why"), fontSize(appearance)), section("settings.start"),
                row(STRINGS.get("settings.restore"), STRINGS.get("settings.restore.why"), restore(memory)));
        if (file != null) {
            getChildren().addAll(section("settings.storage"),
                    row(STRINGS.get("settings.file"), STRINGS.get("settings.file.why"), new PathLabel(file, ports)));
        }
        var close = new Button(STRINGS.get("settings.close"));
        close.setCancelButton(true);
        close.setOnAction(_ -> overlay.close());
        var buttons = new HBox(close);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        getChildren().add(buttons);
    }

    /// Opens it in its overlay.
    void open() {
        overlay.show(this, first, Pos.CENTER);
    }

    private static void follow(List<ToggleButton> themes, ThemeMode mode) {
        themes.forEach(button -> button.setSelected(button.getUserData() == mode));
    }

    private static ToggleButton theme(Appearance appearance, ThemeMode mode, String icon) {
        var button = new ToggleButton(STRINGS.get("theme." + mode.key()), Icons.of(icon));
        button.setUserData(mode);
        button.setId("theme-" + mode.key());
        button.setOnAction(_ -> {
            appearance.mode().set(mode);
            button.setSelected(true);
        });
        return button;
    }

    private static Spinner<Integer> fontSize(Appearance appearance) {
        var spinner = new Spinner<Integer>(Appearance.SMALLEST, Appearance.LARGEST, appearance.fontSize().get());
        spinner.setPrefWidth(110);
        spinner.setAccessibleText(STRINGS.get("settings.font"));
        spinner.valueProperty().addListener((_, _, now) -> {
            if (now != null) appearance.fontSize().set(now);
        });
        appearance.fontSize().addListener((_, _, now) -> spinner.getValueFactory().setValue(now.intValue()));
        return spinner;
    }

    private static ToggleSwitch restore(WindowMemory memory) {
        var toggle = new ToggleSwitch();
        toggle.setAccessibleText(STRINGS.get("settings.restore"));
        toggle.setSelected(memory.restores());
        toggle.selectedProperty().addListener((_, _, on) -> memory.setRestores(on));
        return toggle;
    }

    private static Label section(String key) {
        var label = new Label(STRINGS.get(key));
        label.getStyleClass().add("section-title");
        return label;
    }

    private static Node row(String title, String reason, Region control) {
        var name = new Label(title);
        name.setLabelFor(control);
        var why = new Label(reason);
        why.getStyleClass().add("muted");
        why.setWrapText(true);
        var words = new VBox(name, why);
        words.setMinWidth(240);
        HBox.setHgrow(words, Priority.ALWAYS);
        if (!(control instanceof PathLabel)) control.setMinWidth(USE_PREF_SIZE);
        var row = new HBox(words, control);
        row.getStyleClass().add("settings-row");
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }
}
