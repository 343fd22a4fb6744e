package serpentarium.traffic.ui.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableIntegerValue;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.controlsfx.control.PopOver;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Icons;
import serpentarium.kit.Popovers;
import serpentarium.kit.Ports;
import serpentarium.kit.Settings;
import serpentarium.traffic.engine.proxy.ListenerSpec;

/// What listens, above everything else of a live session: each with its state, what went through it, and a button to stop and start it.
public final class LiveBar extends FlowPane {
    private static final Strings STRINGS = Strings.of(LiveBar.class);

    private final LiveViewModel model;
    private final Ports ports;
    private final MenuButton add = new MenuButton(STRINGS.get("bar.add"), Icons.of("fth-plus"));
    private final Button options = new Button(STRINGS.get("bar.options"), Icons.of("fth-sliders"));
    private final Settings settings;
    private final Button held = new Button("", Icons.of("fth-pause"));
    private final BooleanProperty waiting = new SimpleBooleanProperty(this, "waiting");
    private final Map<ListenerSpec, Chip> chips = new HashMap<>();

    /// @param settings remembers the proxy's options
    public LiveBar(LiveViewModel model, Ports ports, Settings settings) {
        this.settings = settings;
        this.model = model;
        this.ports = ports;
        getStyleClass().add("live-bar");
        getStylesheets().add(LiveBar.class.getResource("watch.css").toExternalForm());
        setAlignment(Pos.CENTER_LEFT);
        add.setId("live-add");
        options.setId("live-options");
        options.getStyleClass().add("flat");
        options.setOnAction(_ -> options());
        add.getItems().addAll(item("forward", () -> popover(ListenerForm.forward(this::password, this::added))),
                item("reverse", () -> popover(ListenerForm.reverse(this::password, this::added))));
        model.listeners().addListener((ListChangeListener<ListenerEntry>) _ -> show());
        show();
    }

    /// Says how many exchanges are held, while there are some.
    ///
    /// @param look brings them to the front
    public void offerHeld(ObservableIntegerValue count, Runnable look) {
        held.setId("live-held");
        held.getStyleClass().add("accent");
        held.setOnAction(_ -> look.run());
        held.textProperty().bind(Bindings.createStringBinding(() -> STRINGS.get("bar.held", count.get()), count));
        waiting.bind(Bindings.createBooleanBinding(() -> count.get() > 0, count));
        waiting.addListener((_, _, _) -> show());
        show();
    }

    private MenuItem item(String key, Runnable run) {
        var item = new MenuItem(STRINGS.get("bar.add." + key));
        item.setId("live-add-" + key);
        item.setOnAction(_ -> run.run());
        return item;
    }

    private boolean password() {
        return model.options().credentials() != null;
    }

    private void options() {
        var form = new OptionsForm(model, settings);
        PopOver popover = Popovers.of(form);
        popover.setArrowLocation(PopOver.ArrowLocation.TOP_LEFT);
        popover.show(options);
        form.whenDone(popover::hide);
        form.begin();
    }

    private void added(ListenerSpec spec) {
        model.add(spec);
    }

    private void popover(ListenerForm form) {
        PopOver popover = Popovers.of(form);
        popover.setArrowLocation(PopOver.ArrowLocation.TOP_LEFT);
        popover.show(add);
        form.whenDone(popover::hide);
        form.begin();
    }

    private void show() {
        var nodes = new ArrayList<Node>();
        var kept = new HashMap<ListenerSpec, Chip>();
        for (ListenerEntry entry : List.copyOf(model.listeners())) {
            Chip chip = chips.getOrDefault(entry.spec(), kept.get(entry.spec()));
            if (chip == null) chip = new Chip();
            chip.show(entry);
            kept.put(entry.spec(), chip);
            nodes.add(chip);
        }
        chips.clear();
        chips.putAll(kept);
        nodes.add(add);
        nodes.add(options);
        if (waiting.get()) nodes.add(held);
        if (!getChildren().equals(nodes)) getChildren().setAll(nodes);
    }

    /// One listener.
    private final class Chip extends HBox {
        private final Region dot = new Region();
        private final Label name = new Label();
        private final Label counts = new Label();
        private final Button toggle = new Button();
        private final Tooltip tip = new Tooltip();
        private ListenerEntry entry;

        Chip() {
            getStyleClass().add("live-chip");
            setAlignment(Pos.CENTER_LEFT);
            dot.getStyleClass().add("live-dot");
            counts.getStyleClass().add("view-note");
            toggle.getStyleClass().addAll("flat", "small");
            toggle.setOnAction(_ -> model.toggle(entry));
            Tooltip.install(this, tip);
            getChildren().addAll(dot, name, counts, toggle);
            var copy = new MenuItem(STRINGS.get("chip.copy"));
            copy.setOnAction(_ -> ports.copy(client(entry)));
            var remove = new MenuItem(STRINGS.get("chip.remove"));
            remove.setOnAction(_ -> model.remove(entry));
            var menu = new ContextMenu(copy, remove);
            setOnContextMenuRequested(event -> menu.show(this, event.getScreenX(), event.getScreenY()));
        }

        void show(ListenerEntry now) {
            if (now.equals(entry)) return;
            boolean running = now.running();
            boolean turned = entry == null || entry.running() != running;
            entry = now;
            name.setText(switch (now.spec()) {
                case ListenerSpec.Forward _ -> STRINGS.get("chip.forward", now.address());
                case ListenerSpec.Reverse reverse -> STRINGS.get("chip.reverse", now.address(), reverse.url());
            });
            dot.pseudoClassStateChanged(javafx.css.PseudoClass.getPseudoClass("running"), running);
            dot.pseudoClassStateChanged(javafx.css.PseudoClass.getPseudoClass("open"), running && now.listener().get().notice().isPresent());
            long connections = now.counts().connections();
            counts.setText(connections == 0 ? running ? STRINGS.get("chip.waiting") : STRINGS.get("chip.stopped")
                    : STRINGS.get("chip.counts", connections, Quantity.size(now.counts().fromClients()), Quantity.size(now.counts().fromServers())));
            // Counts go up many times a second; the button is made anew only when it does something else.
            if (turned) {
                toggle.setGraphic(Icons.of(running ? "fth-square" : "fth-play"));
                toggle.setAccessibleText(STRINGS.get(running ? "chip.stop" : "chip.start"));
                toggle.setTooltip(new Tooltip(toggle.getAccessibleText()));
            }
            toggle.setDisable(now.starting());
            tip.setText(now.listener().flatMap(each -> each.notice()).orElse(name.getText()));
            setAccessibleText(name.getText() + ", " + counts.getText());
        }
    }

    /// What is named to a client.
    private static String client(ListenerEntry entry) {
        return "http://" + entry.address();
    }
}
