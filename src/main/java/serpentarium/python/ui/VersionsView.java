package serpentarium.python.ui;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.geometry.Orientation;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Dividers;
import serpentarium.kit.EmptyState;
import serpentarium.kit.Overlay;
import serpentarium.python.Resolution;
import serpentarium.python.Trouble;
import serpentarium.python.engine.build.Workshop;
import serpentarium.python.ui.VersionsPane.Surroundings;
import serpentarium.python.ui.install.BuildView;
import serpentarium.python.ui.install.BuildViewModel;
import serpentarium.python.ui.install.InstallView;
import serpentarium.python.ui.install.InstallViewModel;

/// The pane for one folder: the answer above, the chain of reasons on the left, and beside it what is installed and what can be.
final class VersionsView extends BorderPane {
    static final List<String> VIEWS = List.of("versions", "packages", "headers", "build", "install", "pins");

    private static final Strings STRINGS = Strings.of(VersionsView.class);
    private static final int MOST_LOUD = 2;

    private final VersionsViewModel model;
    private final Surroundings with;
    private final Overlay overlay;
    private final AnswerView answer;
    private final ChainView chain;
    private final VBox notes = new VBox(6);
    private final VBox left = new VBox(6);
    private final InstalledTable table;
    private final DevelopViewModel develop;
    private final VersionDetail detail;
    private final TabPane tabs = new TabPane();
    private final StackPane installed = new StackPane();
    private final VersionActions actions;
    private final ReadOnlyObjectWrapper<List<Command>> commands = new ReadOnlyObjectWrapper<>(this, "commands", List.of());
    private PinsView pins;
    private Tab pinsTab;
    private InstallViewModel installs;
    private InstallView install;
    private Tab installTab;

    VersionsView(VersionsViewModel model, Surroundings with, Overlay overlay) {
        this.model = model;
        this.with = with;
        this.overlay = overlay;
        getStyleClass().add("versions-view");
        Command rescan = Command.of("versions.rescan", STRINGS.get("rescan"), "fth-refresh-cw", "F5", model::scan);
        actions = new VersionActions(model, with, overlay);
        answer = new AnswerView(model, with.ports(), actions::card, List.of(rescan));
        chain = new ChainView(actions::forRule);
        table = new InstalledTable(model, with.settings());
        develop = new DevelopViewModel(with.tasks(), with.state().resolve("checks"), with.ports()::notify);
        detail = new VersionDetail(model, develop, with.ports(), with.settings(), actions.forDetail(), actions.forPackages());
        table.actions(actions::forRow, actions::enter, actions::copyPrefix);
        setTop(answer);
        setCenter(body());
        var all = new ArrayList<Command>(List.of(rescan,
                Command.of("versions.filter", STRINGS.get("filter"), "fth-filter", "Shortcut+F", this::filter),
                Command.of("versions.folder", STRINGS.get("folder"), "fth-folder", "Shortcut+L", answer::focusFolder)));
        all.addAll(actions.all());
        commands.set(List.copyOf(all));
        model.resolution().subscribe(now -> now.ifPresent(this::show));
        model.loaded().subscribe(_ -> fill());
        model.rows().addListener((ListChangeListener<VersionRow>) _ -> fill());
        actions.removals().leftovers().addListener((ListChangeListener<Removals.Aside>) change -> left.getChildren().setAll(change.getList().stream().map(actions::leftover).toList()));
    }

