package serpentarium.traffic.ui;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.EmptyState;
import serpentarium.kit.Icons;
import serpentarium.kit.Ports;
import serpentarium.kit.Settings;
import serpentarium.task.Lane;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;
import serpentarium.traffic.Session;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.BodySearch;
import serpentarium.traffic.ui.body.BodyPane;

/// All that is known of one flow. It is read in the background, and again as long as it grows.
final class FlowDetail implements FlowView {
    private static final Strings STRINGS = Strings.of(FlowDetail.class);
    private static final String LAYOUT = "traffic.detail.layout";
    /// From this width on request and response stand side by side, unless a person chose.
    private static final double WIDE = 820;
    /// In a low place two parts one above the other would show nothing, so a narrower one is shared too.
    private static final double LOW = 480;
    private static final double NARROW = 520;

    private final Tasks tasks;
    private final Settings settings;
    private final BorderPane root = new BorderPane();
    private final StackPane place = new StackPane(root);
    private final EmptyState none = new EmptyState("fth-mouse-pointer", STRINGS.get("detail.none"), STRINGS.get("detail.none-text"));
    private final FlowHeading heading;
    private final TabPane tabs = new TabPane();
    private final SplitPane exchange = new SplitPane();
    private final SidePane request;
    private final SidePane response;
    private final FactTable summary;
    private final FactTable tls;
    private final FactTable connection;
    private final MessageList messages;
    private final ChangedPane changed;
    private final TimingChart timing = new TimingChart();
    private final List<Tab> all = new ArrayList<>();
    private final Object key = new Object();
    private final ReadOnlyBooleanWrapper settled = new ReadOnlyBooleanWrapper(this, "settled", true);
    private Session session;
    private int row = -1;
    private LoadedFlow loaded;
    private TaskHandle<LoadedFlow> reading;
    private boolean again;
    private Runnable revealing;

    /// @param masked whether secrets are masked on the screen
    FlowDetail(Tasks tasks, Ports ports, Settings settings, ObservableBooleanValue masked) {
        this.tasks = tasks;
        this.settings = settings;
        heading = new FlowHeading(masked);
        request = new SidePane(Side.REQUEST, new BodyPane(tasks, ports, settings, masked), masked, ports);
        response = new SidePane(Side.RESPONSE, new BodyPane(tasks, ports, settings, masked), masked, ports);
        summary = new FactTable(STRINGS.get("detail.nothing"), masked, ports);
        tls = new FactTable(STRINGS.get("detail.no-tls"), masked, ports);
        connection = new FactTable(STRINGS.get("detail.no-connection"), masked, ports);
        messages = new MessageList(tasks, new BodyPane(tasks, ports, settings, masked), masked, ports);
        changed = new ChangedPane(tasks, ports, masked);
        exchange.getItems().addAll(request, response);
        exchange.setMinSize(0, 0);
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tabs.getStyleClass().addAll("detail-tabs", "dense");
        tabs.setMinSize(0, 0);
        for (Tab tab : List.of(tab("exchange", exchange), tab("messages", messages), tab("changed", changed), tab("summary", summary), tab("timing", timing), tab("tls", tls),
                tab("connection", connection)))
            all.add(tab);
        heading.add(Command.of("traffic.detail.layout", STRINGS.get("detail.layout"), "fth-columns", null, this::turn));
        root.setTop(heading);
        root.setCenter(tabs);
        root.setMinSize(0, 0);
        place.getStyleClass().add("flow-detail");
        place.getStylesheets().add(FlowDetail.class.getResource("detail.css").toExternalForm());
        place.setMinSize(0, 0);
        root.widthProperty().addListener(_ -> orient());
        root.heightProperty().addListener(_ -> orient());
        orient();
        nothing();
    }

    private static Tab tab(String id, Node content) {
        var tab = new Tab(STRINGS.get("detail.tab." + id), content);
        tab.setId(id);
        return tab;
    }

    @Override public Node node() {
        return place;
    }

    /// True when what was asked for is shown.
    ObservableBooleanValue settled() {
        return settled.getReadOnlyProperty();
    }

    /// What is shown, or null; for commands and tests.
    LoadedFlow loaded() {
        return loaded;
    }

    /// The request's or the response's part, for tests.
    SidePane side(Side side) {
        return side == Side.REQUEST ? request : response;
    }

    /// What rules changed, for tests.
    ChangedPane changed() {
        return changed;
    }

    /// The messages, for tests.
    MessageList messages() {
        return messages;
    }

    /// What is done when a person asks for a flow that is named here.
    void onGo(java.util.function.IntConsumer go) {
        for (FactTable table : List.of(summary, connection)) table.onGo(go);
    }

    /// Offers to go to what was shown before, and back.
    void walk(Command back, Command forward) {
        heading.lead(back, forward);
    }

    /// Shows where a hit of a search is, when its flow is shown.
    ///
    /// @param ordinal which hit of this part it is
    void reveal(BodySearch.Hit hit, String text, boolean regex, int ordinal) {
        revealing = () -> {
            if (loaded == null || loaded.row() != hit.row()) return;
            revealing = null;
            switch (hit.where()) {
                case URL -> { }
                case REQUEST_HEADER -> header(request);
                case RESPONSE_HEADER -> header(response);
                case REQUEST_BODY -> body(request, text, regex, ordinal);
                case RESPONSE_BODY -> body(response, text, regex, ordinal);
                case MESSAGE -> {
                    front("messages");
                    messages.reveal((int) hit.at());
                }
            }
        };
        revealing.run();
    }

