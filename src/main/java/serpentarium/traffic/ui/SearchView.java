package serpentarium.traffic.ui;

import java.util.Locale;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import javafx.util.Duration;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Menus;
import serpentarium.kit.Ports;
import serpentarium.kit.SearchField;
import serpentarium.task.Tasks;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.analysis.BodySearch;
import serpentarium.traffic.analysis.Secrets;

/// Search in everything that was said: hits with what stands around them.
final class SearchView extends BorderPane {
    private static final Strings STRINGS = Strings.of(SearchView.class);

    private final TrafficViewModel model;
    private final SearchViewModel search;
    private final SearchField field = new SearchField(STRINGS.get("search.prompt"));
    private final ListView<BodySearch.Hit> list;
    private final MaskedHits visible;
    private boolean following;

    SearchView(TrafficViewModel model, SearchViewModel search, Tasks tasks, Ports ports) {
        this.model = model;
        this.search = search;
        getStyleClass().add("search-view");
        list = new ListView<>(search.hits());
        visible = new MaskedHits(model, tasks, list::refresh);
        list.setId("hits");
        list.setFixedCellSize(42);
        list.setAccessibleText(STRINGS.get("search.accessible"));
        list.setCellFactory(_ -> new HitCell());
        Command copy = Command.of("traffic.search.copy", STRINGS.get("search.copy"), "fth-copy", null, () -> {
            BodySearch.Hit hit = list.getSelectionModel().getSelectedItem();
            if (hit != null) ports.copy(hidden(hit) ? Secrets.MASK : hit.before() + hit.match() + hit.after());
        });
        list.setContextMenu(new ContextMenu(Menus.item(copy)));
        list.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (!event.isShortcutDown() || event.getCode() != KeyCode.C) return;
            copy.run().run();
            event.consume();
        });
        var none = new Label(STRINGS.get("search.hint"));
        none.getStyleClass().add("empty-hint");
        list.setPlaceholder(none);
        field.field().setId("search");
        HBox.setHgrow(field, Priority.ALWAYS);
        var soon = new PauseTransition(Duration.millis(250));
        soon.setOnFinished(_ -> search.search(field.getText()));
        field.textProperty().addListener(_ -> soon.playFromStart());
        field.setOnStep(() -> {
            soon.stop();
            if (search.hits().isEmpty()) search.search(field.getText());
            else search.step(1);
        }, () -> search.step(-1));
        var regex = box("search.regex");
        regex.selectedProperty().bindBidirectional(search.regex());
        var only = box("search.only-shown");
        only.selectedProperty().bindBidirectional(search.onlyShown());
        search.regex().addListener(_ -> search.search(field.getText()));
        search.onlyShown().addListener(_ -> search.search(field.getText()));
        var said = new Label();
        said.setId("search-said");
        said.getStyleClass().add("view-note");
        said.textProperty().bind(search.said());
        var stop = new Button(STRINGS.get("search.stop"));
        stop.getStyleClass().add("small");
        stop.setMinWidth(USE_PREF_SIZE);
        stop.setOnAction(_ -> search.cancel());
        stop.visibleProperty().bind(search.busy());
        stop.managedProperty().bind(search.busy());
        var bar = new HBox(field, regex, only, stop, said);
        bar.getStyleClass().add("view-bar");
        bar.setAlignment(Pos.CENTER_LEFT);
        setTop(bar);
        setCenter(list);
        list.getSelectionModel().selectedIndexProperty().addListener((_, _, place) -> {
            if (!following && place.intValue() >= 0) search.current().set(place.intValue());
        });
        search.current().addListener((_, _, place) -> {
            following = true;
            if (place.intValue() < 0) list.getSelectionModel().clearSelection();
            else {
                list.getSelectionModel().clearAndSelect(place.intValue());
                list.scrollTo(Math.max(0, place.intValue() - 4));
            }
            following = false;
        });
        field.field().addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() != KeyCode.DOWN) return;
            list.requestFocus();
            if (list.getSelectionModel().isEmpty()) search.step(1);
            event.consume();
        });
        model.masked().addListener(_ -> list.refresh());
    }

    private boolean hidden(BodySearch.Hit hit) {
        return model.masked().get() && !visible.seen(hit);
    }

    private static CheckBox box(String key) {
        var box = new CheckBox(STRINGS.get(key));
        box.setMinWidth(USE_PREF_SIZE);
        return box;
    }

    /// Writes a text and searches for it.
    void find(String text) {
        field.setText(text);
        search.search(text);
    }

    @Override public void requestFocus() {
        field.requestFocus();
    }

    private final class HitCell extends ListCell<BodySearch.Hit> {
        private final Label where = new Label();
        private final Label title = new Label();
        private final Text before = new Text();
        private final Text match = new Text();
        private final Text after = new Text();
        private final TextFlow snippet = new TextFlow(before, match, after);
        private final javafx.scene.layout.VBox lines;

        HitCell() {
            where.getStyleClass().add("hit-where");
            where.setMinWidth(110);
            title.getStyleClass().add("muted");
            before.getStyleClass().add("hit-around");
            match.getStyleClass().add("hit-match");
            after.getStyleClass().add("hit-around");
            snippet.setMaxHeight(18);
            lines = new javafx.scene.layout.VBox(1, snippet, new HBox(8, where, title));
            setPrefWidth(0);
        }

        @Override protected void updateItem(BodySearch.Hit hit, boolean empty) {
            super.updateItem(hit, empty);
            if (empty || hit == null) {
                setGraphic(null);
                return;
            }
            boolean masked = model.masked().get();
            FlowTable table = model.table().get();
            where.setText(STRINGS.get("search.where." + hit.where().name().toLowerCase(Locale.ROOT)));
            title.setText("#" + (hit.row() + 1) + "  " + (masked ? Secrets.maskUrl(table.title(hit.row())) : table.title(hit.row())));
            boolean hidden = hidden(hit);
            before.setText(hidden ? "" : hit.before());
            match.setText(hidden ? Secrets.MASK : hit.match());
            after.setText(hidden ? "" : hit.after());
            setGraphic(lines);
        }
    }
}
