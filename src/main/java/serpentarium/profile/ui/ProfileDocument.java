package serpentarium.profile.ui;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import serpentarium.base.Problem;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Document;
import serpentarium.profile.Profile;
import serpentarium.profile.engine.LatestGlimpse;
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
    private TaskHandle<Loaded> loading;
    private boolean together;
    private ProfileView view;
    private String wantedView;

    ProfileDocument(Path file, ProfileReader reader, Surroundings surroundings) {
        this.file = file;
        this.reader = reader;
        this.surroundings = surroundings;
        this.reload = new Command("profile.reload", STRINGS.get("document.reload"), "fth-refresh-cw", new KeyCodeCombination(KeyCode.F5),
                new SimpleBooleanProperty(true), this::load);
        commands.set(List.of(reload));
        root.getStyleClass().add("profile-document");
        root.setMinSize(0, 0);
        load();
    }

    private void load() {
        settled.set(false);
        if (loading != null) loading.cancel();
        var glimpse = new LatestGlimpse();
        loading = surroundings.tasks().submit(TaskSpec.of(STRINGS.get("document.reading", file.getFileName()), Lane.IO,
                context -> read(context, glimpse)));
        var progress = new LoadingCard(file, loading, glimpse, surroundings.ports());
        root.getChildren().setAll(progress);
        TaskHandle<Loaded> mine = loading;
        mine.whenEnded(state -> {
            progress.stop();
            if (mine == loading) ended(state);
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
                root.getChildren().setAll(LoadingCard.failed(problem, reload, surroundings.ports()));
                settled.set(true);
            }
            case TaskState.Cancelled<Loaded> _, TaskState.Queued<Loaded> _, TaskState.Running<Loaded> _ -> {
                root.getChildren().setAll(LoadingCard.cancelled(file, reload));
                settled.set(true);
            }
        }
    }

    private void show(Loaded loaded) {
        if (view != null) view.close();
        view = new ProfileView(file, loaded.profile, surroundings);
        if (wantedView != null) view.showView(wantedView);
        var all = new ArrayList<Command>(List.of(reload));
        if (loaded.run.isEmpty()) root.getChildren().setAll(view);
        else {
            boolean alone = loaded.run.contains(file);
            var withBar = new BorderPane(view);
            withBar.setMinSize(0, 0);
            withBar.setTop(new RunBar(loaded.run, loaded.whole, alone, () -> together(!loaded.whole)));
            root.getChildren().setAll(withBar);
            if (!loaded.whole || alone) all.add(new Command("profile.run", STRINGS.get(loaded.whole ? "run.open-alone" : "run.open-together"), "fth-layers",
                    null, new SimpleBooleanProperty(true), () -> together(!loaded.whole)));
        }
        all.addAll(view.commands());
        commands.set(List.copyOf(all));
        view.settled().addListener((_, _, now) -> settled.set(now));
        settled.set(view.settled().get());
    }

    private void together(boolean all) {
        together = all;
        load();
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
        return ProfileView.VIEWS;
    }

    @Override public void showView(String name) {
        wantedView = name;
        if (view != null) view.showView(name);
    }

    @Override public void close() {
        loading.cancel();
        if (view != null) view.close();
    }
}
