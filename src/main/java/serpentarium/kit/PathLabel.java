package serpentarium.kit;

import java.nio.file.Path;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import serpentarium.base.Strings;

/// A path on one line, cut in the middle where it does not fit. The tooltip holds the whole path, the context menu copies it.
public final class PathLabel extends Label {
    private static final Strings STRINGS = Strings.of(PathLabel.class);

    /// Makes one. A path in the person's home folder begins with `~`.
    public PathLabel(Path path, Ports ports) {
        super(shorten(path));
        getStyleClass().add("path-label");
        setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        setMinWidth(0);
        setMaxWidth(Double.MAX_VALUE);
        setTooltip(new Tooltip(path.toString()));
        var copy = new MenuItem(STRINGS.get("path.copy"));
        copy.setOnAction(_ -> ports.copy(path.toString()));
        var show = new MenuItem(STRINGS.get("path.show"));
        show.setOnAction(_ -> ports.showOutside(path.toAbsolutePath().getParent()));
        setContextMenu(new ContextMenu(copy, show));
    }

    /// The path as text, with the home folder as `~`.
    public static String shorten(Path path) {
        Path home = Path.of(System.getProperty("user.home", ""));
        if (!home.toString().isEmpty() && path.startsWith(home) && !path.equals(home)) return "~" + path.getFileSystem().getSeparator() + home.relativize(path);
        return path.toString();
    }
}
