package serpentarium.shell;

import javafx.scene.Group;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.SVGPath;

/// The product's sign: a glass house with a serpent in it. Drawn from paths on a field of 64 by 64.
final class Logo extends StackPane {
    private static final double FIELD = 64;
    private static final String HOUSE = "M6 58 V26 L32 6 L58 26 V58 Z";
    private static final String PANES = "M6 26 H58 M19 16 V58 M45 16 V58 M32 6 V26";
    private static final String SERPENT = "M22 53 H38 A6.5 6.5 0 0 0 38 40 H27 A6.5 6.5 0 0 1 27 27 H37";
    private static final String HEAD = "M35 22.2 C40.5 21.2 45.5 23.6 46.6 27 C45.5 30.4 40.5 32.8 35 31.8 Z";
    private static final String EYE = "M41 25.6 a1.15 1.15 0 1 0 0.01 0 Z";

    /// @param size how high and wide it is, in pixels
    Logo(double size) {
        getStyleClass().add("logo");
        var drawing = new Group(path(HOUSE, "logo-glass"), path(PANES, "logo-bars"), path(HOUSE, "logo-house"), path(SERPENT, "logo-serpent"),
                path(HEAD, "logo-head"), path(EYE, "logo-eye"));
        drawing.setScaleX(size / FIELD);
        drawing.setScaleY(size / FIELD);
        getChildren().add(drawing);
        setMinSize(size, size);
        setPrefSize(size, size);
        setMaxSize(size, size);
        setMouseTransparent(true);
    }

    private static SVGPath path(String content, String styleClass) {
        var path = new SVGPath();
        path.setContent(content);
        path.getStyleClass().add(styleClass);
        return path;
    }
}
