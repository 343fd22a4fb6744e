package serpentarium.log.ui.detail;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import org.fxmisc.flowless.VirtualizedScrollPane;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Dividers;
import serpentarium.kit.EmptyState;
import serpentarium.kit.Icons;
import serpentarium.kit.Menus;
import serpentarium.kit.Ports;
import serpentarium.kit.Settings;
import serpentarium.log.LogRecord;
import serpentarium.log.RecordView;
import serpentarium.log.Traceback;
import serpentarium.log.analysis.FilterText;
import serpentarium.log.analysis.TracebackParser;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// All that is known of one record: its message with data and SQL laid out, its traceback with the program's own frames strong, its fields, and the source
/// of the frame that was asked for.
public final class RecordDetail extends StackPane {
    private static final Strings STRINGS = Strings.of(RecordDetail.class);
    private static final String TURNED = "log.detail.turned";
    /// From this width on text and fields stand side by side.
    private static final double WIDE = 760;
    /// In a low place two parts one above the other would show nothing, so a narrower one is shared too.
    private static final double LOW = 420;
    private static final double NARROW = 480;

    private final Tasks tasks;
    private final Ports ports;
    private final Settings settings;
    private final ZoneId zone;
    private final BorderPane root = new BorderPane();
    private final SplitPane split = new SplitPane();
    private final RecordHeading heading;
    private final RecordArea area;
    private final FieldTable fields;
    private final FrameSource source;
    private final TabPane tabs = new TabPane();
    private final Label cut = new Label(STRINGS.get("text.cut", DetailText.MOST));
    private final Set<Integer> open = new HashSet<>();
    private final Object key = new Object();
    private final ReadOnlyBooleanWrapper there = new ReadOnlyBooleanWrapper(this, "there");
    private final ReadOnlyBooleanWrapper failed = new ReadOnlyBooleanWrapper(this, "failed");
    private final ReadOnlyBooleanWrapper settled = new ReadOnlyBooleanWrapper(this, "settled", true);
    private final ObjectProperty<LogActions> actions = new SimpleObjectProperty<>(this, "actions");
    private final List<Command> commands;
    private LogRecord record;

