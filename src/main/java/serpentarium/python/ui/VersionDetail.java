package serpentarium.python.ui;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.PathLabel;
import serpentarium.kit.Ports;
import serpentarium.kit.Settings;
import serpentarium.kit.Toolbars;
import serpentarium.python.engine.inventory.Environment;
import serpentarium.python.engine.inventory.Facts;
import serpentarium.python.engine.inventory.OptionalModule;

/// All that is known of one Python: overview, how it was built, what a compiler needs of it.
final class VersionDetail extends BorderPane {
    private static final Strings STRINGS = Strings.of(VersionDetail.class);

    private final VersionsViewModel model;
    private final Label title = new Label();
    private final Label status = new Label();
    private final TabPane tabs = new TabPane();
    private final FactGrid overview;
    private final PackagesPage packages;
    private final FactGrid build;
    private final FactGrid headers;
    private final Set<String> filled = new HashSet<>();

    /// @param develop  what a compiler needs of what is selected
    /// @param commands    for the heading
    /// @param forPackages for the list of packages
    VersionDetail(VersionsViewModel model, DevelopViewModel develop, Ports ports, Settings settings, List<Command> commands, List<Command> forPackages) {
        this.model = model;
        overview = new FactGrid(ports);
        packages = new PackagesPage(ports, forPackages);
        build = new FactGrid(ports);
        headers = new FactGrid(ports);
        getStyleClass().add("version-detail");
        setMinSize(0, 0);
        title.getStyleClass().add("detail-title");
        title.setId("detail-title");
        title.setMinWidth(0);
        status.getStyleClass().add("detail-status");
        status.setMinWidth(0);
        var names = new VBox(title, status);
        names.setMinWidth(Region.USE_PREF_SIZE);
        names.setAlignment(Pos.CENTER_LEFT);
        status.managedProperty().bind(status.textProperty().isNotEmpty());
        var head = new FlowPane(10, 6, names);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("detail-head");
        for (Command command : commands) {
            Button button = Toolbars.labelled(command);
            button.setId("detail-" + command.id().replace('.', '-'));
            button.getStyleClass().add("small");
            button.setMinWidth(Region.USE_PREF_SIZE);
            head.getChildren().add(button);
        }
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tabs.getTabs().addAll(tab("overview", overview), tab("headers", headers), tab("build", build));
        Tab compiling = tabs.getTabs().get(1);
        var listed = new Tab(STRINGS.get("detail.packages"), packages);
        listed.setId("detail-packages");
        tabs.getTabs().add(1, listed);
        setTop(head);
        setCenter(tabs);
        // What is not in front is made and filled when it comes to the front: the pane is there sooner.
        compiling.selectedProperty().addListener((_, _, front) -> {
            var page = (VBox) ((ScrollPane) compiling.getContent()).getContent();
            if (front && page.getChildren().size() == 1) page.getChildren().addFirst(new DevelopPage(develop, ports, settings));
        });
        tabs.getSelectionModel().selectedItemProperty().addListener(_ -> fill());
        model.selected().subscribe(row -> {
            develop.use(row);
            show(row);
        });
    }

    private static Tab tab(String key, Node... content) {
        var box = new VBox(12, content);
        box.getStyleClass().add("detail-page");
        var scroll = new ScrollPane(box);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        var tab = new Tab(STRINGS.get("detail." + key), scroll);
        tab.setId("detail-" + key);
        return tab;
    }

    private void show(VersionRow row) {
        setVisible(row != null);
        if (row == null) return;
        title.setText(STRINGS.get("detail.title", row.name(), row.origin()));
        status.setText(row.status(model.today()));
        filled.clear();
        fill();
    }

