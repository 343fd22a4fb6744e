package serpentarium.traffic.ui;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Orientation;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.CopiedTable;
import serpentarium.kit.Menus;
import serpentarium.kit.Ports;
import serpentarium.kit.SearchField;
import serpentarium.task.Lane;
import serpentarium.task.TaskContext;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.Message;
import serpentarium.traffic.Session;
import serpentarium.traffic.Side;
import serpentarium.traffic.WireText;
import serpentarium.traffic.analysis.RowSet;
import serpentarium.traffic.engine.RedactedBody;
import serpentarium.traffic.ui.body.BodyPane;

/// The messages of a flow, live: at the end it stays at the end. Only those that are seen are read.
final class MessageList extends BorderPane {
    private static final Strings STRINGS = Strings.of(MessageList.class);
    private static final int PAGE = 128;
    private static final int PAGES = 40;
    private static final int PREVIEW = 240;
    /// More of a message is neither searched nor shown.
    private static final int LONGEST = 4 << 20;
    /// What a name far behind gives away of the beginning is not seen in it.
    private static final int LOOKED_THROUGH = 1 << 16;

    /// @param message its facts
    /// @param preview its beginning
    private record Line(Message message, String preview) {}

    private final Tasks tasks;
    private final ObservableBooleanValue masked;
    private final RowList rows = new RowList();
    private final TableView<Integer> table = new TableView<>(rows);
    private final SearchField search = new SearchField(STRINGS.get("messages.search"));
    private final Label count = new Label();
    private final BodyPane body;
    private final Map<Integer, List<Line>> pages = new LinkedHashMap<>();
    private final Map<Integer, Boolean> asked = new LinkedHashMap<>();
    private final Map<String, Function<Line, String>> texts = new LinkedHashMap<>();
    private final Object searchKey = new Object();
    private final Object contentKey = new Object();
    private Session session;
    private int row = -1;
    private int total;
    private double began;
    private FlowKind kind = FlowKind.TCP;
    private String type = "";
    private int searched;

