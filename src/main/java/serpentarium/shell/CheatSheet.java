package serpentarium.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.EmptyState;
import serpentarium.kit.Overlay;
import serpentarium.kit.SearchField;
import serpentarium.kit.Shortcuts;

/// All commands with their keys, grouped, on one sheet that can be searched.
final class CheatSheet extends VBox {
    private static final Strings STRINGS = Strings.of(CheatSheet.class);
    private static final int COLUMNS = 3;

    private final SearchField search = new SearchField(STRINGS.get("cheat.prompt"));
    private final HBox columns = new HBox();
    private final CommandRegistry registry;
    private final Map<String, String> titles;
    private final Overlay overlay;

    /// @param titles what the groups of documents' commands are called
    CheatSheet(CommandRegistry registry, Map<String, String> titles, Overlay overlay) {
        this.registry = registry;
        this.titles = titles;
        this.overlay = overlay;
        getStyleClass().addAll("overlay-card", "cheat-sheet");
        var title = new Label(STRINGS.get("cheat.title"));
        title.getStyleClass().add("card-title");
        HBox.setHgrow(title, Priority.ALWAYS);
        title.setMaxWidth(Double.MAX_VALUE);
        search.setPrefWidth(280);
        var top = new HBox(title, search);
        top.setAlignment(Pos.CENTER_LEFT);
        columns.getStyleClass().add("cheat-columns");
        var scroll = new ScrollPane(columns);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(top, scroll);
        setMaxHeight(USE_PREF_SIZE);
        search.textProperty().addListener((_, _, _) -> fill());
    }

    /// Opens it in its overlay, with everything on it.
    void open() {
        search.setText("");
        fill();
        overlay.show(this, search.field(), Pos.CENTER);
    }

    /// The commands on the sheet now.
    List<String> shown() {
        return columns.lookupAll(".cheat-text").stream().map(node -> ((Label) node).getText()).toList();
    }

    private void fill() {
        Map<String, List<Command>> groups = new LinkedHashMap<>();
        int count = 0;
        for (Command command : registry.all()) {
            if (!matches(command)) continue;
            groups.computeIfAbsent(command.group(), _ -> new ArrayList<>()).add(command);
            count++;
        }
        search.setMatches(search.getText().isBlank() ? "" : STRINGS.get("cheat.matches", count));
        columns.getChildren().clear();
        if (groups.isEmpty()) {
            var none = new EmptyState("fth-search", STRINGS.get("palette.none"), STRINGS.get("palette.none.text"));
            HBox.setHgrow(none, Priority.ALWAYS);
            columns.getChildren().add(none);
            return;
        }
        var boxes = new ArrayList<VBox>();
        for (int i = 0; i < COLUMNS; i++) {
            var box = new VBox();
            box.getStyleClass().add("cheat-column");
            box.setPrefWidth(0);
            HBox.setHgrow(box, Priority.ALWAYS);
            boxes.add(box);
        }
        int[] heights = new int[COLUMNS];
        groups.forEach((group, commands) -> {
            int shortest = 0;
            for (int i = 1; i < COLUMNS; i++) if (heights[i] < heights[shortest]) shortest = i;
            heights[shortest] += commands.size() + 2;
            boxes.get(shortest).getChildren().add(group(group, commands));
        });
        columns.getChildren().setAll(boxes);
    }

    private boolean matches(Command command) {
        String query = search.getText().strip().toLowerCase(java.util.Locale.ROOT);
        if (query.isEmpty()) return true;
        String keys = command.shortcut() == null ? "" : Shortcuts.text(command.shortcut());
        return (command.text() + " " + keys + " " + title(command.group())).toLowerCase(java.util.Locale.ROOT).contains(query);
    }

    private String title(String group) {
        String key = "menu." + group;
        return STRINGS.has(key) ? STRINGS.get(key).replace("_", "") : titles.getOrDefault(group, group);
    }

    private Node group(String group, List<Command> commands) {
        var heading = new Label(title(group));
        heading.getStyleClass().add("section-title");
        var box = new VBox(heading);
        box.getStyleClass().add("cheat-group");
        for (Command command : commands) {
            var text = new Label(command.text());
            text.getStyleClass().add("cheat-text");
            text.setWrapText(true);
            text.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(text, Priority.ALWAYS);
            var row = new HBox(text);
            row.getStyleClass().add("cheat-row");
            row.setAlignment(Pos.CENTER_LEFT);
            if (command.shortcut() != null) {
                HBox caps = Shortcuts.caps(command.shortcut());
                caps.setMinWidth(Region.USE_PREF_SIZE);
                row.getChildren().add(caps);
            }
            box.getChildren().add(row);
        }
        return box;
    }
}