    /// Fills the page in front, when that was not yet done for what is selected.
    private void fill() {
        VersionRow row = model.selected().get();
        String page = tabs.getSelectionModel().getSelectedItem().getId();
        if (row == null || !filled.add(page)) return;
        switch (page) {
            case "detail-packages" -> packages.show(row.packages());
            case "detail-headers" -> {
                headers.clear();
                row.facts().ifPresent(this::headers);
            }
            case "detail-build" -> {
                build.clear();
                row.facts().ifPresent(this::build);
            }
            default -> overview(row);
        }
    }

    private void overview(VersionRow row) {
        overview.clear();
        overview.add("version", row.installed().version());
        overview.add("prefix", row.installed().prefix().toString());
        overview.add("executable", row.installed().executable().map(Path::toString).orElse(""));
        if (row.orphan()) overview.remark("orphan", STRINGS.get("detail.orphan", row.environment().flatMap(Environment::home).map(Path::toString).orElse("?")), "fact-bad");
        else if (row.installed().executable().isEmpty()) overview.remark("executable", STRINGS.get("detail.broken"), "fact-bad");
        overview.add("base", row.installed().base().orElse(""));
        overview.remark("used", row.usedBy().isEmpty() ? STRINGS.get("detail.unused") : String.join("\n", row.usedBy()), "fact-value");
        overview.remark("size", row.size(), "fact-value");
        row.facts().ifPresent(this::facts);
    }

    private void facts(Facts facts) {
        facts.openSsl().ifPresent(text -> overview.add("openssl", text));
        overview.remark("missing", facts.missing().isEmpty() ? STRINGS.get("detail.complete")
                : facts.missing().stream().map(VersionDetail::module).collect(Collectors.joining("\n")), facts.missing().isEmpty() ? "fact-value" : "fact-lacking");
        facts.movedFrom().ifPresent(from -> overview.remark("moved", STRINGS.get("detail.moved", PathLabel.shorten(from)), "fact-bad"));
        facts.problems().forEach(problem -> overview.remark("problem", problem.line(), "fact-bad"));
    }

    private void headers(Facts facts) {
        headers.add("include", facts.headers().include().map(Path::toString).orElse(""));
        headers.remark("python-h", STRINGS.get(facts.headers().pythonH() ? "detail.python-h" : "detail.no-python-h"), facts.headers().pythonH() ? "fact-value" : "fact-bad");
        path("pyconfig", facts.pyconfig());
        path("library", facts.headers().library());
        path("static-library", facts.staticLibrary());
        path("stable-library", facts.stableLibrary());
        headers.remark("linking", STRINGS.get(facts.shared() ? "detail.shared" : "detail.static"), "fact-value");
        path("pkg-config", facts.pkgConfig());
        path("config-program", facts.configProgram());
        headers.add("abi", facts.headers().abi().orElse(""));
        headers.add("ext-suffix", facts.headers().extSuffix().orElse(""));
        headers.add("wheel-tag", facts.wheelTag().orElse(""));
        headers.add("abi-flags", facts.abiFlags());
        headers.add("multiarch", facts.multiarch().orElse(""));
    }

    private void build(Facts facts) {
        build.add("configure", String.join(" ", facts.configure()));
        build.add("compiler", facts.compiler().orElse(""));
        build.add("compiler-flags", facts.compilerFlags().orElse(""));
        build.remark("optimised", STRINGS.get(facts.optimised() ? "detail.optimised" : "detail.plain"), "fact-value");
        build.remark("gil", STRINGS.get(facts.freeThreaded() ? "detail.free-threaded" : "detail.gil"), "fact-value");
        if (facts.debug()) build.remark("debug", STRINGS.get("detail.debug"), "fact-value");
    }

    private void path(String key, Optional<Path> path) {
        headers.add(key, path.map(Path::toString).orElse(""));
    }

    private static String module(OptionalModule module) {
        return STRINGS.get("detail.module", module.module(), module.purpose());
    }

    /// Brings a page to the front.
    void showPage(String key) {
        tabs.getTabs().stream().filter(tab -> tab.getId().equals("detail-" + key)).findFirst().ifPresent(tabs.getSelectionModel()::select);
    }
}
