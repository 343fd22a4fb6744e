package serpentarium.log.ui;

import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.StackPane;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Dividers;
import serpentarium.kit.Icons;
import serpentarium.kit.Settings;

/// The log with lists beside it that are about all of it, such as its failures and its marks; they come when a person asks for one.
final class SidePanel extends SplitPane {
    private static final Strings STRINGS = Strings.of(SidePanel.class);
    private static final String FRONT = "log.side";
    private static final double SHARE = 0.68;

    private final Settings settings;
    private final TabPane tabs = new TabPane();
    private final StackPane place = new StackPane(tabs);

    /// @param log what stands to the left
    SidePanel(Node log, Settings settings) {
        this.settings = settings;
        getStyleClass().add("side-panel");
        setOrientation(Orientation.HORIZONTAL);
        setMinSize(0, 0);
        getItems().add(log);
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tabs.getStyleClass().addAll("detail-tabs", "dense");
        tabs.setMinSize(0, 0);
        var close = new Button(null, Icons.of("fth-x"));
        close.setId("log-side-close");
        close.getStyleClass().addAll("small", "flat");
        close.setAccessibleText(STRINGS.get("side.close"));
        close.setTooltip(new Tooltip(STRINGS.get("side.close")));
        close.setOnAction(_ -> hide());
        StackPane.setAlignment(close, Pos.TOP_RIGHT);
        place.getChildren().add(close);
        place.setMinSize(0, 0);
        Dividers.remember(this, "log.side.divider", settings, SHARE);
        tabs.getSelectionModel().selectedItemProperty().addListener((_, _, now) -> {
            if (now != null && getItems().contains(place)) settings.put(FRONT, now.getId());
        });
    }

    /// Adds a list; gives what brings it to the front, or puts it away where it is there.
    ///
    /// @param id names it, and its texts `side.ID` and `side.ID.show`
    Command add(String id, Node list, String icon, String keys) {
        var tab = new Tab(STRINGS.get("side." + id), list);
        tab.setId(id);
        tabs.getTabs().add(tab);
        if (settings.text(FRONT).filter(id::equals).isPresent()) show(id);
        return Command.of("log.side." + id, STRINGS.get("side." + id + ".show"), icon, keys, () -> {
            if (front().equals(id)) hide();
            else show(id);
        });
    }

    /// The list in front; empty where none is there.
    String front() {
        return getItems().contains(place) ? tabs.getSelectionModel().getSelectedItem().getId() : "";
    }

    /// Brings a list to the front.
    void show(String id) {
        tabs.getTabs().stream().filter(tab -> tab.getId().equals(id)).findFirst().ifPresent(tabs.getSelectionModel()::select);
        if (!getItems().contains(place)) getItems().add(place);
        settings.put(FRONT, id);
    }

    private void hide() {
        getItems().remove(place);
        settings.put(FRONT, "");
    }
}
