package serpentarium.profile.ui;

import java.util.List;
import java.util.stream.IntStream;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.controlsfx.control.PopOver;
import org.controlsfx.control.SegmentedButton;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Icons;
import serpentarium.kit.Popovers;
import serpentarium.kit.Ports;
import serpentarium.kit.SearchField;
import serpentarium.kit.Toolbars;
import serpentarium.profile.Event;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.Warning;

/// The bar above a profile's views: which event and thread, how costs are written, the search, and what the reader warned of.
final class ProfileBar extends HBox {
    private static final Strings STRINGS = Strings.of(ProfileBar.class);

    private final ProfileViewModel model;
    private int tools;
    private final SearchField search = new SearchField(STRINGS.get("search.prompt"));
    private final List<Command> commands = new java.util.ArrayList<>();

    /// @param adding the button that adds filters
    ProfileBar(ProfileViewModel model, Node adding, Ports ports) {
        this.model = model;
        ProfileInfo info = model.profile().info();
        getStyleClass().addAll("tool-bar", "profile-bar");
        setAlignment(Pos.CENTER_LEFT);
        setSpacing(8);
        Command back = command("profile.back", "selection.back", "fth-arrow-left", new KeyCodeCombination(KeyCode.LEFT, KeyCombination.ALT_DOWN),
                model.history().canGoBack(), model::back);
        Command forward = command("profile.forward", "selection.forward", "fth-arrow-right", new KeyCodeCombination(KeyCode.RIGHT, KeyCombination.ALT_DOWN),
                model.history().canGoForward(), model::forward);
        Command find = command("profile.find", "search.command", "fth-search", new KeyCodeCombination(KeyCode.F, KeyCombination.SHORTCUT_DOWN),
                new SimpleBooleanProperty(true), search::requestFocus);
        Command units = command("profile.units", "units.command", "fth-percent", new KeyCodeCombination(KeyCode.U, KeyCombination.SHORTCUT_DOWN),
                new SimpleBooleanProperty(true), () -> model.percent().set(!model.percent().get()));
        commands.addAll(List.of(back, forward, find, units));
        getChildren().addAll(Toolbars.button(back), Toolbars.button(forward), facts(info));
        if (info.events().size() > 1) getChildren().add(events(info));
        if (info.threads().size() > 1) getChildren().add(new ThreadPicker(model));
        getChildren().add(units());
        if (model.estimated()) {
            var estimates = new EstimateSwitch(model);
            getChildren().add(estimates);
            commands.addAll(estimates.commands());
        }
        getChildren().add(adding);
        tools = getChildren().size();
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        getChildren().add(space);
        if (!info.warnings().isEmpty()) getChildren().add(warnings(info.warnings(), ports));
        getChildren().addAll(search, regex());
        bindSearch();
    }

    /// What Enter and Shift+Enter in the search do.
    void onStep(Runnable next, Runnable previous) {
        search.setOnStep(next, previous);
    }

    /// Adds a button after those that are there, before the search.
    void addTool(Command command) {
        getChildren().add(tools++, Toolbars.button(command));
    }

    /// What the bar can do.
    List<Command> commands() {
        return commands;
    }

    private static Command command(String id, String key, String icon, KeyCombination keys, javafx.beans.value.ObservableBooleanValue enabled, Runnable run) {
        return new Command(id, STRINGS.get(key), icon, keys, enabled, run);
    }

    private Node facts(ProfileInfo info) {
        var label = new Label();
        label.getStyleClass().add("text-muted");
        label.setMinWidth(0);
        model.analysis().subscribe(now -> {
            if (now == null) return;
            Event event = now.slice().eventInfo();
            String format = info.creator() == null ? info.format() : info.format() + " · " + info.creator();
            label.setText(STRINGS.get("bar.facts", format, event.format(now.whole()), Quantity.count(now.functions().functions().length)));
            label.setTooltip(new Tooltip(info.command() == null ? label.getText() : label.getText() + "\n" + info.command()));
        });
        return label;
    }

    private Node events(ProfileInfo info) {
        var box = new ComboBox<String>();
        box.setMinWidth(90);
        box.setAccessibleText(STRINGS.get("bar.event"));
        box.setTooltip(new Tooltip(STRINGS.get("bar.event")));
        for (Event event : info.events())
            box.getItems().add(event.title().equals(event.name()) ? event.name() : STRINGS.get("bar.event-item", event.name(), event.title()));
        box.getSelectionModel().select(model.event().get());
        box.getSelectionModel().selectedIndexProperty().addListener((_, _, now) -> model.event().set(Math.max(0, now.intValue())));
        return box;
    }

    private Node units() {
        var share = new ToggleButton(STRINGS.get("units.percent"));
        var absolute = new ToggleButton(STRINGS.get("units.absolute"));
        share.setTooltip(new Tooltip(STRINGS.get("units.percent-tip")));
        absolute.setTooltip(new Tooltip(STRINGS.get("units.absolute-tip")));
        var pair = new SegmentedButton(share, absolute);
        share.setMinWidth(USE_PREF_SIZE);
        absolute.setMinWidth(USE_PREF_SIZE);
        Runnable follow = () -> (model.percent().get() ? share : absolute).setSelected(true);
        follow.run();
        model.percent().addListener(_ -> follow.run());
        pair.getToggleGroup().selectedToggleProperty().addListener((_, before, now) -> {
            if (now == null) before.setSelected(true);
            else model.percent().set(now == share);
        });
        return pair;
    }

    private Node warnings(List<Warning> warnings, Ports ports) {
        var button = new Button(STRINGS.get("bar.warnings", warnings.size()), Icons.of("fth-alert-triangle"));
        button.setMinWidth(USE_PREF_SIZE);
        button.getStyleClass().addAll("flat", "warning-button");
        button.setOnAction(_ -> {
            var list = new ListView<String>();
            list.getItems().setAll(IntStream.range(0, warnings.size()).mapToObj(i -> warnings.get(i).line()).toList());
            list.setPrefSize(640, Math.min(360, 40 + 26 * warnings.size()));
            list.setAccessibleText(STRINGS.get("bar.warnings-list"));
            var copy = new Button(STRINGS.get("bar.warnings-copy"), Icons.of("fth-copy"));
            copy.setOnAction(_ -> ports.copy(String.join("\n", list.getItems())));
            var box = new javafx.scene.layout.VBox(8, list, copy);
            box.getStyleClass().add("popover-text");
            var over = Popovers.of(box);
            over.setArrowLocation(PopOver.ArrowLocation.TOP_RIGHT);
            over.show(button);
        });
        return button;
    }

    private Node regex() {
        var toggle = new ToggleButton(STRINGS.get("search.regex"));
        toggle.getStyleClass().addAll("flat", "small");
        toggle.setTooltip(new Tooltip(STRINGS.get("search.regex-tip")));
        toggle.setAccessibleText(STRINGS.get("search.regex-tip"));
        toggle.selectedProperty().bindBidirectional(model.regex());
        return toggle;
    }

    private void bindSearch() {
        search.setPrefWidth(300);
        search.setMinWidth(110);
        search.textProperty().bindBidirectional(model.query());
        model.matches().subscribe(now -> search.setMatches(summary(now)));
        model.queryError().addListener((_, _, error) -> search.setMatches(error.isEmpty() ? summary(model.matches().get()) : error));
    }

    private String summary(ProfileViewModel.Matches matches) {
        if (matches.found() == null) return "";
        return STRINGS.get("search.found", Quantity.count(matches.found().functions()), model.share(matches.found().cost()));
    }
}
