package serpentarium.log.ui.filter;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Icons;
import serpentarium.kit.Settings;
import serpentarium.log.Level;
import serpentarium.log.analysis.LogFilterParser;
import serpentarium.log.engine.RecordKinds;
import serpentarium.task.Tasks;

/// What narrows a log, above its list: the filter, levels, loggers, lines around, how many records are shown, what hides the others, and what is wrong.
public final class FilterBar extends VBox {
    private static final Strings STRINGS = Strings.of(FilterBar.class);
    private static final int[] AROUND = {0, 1, 3, 10, 30};

    private final FilterViewModel model;
    private final FilterField field;
    private final FilterWords words;
    private final Label count = new Label();
    private final ProgressBar progress = new ProgressBar();
    private final Label wrong = new Label();
    private final Button clear = new Button(STRINGS.get("bar.clear"), Icons.of("fth-x-circle"));

    /// @param settings where filters that were used are remembered
    public FilterBar(FilterViewModel model, Highlights highlights, Tasks tasks, Settings settings) {
        this.model = model;
        getStyleClass().add("log-filter-bar");
        getStylesheets().add(FilterBar.class.getResource("filter.css").toExternalForm());
        words = new FilterWords(model, tasks);
        field = new FilterField(model, new FilterMemory(settings), words);
        HBox.setHgrow(field, Priority.ALWAYS);
        field.setMinWidth(140);
        count.setId("log-count");
        count.getStyleClass().add("muted");
        count.setMinWidth(Region.USE_PREF_SIZE);
        progress.setPrefWidth(60);
        progress.setMaxHeight(6);
        progress.visibleProperty().bind(model.busy());
        progress.managedProperty().bind(model.busy());
        progress.setAccessibleText(STRINGS.get("bar.progress"));
        wrong.setId("log-filter-wrong");
        wrong.getStyleClass().add("filter-wrong");
        wrong.setWrapText(true);
        wrong.managedProperty().bind(wrong.visibleProperty());
        wrong.visibleProperty().bind(wrong.textProperty().isNotEmpty());
        clear.setId("log-filter-clear");
        clear.getStyleClass().addAll("small", "flat");
        clear.setMinWidth(Region.USE_PREF_SIZE);
        clear.managedProperty().bind(clear.visibleProperty());
        clear.setOnAction(_ -> model.clear());
        var line = new HBox(field, new LevelButtons(model), new LoggerButton(model, words), around(), below(), progress, count, clear);
        line.getStyleClass().add("log-filter-line");
        line.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(line, wrong, new HiddenChips(model, highlights));
        model.parsed().addListener(_ -> update());
        model.changes().addListener(_ -> update());
        model.found().addListener(_ -> update());
        update();
    }

    private MenuButton around() {
        var button = new MenuButton(null, Icons.of("fth-more-vertical"));
        button.setId("log-around");
        button.getStyleClass().addAll("small", "flat");
        button.setTooltip(new Tooltip(STRINGS.get("around.tip")));
        button.setAccessibleText(STRINGS.get("around.tip"));
        var group = new ToggleGroup();
        for (int lines : AROUND) {
            var item = new RadioMenuItem(STRINGS.get("around.lines", lines));
            item.setToggleGroup(group);
            item.setSelected(lines == 0);
            item.setOnAction(_ -> model.around().set(lines));
            button.getItems().add(item);
        }
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    private ToggleButton below() {
        var button = new ToggleButton(null, Icons.of("fth-layout"));
        button.setId("log-below");
        button.getStyleClass().addAll("small", "flat");
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setTooltip(new Tooltip(STRINGS.get("bar.below")));
        button.setAccessibleText(STRINGS.get("bar.below"));
        button.selectedProperty().bindBidirectional(model.below());
        return button;
    }

    private void update() {
        String trouble = model.parsed().get() instanceof LogFilterParser.Result.Wrong(int _, int _, String text) ? text : model.trouble().map(each -> each.line()).orElse("");
        wrong.setText(trouble);
        long all = model.records().count(RecordKinds.ALL);
        boolean narrowed = model.found().get() != null;
        long shown = model.shown();
        count.setText(narrowed ? STRINGS.get("bar.count-of", Quantity.count(shown), Quantity.count(Math.max(shown, all))) : all == 0 ? "" : STRINGS.get("bar.count", Quantity.count(all), all));
        progress.setProgress(model.progress());
        clear.setVisible(narrowed);
    }

    /// Puts the caret into the filter.
    public void focus() {
        field.focus();
    }

    /// What can be done here.
    public List<Command> commands() {
        return List.of(
                Command.of("log.filter", STRINGS.get("command.filter"), "fth-filter", "Shortcut+F", this::focus),
                Command.of("log.filter-clear", STRINGS.get("command.clear"), "fth-x-circle", "Shortcut+Shift+F", model::clear),
                Command.of("log.filter-below", STRINGS.get("command.below"), "fth-layout", "Alt+B", () -> model.below().set(!model.below().get())),
                Command.of("log.filter-errors", STRINGS.get("command.errors"), "fth-alert-octagon", "Alt+E", () -> model.least().set(model.least().get() == Level.ERROR ? null : Level.ERROR)));
    }

    /// Ends what runs.
    public void close() {
        words.close();
        model.close();
    }
}
