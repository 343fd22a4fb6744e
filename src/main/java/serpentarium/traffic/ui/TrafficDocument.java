package serpentarium.traffic.ui;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;
import serpentarium.base.Problem;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Document;
import serpentarium.kit.EmptyState;
import serpentarium.task.Lane;
import serpentarium.task.TaskContext;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.traffic.engine.OpenTraffic;
import serpentarium.traffic.engine.SessionContent;
import serpentarium.traffic.engine.TrafficReader;
import serpentarium.traffic.format.ReadOptions;
import serpentarium.traffic.ui.TrafficPane.Surroundings;

/// One captured conversation in a tab: its flows are there while the file is still read.
final class TrafficDocument implements Document {
    private static final Strings STRINGS = Strings.of(TrafficDocument.class);
    /// So many pulses pass until the tree of a live session is counted again.
    private static final int RECOUNT = 10;
    private static final Duration PULSE = Duration.millis(100);

    private final Path file;
    private final TrafficReader reader;
    private final Surroundings with;
    private final LiveViews live;
    private final StackPane root = new StackPane();
    private final BorderPane page = new BorderPane();
    private final ReadOnlyBooleanWrapper settled = new ReadOnlyBooleanWrapper(this, "settled");
    private final ReadOnlyObjectWrapper<List<Command>> commands = new ReadOnlyObjectWrapper<>(this, "commands");
    private final Command reload;
    private final Timeline pulse;
    private OpenTraffic opened;
    private TrafficView view;
    private Comparisons comparisons;
    private TaskHandle<OpenTraffic> opening;
    private TaskHandle<Void> reading;
    private String wantedView;
    private ListWarming warming;
    private boolean closed;
    private boolean waiting = true;
    private long pulses;
    private long counted = -1;

    /// @param live what there is besides while the session is live; null for one that is over
    TrafficDocument(Path file, TrafficReader reader, Surroundings with, LiveViews live) {
        this.file = file;
        this.live = live;
        this.reader = reader;
        this.with = with;
        reload = Command.of("traffic.reload", STRINGS.get("document.reload"), "fth-refresh-cw", "F5", this::load);
        commands.set(live == null ? List.of(reload) : List.of());
        pulse = new Timeline(new KeyFrame(PULSE, _ -> pulse()));
        pulse.setCycleCount(Animation.INDEFINITE);
        root.getStyleClass().add("traffic-document");
        root.setMinSize(0, 0);
        page.setMinSize(0, 0);
        load();
    }

    private void load() {
        release();
        settled.set(false);
        opening = with.tasks().submit(TaskSpec.of(STRINGS.get("document.opening", name()), Lane.IO, this::begin));
        TaskHandle<OpenTraffic> mine = opening;
        root.getChildren().setAll(new ReadingBar(file, mine));
        mine.whenEnded(state -> {
            if (state instanceof TaskState.Done<OpenTraffic>(OpenTraffic done)) {
                if (mine == opening && !closed) show(done);
                else discard(done);
            } else if (mine == opening) ended(state, null);
        });
    }

    /// Own sessions are opened where they are; for other files there is an empty session that they are read into.
    private OpenTraffic begin(TaskContext context) throws IOException {
        if (live != null) return live.opened();
        if (java.nio.file.Files.isDirectory(file)) return reader.open(file, ReadOptions.NONE, context);
        Path folder = file.toAbsolutePath().getParent();
        boolean own = TrafficReader.SESSION.equals(reader.formatOf(Source.of(file)));
        if (own && folder != null && TrafficReader.isSession(folder)) return reader.open(folder, ReadOptions.NONE, context);
        return own ? reader.open(file, ReadOptions.NONE, context) : reader.scratch(reader.formatOf(Source.of(file)));
    }