    /// @param zone in which times are shown
    /// @param log  the log's file, or null: relative paths of sources start from its folder
    public RecordDetail(Tasks tasks, Ports ports, Settings settings, ZoneId zone, Path log) {
        this.tasks = tasks;
        this.ports = ports;
        this.settings = settings;
        this.zone = zone;
        var menu = new ValueMenu(actions::get, ports);
        heading = new RecordHeading(zone);
        area = new RecordArea(this::go, (context, text) -> {
            if (record != null) context.getItems().setAll(menu.about(record, text, zone));
        });
        fields = new FieldTable(ports, (context, row) -> {
            if (record != null) context.getItems().setAll(menu.field(record, row));
        });
        source = new FrameSource(tasks, ports, settings, log);
        getStyleClass().add("record-detail");
        getStylesheets().add(RecordDetail.class.getResource("detail.css").toExternalForm());
        setMinSize(0, 0);
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tabs.getStyleClass().addAll("detail-tabs", "dense");
        tabs.getTabs().addAll(tab("fields", fields), tab("source", source));
        tabs.setMinSize(0, 0);
        commands = List.of(
                command("copy", "fth-copy", there, () -> ports.copy(RecordText.plain(record))),
                command("copy-json", null, there, () -> ports.copy(json(record))),
                command("copy-markdown", null, there, () -> ports.copy(markdown(record))),
                command("unfold", "fth-maximize-2", failed, this::unfold),
                command("turn", "fth-repeat", failed, this::turn));
        copies();
        heading.add(commands.get(3));
        heading.add(commands.get(4));
        cut.getStyleClass().add("detail-note");
        cut.setMaxWidth(Double.MAX_VALUE);
        cut.managedProperty().bind(cut.visibleProperty());
        var text = new BorderPane(new VirtualizedScrollPane<>(area));
        text.setBottom(cut);
        text.setMinSize(0, 0);
        split.getItems().addAll(text, tabs);
        split.setMinSize(0, 0);
        root.setTop(heading);
        root.setCenter(split);
        root.setMinSize(0, 0);
        Dividers.remember(split, "log.detail.fields", settings, 0.66, 0.62);
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

    private static Command command(String id, String icon, ObservableBooleanValue enabled, Runnable run) {
        return Command.of("log.detail." + id, STRINGS.get("detail." + id), icon, null, enabled, run);
    }

    private void orient() {
        boolean beside = root.getWidth() >= WIDE || root.getWidth() >= NARROW && root.getHeight() < LOW;
        split.setOrientation(beside ? Orientation.HORIZONTAL : Orientation.VERTICAL);
    }

    private void copies() {
        var button = new MenuButton(STRINGS.get("detail.copy-menu"), Icons.of("fth-copy"));
        button.setId("record-copy");
        button.getStyleClass().addAll("small", "flat");
        for (Command each : commands.subList(0, 3)) button.getItems().add(Menus.item(each));
        heading.add(button);
    }

    /// What is done about a value that a person points at; while it is null, values can be copied only.
    public ObjectProperty<LogActions> actions() {
        return actions;
    }

    /// What can be done with the record that is shown.
    public List<Command> commands() {
        return commands;
    }

    /// True when what was asked for is shown.
    public ObservableBooleanValue settled() {
        return settled.getReadOnlyProperty();
    }

    /// The record that is shown, or null.
    public LogRecord record() {
        return record;
    }

    /// Adds a button to those above the record.
    public void add(Command command) {
        heading.add(command);
    }

    /// Adds something that is said of the record, in the line below its level and logger.
    public void say(Node node) {
        heading.say(node);
    }

    private void nothing() {
        getChildren().setAll(new EmptyState("fth-mouse-pointer", STRINGS.get("detail.none"), STRINGS.get("detail.none-text")));
    }

    /// Shows a record, or nothing for null. To be called on the window's thread; what takes longer is done in the background.
    public void show(LogRecord next) {
        if (next != null && next.equals(record)) return;
        open.clear();
        record = next;
        there.set(next != null);
        failed.set(next != null && next.exception() != null);
        source.clear();
        if (next == null) {
            settled.set(true);
            nothing();
            return;
        }
        tabs.getSelectionModel().select(0);
        heading.show(next);
        fields.show(FieldRow.of(next, zone));
        if (getChildren().isEmpty() || getChildren().getFirst() != root) getChildren().setAll(root);
        write(false);
    }

    private void write(boolean again) {
        LogRecord from = record;
        var look = new RecordText.Look(open, settings.text(TURNED).filter("true"::equals).isPresent());
        settled.set(false);
        tasks.submit(TaskSpec.of(STRINGS.get("detail.task"), Lane.CPU, _ -> RecordText.of(from, look)).latest(key).hidden()).whenEnded(state -> {
            if (record != from) return;
            switch (state) {
                case TaskState.Done<DetailText>(DetailText text) -> shown(text, again);
                case TaskState.Failed<DetailText>(Problem problem) -> ports.notify(problem);
                case TaskState.Cancelled<DetailText> _, TaskState.Queued<DetailText> _, TaskState.Running<DetailText> _ -> { }
            }
            settled.set(true);
        });
    }

    private void shown(DetailText text, boolean again) {
        cut.setVisible(text.cut());
        area.show(text, again);
    }

    private void go(DetailText.Link link) {
        switch (link) {
            case DetailText.Link.Fold(int run, boolean shown) -> {
                if (shown) open.remove(run);
                else open.add(run);
                write(true);
            }
            case DetailText.Link.Source(serpentarium.log.Frame frame) -> {
                source.show(frame);
                tabs.getSelectionModel().select(1);
            }
        }
    }

    /// Unfolds all frames of libraries, or folds them again.
    private void unfold() {
        Traceback traceback = TracebackParser.parse(record.exception()).orElse(null);
        if (traceback == null) return;
        boolean any = open.isEmpty();
        open.clear();
        if (any) TracebackText.runs(traceback).forEach(run -> open.add(run.number()));
        write(true);
    }

    private void turn() {
        settings.put(TURNED, String.valueOf(settings.text(TURNED).filter("true"::equals).isEmpty()));
        write(false);
    }

    /// The text, to put the focus on.
    public Node focusTarget() {
        return area;
    }

    /// What is shown, for tests.
    RecordArea area() {
        return area;
    }

    /// The fields, for tests.
    FieldTable fields() {
        return fields;
    }

    /// The source, for tests.
    FrameSource source() {
        return source;
    }

    /// A record as one JSON object.
    static String json(LogRecord record) {
        Map<String, Object> all = new LinkedHashMap<>();
        if (record.time() != RecordView.NO_TIME) all.put("time", FilterText.time(record.time()));
        put(all, "level", record.level());
        put(all, "logger", record.logger());
        all.put("message", record.message());
        put(all, "exception", record.exception());
        put(all, "file", record.file());
        if (record.fileLine() >= 0) all.put("line", record.fileLine());
        put(all, "thread", record.thread());
        put(all, "process", record.process());
        record.fields().forEach(all::putIfAbsent);
        all.put("source", record.source() + ":" + record.line());
        return DataLayout.json(all);
    }

    private static void put(Map<String, Object> all, String name, String value) {
        if (value != null) all.put(name, value);
    }

    /// A record as one passes it on in a ticket.
    private String markdown(LogRecord from) {
        var out = new StringBuilder("**");
        if (from.time() != RecordView.NO_TIME) out.append(FieldRow.time(from.time(), zone)).append(' ');
        if (from.level() != null) out.append(from.level()).append(' ');
        if (from.logger() != null) out.append('`').append(from.logger()).append("` ");
        out.append("** `").append(from.source()).append(':').append(from.line()).append("`\n\n");
        String text = RecordText.plain(from);
        String fence = text.contains("```") ? "~~~~" : "```";
        return out.append(fence).append('\n').append(text).append('\n').append(fence).append('\n').toString();
    }
}
