package serpentarium.kit;

import org.kordamp.ikonli.javafx.FontIcon;

/// Icons of the Feather pack.
public final class Icons {
    private Icons() {}

    /// An icon by its Ikonli code, such as `fth-search`; null for null. Its colour and size come from the style sheet.
    public static FontIcon of(String code) {
        if (code == null) return null;
        return new FontIcon(code);
    }

    /// An icon with a style class of its own.
    public static FontIcon of(String code, String styleClass) {
        FontIcon icon = of(code);
        if (icon != null) icon.getStyleClass().add(styleClass);
        return icon;
    }
}
