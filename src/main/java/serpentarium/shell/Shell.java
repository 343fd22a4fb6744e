package serpentarium.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Group;
import javafx.scene.Scene;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import serpentarium.base.Strings;
import serpentarium.base.Target;
import serpentarium.kit.Document;
import serpentarium.kit.FxThread;
import serpentarium.kit.Look;
import serpentarium.kit.Notices;
import serpentarium.kit.ObservedTasks;
import serpentarium.kit.Ports;
import serpentarium.kit.Settings;
import serpentarium.kit.Snapshot;
import serpentarium.kit.Theme;
import serpentarium.kit.Workpane;

/// The window on its stage: brings back what was there, opens files, hands targets from pane to pane, and remembers itself when it is
/// closed. Everything here is to be called on the window's thread.
public final class Shell {
    private static final Strings STRINGS = Strings.of(Shell.class);
    private static final int[] ICONS = {16, 32, 48, 128};

    private final Stage stage;
    private final List<Workpane> panes;
    private final ShellWindow window;
    private final WindowMemory memory;
    private final Scene scene;
    private final FxThread fx;
    private boolean restoring;
    private boolean closed;

    /// Makes the window; nothing is shown yet.
    ///
    /// @param stage   where it is shown; not shown before
    /// @param panes   the panes of the side bar, from above
    /// @param tasks   what runs in the background; the panes are to use the same, so that their work is seen
    /// @param notices what the ports say without being asked
    public Shell(Stage stage, List<Workpane> panes, ObservedTasks tasks, Settings settings, Theme theme, FxThread fx, Ports ports, Notices notices,
                 DemoFiles demo) {
        this.stage = stage;
        this.panes = List.copyOf(panes);
        this.fx = fx;
        memory = new WindowMemory(settings);
        var appearance = new Appearance(settings, theme, fx);
        window = new ShellWindow(panes, tasks, settings, appearance, ports, notices, demo, this::quit);
        scene = new Scene(window.root());
        appearance.dress(scene);
        new CommandKeys(window.commands()).install(scene);
        window.sideBar().wide().set(memory.wide());
        window.sideBar().wide().addListener((_, _, wide) -> memory.keepWide(wide));
        window.deck().selected().addListener((_, _, document) -> {
            title(document);
            keep();
        });
        window.deck().selected().flatMap(Document::shown).subscribe(_ -> title(window.deck().selected().get()));
        window.deck().front().addListener((_, _, _) -> keep());
        window.deck().hosts().forEach(host -> host.whenChanged(this::keep));
        if (settings instanceof JsonSettings json) json.problem().ifPresent(ports::notify);
        new UncaughtErrors(ports).guard(Thread.currentThread());
    }

    /// Shows the window where it was last time, with what was open, unless the person does not want that or `files` are to be opened, which
    /// come on top.
    public void show(List<Path> files) {
        title(null);
        stage.setScene(scene);
        memory.place(stage);
        stage.setOnCloseRequest(_ -> close());
        stage.show();
        fx.later(this::icons);
        window.recent().check();
        List<Path> last = memory.restores() ? memory.documents() : List.of();
        if (last.isEmpty()) {
            open(files);
            return;
        }
        Optional<Path> selected = memory.selected();
        Optional<String> front = memory.front();
        restoring = true;
        window.opener().restore(last, () -> {
            restoring = false;
            front.flatMap(window.deck()::host).ifPresentOrElse(window.deck()::bring, window.deck()::showHome);
            selected.ifPresent(file -> window.deck().select(file.normalize()));
            keep();
            open(files);
        });
    }

    /// Shows the window. See [#show(List)].
    public void show() {
        show(List.of());
    }

    /// Opens files, each in the pane that its content calls for; brings open ones to the front. Returns at once; problems become notices.
    public void open(List<Path> files) {
        if (!files.isEmpty()) window.opener().open(files);
    }

    /// True while files are being looked at to find their pane.
    public ObservableBooleanValue opening() {
        return window.opener().opening();
    }

    /// The document in front.
    public Optional<Document> selectedDocument() {
        return Optional.ofNullable(window.deck().selected().get());
    }

    /// All open documents.
    public List<Document> documents() {
        return window.deck().documents();
    }

    /// What one pane asks another to show; says whether a pane can.
    public boolean show(Target target) {
        return switch (target) {
            case Target.ProfileFile(var path) when panes.stream().anyMatch(pane -> pane.shows(target)) -> {
                open(List.of(path));
                yield true;
            }
            case Target.ProfileFile _, Target.SourceLine _ -> false;
        };
    }

    /// Brings the window in front of others, as when a second start handed its files over.
    public void activate() {
        stage.setIconified(false);
        stage.toFront();
        stage.requestFocus();
    }

    /// All commands: for tests, and to run one by its id.
    public CommandRegistry commands() {
        return window.commands();
    }

    /// What stands in the window.
    public ShellWindow window() {
        return window;
    }

    /// Remembers the window and closes every document. Happens by itself when the person closes the window.
    public void close() {
        if (closed) return;
        memory.keepPlace(stage);
        keep();
        closed = true;
        documents().forEach(Document::close);
    }

    private void quit() {
        close();
        stage.hide();
    }

    private void keep() {
        if (closed || restoring || !stage.isShowing()) return;
        memory.keepDocuments(documents(), window.deck().selected().get(), Optional.ofNullable(window.deck().front().get()).map(host -> host.pane().id()));
    }

    private void title(Document document) {
        stage.setTitle(document == null ? STRINGS.get("product") : STRINGS.get("window.title", document.title()));
    }

    private void icons() {
        for (int size : ICONS) {
            var drawing = new Scene(new Group(new Logo(size)), size, size, Color.TRANSPARENT);
            drawing.getStylesheets().setAll(scene.getStylesheets());
            stage.getIcons().add(Snapshot.of(drawing));
        }
    }
}