    /// @param masked whether secrets are masked on the screen
    MessageList(Tasks tasks, BodyPane body, ObservableBooleanValue masked, Ports ports) {
        this.tasks = tasks;
        this.masked = masked;
        this.body = body;
        getStyleClass().add("message-list");
        setMinSize(0, 0);
        table.getStyleClass().addAll("dense", "message-table");
        table.setFixedCellSize(22);
        table.setPlaceholder(new Label(STRINGS.get("messages.none")));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_LAST_COLUMN);
        table.setAccessibleText(STRINGS.get("detail.tab.messages"));
        column("direction", 44, line -> (line.message().from() == Side.REQUEST ? "↑" : "↓") + (line.message().dropped() ? "✕" : line.message().injected() ? "＋" : ""));
        column("time", 80, line -> Double.isNaN(line.message().time()) ? "" : "+" + Quantity.time(line.message().time() - began));
        column("kind", 64, line -> kind == FlowKind.WEBSOCKET ? opcode(line.message().opcode()) : "");
        column("size", 72, line -> Quantity.size(line.message().size()));
        column("preview", 400, Line::preview);
        table.getSelectionModel().selectedItemProperty().addListener((_, _, index) -> content(index));
        search.textProperty().addListener(_ -> restart());
        count.getStyleClass().add("view-note");
        count.setMinWidth(USE_PREF_SIZE);
        HBox.setHgrow(search, Priority.ALWAYS);
        var bar = new HBox(search, count);
        bar.getStyleClass().add("fact-bar");
        bar.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        masked.addListener(_ -> {
            pages.clear();
            asked.clear();
            table.refresh();
        });
        table.setContextMenu(menu(ports));
        var split = new SplitPane(table, body);
        split.setOrientation(Orientation.VERTICAL);
        split.setDividerPositions(0.62);
        setTop(bar);
        setCenter(split);
    }

    private ContextMenu menu(Ports ports) {
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        Command content = Command.of("traffic.messages.copy", STRINGS.get("messages.copy"), "fth-copy", null, body::copy);
        Command lines = Command.of("traffic.messages.copy-lines", STRINGS.get("messages.copy-lines"), null, "Shortcut+C", () -> copyLines(ports));
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (!lines.shortcut().match(event)) return;
            lines.run().run();
            event.consume();
        });
        MenuItem copyLines = Menus.item(lines);
        copyLines.setAccelerator(null);
        return new ContextMenu(Menus.item(content), copyLines);
    }

    /// The selected lines, as far as they are read, as they are seen.
    private void copyLines(Ports ports) {
        List<Line> chosen = table.getSelectionModel().getSelectedItems().stream().map(this::line).filter(java.util.Objects::nonNull).toList();
        if (chosen.isEmpty()) return;
        var columns = List.copyOf(texts.keySet());
        ports.copy(new CopiedTable(columns.stream().map(id -> STRINGS.get("messages.column." + id)).toList(), columns.stream().map(_ -> false).toList(),
                chosen.stream().map(line -> columns.stream().map(id -> texts.get(id).apply(line)).toList()).toList()).tsv());
    }

    private static String opcode(int opcode) {
        String key = "messages.opcode." + opcode;
        return STRINGS.has(key) ? STRINGS.get(key) : String.valueOf(opcode);
    }

    private void column(String id, double width, Function<Line, String> text) {
        var column = new TableColumn<Integer, Integer>(STRINGS.get("messages.column." + id));
        column.setId(id);
        texts.put(id, text);
        column.setPrefWidth(width);
        column.setMinWidth(30);
        if (!id.equals("preview")) column.setMaxWidth(width * 1.5);
        column.setSortable(false);
        column.setReorderable(false);
        if (id.equals("size") || id.equals("time")) column.getStyleClass().add("number-column");
        column.setCellValueFactory(each -> new ReadOnlyObjectWrapper<>(each.getValue()));
        column.setCellFactory(_ -> new TableCell<>() {
            @Override protected void updateItem(Integer index, boolean empty) {
                super.updateItem(index, empty);
                Line line = empty || index == null ? null : line(index);
                setText(line == null ? "" : text.apply(line));
                if (id.equals("direction")) {
                    getStyleClass().removeAll("message-up", "message-down");
                    if (line != null) getStyleClass().add(line.message().from() == Side.REQUEST ? "message-up" : "message-down");
                }
                if (id.equals("size") || id.equals("time")) getStyleClass().add("number-cell");
            }
        });
        table.getColumns().add(column);
    }

    /// How many messages are listed, for tests.
    int shown() {
        return rows.size();
    }

    /// What is searched for.
    SearchField search() {
        return search;
    }

    /// The table, for tests and keys.
    TableView<Integer> table() {
        return table;
    }

    /// Shows a flow's messages, or those that came since.
    void show(Session next, LoadedFlow loaded) {
        boolean other = next != session || loaded.row() != row;
        session = next;
        row = loaded.row();
        began = loaded.flow().timing().started();
        kind = loaded.flow().kind();
        type = kind == FlowKind.SSE ? "text/event-stream" : "";
        int before = total;
        total = loaded.flow().messages();
        if (other) {
            pages.clear();
            asked.clear();
            body.clear();
            restart();
        } else if (total > before) {
            asked.remove(before / PAGE);
            pages.remove(before / PAGE);
            if (search.getText().isEmpty()) list(all(), "");
            else search(searched, rows(), search.getText());
        }
    }

    /// Selects a message, where it is listed.
    void reveal(int message) {
        int place = rows.indexOf(message);
        if (place < 0) return;
        table.getSelectionModel().clearAndSelect(place);
        table.scrollTo(Math.max(0, place - 1));
    }

    private int[] all() {
        var all = new int[total];
        for (int i = 0; i < total; i++) all[i] = i;
        return all;
    }

    private int[] rows() {
        var now = new int[rows.size()];
        for (int i = 0; i < now.length; i++) now[i] = rows.get(i);
        return now;
    }

    /// Puts messages into the list; where the end was in sight it stays there.
    private void list(int[] indices, String word) {
        boolean end = atEnd() || rows.isEmpty();
        rows.show(RowSet.of(indices));
        count.setText(word.isEmpty() ? Quantity.count((long) total) : STRINGS.get("messages.found", indices.length, total));
        if (end && indices.length > 0) table.scrollTo(indices.length - 1);
    }

    private boolean atEnd() {
        for (var node : table.lookupAll(".scroll-bar"))
            if (node instanceof ScrollBar bar && bar.getOrientation() == Orientation.VERTICAL && bar.isVisible()) return bar.getValue() >= bar.getMax() - 1e-3;
        return true;
    }

    private void restart() {
        searched = 0;
        String word = search.getText();
        if (word.isEmpty()) list(all(), "");
        else search(0, new int[0], word);
    }

    private void search(int from, int[] before, String word) {
        Session of = session;
        int at = row;
        int to = total;
        if (of == null) return;
        tasks.submit(TaskSpec.of(STRINGS.get("messages.searching"), Lane.IO, context -> found(of, at, from, to, before, word, context)).latest(searchKey).hidden())
                .whenEnded(state -> {
                    if (!(state instanceof TaskState.Done<int[]>(int[] done)) || of != session || at != row) return;
                    searched = to;
                    list(done, word);
                });
    }

    private static int[] found(Session session, int row, int from, int to, int[] before, String word, TaskContext context) throws IOException {
        var found = new ArrayList<Integer>();
        String small = word.toLowerCase(Locale.ROOT);
        for (int i = from; i < to; i++) {
            if ((i & 63) == 0) context.checkpoint();
            if (new String(session.content(row, i, LONGEST), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT).contains(small)) found.add(i);
        }
        int[] all = java.util.Arrays.copyOf(before, before.length + found.size());
        for (int i = 0; i < found.size(); i++) all[before.length + i] = found.get(i);
        return all;
    }

    /// The line of a message; null until its page has been read.
    private Line line(int index) {
        int page = index / PAGE;
        List<Line> lines = pages.get(page);
        if (lines != null) return index % PAGE < lines.size() ? lines.get(index % PAGE) : null;
        if (asked.putIfAbsent(page, true) == null) load(page);
        lines = pages.get(page);
        return lines == null || index % PAGE >= lines.size() ? null : lines.get(index % PAGE);
    }

    private void load(int page) {
        Session of = session;
        int at = row;
        int to = Math.min(total, (page + 1) * PAGE);
        boolean mask = masked.get();
        String as = kind == FlowKind.DNS ? "application/octet-stream" : type;
        tasks.submit(TaskSpec.of(STRINGS.get("messages.reading"), Lane.IO, context -> {
            var lines = new ArrayList<Line>();
            int index = page * PAGE;
            for (Message message : of.messages(at, index, to)) {
                context.checkpoint();
                byte[] start = of.content(at, index++, mask ? LOOKED_THROUGH : PREVIEW);
                lines.add(new Line(message, preview(mask ? RedactedBody.masked(start, as) : start)));
            }
            return lines;
        }).hidden()).whenEnded(state -> {
            if (of != session || at != row || mask != masked.get() || !(state instanceof TaskState.Done<ArrayList<Line>>(ArrayList<Line> done))) return;
            pages.put(page, done);
            while (pages.size() > PAGES) {
                Integer oldest = pages.keySet().iterator().next();
                pages.remove(oldest);
                asked.remove(oldest);
            }
            table.refresh();
        });
    }

    private static String preview(byte[] bytes) {
        var text = new StringBuilder();
        WireText.decode(bytes).codePoints().limit(PREVIEW).forEach(c -> {
            if (c == '\r') return;
            if (c == '\n') text.append(" ↵ ");
            else if (c < ' ' || c == 0x7f || c >= 0xdc80 && c <= 0xdcff) text.append('·');
            else text.appendCodePoint(c);
        });
        return text.toString();
    }

    private void content(Integer index) {
        if (index == null || session == null) return;
        Session of = session;
        int at = row;
        int message = index;
        tasks.submit(TaskSpec.of(STRINGS.get("messages.reading"), Lane.IO, _ -> of.content(at, message, LONGEST)).latest(contentKey).hidden()).whenEnded(state -> {
            if (of == session && at == row && state instanceof TaskState.Done<byte[]>(byte[] done)) body.show(done, type);
        });
    }
}
