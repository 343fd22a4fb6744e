package serpentarium.shell;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import serpentarium.base.Strings;
import serpentarium.kit.Icons;

/// Takes files that are dropped onto the window, and says so while they hover above it.
final class DropHint extends StackPane {
    private static final Strings STRINGS = Strings.of(DropHint.class);

    private final Consumer<List<Path>> open;

    DropHint(Consumer<List<Path>> open) {
        this.open = open;
        getStyleClass().add("drop-hint");
        var title = new Label(STRINGS.get("drop.title"));
        title.getStyleClass().add("card-title");
        var box = new VBox(Icons.of("fth-download", "drop-icon"), title, new Label(STRINGS.get("drop.text")));
        box.getStyleClass().add("drop-box");
        box.setAlignment(Pos.CENTER);
        box.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        getChildren().add(box);
        setMouseTransparent(true);
        setVisible(false);
    }

    /// Takes what is dropped onto `root`, wherever it hits.
    void install(Node root) {
        root.addEventFilter(DragEvent.DRAG_OVER, event -> {
            if (!carriesFiles(event.getDragboard()) || event.getGestureSource() != null) return;
            event.acceptTransferModes(TransferMode.COPY_OR_MOVE);
            hover(true);
            event.consume();
        });
        root.addEventHandler(DragEvent.DRAG_EXITED_TARGET, event -> {
            if (event.getTarget() == root) hover(false);
        });
        root.addEventHandler(DragEvent.DRAG_EXITED, _ -> hover(false));
        root.addEventFilter(DragEvent.DRAG_DROPPED, event -> {
            hover(false);
            if (!carriesFiles(event.getDragboard())) return;
            dropped(event.getDragboard().getFiles());
            event.setDropCompleted(true);
            event.consume();
        });
    }

    /// Files hover above the window, or no more.
    void hover(boolean above) {
        setVisible(above);
    }

    /// Files were dropped.
    void dropped(List<File> files) {
        open.accept(files.stream().map(File::toPath).toList());
    }

    private static boolean carriesFiles(Dragboard board) {
        return board != null && board.hasFiles();
    }
}
