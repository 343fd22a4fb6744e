package serpentarium.profile.ui;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import serpentarium.base.Problem;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Document;
import serpentarium.profile.Profile;
import serpentarium.profile.engine.LatestGlimpse;
import serpentarium.profile.engine.FileStamp;
import serpentarium.profile.engine.FileWatch;
import serpentarium.profile.engine.ProfileReader;
import serpentarium.profile.engine.RunFiles;
import serpentarium.profile.format.Glimpses;
import serpentarium.profile.ui.ProfilePane.Surroundings;
import serpentarium.task.Lane;
import serpentarium.task.TaskContext;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;

/// One profile in a tab: shows how far reading is, then its views, or what went wrong.
final class ProfileDocument implements Document {
    private static final Strings STRINGS = Strings.of(ProfileDocument.class);

    /// @param profile what was read
    /// @param run     the files of the run that it belongs to, or none
    /// @param whole   whether the profile is all of them
    private record Loaded(Profile profile, List<Path> run, boolean whole) {}

    private final Path file;
    private final ProfileReader reader;
    private final Surroundings surroundings;
    private final StackPane root = new StackPane();
    private final ReadOnlyBooleanWrapper settled = new ReadOnlyBooleanWrapper(this, "settled");
    private final ReadOnlyObjectWrapper<List<Command>> commands = new ReadOnlyObjectWrapper<>(this, "commands");
    private final Command reload;
    private final Command always;
    private final Command compare;
    private final BorderPane page = new BorderPane();
    private final VBox bars = new VBox();
    private final ObservableValue<Boolean> seen;
    private TaskHandle<Loaded> loading;
    private TaskHandle<FileStamp> watching;
    private FileStamp known;
    private Node news;
    private boolean together;
    private ProfileView view;
    private String wantedView;
    private Profile profile;
    private CompareView comparison;
    private List<Command> all = List.of();
    private boolean closed;


    ProfileDocument(Path file, ProfileReader reader, Surroundings surroundings) {
        this.file = file;
        this.reader = reader;
        this.surroundings = surroundings;
        this.reload = new Command("profile.reload", STRINGS.get("document.reload"), "fth-refresh-cw", new KeyCodeCombination(KeyCode.F5),
                new SimpleBooleanProperty(true), this::load);
        this.always = new Command("profile.reload-always", STRINGS.get("document.reload-always"), "fth-refresh-cw", null,
                new SimpleBooleanProperty(true), this::toggleAlways);
        this.compare = new Command("profile.compare", STRINGS.get("compare.command"), "fth-git-pull-request", null, new SimpleBooleanProperty(true), this::chooseOther);
        commands.set(List.of(reload));
        // A tab that is not selected hides what it holds.
        ObservableValue<Boolean> visible = root.parentProperty().flatMap(Node::visibleProperty).orElse(false);
        ObservableValue<Boolean> showing = root.sceneProperty().flatMap(Scene::windowProperty).flatMap(Window::showingProperty).orElse(false);
        seen = Bindings.createObjectBinding(() -> visible.getValue() && showing.getValue(), visible, showing);
        seen.addListener((_, _, _) -> watch());
        root.getStyleClass().add("profile-document");
        root.setMinSize(0, 0);
        load();
    }

    private void load() {
        settled.set(false);
        if (loading != null) loading.cancel();
        stopWatching();
        var glimpse = new LatestGlimpse();
        // Before the first byte is read: what is written later is news.
        var stamp = new AtomicReference<FileStamp>();
        loading = surroundings.tasks().submit(TaskSpec.of(STRINGS.get("document.reading", file.getFileName()), Lane.IO, context -> {
            stamp.set(FileStamp.of(file).orElse(null));
            return read(context, glimpse);
        }));
        var progress = new LoadingCard(file, loading, glimpse, surroundings.ports());
        // What was read before stays until there is something in its place: a file that is half written says nothing.
        if (view == null) root.getChildren().setAll(progress);
        else news(progress);
        TaskHandle<Loaded> mine = loading;
        mine.whenEnded(state -> {
            progress.stop();
            if (mine != loading) return;
            known = stamp.get();
            ended(state);
        });
    }

    /// An empty file of a run cannot be read alone.
    private Loaded read(TaskContext context, Glimpses glimpses) throws IOException {
        List<Path> run = RunFiles.of(file);
        boolean whole = !run.isEmpty() && (together || !run.contains(file));
        List<Source> sources = whole ? run.stream().map(Source::of).toList() : List.of(Source.of(file));
        return new Loaded(reader.readRun(sources, context, glimpses), run, whole);
    }

    private void ended(TaskState<Loaded> state) {
        switch (state) {
            case TaskState.Done<Loaded>(Loaded loaded) -> show(loaded);
            case TaskState.Failed<Loaded>(Problem problem) -> {
                if (view == null) root.getChildren().setAll(LoadingCard.failed(problem, reload, surroundings.ports()));
                else surroundings.ports().notify(problem);
                kept();
            }
            case TaskState.Cancelled<Loaded> _, TaskState.Queued<Loaded> _, TaskState.Running<Loaded> _ -> {
                if (view == null) root.getChildren().setAll(LoadingCard.cancelled(file, reload));
                kept();
            }
        }
        watch();
    }