    private void show(OpenTraffic done) {
        opened = done;
        view = new TrafficView(done, new SessionContent(done.session()), with);
        if (wantedView != null) view.showView(wantedView);
        page.setCenter(view);
        root.getChildren().setAll(page);
        var all = new ArrayList<Command>(live == null ? List.of(reload) : live.commands());
        all.addAll(view.commands());
        comparisons = new Comparisons(view, reader, with);
        all.addAll(comparisons.commands());
        view.offer(comparisons.offered());
        commands.set(List.copyOf(all));
        if (live != null) {
            page.setTop(live.bar());
            live.attach(view);
            view.instead(live.steps());
            live.whenLeft(this::leaveSteps);
            pulse.play();
        }
        if (done.format().equals(TrafficReader.SESSION)) {
            follow();
            return;
        }
        reading = with.tasks().submit(TaskSpec.of(STRINGS.get("document.reading", name()), Lane.IO, context -> {
            reader.read(Source.of(file), ReadOptions.NONE, done.session(), context);
            return null;
        }));
        var bar = new ReadingBar(file, reading);
        page.setTop(bar);
        pulse.play();
        TaskHandle<Void> mine = reading;
        mine.whenEnded(state -> {
            if (mine != reading) return;
            pulse.stop();
            page.setTop(null);
            view.model().pulse();
            ended(state, view);
        });
    }

    private void pulse() {
        view.model().pulse();
        if (live == null) return;
        live.pulse();
        warm();
        if (++pulses % RECOUNT == 0 && view.model().table().get().version() != counted) {
            counted = view.model().table().get().version();
            view.read();
        }
        if (view.model().table().get().size() > 0) leaveSteps();
    }

    /// While nobody asks yet, there is time for what the first rows would take.
    private void warm() {
        if (!waiting) return;
        if (warming == null && root.getScene() != null) warming = new ListWarming(reader, with, root.getScene());
        else if (warming != null) warming.steps();
    }

    /// The first steps make room for the session's views.
    private void leaveSteps() {
        if (!waiting) return;
        waiting = false;
        if (warming != null) warming.close();
        view.instead(null);
    }

    private void ended(TaskState<?> state, TrafficView shown) {
        boolean some = shown != null && shown.model().table().get().size() > 0;
        switch (state) {
            case TaskState.Failed<?>(Problem problem) -> {
                if (some) with.ports().notify(problem);
                else failed(problem);
            }
            case TaskState.Cancelled<?> _, TaskState.Queued<?> _, TaskState.Running<?> _ -> {
                if (some) with.ports().notify(STRINGS.get("document.partly", name()));
                else root.getChildren().setAll(new EmptyState("fth-slash", STRINGS.get("document.cancelled"), file.toString(), reload));
            }
            case TaskState.Done<?> _ -> { }
        }
        if (shown != null) shown.read();
        follow();
    }

    /// Settled once all views have shown what they will show.
    private void follow() {
        settled.unbind();
        if (view == null) settled.set(true);
        else settled.bind(view.settled());
    }

    private void failed(Problem problem) {
        var text = new StringBuilder(problem.place().describe());
        if (!problem.detail().isEmpty()) text.append("\n").append(problem.detail());
        problem.remedies().forEach(remedy -> text.append("\n\n").append(remedy));
        Command copy = Command.of("traffic.copy-problem", STRINGS.get("document.copy-problem"), "fth-copy", null, () -> with.ports().copy(problem.report()));
        root.getChildren().setAll(new EmptyState("fth-alert-triangle", problem.title(), text.toString(), reload, copy));
    }

    private String name() {
        return file.getFileName() == null ? file.toString() : file.getFileName().toString();
    }

    private void release() {
        settled.unbind();
        pulse.stop();
        if (opening != null) opening.cancel();
        TaskHandle<Void> was = reading;
        reading = null;
        if (comparisons != null) comparisons.close();
        if (warming != null) warming.close();
        if (view != null) view.close();
        view = null;
        page.setTop(null);
        OpenTraffic old = opened;
        opened = null;
        if (was != null) was.cancel();
        if (old != null) discard(old);
    }

    private void discard(OpenTraffic old) {
        with.tasks().submit(TaskSpec.of(STRINGS.get("document.closing", name()), Lane.IO, _ -> {
            if (live == null) old.close();
            else live.close();
            return null;
        }).hidden());
    }

    @Override public String title() {
        return name();
    }

    @Override public Path file() {
        return file;
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
        return TrafficView.VIEWS;
    }

    @Override public void showView(String name) {
        wantedView = name;
        if (view != null) view.showView(name);
    }

    @Override public Optional<String> dropText() {
        return comparisons == null || view == null ? Optional.empty() : Optional.of(STRINGS.get("compare.drop", name()));
    }

    @Override public void dropped(Path other) {
        if (comparisons != null) comparisons.with(other);
    }

    @Override public void close() {
        closed = true;
        release();
    }
}
