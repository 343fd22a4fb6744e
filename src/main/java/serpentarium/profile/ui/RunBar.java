package serpentarium.profile.ui;

import java.nio.file.Path;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.controlsfx.control.PopOver;
import serpentarium.base.Strings;
import serpentarium.kit.Icons;
import serpentarium.kit.Popovers;

/// Says that a profile is one of several files of a run, or all of them together; offers the other of the two, and lists them.
final class RunBar extends HBox {
    private static final Strings STRINGS = Strings.of(RunBar.class);
    private static final double LIST_WIDTH = 520;
    private static final double ROW_HEIGHT = 26;
    private static final int ROWS = 12;

    /// @param run      the files of the run
    /// @param together whether the profile is all of them
    /// @param alone    whether the file that was opened can be shown alone
    /// @param change   shows all of them together where it was one, and one where it was all
    RunBar(List<Path> run, boolean together, boolean alone, Runnable change) {
        getStyleClass().addAll("banner", "run-bar");
        setAlignment(Pos.CENTER_LEFT);
        setSpacing(8);
        var text = new Label(together ? STRINGS.get("run.together", run.size()) : STRINGS.get("run.more", run.size() - 1));
        text.setMinWidth(0);
        var list = new Hyperlink(STRINGS.get("run.list"));
        list.setMinWidth(USE_PREF_SIZE);
        list.setOnAction(_ -> list(list, run));
        getChildren().addAll(Icons.of("fth-layers"), text);
        if (!together || alone) {
            var other = new Hyperlink(STRINGS.get(together ? "run.open-alone" : "run.open-together"));
            other.setMinWidth(USE_PREF_SIZE);
            other.setOnAction(_ -> change.run());
            getChildren().add(other);
        }
        getChildren().add(list);
    }

    private static void list(Hyperlink anchor, List<Path> run) {
        var names = new ListView<String>();
        names.getStyleClass().add("dense");
        names.getItems().setAll(run.stream().map(path -> path.getFileName().toString()).toList());
        names.setFixedCellSize(ROW_HEIGHT);
        names.setPrefSize(LIST_WIDTH, ROW_HEIGHT * Math.min(run.size(), ROWS) + 4);
        var title = new Label(STRINGS.get("run.files"));
        title.getStyleClass().add("text-bold");
        var box = new VBox(8, title, names);
        box.getStyleClass().add("popover-text");
        var over = Popovers.of(box);
        over.setArrowLocation(PopOver.ArrowLocation.TOP_CENTER);
        over.show(anchor);
    }
}