    private void kept() {
        news(null);
        settled.set(true);
    }

    /// Shows a bar about the file above the views; null takes it away.
    private void news(Node bar) {
        if (news != null) bars.getChildren().remove(news);
        news = bar;
        if (bar != null) bars.getChildren().add(bar);
    }

    private void show(Loaded loaded) {
        endComparison();
        var next = new ProfileView(file, loaded.profile, surroundings);
        if (view != null) {
            String front = view.front();
            new KeptView(view).show(next);
            view.close();
            next.showView(front);
        } else if (wantedView != null) next.showView(wantedView);
        view = next;
        news = null;
        bars.getChildren().clear();
        page.setMinSize(0, 0);
        page.setTop(bars);
        page.setCenter(view);
        root.getChildren().setAll(page);
        profile = loaded.profile;
        var all = new ArrayList<Command>(List.of(reload, always, compare));
        if (!loaded.run.isEmpty()) {
            boolean alone = loaded.run.contains(file);
            bars.getChildren().add(new RunBar(loaded.run, loaded.whole, alone, () -> together(!loaded.whole)));
            if (!loaded.whole || alone) all.add(new Command("profile.run", STRINGS.get(loaded.whole ? "run.open-alone" : "run.open-together"), "fth-layers",
                    null, new SimpleBooleanProperty(true), () -> together(!loaded.whole)));
        }
        all.addAll(view.commands());
        commands.set(List.copyOf(all));
        view.settled().addListener((_, _, now) -> settled.set(now));
        settled.set(view.settled().get());
    }

    private void chooseOther() {
        List<Path> chosen = surroundings.ports().chooseOpen(STRINGS.get("compare.choose"));
        if (!chosen.isEmpty()) compareWith(chosen.getFirst());
    }

    /// Compares what is open with another file, in place of its views; nothing before it is read.
    void compareWith(Path other) {
        if (profile == null) return;
        if (comparison == null) all = commands.get();
        else comparison.close();
        comparison = new CompareView(reader, file, profile, other, surroundings, this::endComparison);
        root.getChildren().setAll(comparison);
        commands.set(java.util.stream.Stream.concat(comparison.commands().stream(), java.util.stream.Stream.of(reload, compare)).toList());
        CompareView mine = comparison;
        settled.set(mine.settled().get());
        mine.settled().addListener((_, _, now) -> {
            if (mine == comparison) settled.set(now);
        });
        mine.start();
    }

    private void endComparison() {
        if (comparison == null) return;
        comparison.close();
        comparison = null;
        root.getChildren().setAll(page);
        commands.set(all);
        settled.set(true);
    }

    /// The comparison that stands in place of the views, or null; for tests.
    CompareView comparison() {
        return comparison;
    }

    @Override public Optional<String> dropText() {
        return profile == null ? Optional.empty() : Optional.of(STRINGS.get("compare.drop", file.getFileName()));
    }

    @Override public void dropped(Path other) {
        compareWith(other);
    }

    private void together(boolean all) {
        together = all;
        load();
    }

    private void toggleAlways() {
        boolean now = !readsAlways();
        surroundings.settings().put(ReloadBar.ALWAYS, String.valueOf(now));
        surroundings.ports().notify(STRINGS.get(now ? "reload.always-on" : "reload.always-off"));
    }

    private boolean readsAlways() {
        return surroundings.settings().text(ReloadBar.ALWAYS).filter("true"::equals).isPresent();
    }

    private void stopWatching() {
        if (watching != null) watching.cancel();
        watching = null;
    }

    /// Watches the file for as long as someone sees what was read of it.
    private void watch() {
        boolean wanted = !closed && seen.getValue() && known != null && loading != null && !(news instanceof ReloadBar)
                && loading.state().ended();
        if (!wanted) stopWatching();
        if (!wanted || watching != null) return;
        FileStamp from = known;
        watching = surroundings.tasks().submit(TaskSpec.of(STRINGS.get("document.watching", file.getFileName()), Lane.IO,
                context -> FileWatch.changed(file, from, context)).hidden());
        TaskHandle<FileStamp> mine = watching;
        mine.whenEnded(state -> {
            if (mine != watching) return;
            watching = null;
            if (state instanceof TaskState.Done<FileStamp>(FileStamp stamp)) changed(stamp);
        });
    }

    private void changed(FileStamp stamp) {
        known = stamp;
        if (closed) return;
        if (view == null || readsAlways()) load();
        else news(new ReloadBar(file.getFileName().toString(), surroundings.settings(), this::load, this::notNow));
    }

    private void notNow() {
        news(null);
        watch();
    }

    @Override public String title() {
        return file.getFileName().toString();
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
        return comparison == null ? ProfileView.VIEWS : CompareView.VIEWS;
    }

    @Override public void showView(String name) {
        if (comparison != null) {
            comparison.showView(name);
            return;
        }
        wantedView = name;
        if (view != null) view.showView(name);
    }

    @Override public void close() {
        closed = true;
        stopWatching();
        loading.cancel();
        if (comparison != null) comparison.close();
        if (view != null) view.close();
    }
}
