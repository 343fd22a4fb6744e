package serpentarium.shell;

import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import serpentarium.kit.FxThread;
import serpentarium.kit.Look;
import serpentarium.kit.Settings;
import serpentarium.kit.Theme;
import serpentarium.kit.Tokens;

/// Theme and font size of the window: chosen by the person, remembered, and applied to the scene at once.
public final class Appearance {
    /// The smallest font size in pixels.
    public static final int SMALLEST = 10;
    /// The largest font size in pixels.
    public static final int LARGEST = 22;

    private static final String MODE = "look.theme";
    private static final String FONT = "look.font-size";

    private final ObjectProperty<ThemeMode> mode;
    private final IntegerProperty fontSize;
    private final Theme theme;
    private final FxThread fx;
    private Scene scene;

    /// As `settings` remember it. To be made on the window's thread.
    public Appearance(Settings settings, Theme theme, FxThread fx) {
        this.theme = theme;
        this.fx = fx;
        mode = new SimpleObjectProperty<>(this, "mode", ThemeMode.of(settings.text(MODE).orElse("")));
        fontSize = new SimpleIntegerProperty(this, "fontSize", clamp(settings.number(FONT).orElse((double) Look.FONT_SIZE)));
        mode.addListener((_, _, now) -> {
            settings.put(MODE, now.key());
            apply();
        });
        fontSize.addListener((_, _, now) -> {
            settings.put(FONT, now.doubleValue());
            apply();
        });
        fx.whenSystemDarkChanges(_ -> apply());
        apply();
    }

    /// Dresses this scene now and whenever something changes.
    public void dress(Scene scene) {
        this.scene = scene;
        apply();
    }

    /// Which theme is wanted.
    public ObjectProperty<ThemeMode> mode() {
        return mode;
    }

    /// The font size in pixels, kept within [#SMALLEST] and [#LARGEST] by [#resize(int)].
    public IntegerProperty fontSize() {
        return fontSize;
    }

    /// Changes the font size by so many pixels; 0 brings back the first one.
    public void resize(int by) {
        fontSize.set(by == 0 ? Look.FONT_SIZE : clamp(fontSize.get() + by));
    }

    private static int clamp(double size) {
        return (int) Math.clamp(Double.isFinite(size) ? size : Look.FONT_SIZE, SMALLEST, LARGEST);
    }

    private void apply() {
        boolean dark = switch (mode.get()) {
            case LIGHT -> false;
            case DARK -> true;
            case SYSTEM -> fx.systemDark();
        };
        Tokens tokens = dark ? Tokens.DARK : Tokens.LIGHT;
        Look.base(tokens);
        if (scene != null) Look.dress(scene, tokens, fontSize.get());
        theme.use(tokens);
    }
}
