package serpentarium.log.ui.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.BorderPane;
import serpentarium.base.Problem;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Document;
import serpentarium.kit.EmptyState;
import serpentarium.kit.Ports;
import serpentarium.log.engine.RotatedSet;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// The logs of a folder in a tab, the one that was written last above: rotated files are one log. Each is opened in a tab of its own.
public final class FolderDocument implements Document {
    private static final Strings STRINGS = Strings.of(FolderDocument.class);
    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM).withZone(ZoneId.systemDefault());

    private final Path folder;
    private final Tasks tasks;
    private final Ports ports;
    private final Consumer<Path> open;
    private final TableView<Log> table = new TableView<>();
    private final BorderPane root = new BorderPane(table);
    private final ReadOnlyBooleanWrapper settled = new ReadOnlyBooleanWrapper(this, "settled");
    private final ReadOnlyObjectWrapper<List<Command>> commands = new ReadOnlyObjectWrapper<>(this, "commands");

    /// A log with its rotated files.
    ///
    /// @param file    the newest of them
    /// @param count   how many files
    /// @param size    of all of them together
    /// @param written when the newest was written last
    record Log(Path file, int count, long size, Instant written) {}

    /// @param open opens a file in a tab of its own
    public FolderDocument(Path folder, Tasks tasks, Ports ports, Consumer<Path> open) {
        this.folder = folder;
        this.tasks = tasks;
        this.ports = ports;
        this.open = open;
        root.getStyleClass().add("log-folder");
        root.setMinSize(0, 0);
        table.setId("log-folder");
        table.setAccessibleText(STRINGS.get("folder.title"));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        column("folder.name", 420, false, log -> log.file().getFileName().toString());
        column("folder.files", 90, true, log -> Quantity.count((long) log.count()));
        column("folder.size", 110, true, log -> Quantity.size(log.size()));
        column("folder.written", 200, false, log -> WRITTEN.format(log.written()));
        table.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) openSelected();
        });
        table.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) openSelected();
        });
        table.setPlaceholder(new Label());
        commands.set(List.of(Command.of("log.open-of-folder", STRINGS.get("folder.open"), "fth-file-text", null, this::openSelected),
                Command.of("log.reload", STRINGS.get("folder.reload"), "fth-refresh-cw", "F5", this::load)));
        load();
    }

    private void column(String key, double width, boolean number, Function<Log, String> text) {
        var column = new TableColumn<Log, String>(STRINGS.get(key));
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setReorderable(false);
        if (number) column.setStyle("-fx-alignment: center-right;");
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(text.apply(cell.getValue())));
        table.getColumns().add(column);
    }

    private void load() {
        settled.set(false);
        tasks.submit(TaskSpec.of(STRINGS.get("folder.reading", title()), Lane.IO, _ -> logs(folder))).whenEnded(state -> {
            if (state instanceof TaskState.Done<List<Log>>(List<Log> logs)) show(logs);
            else if (state instanceof TaskState.Failed<List<Log>>(Problem problem)) ports.notify(problem);
            settled.set(true);
        });
    }

    private void show(List<Log> logs) {
        table.getItems().setAll(logs);
        root.setCenter(logs.isEmpty() ? new EmptyState("fth-folder", STRINGS.get("folder.none"), folder.toString()) : table);
        if (logs.isEmpty()) return;
        table.getSelectionModel().select(0);
        BorderPane.setAlignment(table, Pos.TOP_LEFT);
        table.requestFocus();
    }

    /// The logs of a folder, the one that was written last first.
    static List<Log> logs(Path folder) throws IOException {
        var logs = new ArrayList<Log>();
        for (RotatedSet set : RotatedSet.in(folder)) {
            List<RotatedSet.Member> members = set.members();
            if (members.stream().noneMatch(member -> LogNames.logLike(member.path().getFileName().toString()))) continue;
            long size = 0;
            for (RotatedSet.Member member : members) size += Files.size(member.path());
            Path newest = members.getLast().path();
            logs.add(new Log(newest, members.size(), size, Files.getLastModifiedTime(newest).toInstant()));
        }
        logs.sort((a, b) -> b.written().compareTo(a.written()));
        return logs;
    }

    private void openSelected() {
        Log log = table.getSelectionModel().getSelectedItem();
        if (log != null) open.accept(log.file());
    }

    @Override public String title() {
        return folder.getFileName() == null ? folder.toString() : folder.getFileName().toString();
    }

    @Override public Path file() {
        return folder;
    }

    @Override public Node view() {
        return root;
    }

    @Override public ObservableBooleanValue settled() {
        return settled.getReadOnlyProperty();
    }

    @Override public ObservableValue<List<Command>> commands() {
        return commands.getReadOnlyProperty();
    }

    @Override public List<String> views() {
        return List.of("logs");
    }

    @Override public void showView(String name) {
        table.requestFocus();
    }

    @Override public void close() {}
}
