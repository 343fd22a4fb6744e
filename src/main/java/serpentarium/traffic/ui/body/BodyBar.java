package serpentarium.traffic.ui.body;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.beans.binding.BooleanBinding;
import javafx.geometry.Pos;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import serpentarium.base.Problem;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Icons;
import serpentarium.kit.SearchField;
import serpentarium.kit.Toolbars;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;
import serpentarium.traffic.analysis.body.BodyViews;
import serpentarium.traffic.analysis.body.TextSearch;

/// The bar above a body: which view, how large, search, wrap, copy, save.
final class BodyBar extends HBox {
    /// The choice of the bytes as they were sent.
    static final String WIRE = "wire";

    private static final Strings STRINGS = Strings.of(BodyBar.class);
    /// In a narrower bar Enter and Shift+Enter go from hit to hit, and no buttons do.
    private static final double ROOMY = 560;
    /// In one that is narrower still the view's name stands alone.
    private static final double BRIEF = 460;

    private final Tasks tasks;
    private final BodyPane pane;
    private final MenuButton views = new MenuButton();
    private final Label sizes = new Label();
    private final SearchField search = new SearchField(STRINGS.get("search.prompt"));
    private final ToggleButton regex = toggle("search.regex", null);
    private final ToggleButton wrap = toggle("bar.wrap", "fth-corner-down-left");
    private final Object latest = new Object();
    private BodyNode node;
    private TextSearch found;
    private int current = -1;
    private int wanted = -1;
    private String full = "";
    private String brief = "";

    BodyBar(Tasks tasks, BodyPane pane) {
        this.tasks = tasks;
        this.pane = pane;
        getStyleClass().add("body-bar");
        setAlignment(Pos.CENTER_LEFT);
        views.setId("body-views");
        views.getStyleClass().add("small");
        views.setMinWidth(USE_PREF_SIZE);
        views.setAccessibleText(STRINGS.get("bar.view"));
        views.setTooltip(new Tooltip(STRINGS.get("bar.view")));
        sizes.setId("body-sizes");
        sizes.getStyleClass().add("muted");
        sizes.setMinWidth(0);
        HBox.setHgrow(sizes, Priority.ALWAYS);
        sizes.setMaxWidth(Double.MAX_VALUE);
        search.setPrefWidth(190);
        search.setMinWidth(80);
        search.textProperty().addListener((_, _, _) -> look());
        search.setOnStep(() -> step(1), () -> step(-1));
        regex.setText(".*");
        regex.selectedProperty().addListener((_, _, _) -> look());
        wrap.setSelected(pane.wrapRemembered());
        wrap.selectedProperty().addListener((_, _, now) -> pane.wrap(now));
        wrap.setId("body-wrap");
        regex.setId("body-regex");
        var previous = Toolbars.button(Command.of("traffic.body.previous", STRINGS.get("search.previous"), "fth-chevron-up", null, () -> step(-1)));
        var next = Toolbars.button(Command.of("traffic.body.next", STRINGS.get("search.next"), "fth-chevron-down", null, () -> step(1)));
        var copy = Toolbars.button(Command.of("traffic.body.copy", STRINGS.get("bar.copy"), "fth-copy", null, pane::copy));
        var save = Toolbars.button(Command.of("traffic.body.save", STRINGS.get("bar.save"), "fth-download", null, pane::save));
        copy.setId("body-copy");
        save.setId("body-save");
        getChildren().addAll(views, sizes, search, regex, previous, next, wrap, copy, save);
        for (var each : List.of(regex, previous, next, wrap, copy, save)) each.setMinWidth(USE_PREF_SIZE);
        widthProperty().addListener(_ -> title());
        BooleanBinding roomy = widthProperty().greaterThan(ROOMY);
        for (var each : List.of(previous, next)) {
            each.managedProperty().bind(roomy);
            each.visibleProperty().bind(roomy);
        }
    }

    private static ToggleButton toggle(String key, String icon) {
        var button = new ToggleButton();
        button.setGraphic(Icons.of(icon));
        button.getStyleClass().addAll("flat", "small", "body-toggle");
        button.setAccessibleText(STRINGS.get(key));
        button.setTooltip(new Tooltip(STRINGS.get(key)));
        return button;
    }

