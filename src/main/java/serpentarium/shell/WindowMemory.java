package serpentarium.shell;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;
import serpentarium.kit.Document;
import serpentarium.kit.Settings;

/// What the window remembers of itself: where it was, what was open, what was in front.
final class WindowMemory {
    private static final String BOUNDS = "window.bounds";
    private static final String MAXIMISED = "window.maximised";
    private static final String WIDE = "window.sidebar-wide";
    private static final String DOCUMENTS = "window.documents";
    private static final String SELECTED = "window.selected";
    private static final String FRONT = "window.front";
    private static final String RESTORES = "start.restore-documents";
    private static final double WIDTH = 1280;
    private static final double HEIGHT = 820;
    private static final double LEAST = 320;

    private final Settings settings;

    WindowMemory(Settings settings) {
        this.settings = settings;
    }

    /// Whether documents come back at the next start.
    boolean restores() {
        return settings.text(RESTORES).map(Boolean::parseBoolean).orElse(true);
    }

    void setRestores(boolean on) {
        settings.put(RESTORES, String.valueOf(on));
    }

    /// Puts the stage where it was, or into the middle of the screen; never outside what can be seen, never larger than it.
    void place(Stage stage) {
        Optional<Rectangle2D> remembered = parse(settings.texts(BOUNDS));
        Rectangle2D screen = remembered.map(bounds -> Screen.getScreensForRectangle(bounds.getMinX(), bounds.getMinY(), bounds.getWidth(), bounds.getHeight()))
                .filter(screens -> !screens.isEmpty()).map(List::getFirst).orElse(Screen.getPrimary()).getVisualBounds();
        double width = Math.min(remembered.map(Rectangle2D::getWidth).orElse(WIDTH), screen.getWidth());
        double height = Math.min(remembered.map(Rectangle2D::getHeight).orElse(HEIGHT), screen.getHeight());
        double x = remembered.map(Rectangle2D::getMinX).orElse(screen.getMinX() + (screen.getWidth() - width) / 2);
        double y = remembered.map(Rectangle2D::getMinY).orElse(screen.getMinY() + (screen.getHeight() - height) / 2);
        stage.setX(Math.clamp(x, screen.getMinX(), screen.getMaxX() - width));
        stage.setY(Math.clamp(y, screen.getMinY(), screen.getMaxY() - height));
        stage.setWidth(width);
        stage.setHeight(height);
        stage.setMaximized(settings.text(MAXIMISED).map(Boolean::parseBoolean).orElse(false));
    }

    void keepPlace(Stage stage) {
        settings.put(MAXIMISED, String.valueOf(stage.isMaximized()));
        if (stage.isMaximized() || stage.isIconified() || stage.isFullScreen()) return;
        var bounds = new ArrayList<String>();
        for (double value : new double[] {stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight()}) bounds.add(String.valueOf(Math.round(value)));
        settings.put(BOUNDS, bounds);
    }

    boolean wide() {
        return settings.text(WIDE).map(Boolean::parseBoolean).orElse(true);
    }

    void keepWide(boolean wide) {
        settings.put(WIDE, String.valueOf(wide));
    }

    List<Path> documents() {
        return settings.texts(DOCUMENTS).stream().map(WindowMemory::path).flatMap(Optional::stream).limit(Opener.LIMIT).toList();
    }

    Optional<Path> selected() {
        return settings.text(SELECTED).flatMap(WindowMemory::path);
    }

    /// The id of the pane that was in front; nothing means the welcome page.
    Optional<String> front() {
        return settings.text(FRONT);
    }

    void keepDocuments(List<Document> documents, Document selected, Optional<String> front) {
        settings.put(DOCUMENTS, documents.stream().map(document -> document.file().toAbsolutePath().toString()).toList());
        if (selected == null) settings.remove(SELECTED);
        else settings.put(SELECTED, selected.file().toAbsolutePath().toString());
        front.ifPresentOrElse(id -> settings.put(FRONT, id), () -> settings.remove(FRONT));
    }

    private static Optional<Path> path(String text) {
        try {
            Path path = Path.of(text);
            return path.isAbsolute() ? Optional.of(path) : Optional.empty();
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private static Optional<Rectangle2D> parse(List<String> bounds) {
        if (bounds.size() != 4 || !bounds.stream().allMatch(text -> text.matches("-?\\d{1,6}"))) return Optional.empty();
        double width = Math.max(LEAST, Double.parseDouble(bounds.get(2)));
        double height = Math.max(LEAST, Double.parseDouble(bounds.get(3)));
        return Optional.of(new Rectangle2D(Double.parseDouble(bounds.get(0)), Double.parseDouble(bounds.get(1)), width, height));
    }
}