    private SplitPane body() {
        var title = new Label(STRINGS.get("chain.title"));
        title.getStyleClass().add("section-title");
        notes.setId("notes");
        left.setId("leftovers");
        var why = new VBox(6, title, chain, notes, left);
        why.getStyleClass().add("why");
        var scroll = new ScrollPane(why);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().addAll("edge-to-edge", "why-scroll");
        scroll.setMinWidth(240);
        var lower = new SplitPane(table, detail);
        lower.setOrientation(Orientation.VERTICAL);
        Dividers.remember(lower, "versions.detail", with.settings(), 0.5);
        installed.getChildren().setAll(lower);
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.ALL_TABS);
        tabs.getTabs().add(fixed("installed", installed));
        pinsTab = fixed("pins", new StackPane());
        pinsTab.selectedProperty().addListener((_, _, front) -> {
            if (front) pins();
        });
        tabs.getTabs().add(pinsTab);
        var split = new SplitPane(scroll, tabs);
        SplitPane.setResizableWithParent(scroll, false);
        Dividers.remember(split, "versions.why", with.settings(), 0.3);
        return split;
    }

    /// Made when it is first gone to: few look at it, and all wait for the pane.
    private PinsView pins() {
        if (pins == null) {
            pins = new PinsView(model, with);
            pinsTab.setContent(pins);
        }
        return pins;
    }

    private static Tab fixed(String key, javafx.scene.Node content) {
        var tab = new Tab(STRINGS.get("tab." + key), content);
        tab.setId("tab-" + key);
        tab.setClosable(false);
        return tab;
    }

    private void filter() {
        Tab front = tabs.getSelectionModel().getSelectedItem();
        if (front == installTab) install().focusSearch();
        else if (front == pinsTab) pins().focusFilter();
        else {
            tabs.getSelectionModel().selectFirst();
            table.focusFilter();
        }
    }

    private void show(Resolution resolution) {
        chain.show(resolution);
        List<Trouble> troubles = troubles(resolution);
        List<Trouble> loud = troubles.stream().filter(trouble -> trouble.kind().weight() == Trouble.Weight.ERROR).limit(MOST_LOUD).toList();
        answer.show(resolution, loud);
        notes.getChildren().setAll(troubles.stream().skip(loud.size()).map(actions::card).toList());
    }

    /// What is wrong, the worst first. A pin that falls through does so for `python3` and for `python`: one card says it.
    private static List<Trouble> troubles(Resolution resolution) {
        var fallen = new HashSet<Optional<Path>>();
        return resolution.allTroubles().stream().filter(trouble -> trouble.kind() != Trouble.Kind.MISSING_FALLS_THROUGH || fallen.add(trouble.place())).toList();
    }

    /// The list, or what to do where there is none; and the catalogue, where there is a pyenv that can install.
    private void fill() {
        if (!model.loaded().get()) return;
        installed.getChildren().removeIf(EmptyState.class::isInstance);
        boolean none = model.rows().isEmpty();
        if (none) installed.getChildren().add(empty());
        installed.getChildren().getFirst().setVisible(!none);
        if (installs == null) model.program().ifPresent(this::offer);
        actions.removals().look();
    }

    private EmptyState empty() {
        boolean pyenv = model.program().isPresent();
        var icon = pyenv ? "fth-package" : "fth-alert-triangle";
        if (!pyenv) return new EmptyState(icon, STRINGS.get("empty.no-pyenv"), STRINGS.get("empty.no-pyenv.text", AnswerText.folder(model.root())),
                Command.of("versions.copy-installer", STRINGS.get("empty.copy"), "fth-copy", null, () -> with.ports().copy(STRINGS.get("empty.installer"))));
        return new EmptyState(icon, STRINGS.get("empty.no-versions"), STRINGS.get("empty.no-versions.text"),
                Command.of("versions.to-install", STRINGS.get("empty.install"), "fth-download", null, () -> showView("install")));
    }

    private void offer(Path program) {
        installs = new InstallViewModel(new Workshop(model.root(), program, with.state(), with.environment()), with.tasks(), with.fx(), with.ports()::notify);
        installs.whenInstalled(model::scan);
        installTab = fixed("install", new StackPane());
        tabs.getTabs().add(1, installTab);
        installTab.selectedProperty().addListener((_, _, front) -> {
            if (!front) return;
            install();
            if (installs.families().isEmpty()) installs.load();
        });
        installs.builds().addListener((ListChangeListener<BuildViewModel>) change -> {
            while (change.next()) {
                change.getAddedSubList().forEach(this::showBuild);
                change.getRemoved().forEach(gone -> tabs.getTabs().removeIf(tab -> tab.getUserData() == gone));
            }
        });
        actions.useInstalls(name -> {
            showView("install");
            installs.search().set(name);
        });
        model.resolution().get().ifPresent(this::show);
    }

    private InstallView install() {
        if (install == null) {
            install = new InstallView(installs, with.ports());
            installTab.setContent(install);
            // What is in a split is in the window, and can have the focus, once it has its skin.
            install.applyCss();
        }
        return install;
    }

    private void showBuild(BuildViewModel build) {
        var tab = new Tab("", new BuildView(build, with.ports()));
        tab.setUserData(build);
        tab.textProperty().bind(Bindings.createStringBinding(() -> build.running().get()
                ? STRINGS.get("tab.build.running", build.name(), build.progress().get().map(now -> Math.round(now.overall() * 100)).orElse(0L))
                : STRINGS.get("tab.build", build.name()), build.running(), build.progress()));
        BooleanBinding ended = build.running().not();
        tab.closableProperty().bind(ended);
        tab.setOnClosed(_ -> installs.forget(build));
        tabs.getTabs().add(tab);
        tabs.getSelectionModel().select(tab);
    }

    /// Takes a source archive into the cache.
    void take(Path archive) {
        if (installs != null) installs.take(archive, with.ports()::notify);
    }

    /// What can be done.
    ObservableValue<List<Command>> commands() {
        return commands.getReadOnlyProperty();
    }

    /// Brings one of [#VIEWS] to the front.
    void showView(String name) {
        switch (name) {
            case "install" -> {
                if (installTab == null) return;
                InstallView page = install();
                tabs.getSelectionModel().select(installTab);
                page.focusSearch();
            }
            case "pins" -> {
                PinsView page = pins();
                tabs.getSelectionModel().select(pinsTab);
                page.scan();
            }
            case "packages", "headers", "build" -> {
                tabs.getSelectionModel().selectFirst();
                detail.showPage(name);
            }
            default -> tabs.getSelectionModel().selectFirst();
        }
    }

    /// What is installed and what can be, for tests.
    Optional<InstallViewModel> installs() {
        return Optional.ofNullable(installs);
    }

    void close() {
        actions.close();
        if (pins != null) pins.close();
        develop.cancel();
        if (installs != null) installs.close(with.ports()::notify);
    }
}