    private void header(SidePane side) {
        front("exchange");
        side.front("headers");
    }

    private void body(SidePane side, String text, boolean regex, int ordinal) {
        front("exchange");
        side.find(text, regex, ordinal);
    }

    /// Offers the flow as code.
    void offer(CopyAs copyAs) {
        var button = new MenuButton(STRINGS.get("copy-as.menu"), Icons.of("fth-code"));
        button.getStyleClass().addAll("small", "copy-as");
        button.getItems().setAll(new ArrayList<>(copyAs.menu().getItems()));
        heading.add(button);
    }

    /// Brings a tab to the front: `exchange`, `messages`, `changed`, `summary`, `timing`, `tls` or `connection`.
    void front(String id) {
        tabs.getTabs().stream().filter(tab -> id.equals(tab.getId())).findFirst().ifPresent(tab -> tabs.getSelectionModel().select(tab));
    }

    /// Puts the focus on the tabs, which the arrow keys go through.
    void requestFocus() {
        tabs.requestFocus();
    }

    private void turn() {
        settings.put(LAYOUT, exchange.getOrientation() == Orientation.HORIZONTAL ? "stacked" : "beside");
        orient();
    }

    private void orient() {
        String chosen = settings.text(LAYOUT).orElse("");
        boolean beside = chosen.equals("beside") || !chosen.equals("stacked") && (root.getWidth() >= WIDE || root.getWidth() >= NARROW && root.getHeight() < LOW);
        exchange.setOrientation(beside ? Orientation.HORIZONTAL : Orientation.VERTICAL);
    }

    private void nothing() {
        // A session that grows says so many times a second; what stands there already is not made again.
        if (place.getChildren().size() == 1 && place.getChildren().getFirst() == none) return;
        place.getChildren().setAll(none);
    }

    @Override public void show(Session next, int nextRow) {
        boolean same = next == session && nextRow == row;
        session = next;
        row = nextRow;
        if (row < 0) {
            if (reading != null) reading.cancel();
            reading = null;
            loaded = null;
            settled.set(true);
            nothing();
            return;
        }
        if (same && loaded != null && !loaded.open() && loaded.version() == session.table().version()) return;
        // A flow that grows faster than it is read is still shown as it was when reading began.
        if (same && reading != null && !reading.state().ended()) again = true;
        else read();
    }

    private void read() {
        again = false;
        settled.set(false);
        Session from = session;
        int wanted = row;
        TaskHandle<LoadedFlow> task = tasks.submit(TaskSpec.of(STRINGS.get("detail.reading"), Lane.IO, context -> LoadedFlow.read(from, wanted, context))
                .latest(key).hidden());
        reading = task;
        task.whenEnded(state -> {
            if (reading != task) return;
            switch (state) {
                case TaskState.Done<LoadedFlow>(LoadedFlow done) -> shown(done);
                case TaskState.Failed<LoadedFlow>(Problem problem) -> failed(problem);
                case TaskState.Cancelled<LoadedFlow> _, TaskState.Queued<LoadedFlow> _, TaskState.Running<LoadedFlow> _ -> { }
            }
            settled.set(true);
            if (again) read();
        });
    }

    private void failed(Problem problem) {
        loaded = null;
        place.getChildren().setAll(new EmptyState("fth-alert-triangle", problem.title(), problem.detail()));
    }

    private void shown(LoadedFlow done) {
        loaded = done;
        heading.show(done);
        summary.show(FlowFacts.summary(done));
        tls.show(FlowFacts.tls(done.flow()));
        connection.show(FlowFacts.connection(done));
        timing.show(done.flow().timing(), done.open());
        if (done.flow().kind().http()) {
            request.show(session, done);
            response.show(session, done);
        }
        if (RuleTrace.there(done.flow())) changed.show(session, done.row());
        if (done.flow().messages() > 0) messages.show(session, done);
        tabs(done);
        if (revealing != null) revealing.run();
        if (place.getChildren().size() != 1 || place.getChildren().getFirst() != root) place.getChildren().setAll(root);
    }

    /// Tabs that this kind of flow does not have are not there.
    private void tabs(LoadedFlow done) {
        Tab front = tabs.getSelectionModel().getSelectedItem();
        var wanted = new ArrayList<Tab>();
        for (Tab tab : all) {
            boolean there = switch (tab.getId()) {
                case "exchange" -> done.flow().kind().http();
                case "messages" -> done.flow().messages() > 0;
                case "changed" -> RuleTrace.there(done.flow());
                case "tls" -> tls.size() > 0;
                default -> true;
            };
            if (there) wanted.add(tab);
        }
        if (tabs.getTabs().equals(wanted)) return;
        tabs.getTabs().setAll(wanted);
        tabs.getSelectionModel().select(front != null && wanted.contains(front) ? front : wanted.getFirst());
    }

    /// Stops what runs.
    void close() {
        if (reading != null) reading.cancel();
    }
}
