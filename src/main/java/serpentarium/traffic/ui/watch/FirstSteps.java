package serpentarium.traffic.ui.watch;

import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Icons;
import serpentarium.kit.Ports;
import serpentarium.kit.Toolbars;

/// Stands in place of the list until the first flow comes: what to do so that one comes.
public final class FirstSteps extends VBox {
    private static final Strings STRINGS = Strings.of(FirstSteps.class);

    private final LiveViewModel model;
    private final Ports ports;
    private final Label title = new Label();
    private final TextField address = new TextField();

    /// @param actions leads a program to the proxy, the easiest way first
    public FirstSteps(LiveViewModel model, Ports ports, Command... actions) {
        this.model = model;
        this.ports = ports;
        getStyleClass().addAll("empty-state", "first-steps");
        getStylesheets().add(FirstSteps.class.getResource("watch.css").toExternalForm());
        setAlignment(Pos.CENTER);
        title.getStyleClass().add("empty-state-title");
        title.setWrapText(true);
        address.setEditable(false);
        address.setId("live-address");
        address.setPrefColumnCount(24);
        address.setMaxWidth(300);
        address.setAccessibleText(STRINGS.get("steps.address"));
        Command copy = Command.of("traffic.copy-proxy", STRINGS.get("steps.copy"), "fth-copy", null, () -> this.ports.copy(address.getText()));
        var where = new HBox(6, address, Toolbars.button(copy));
        where.setAlignment(Pos.CENTER);
        HBox.setHgrow(address, Priority.NEVER);
        var row = new FlowPane();
        row.getStyleClass().add("empty-state-actions");
        row.setAlignment(Pos.CENTER);
        for (Command action : actions) row.getChildren().add(Toolbars.labelled(action));
        if (!row.getChildren().isEmpty()) row.getChildren().getFirst().getStyleClass().add("accent");
        getChildren().addAll(Icons.of("fth-radio", "empty-state-icon"), title, step("1"), where, step("2"), row, step("3"));
        model.listeners().addListener((ListChangeListener<ListenerEntry>) _ -> show());
        show();
    }

    private static Label step(String number) {
        var label = new Label(STRINGS.get("steps." + number));
        label.getStyleClass().add("empty-state-text");
        label.setWrapText(true);
        return label;
    }

    private void show() {
        var forward = model.forward();
        title.setText(STRINGS.get(forward.isPresent() ? "steps.waiting" : "steps.stopped"));
        address.setText(forward.map(entry -> "http://" + entry.address()).orElse(""));
    }
}
