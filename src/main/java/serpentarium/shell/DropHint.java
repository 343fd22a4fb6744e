package serpentarium.shell;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import serpentarium.base.Strings;
import serpentarium.kit.Document;
import serpentarium.kit.Icons;

/// Takes files that are dropped onto the window, and says so while they hover above it.
final class DropHint extends StackPane {
    private static final Strings STRINGS = Strings.of(DropHint.class);

    private final Consumer<List<Path>> open;
    private final Supplier<Optional<Document>> front;
    private final Label otherText = new Label();
    private final VBox other;

    /// @param open  opens files
    /// @param front the document in front, which may take a file for something else
    DropHint(Consumer<List<Path>> open, Supplier<Optional<Document>> front) {
        this.open = open;
        this.front = front;
        getStyleClass().add("drop-hint");
        var title = new Label(STRINGS.get("drop.title"));
        title.getStyleClass().add("card-title");
        var box = box(Icons.of("fth-download", "drop-icon"), title, new Label(STRINGS.get("drop.text")));
        otherText.getStyleClass().add("card-title");
        other = box(Icons.of("fth-git-pull-request", "drop-icon"), otherText, new Label(STRINGS.get("drop.other")));
        other.setVisible(false);
        other.managedProperty().bind(other.visibleProperty());
        var boxes = new HBox(40, box, other);
        boxes.setAlignment(Pos.CENTER);
        getChildren().add(boxes);
        setMouseTransparent(true);
        setVisible(false);
    }

    private static VBox box(Node... content) {
        var box = new VBox(content);
        box.getStyleClass().add("drop-box");
        box.setAlignment(Pos.CENTER);
        box.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        return box;
    }

    /// Takes what is dropped onto `root`, wherever it hits; in the right half for what the document in front takes it for, where it does.
    void install(Node root) {
        root.addEventFilter(DragEvent.DRAG_OVER, event -> {
            if (!carriesFiles(event.getDragboard()) || event.getGestureSource() != null) return;
            event.acceptTransferModes(TransferMode.COPY_OR_MOVE);
            offer(event.getDragboard().getFiles().size());
            hover(true);
            boolean right = event.getSceneX() > root.getLayoutBounds().getWidth() / 2;
            other.setOpacity(right ? 1 : 0.6);
            event.consume();
        });
        root.addEventHandler(DragEvent.DRAG_EXITED_TARGET, event -> {
            if (event.getTarget() == root) hover(false);
        });
        root.addEventHandler(DragEvent.DRAG_EXITED, _ -> hover(false));
        root.addEventFilter(DragEvent.DRAG_DROPPED, event -> {
            hover(false);
            if (!carriesFiles(event.getDragboard())) return;
            offer(event.getDragboard().getFiles().size());
            if (other.isVisible() && event.getSceneX() > root.getLayoutBounds().getWidth() / 2) droppedOnDocument(event.getDragboard().getFiles().getFirst());
            else dropped(event.getDragboard().getFiles());
            event.setDropCompleted(true);
            event.consume();
        });
    }

    /// Says what the document in front would take a file for.
    private void offer(int files) {
        Optional<String> text = files == 1 ? front.get().flatMap(Document::dropText) : Optional.empty();
        other.setVisible(text.isPresent());
        text.ifPresent(otherText::setText);
    }

    /// A file was dropped for what the document in front takes it for.
    void droppedOnDocument(File file) {
        front.get().ifPresent(document -> document.dropped(file.toPath()));
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
