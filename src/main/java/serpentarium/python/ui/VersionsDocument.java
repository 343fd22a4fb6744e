package serpentarium.python.ui;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Document;
import serpentarium.kit.Overlay;
import serpentarium.python.ui.VersionsPane.Surroundings;
import serpentarium.python.ui.install.InstallViewModel;

/// One folder in a tab: which Python applies in it. The folder can be changed.
final class VersionsDocument implements Document {
    private static final Strings STRINGS = Strings.of(VersionsDocument.class);

    private static final int MOST_MILLISECONDS = 50;

    private final VersionsViewModel model;
    private final VersionsView view;
    private final StackPane root = new StackPane();

    VersionsDocument(Path folder, Pythons pythons, Surroundings with) {
        this(folder, pythons, with, true);
    }

    private VersionsDocument(Path folder, Pythons pythons, Surroundings with, boolean scan) {
        model = new VersionsViewModel(pythons, folder.toAbsolutePath().normalize(), with.tasks(), with.settings(), with.ports()::notify);
        var overlay = new Overlay();
        view = new VersionsView(model, with, overlay);
        root.getChildren().add(overlay);
        // With the answer: a pane that is laid out without it is laid out twice before a person sees which Python applies. It is not waited for long.
        var longest = new PauseTransition(Duration.millis(MOST_MILLISECONDS));
        longest.setOnFinished(_ -> appear());
        longest.play();
        model.resolution().subscribe(now -> now.ifPresent(_ -> appear()));
        root.getStyleClass().add("versions-document");
        // Of the whole: sheets lie beside the view.
        root.getStylesheets().add(VersionsDocument.class.getResource("versions.css").toExternalForm());
        if (scan) model.scan();
    }

    /// One that shows what is known already and never looks itself.
    static VersionsDocument still(Path folder, Pythons pythons, Surroundings with) {
        var document = new VersionsDocument(folder, pythons, with, false);
        document.model.show(pythons.resolve(folder));
        return document;
    }

    private void appear() {
        if (view.getParent() == null) root.getChildren().addFirst(view);
    }

    @Override public String title() {
        Path folder = file();
        return folder.getFileName() == null ? folder.toString() : folder.getFileName().toString();
    }

    @Override public Path file() {
        return model.folder().get();
    }

    @Override public ObservableValue<Path> shown() {
        return model.folder();
    }

    @Override public Node view() {
        return root;
    }

    @Override public ObservableBooleanValue settled() {
        return model.settled();
    }

    @Override public ObservableValue<List<Command>> commands() {
        return view.commands();
    }

    @Override public List<String> views() {
        return VersionsView.VIEWS;
    }

    @Override public void showView(String name) {
        view.showView(name);
    }

    @Override public Optional<String> dropText() {
        return Optional.of(STRINGS.get("drop.text"));
    }

    @Override public void dropped(Path other) {
        model.where().dropped(other, view::take);
    }

    /// The model, for tests.
    VersionsViewModel model() {
        return model;
    }

    /// What can be installed, once the machine was looked at; for tests.
    InstallViewModel installs() {
        return view.installs().orElseThrow();
    }

    @Override public void close() {
        view.close();
        model.close();
    }
}