    /// Says what is shown.
    ///
    /// @param view    the view's id; null where nothing is shown
    /// @param bidding ids of the views that fit
    /// @param chosen  the id that a person chose; null where it was automatic
    /// @param wire    whether the bytes as they were sent can be asked for
    void show(String view, List<String> bidding, String size, String chosen, boolean wire) {
        String name = view == null ? "" : BodyViews.name(view);
        String picked = WIRE.equals(chosen) ? STRINGS.get("bar.wire") : chosen == null ? name : BodyViews.name(chosen);
        full = view == null && chosen == null ? STRINGS.get("bar.view") : chosen == null ? STRINGS.get("bar.automatic", name) : picked;
        brief = view == null && chosen == null ? STRINGS.get("bar.view-brief") : picked;
        title();
        sizes.setText(size);
        sizes.setTooltip(size.isEmpty() ? null : new Tooltip(size));
        var items = new ArrayList<MenuItem>();
        items.add(item(STRINGS.get("bar.choose-automatic"), null, chosen == null));
        items.add(new SeparatorMenuItem());
        for (String id : bidding) items.add(item(BodyViews.name(id), id, Objects.equals(id, chosen)));
        items.add(new SeparatorMenuItem());
        for (String id : pane.viewIds()) if (!bidding.contains(id)) items.add(item(BodyViews.name(id), id, Objects.equals(id, chosen)));
        if (wire) {
            items.add(new SeparatorMenuItem());
            items.add(item(STRINGS.get("bar.wire"), WIRE, WIRE.equals(chosen)));
        }
        views.getItems().setAll(items);
        views.setDisable(bidding.isEmpty());
    }

    private void title() {
        views.setText(getWidth() >= BRIEF ? full : brief);
    }

    private MenuItem item(String text, String id, boolean chosen) {
        var item = new CheckMenuItem(text);
        item.setMnemonicParsing(false);
        item.setId("body-view-" + (id == null ? "automatic" : id));
        item.setSelected(chosen);
        item.setOnAction(_ -> pane.choose(id));
        return item;
    }

    /// Whether lines are to be wrapped.
    boolean wrapped() {
        return wrap.isSelected();
    }

    /// Puts the caret into the search field.
    void focusSearch() {
        search.requestFocus();
    }

    /// Searches for a text and shows one of its matches.
    void find(String text, boolean pattern, int ordinal) {
        wanted = ordinal;
        boolean same = search.getText().equals(text) && regex.isSelected() == pattern;
        if (same && found != null) arrive();
        if (same) return;
        regex.setSelected(pattern);
        search.setText(text);
    }

    private void arrive() {
        if (found.size() == 0) return;
        if (wanted >= 0) current = Math.min(wanted, found.size() - 1) - 1;
        wanted = -1;
        step(1);
    }

    /// Something else is shown; null for nothing.
    void searched(BodyNode next) {
        node = next;
        found = null;
        current = -1;
        look();
    }

    private void look() {
        BodyNode in = node;
        String wanted = search.getText();
        found = null;
        current = -1;
        if (in == null || wanted.isEmpty()) {
            search.setMatches("");
            tasks.submit(TaskSpec.of(STRINGS.get("task.search"), Lane.CPU, _ -> null).latest(latest).hidden());
            return;
        }
        boolean pattern = regex.isSelected();
        tasks.submit(TaskSpec.of(STRINGS.get("task.search"), Lane.CPU, context -> TextSearch.find(in.searched(), wanted, pattern, context)).latest(latest).hidden())
                .whenEnded(state -> ended(in, state));
    }

    private void ended(BodyNode in, TaskState<TextSearch> state) {
        if (in != node) return;
        switch (state) {
            case TaskState.Done<TextSearch>(TextSearch value) -> {
                found = value;
                if (value.size() == 0) search.setMatches(STRINGS.get("search.none"));
                else arrive();
            }
            case TaskState.Failed<TextSearch>(Problem why) -> search.setMatches(why.title());
            case TaskState.Cancelled<TextSearch> _, TaskState.Queued<TextSearch> _, TaskState.Running<TextSearch> _ -> { }
        }
    }

    private void step(int by) {
        if (found == null || found.size() == 0) return;
        current = current < 0 ? by > 0 ? 0 : found.size() - 1 : Math.floorMod(current + by, found.size());
        search.setMatches(STRINGS.get("search.of", Quantity.count(current + 1L), Quantity.count(found.size()) + (found.more() ? "+" : "")));
        node.select(found.from()[current], found.to()[current]);
    }
}
