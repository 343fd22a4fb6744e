package serpentarium.profile.ui;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.controlsfx.control.SegmentedButton;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Icons;
import serpentarium.kit.Toolbars;

/// The bar above a flame graph: how it is drawn, back and forward, the way to what fills it, the way through what a search found, and what the colours tell.
final class FlameBar extends HBox {
    private static final Strings STRINGS = Strings.of(FlameBar.class);

    private final FlameView graph;
    private final FlameModel flame;

    /// @param way the way to what fills the view; stands where there is room
    FlameBar(FlameView graph, FlameModel flame, Node way) {
        this.graph = graph;
        this.flame = flame;
        getStyleClass().add("flame-bar");
        setAlignment(Pos.CENTER_LEFT);
        setSpacing(6);
        setMinWidth(0);
        setPadding(new Insets(4, 8, 2, 8));
        HBox.setHgrow(way, Priority.ALWAYS);
        getChildren().add(modes());
        for (Command command : FlameCommands.walking(graph)) getChildren().add(Toolbars.button(command));
        getChildren().addAll(busy(), way, matches(), coloring());
    }

    private Node modes() {
        List<ToggleButton> buttons = new ArrayList<>();
        for (FlameMode mode : FlameMode.values()) {
            var button = new ToggleButton(STRINGS.get("flame.mode." + mode.id()));
            button.setId("flame-mode-" + mode.id());
            button.setUserData(mode);
            button.setMinWidth(USE_PREF_SIZE);
            boolean offered = flame.offers(mode);
            button.setDisable(!offered);
            button.setTooltip(new Tooltip(STRINGS.get("flame.mode." + mode.id() + ".tip", mode.ordinal() + 1)));
            button.setFocusTraversable(false);
            buttons.add(button);
        }
        var control = new SegmentedButton(buttons.toArray(ToggleButton[]::new));
        Runnable follow = () -> buttons.get(flame.mode().get().ordinal()).setSelected(true);
        follow.run();
        flame.mode().addListener(_ -> follow.run());
        control.getToggleGroup().selectedToggleProperty().addListener((_, old, now) -> {
            if (now == null) old.setSelected(true);
            else flame.mode().set((FlameMode) now.getUserData());
        });
        if (flame.offers(FlameMode.TIME)) return control;
        // A button that cannot be pressed shows no tooltip of its own; what lies around it does.
        var around = new HBox(control);
        around.setAlignment(Pos.CENTER_LEFT);
        Tooltip.install(around, new Tooltip(STRINGS.get("flame.mode.time.missing")));
        return around;
    }

    private Node busy() {
        var label = new Label(STRINGS.get("flame.busy"));
        label.getStyleClass().add("text-muted");
        label.visibleProperty().bind(flame.busy());
        label.managedProperty().bind(flame.busy());
        return label;
    }

    private Node matches() {
        var count = new Label();
        count.getStyleClass().add("text-muted");
        count.setId("flame-match-count");
        count.textProperty().bind(Bindings.createStringBinding(this::counted, flame.matches(), graph.selectedBox(), graph.byPosition()));
        Button previous = Toolbars.button(FlameCommands.step(graph, flame, -1));
        Button next = Toolbars.button(FlameCommands.step(graph, flame, 1));
        var order = new ToggleButton(null, Icons.of("fth-arrow-right"));
        order.getStyleClass().add("flat");
        order.setAccessibleText(STRINGS.get("flame.matches.by-position"));
        order.setTooltip(new Tooltip(STRINGS.get("flame.matches.by-position")));
        order.setFocusTraversable(false);
        order.selectedProperty().bindBidirectional(graph.byPosition());
        var box = new HBox(2, count, previous, next, order);
        box.setAlignment(Pos.CENTER);
        box.visibleProperty().bind(flame.matches().isNotNull());
        box.managedProperty().bind(box.visibleProperty());
        return box;
    }

    private String counted() {
        FlameMatches matches = flame.matches().get();
        if (matches == null) return "";
        int place = matches.place(graph.selectedBox().get(), graph.byPosition().get());
        String count = Quantity.count(matches.rows().size());
        return place > 0 ? STRINGS.get("flame.matches.place", Quantity.count(place), count) : STRINGS.get("flame.matches.count", matches.rows().size());
    }

    private Node coloring() {
        var menu = new MenuButton(null, Icons.of("fth-droplet"));
        menu.setId("flame-coloring");
        menu.getStyleClass().add("flat");
        menu.setMinWidth(USE_PREF_SIZE);
        menu.setTooltip(new Tooltip(STRINGS.get("flame.coloring")));
        menu.setAccessibleText(STRINGS.get("flame.coloring"));
        var group = new ToggleGroup();
        for (FlameColoring coloring : FlameColoring.values()) {
            var item = new RadioMenuItem(STRINGS.get("flame.coloring." + coloring));
            item.setId("flame-coloring-" + coloring);
            item.setToggleGroup(group);
            item.setUserData(coloring);
            item.setSelected(flame.coloring().get() == coloring);
            item.setOnAction(_ -> flame.coloring().set(coloring));
            menu.getItems().add(item);
        }
        flame.coloring().addListener((_, _, now) -> group.getToggles().get(now.ordinal()).setSelected(true));
        // Beside another profile the colours tell what changed and nothing else.
        menu.visibleProperty().bind(flame.deltas().isNull());
        menu.managedProperty().bind(menu.visibleProperty());
        menu.textProperty().bind(flame.coloring().map(now -> STRINGS.get("flame.coloring." + now)));
        return menu;
    }
}
