package serpentarium.shell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Document;
import serpentarium.kit.Elide;
import serpentarium.kit.EmptyState;
import serpentarium.kit.Icons;
import serpentarium.kit.Overlay;
import serpentarium.kit.PathLabel;
import serpentarium.kit.SearchField;
import serpentarium.kit.Settings;
import serpentarium.kit.Shortcuts;

/// Everything that can be done, by a few letters of its name: commands, open documents, recent files. What was run lately comes first.
final class Palette extends VBox {
    private static final Strings STRINGS = Strings.of(Palette.class);
    private static final String RECENT = "palette.recent";
    private static final int REMEMBERED = 12;
    private static final int PATH = 64;
    private static final int ROWS = 11;

    private final SearchField search = new SearchField(STRINGS.get("palette.prompt"));
    private final ListView<Found> list = new ListView<>();
    private final CommandRegistry registry;
    private final Deck deck;
    private final RecentFiles files;
    private final Opener opener;
    private final Settings settings;
    private final Overlay overlay;

    Palette(CommandRegistry registry, Deck deck, RecentFiles files, Opener opener, Settings settings, Overlay overlay) {
        this.registry = registry;
        this.deck = deck;
        this.files = files;
        this.opener = opener;
        this.settings = settings;
        this.overlay = overlay;
        getStyleClass().addAll("overlay-card", "palette");
        setMaxHeight(USE_PREF_SIZE);
        list.setFocusTraversable(false);
        list.setMinHeight(0);
        list.prefHeightProperty().bind(Bindings.createDoubleBinding(
                () -> list.getItems().isEmpty() ? 160 : Math.min(ROWS, list.getItems().size()) * Math.max(24, list.getFixedCellSize()) + 4,
                list.getItems(), list.fixedCellSizeProperty()));
        list.setCellFactory(_ -> new Row());
        list.setPlaceholder(new EmptyState("fth-search", STRINGS.get("palette.none"), STRINGS.get("palette.none.text")));
        list.setAccessibleText(STRINGS.get("palette.results"));
        getChildren().addAll(search, list);
        search.textProperty().addListener((_, _, _) -> fill());
        search.field().addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        list.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> {
            if (event.getTarget() instanceof javafx.scene.Node node && inRow(node)) run();
        });
    }

    /// Opens it in its overlay, empty.
    void open() {
        search.setText("");
        fill();
        overlay.show(this, search.field(), Pos.TOP_CENTER);
    }

    /// What is listed now, best first.
    List<String> shown() {
        return list.getItems().stream().map(found -> found.entry.text).toList();
    }

    private boolean inRow(javafx.scene.Node node) {
        for (javafx.scene.Node at = node; at != null && at != list; at = at.getParent()) if (at instanceof Row row) return !row.isEmpty();
        return false;
    }

    private void pressed(KeyEvent event) {
        switch (event.getCode()) {
            case DOWN -> move(1);
            case UP -> move(-1);
            case PAGE_DOWN -> move(8);
            case PAGE_UP -> move(-8);
            case ENTER -> run();
            case ESCAPE -> overlay.close();
            default -> {
                return;
            }
        }
        if (event.getCode() != KeyCode.UNDEFINED) event.consume();
    }

    private void move(int by) {
        int count = list.getItems().size();
        if (count == 0) return;
        int from = list.getSelectionModel().getSelectedIndex();
        int to = Math.abs(by) == 1 ? Math.floorMod(from + by, count) : Math.clamp(from + by, 0, count - 1);
        list.getSelectionModel().select(to);
        list.scrollTo(Math.max(0, to - 5));
    }

    private void run() {
        Found found = list.getSelectionModel().getSelectedItem();
        if (found == null) return;
        var recent = new ArrayList<>(settings.texts(RECENT));
        recent.remove(found.entry.id);
        recent.addFirst(found.entry.id);
        settings.put(RECENT, recent.subList(0, Math.min(REMEMBERED, recent.size())));
        overlay.close();
        found.entry.run.run();
    }

    private void fill() {
        String query = search.getText();
        List<String> recent = settings.texts(RECENT);
        var found = new ArrayList<Found>();
        for (Entry entry : entries()) {
            int place = recent.indexOf(entry.id);
            Optional<Fuzzy.Match> match = Fuzzy.match(query, entry.text);
            match.ifPresent(hit -> found.add(new Found(entry, hit.places(), hit.score(), place < 0 ? REMEMBERED : place)));
        }
        found.sort(Comparator.comparingInt((Found each) -> -each.score).thenComparingInt(Found::recency));
        list.getItems().setAll(found);
        list.getSelectionModel().selectFirst();
        list.scrollTo(0);
    }

    private List<Entry> entries() {
        var entries = new ArrayList<Entry>();
        for (Command command : registry.all()) {
            if (command.id().equals("go.palette") || !command.enabled().get()) continue;
            entries.add(new Entry(command.id(), command.text(), "", command.icon(), command.shortcut(), command::runIfEnabled));
        }
        for (Document document : deck.documents()) {
            entries.add(new Entry("document " + document.file(), document.title(), STRINGS.get("palette.document"), "fth-layout", null,
                    () -> deck.select(document.file().toAbsolutePath().normalize())));
        }
        for (RecentFiles.RecentFile file : files.files()) {
            if (file.missing()) continue;
            entries.add(new Entry("file " + file.path(), Elide.middle(PathLabel.shorten(file.path()), PATH), STRINGS.get("palette.file"), "fth-clock", null,
                    () -> opener.open(List.of(file.path()))));
        }
        return entries;
    }

    private record Entry(String id, String text, String kind, String icon, KeyCombination keys, Runnable run) {}

    private record Found(Entry entry, int[] places, int score, int recency) {}

    private final class Row extends ListCell<Found> {
        Row() {
            getStyleClass().add("palette-row");
            addEventHandler(MouseEvent.MOUSE_PRESSED, _ -> list.getSelectionModel().select(getIndex()));
        }

        @Override protected void updateItem(Found found, boolean empty) {
            super.updateItem(found, empty);
            setText(null);
            if (empty || found == null) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            Entry entry = found.entry;
            var space = new Region();
            HBox.setHgrow(space, Priority.ALWAYS);
            var icon = new javafx.scene.layout.StackPane(Icons.of(entry.icon == null ? "fth-chevron-right" : entry.icon));
            icon.getStyleClass().add("palette-icon");
            var row = new HBox(icon, highlighted(entry.text, found.places), space);
            row.setAlignment(Pos.CENTER_LEFT);
            row.getStyleClass().add("palette-content");
            row.setMinWidth(0);
            row.setPrefWidth(1);
            if (!entry.kind.isEmpty()) {
                var kind = new Label(entry.kind);
                kind.getStyleClass().add("muted");
                kind.setMinWidth(USE_PREF_SIZE);
                row.getChildren().add(kind);
            }
            if (entry.keys != null) row.getChildren().add(Shortcuts.caps(entry.keys));
            setGraphic(row);
            setAccessibleText(entry.keys == null ? entry.text : entry.text + ", " + Shortcuts.text(entry.keys));
        }

        private static TextFlow highlighted(String text, int[] places) {
            var flow = new TextFlow();
            flow.setMinWidth(0);
            flow.setMaxHeight(USE_PREF_SIZE);
            int from = 0;
            for (int i = 0; i < places.length;) {
                int end = i + 1;
                while (end < places.length && places[end] == places[end - 1] + 1) end++;
                add(flow, text.substring(from, places[i]), "palette-text");
                from = places[end - 1] + 1;
                add(flow, text.substring(places[i], from), "palette-hit");
                i = end;
            }
            add(flow, text.substring(from), "palette-text");
            return flow;
        }

        private static void add(TextFlow flow, String part, String styleClass) {
            if (part.isEmpty()) return;
            var text = new Text(part);
            text.getStyleClass().add(styleClass);
            flow.getChildren().add(text);
        }
    }
}
