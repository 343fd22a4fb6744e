package serpentarium.shell;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Icons;
import serpentarium.kit.PathLabel;
import serpentarium.kit.Ports;
import serpentarium.kit.Shortcuts;
import serpentarium.kit.Workpane;

/// The first page: what can be done here, and what was open lately.
final class WelcomePage extends ScrollPane {
    private static final Strings STRINGS = Strings.of(WelcomePage.class);
    private static final int SHOWN = 8;

    private final RecentFiles recent;
    private final Opener opener;
    private final Ports ports;
    private final VBox files = new VBox();

    /// @param actions what can be done, as large rows; each has a `welcome.ID` text that says more
    /// @param offers  what else can be begun
    /// @param hints   commands whose keys are worth knowing
    WelcomePage(List<Command> actions, List<Workpane.Offer> offers, List<Command> hints, RecentFiles recent, Opener opener, Ports ports) {
        this.recent = recent;
        this.opener = opener;
        this.ports = ports;
        getStyleClass().addAll("welcome", "edge-to-edge");
        setFitToWidth(true);
        setFitToHeight(true);
        var start = new VBox(section("welcome.start"));
        start.getStyleClass().add("welcome-column");
        actions.forEach(action -> start.getChildren().add(row(action, STRINGS.get("welcome." + action.id()))));
        offers.forEach(offer -> start.getChildren().add(row(offer.command(), offer.about())));
        start.getChildren().add(dropRow());
        files.getStyleClass().add("recent-files");
        var lately = new VBox(section("welcome.recent"), files);
        lately.getStyleClass().add("welcome-column");
        var columns = new GridPane();
        columns.getStyleClass().add("welcome-columns");
        columns.getColumnConstraints().addAll(share(46), share(54));
        columns.addRow(0, start, lately);
        var keys = new HBox();
        keys.getStyleClass().add("welcome-keys");
        keys.setAlignment(Pos.CENTER);
        hints.forEach(hint -> keys.getChildren().add(hint(hint)));
        var page = new VBox(heading(), columns, keys);
        page.getStyleClass().add("welcome-page");
        page.setMaxSize(940, Region.USE_PREF_SIZE);
        var centred = new StackPane(page);
        centred.getStyleClass().add("welcome-back");
        setContent(centred);
        recent.files().addListener((ListChangeListener<RecentFiles.RecentFile>) _ -> fill());
        fill();
    }

    private static ColumnConstraints share(double percent) {
        var column = new ColumnConstraints();
        column.setPercentWidth(percent);
        column.setHgrow(Priority.ALWAYS);
        return column;
    }

    private static Node heading() {
        var name = new Label(STRINGS.get("product"));
        name.getStyleClass().add("welcome-name");
        var line = new Label(STRINGS.get("welcome.tagline"));
        line.getStyleClass().addAll("muted", "welcome-tagline");
        line.setWrapText(true);
        var words = new VBox(name, line);
        words.setAlignment(Pos.CENTER_LEFT);
        var heading = new HBox(new Logo(72), words);
        heading.getStyleClass().add("welcome-heading");
        heading.setAlignment(Pos.CENTER_LEFT);
        return heading;
    }

    private static Label section(String key) {
        var label = new Label(STRINGS.get(key));
        label.getStyleClass().add("section-title");
        return label;
    }

    private static Node row(Command command, String about) {
        var title = new Label(command.text());
        title.getStyleClass().add("action-title");
        var more = new Label(about);
        more.getStyleClass().add("muted");
        more.setMinWidth(0);
        var words = new VBox(title, more);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        var content = new HBox(Icons.of(command.icon(), "action-icon"), words);
        content.getStyleClass().add("action-content");
        content.setAlignment(Pos.CENTER_LEFT);
        if (command.shortcut() != null) {
            HBox caps = Shortcuts.caps(command.shortcut());
            caps.setMinWidth(Region.USE_PREF_SIZE);
            content.getChildren().add(caps);
        }
        var button = new Button("", content);
        button.getStyleClass().add("action-row");
        button.setId("welcome-" + command.id().replace('.', '-'));
        button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        button.setMaxWidth(Double.MAX_VALUE);
        content.prefWidthProperty().bind(button.widthProperty().subtract(30));
        button.setAlignment(Pos.CENTER_LEFT);
        button.setAccessibleText(command.text());
        button.setOnAction(_ -> command.runIfEnabled());
        return button;
    }

    private static Node dropRow() {
        var text = new Label(STRINGS.get("welcome.drop"), Icons.of("fth-download"));
        text.getStyleClass().addAll("muted", "drop-row");
        text.setWrapText(true);
        text.setMaxWidth(Double.MAX_VALUE);
        return text;
    }

    private static Node hint(Command command) {
        var label = new Label(command.text());
        label.getStyleClass().add("muted");
        var hint = new HBox(Shortcuts.caps(command.shortcut()), label);
        hint.setAlignment(Pos.CENTER);
        hint.getStyleClass().add("key-hint");
        return hint;
    }

    /// Brings the times up to date and looks which files are gone.
    void refresh() {
        recent.check();
        fill();
    }

    private void fill() {
        var rows = new ArrayList<Node>();
        Instant now = Instant.now();
        recent.files().stream().limit(SHOWN).forEach(file -> rows.add(fileRow(file, now)));
        if (rows.isEmpty()) {
            var none = new Label(STRINGS.get("welcome.recent.none"));
            none.getStyleClass().addAll("muted", "recent-none");
            none.setWrapText(true);
            rows.add(none);
        }
        files.getChildren().setAll(rows);
    }

    private Node fileRow(RecentFiles.RecentFile file, Instant now) {
        var name = new Label(file.path().getFileName() == null ? file.path().toString() : file.path().getFileName().toString());
        name.getStyleClass().add("action-title");
        var where = new PathLabel(file.path().getParent() == null ? file.path() : file.path().getParent(), ports);
        where.getStyleClass().add("muted");
        var words = new VBox(name, where);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        var when = new Label(file.missing() ? STRINGS.get("welcome.missing") : Ago.text(file.opened(), now, ZoneId.systemDefault()));
        when.getStyleClass().addAll("muted", "recent-when");
        when.setMinWidth(Region.USE_PREF_SIZE);
        var content = new HBox(Icons.of(file.missing() ? "fth-file-minus" : "fth-file-text", "recent-icon"), words, when);
        content.setAlignment(Pos.CENTER_LEFT);
        content.getStyleClass().add("action-content");
        var button = new Button("", content);
        button.getStyleClass().addAll("action-row", "recent-row");
        if (file.missing()) button.getStyleClass().add("recent-missing");
        button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        button.setMaxWidth(Double.MAX_VALUE);
        button.setMinWidth(0);
        content.prefWidthProperty().bind(button.widthProperty().subtract(22));
        button.setAccessibleText(file.missing() ? STRINGS.get("recent.missing", file.path()) : file.path().toString());
        button.setOnAction(_ -> opener.open(List.of(file.path())));
        var menu = where.getContextMenu();
        var forget = new MenuItem(STRINGS.get("welcome.forget"));
        forget.setOnAction(_ -> recent.remove(file.path()));
        menu.getItems().add(forget);
        button.setOnContextMenuRequested(event -> {
            menu.show(button, event.getScreenX(), event.getScreenY());
            event.consume();
        });
        return button;
    }
}
