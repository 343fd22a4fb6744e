package serpentarium.kit;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.paint.Color;

/// The style sheets of every scene: AtlantaFX's Primer underneath, the product's one sheet above it, and between them the looked-up
/// colours made from [Tokens], so that the sheet and what is painted never differ and dark needs no sheet of its own.
public final class Look {
    /// The font size in pixels that the window has unless the person chose another.
    public static final int FONT_SIZE = 13;

    private static final String SHEET = Objects.requireNonNull(Look.class.getResource("serpentarium.css"), "serpentarium.css").toExternalForm();

    // In pixels for each font size: an icon is itself a font, so that a size in em would be one of its own and grow at each pass.
    private static final Map<String, Double> ICONS = new TreeMap<>(Map.of(".ikonli-font-icon", 1.25, ".side-button .ikonli-font-icon", 1.4,
            ".tab .tab-icon", 1.1, ".empty-state .empty-state-icon", 3.0, ".action-row .action-icon", 1.75, ".drop-hint .drop-icon", 3.0));

    private Look() {}

    /// Puts the base theme for these colours under all scenes of the program, pop-ups too.
    public static void base(Tokens tokens) {
        String sheet = (tokens.dark() ? new PrimerDark() : new PrimerLight()).getUserAgentStylesheet();
        if (!sheet.equals(Application.getUserAgentStylesheet())) Application.setUserAgentStylesheet(sheet);
    }

    /// Dresses a scene. Its pop-ups follow it; other scenes do not.
    ///
    /// @param fontSize in pixels
    public static void dress(Scene scene, Tokens tokens, int fontSize) {
        base(tokens);
        scene.setFill(tokens.background());
        scene.getStylesheets().setAll(colours(tokens, fontSize), SHEET);
    }

    /// A style sheet, as a data URI, that defines the colours and the font size for a whole scene.
    static String colours(Tokens tokens, int fontSize) {
        var css = new StringBuilder(".root {\n");
        css.append("  -fx-font-size: ").append(fontSize).append("px;\n");
        put(css, "-serp-background", tokens.background());
        put(css, "-serp-surface", tokens.surface());
        put(css, "-serp-text", tokens.text());
        put(css, "-serp-muted", tokens.muted());
        put(css, "-serp-border", tokens.border());
        put(css, "-serp-accent", tokens.accent());
        put(css, "-serp-on-accent", tokens.dark() ? tokens.background() : Color.WHITE);
        put(css, "-serp-accent-subtle", tokens.background().interpolate(tokens.accent(), tokens.dark() ? 0.2 : 0.1));
        put(css, "-serp-hover", tokens.background().interpolate(tokens.text(), 0.06));
        put(css, "-serp-match", tokens.match());
        put(css, "-serp-warning", tokens.warning());
        put(css, "-serp-danger", tokens.danger());
        put(css, "-serp-raised", tokens.dark() ? tokens.surface() : tokens.background());
        put(css, "-serp-shadow", Color.gray(0, tokens.dark() ? 0.6 : 0.22));
        put(css, "-serp-veil", Color.gray(0, tokens.dark() ? 0.5 : 0.28));
        css.append("}\n");
        ICONS.forEach((selector, size) -> css.append(selector).append(" { -fx-icon-size: ").append(Math.round(size * fontSize)).append("px; }\n"));
        return "data:text/css;base64," + Base64.getEncoder().encodeToString(css.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void put(StringBuilder css, String name, Color color) {
        css.append(String.format(Locale.ROOT, "  %s: rgba(%d, %d, %d, %.3f);%n", name, Math.round(color.getRed() * 255),
                Math.round(color.getGreen() * 255), Math.round(color.getBlue() * 255), color.getOpacity()));
    }
}
