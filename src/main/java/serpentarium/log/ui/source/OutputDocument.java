package serpentarium.log.ui.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Document;
import serpentarium.task.TaskState;

/// What a command writes, in a tab: a log whose name is the command, and which can be ended.
final class OutputDocument implements Document {
    private static final Strings STRINGS = Strings.of(OutputDocument.class);

    private final Document log;
    private final String title;
    private final Runnable closed;
    private final ObservableValue<List<Command>> commands;
    private final SimpleBooleanProperty ended = new SimpleBooleanProperty(this, "ended");

    /// @param closed is told when the tab was closed
    OutputDocument(Document log, Outputs.Running running, Runnable closed) {
        this.log = log;
        this.closed = closed;
        title = running.written();
        running.task().whenEnded((TaskState<Integer> _) -> ended.set(true));
        Command stop = Command.of("log.end-command", STRINGS.get("source.stop"), "fth-square", null, ended.not(), running.task()::cancel);
        commands = Bindings.createObjectBinding(() -> {
            var all = new ArrayList<>(log.commands().getValue());
            all.add(stop);
            return List.copyOf(all);
        }, log.commands());
    }

    @Override public String title() {
        return title;
    }

    @Override public Path file() {
        return log.file();
    }

    @Override public Node view() {
        return log.view();
    }

    @Override public ObservableBooleanValue settled() {
        return log.settled();
    }

    @Override public ObservableValue<List<Command>> commands() {
        return commands;
    }

    @Override public List<String> views() {
        return log.views();
    }

    @Override public void showView(String name) {
        log.showView(name);
    }

    @Override public Optional<String> dropText() {
        return log.dropText();
    }

    @Override public void dropped(Path other) {
        log.dropped(other);
    }

    @Override public void close() {
        log.close();
        closed.run();
    }
}
