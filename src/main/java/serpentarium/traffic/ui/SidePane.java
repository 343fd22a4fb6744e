package serpentarium.traffic.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import serpentarium.base.Strings;
import serpentarium.kit.Ports;
import serpentarium.traffic.Session;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.Parameter;
import serpentarium.traffic.ui.body.BodyPane;

/// The request or the response of a flow: its body, header, cookies, parameters and trailers.
final class SidePane extends BorderPane {
    private static final Strings STRINGS = Strings.of(SidePane.class);

    private final Side side;
    private final Label size = new Label();
    private final TabPane tabs = new TabPane();
    private final Tab body;
    private final BodyPane bodyView;
    private final FactTable headers;
    private final FactTable cookies;
    private final FactTable query;
    private final FactTable form;
    private final FactTable trailers;
    private final ToggleButton raw = new ToggleButton(STRINGS.get("detail.raw"));
    private final List<Tab> all = new ArrayList<>();
    private LoadedFlow loaded;
    private boolean chosen;

    SidePane(Side side, BodyPane bodyView, ObservableBooleanValue masked, Ports ports) {
        this.side = side;
        this.bodyView = bodyView;
        String name = side.name().toLowerCase(Locale.ROOT);
        getStyleClass().add("side-pane");
        setMinSize(0, 0);
        headers = new FactTable(STRINGS.get("detail.no-headers." + name), masked, ports);
        cookies = new FactTable(STRINGS.get("detail.nothing"), masked, ports);
        query = new FactTable(STRINGS.get("detail.nothing"), masked, ports);
        form = new FactTable(STRINGS.get("detail.nothing"), masked, ports);
        trailers = new FactTable(STRINGS.get("detail.nothing"), masked, ports);
        body = tab("body", bodyView);
        for (var each : List.of(tab("headers", headers), body, tab("cookies", cookies), tab("query", query), tab("form", form), tab("trailers", trailers)))
            all.add(each);
        var title = new Label(STRINGS.get("detail." + name));
        title.getStyleClass().add("side-title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        size.getStyleClass().add("view-note");
        raw.getStyleClass().add("small");
        raw.setOnAction(_ -> parameters());
        raw.managedProperty().bind(raw.visibleProperty());
        raw.visibleProperty().bind(tabs.getSelectionModel().selectedItemProperty().map(tab -> "query".equals(tab.getId()) || "form".equals(tab.getId())).orElse(false));
        var space = new Region();
        HBox.setHgrow(space, javafx.scene.layout.Priority.ALWAYS);
        var line = new HBox(title, size, space, raw);
        line.getStyleClass().add("side-line");
        tabs.getStyleClass().addAll("side-tabs", "dense");
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tabs.setMinSize(0, 0);
        tabs.setOnMousePressed(_ -> chosen = true);
        tabs.setOnKeyPressed(_ -> chosen = true);
        setTop(line);
        setCenter(tabs);
    }

    private static Tab tab(String id, Node content) {
        var tab = new Tab(STRINGS.get("detail.tab." + id), content);
        tab.setId(id);
        return tab;
    }

    /// Shows a flow's side.
    void show(Session session, LoadedFlow next) {
        boolean other = loaded == null || loaded.row() != next.row();
        loaded = next;
        size.setText(FlowFacts.size(next.flow().body(side), next.decoded()[side.ordinal()]));
        headers.show(FlowFacts.headers(next.flow(), side));
        cookies.show(FlowFacts.cookies(next.flow(), side));
        trailers.show(FlowFacts.fields(side == Side.REQUEST ? next.flow().requestTrailers() : next.flow().responseTrailers()));
        parameters();
        tabs();
        bodyView.show(session, next.row(), side);
        if (other && !chosen) tabs.getSelectionModel().select(next.flow().body(side).stored() > 0 ? body : all.getFirst());
    }

    private void parameters() {
        query.show(side == Side.REQUEST && loaded.flow().request() != null
                ? FlowFacts.parameters(Parameter.ofPath(loaded.flow().request().path()), raw.isSelected()) : List.of());
        form.show(side == Side.REQUEST && loaded.form() != null ? FlowFacts.parameters(Parameter.of(loaded.form()), raw.isSelected()) : List.of());
    }

    /// Tabs that have nothing to show are not there, but for header and body.
    private void tabs() {
        Tab front = tabs.getSelectionModel().getSelectedItem();
        var wanted = new ArrayList<Tab>();
        for (Tab tab : all) {
            int count = tab.getContent() instanceof FactTable facts ? facts.size() : -1;
            boolean always = tab == body || tab.getContent() == headers;
            if (always || count > 0) wanted.add(tab);
            if (tab.getContent() == headers) count = loaded.flow().headers(side).fields().size();
            tab.setText(STRINGS.get("detail.tab." + tab.getId()) + (count > 0 ? " " + count : ""));
        }
        if (!tabs.getTabs().equals(wanted)) {
            tabs.getTabs().setAll(wanted);
            if (front != null && wanted.contains(front)) tabs.getSelectionModel().select(front);
        }
    }

    /// Brings a tab to the front: `body`, `headers`, `cookies`, `query`, `form` or `trailers`.
    void front(String id) {
        chosen = true;
        tabs.getTabs().stream().filter(tab -> id.equals(tab.getId())).findFirst().ifPresent(tab -> tabs.getSelectionModel().select(tab));
    }

    /// Shows the body and a match in it.
    void find(String text, boolean regex, int ordinal) {
        front("body");
        bodyView.find(text, regex, ordinal);
    }

    /// The lines of a tab, for tests.
    List<Fact> lines(String id) {
        return all.stream().filter(tab -> id.equals(tab.getId())).findFirst().map(Tab::getContent)
                .map(content -> content instanceof FactTable facts ? facts.shown() : List.<Fact>of()).orElse(List.of());
    }
}
