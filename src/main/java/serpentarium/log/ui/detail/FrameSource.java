package serpentarium.log.ui.detail;

import java.nio.file.Path;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.CodeArea;
import serpentarium.base.Problem;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.FxThread;
import serpentarium.kit.Ports;
import serpentarium.kit.Settings;
import serpentarium.kit.Toolbars;
import serpentarium.kit.source.SourceLookup;
import serpentarium.kit.source.SourceText;
import serpentarium.log.Frame;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// The source that a frame names, with its line marked. Where the file is elsewhere on this machine, a person says so once for its whole folder.
final class FrameSource extends BorderPane {
    private static final Strings STRINGS = Strings.of(FrameSource.class);

    private final Tasks tasks;
    private final Ports ports;
    private final Settings settings;
    private final Path log;
    private final CodeArea area = new CodeArea();
    private final Label title = new Label();
    private final Label doubt = new Label();
    private final HBox bar;
    private final Object key = new Object();
    private final FxThread later = new FxThread();
    private final ReadOnlyBooleanWrapper found = new ReadOnlyBooleanWrapper(this, "found");
    private Frame frame;
    private Path path;
    private int marked = -1;

    /// @param log the log's file, or null: relative paths start from its folder
    FrameSource(Tasks tasks, Ports ports, Settings settings, Path log) {
        this.tasks = tasks;
        this.ports = ports;
        this.settings = settings;
        this.log = log;
        getStyleClass().add("frame-source");
        area.setEditable(false);
        area.setShowCaret(org.fxmisc.richtext.Caret.CaretVisibility.ON);
        area.getStyleClass().addAll("detail-area", "frame-area");
        area.setAccessibleText(STRINGS.get("source.accessible"));
        area.setParagraphGraphicFactory(this::number);
        title.getStyleClass().add("frame-title");
        title.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
        title.setMinWidth(0);
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        doubt.getStyleClass().add("frame-doubt");
        doubt.setWrapText(true);
        doubt.setMinWidth(0);
        doubt.setMaxWidth(Double.MAX_VALUE);
        bar = new HBox(title, Toolbars.button(Command.of("log.source.copy", STRINGS.get("source.copy"), "fth-copy", null, this::copyPlace)),
                Toolbars.button(Command.of("log.source.outside", STRINGS.get("source.outside"), "fth-external-link", null, found.getReadOnlyProperty(),
                        () -> ports.showOutside(path))));
        bar.getStyleClass().add("frame-bar");
        bar.setAlignment(Pos.CENTER_LEFT);
        setMinSize(0, 0);
        // Before the text has a height, its middle is its top.
        area.heightProperty().addListener((_, before, now) -> {
            if (before.doubleValue() <= 0 && now.doubleValue() > 0) later.later(this::centre);
        });
        explain(STRINGS.get("source.none-yet"), false);
    }

    /// What is shown now, or null.
    Frame frame() {
        return frame;
    }

    private void copyPlace() {
        if (frame != null) ports.copy((path == null ? frame.file() : path.toString()) + (frame.line() < 0 ? "" : ":" + frame.line()));
    }

    /// Shows the source of a frame.
    void show(Frame next) {
        frame = next;
        var lookup = lookup();
        tasks.submit(TaskSpec.of(STRINGS.get("source.task"), Lane.IO, context -> lookup.read(next.file(), context)).latest(key).hidden()).whenEnded(state -> {
            if (frame != next) return;
            switch (state) {
                case TaskState.Done<SourceText>(SourceText text) -> put(text);
                case TaskState.Failed<SourceText>(Problem problem) -> explain(problem.line(), true);
                case TaskState.Cancelled<SourceText> _, TaskState.Queued<SourceText> _, TaskState.Running<SourceText> _ -> { }
            }
        });
    }

    /// Shows no source.
    void clear() {
        frame = null;
        path = null;
        found.set(false);
        explain(STRINGS.get("source.none-yet"), false);
    }

    private SourceLookup lookup() {
        return new SourceLookup(log, settings.texts(SourceLookup.MAP));
    }

    private void put(SourceText text) {
        path = null;
        found.set(false);
        switch (text) {
            case SourceText.Found source -> put(source);
            case SourceText.None _ -> explain(STRINGS.get("source.no-file", frame.file()), false);
            case SourceText.Missing _ -> explain(STRINGS.get("source.missing", frame.file()), true);
            case SourceText.Remote _ -> explain(STRINGS.get("source.remote", frame.file()), true);
            case SourceText.TooLarge(Path _, long size) -> explain(STRINGS.get("source.too-large", frame.file(), Quantity.size(size), Quantity.size(SourceLookup.LARGEST)), false);
            case SourceText.NotText _ -> explain(STRINGS.get("source.not-text", frame.file()), true);
        }
    }

    private void put(SourceText.Found source) {
        path = source.path();
        found.set(path != null);
        marked = -1;
        area.replaceText(source.text());
        if (!source.text().isEmpty()) area.setStyleSpans(0, source.spans().styles(source.text().length()));
        area.getUndoManager().forgetHistory();
        title.setText(path + (frame.line() < 0 ? "" : ":" + frame.line()));
        title.setTooltip(new Tooltip(title.getText()));
        String wrong = doubt();
        doubt.setText(wrong == null ? "" : wrong);
        setTop(wrong == null ? new VBox(bar) : new VBox(bar, doubt));
        setCenter(new VirtualizedScrollPane<>(area));
        int line = frame.line() - 1;
        if (line < 0 || line >= area.getParagraphs().size()) return;
        marked = line;
        area.setParagraphStyle(line, List.of("marked-line"));
        area.moveTo(line, 0);
        centre();
    }

    /// The traceback quotes the line that ran: where another stands there, the file is of another version.
    private String doubt() {
        if (frame.line() > area.getParagraphs().size()) return STRINGS.get("source.short", area.getParagraphs().size(), frame.line());
        if (frame.line() < 1 || frame.source().isEmpty()) return null;
        // A statement of several lines is quoted from its first, or from the line that failed.
        for (int line = frame.line() - 1; line < Math.min(area.getParagraphs().size(), frame.line() + 1); line++)
            if (area.getParagraph(line).getText().strip().equals(frame.source().getFirst())) return null;
        return STRINGS.get("source.differs", frame.source().getFirst());
    }

    private void centre() {
        if (marked >= 0 && marked < area.getParagraphs().size()) area.showParagraphAtCenter(marked);
    }

    private Node number(int paragraph) {
        var number = new Label(String.valueOf(paragraph + 1));
        number.getStyleClass().add("frame-line-number");
        number.setMinWidth(String.valueOf(area.getParagraphs().size()).length() * 8 + 14);
        return number;
    }

    private void explain(String text, boolean choice) {
        setTop(null);
        var label = new Label(text);
        label.setId("frame-explanation");
        label.getStyleClass().add("empty-hint");
        label.setWrapText(true);
        var box = new VBox(8, label);
        box.setAlignment(Pos.CENTER);
        if (choice) {
            var button = new Button(STRINGS.get("source.choose"));
            button.setId("frame-choose");
            button.setOnAction(_ -> choose());
            box.getChildren().add(button);
        }
        setCenter(box);
    }

    private void choose() {
        Frame wanted = frame;
        if (wanted == null) return;
        List<Path> chosen = ports.chooseOpen(STRINGS.get("source.choose-title", wanted.file()));
        if (chosen.isEmpty()) return;
        settings.put(SourceLookup.MAP, lookup().with(wanted.file(), chosen.getFirst()).map());
        show(wanted);
    }
}
