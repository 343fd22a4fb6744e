package serpentarium.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import org.controlsfx.control.StatusBar;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Document;
import serpentarium.kit.JobsStrip;
import serpentarium.kit.NoticeStack;
import serpentarium.kit.Notices;
import serpentarium.kit.ObservedTasks;
import serpentarium.kit.Overlay;
import serpentarium.kit.PathLabel;
import serpentarium.kit.Ports;
import serpentarium.kit.ProblemCard;
import serpentarium.kit.Settings;
import serpentarium.kit.Workpane;

/// What stands in the window, put together: menu bar, side bar, deck, status bar, and above them the notices, the drop hint and the
/// overlay. Knows no stage, so that it can be drawn off the screen.
public final class ShellWindow {
    private static final Strings STRINGS = Strings.of(ShellWindow.class);

    private final StackPane root = new StackPane();
    private final Overlay overlay = new Overlay();
    private final CommandRegistry registry = new CommandRegistry();
    private final RecentFiles recent;
    private final Opener opener;
    private final Deck deck;
    private final SideBar sideBar;
    private final JobsStrip jobs;
    private final DropHint drop;
    private final Palette palette;
    private final CheatSheet cheatSheet;
    private final SettingsPage settingsPage;
    private final Ports ports;

    /// Puts a window together.
    ///
    /// @param quit ends the program
    public ShellWindow(List<Workpane> panes, ObservedTasks tasks, Settings settings, Appearance appearance, Ports ports, Notices notices, DemoFiles demo,
                       Runnable quit) {
        this.ports = ports;
        recent = new RecentFiles(settings, tasks);
        opener = new Opener(panes, tasks, ports, new Desk());
        List<Command> opening = ShellCommands.opening(opener, ports, tasks, demo);
        Command palettes = ShellCommands.command("go.palette", "fth-command", "Shortcut+Shift+P", this::showPalette);
        Command sheet = ShellCommands.command("help.cheat-sheet", "fth-help-circle", "F1", this::showCheatSheet);
        Command set = ShellCommands.command("file.settings", "fth-settings", "Shortcut+Comma", this::showSettings);
        Map<Workpane, List<Workpane.Offer>> offers = new LinkedHashMap<>();
        panes.forEach(pane -> offers.put(pane, pane.offers(file -> opener.open(List.of(file)))));
        List<Workpane.Offer> begin = offers.values().stream().flatMap(List::stream).toList();
        var welcome = new WelcomePage(opening, begin, List.of(palettes, sheet, set), recent, opener, ports);
        deck = new Deck(welcome, panes.stream()
                .map(pane -> new PaneHost(pane, ports, Stream.concat(offers.get(pane).stream().map(Workpane.Offer::command), opening.stream()).toList())).toList());
        deck.front().addListener((_, _, host) -> {
            if (host == null) welcome.refresh();
        });
        List<Command> go = ShellCommands.panes(deck);
        sideBar = new SideBar(deck, go, List.of(set));
        jobs = new JobsStrip(tasks);
        registry.add(opening);
        if (!begin.isEmpty()) registry.add(begin.stream().map(Workpane.Offer::command).toList());
        registry.add(ShellCommands.documents(deck, ports));
        registry.add(List.of(set));
        registry.add(List.of(ShellCommands.command("file.quit", "fth-log-out", "Shortcut+Q", quit)));
        ShellCommands.view(appearance, this).forEach(registry::add);
        registry.add(List.of(palettes));
        registry.add(go);
        registry.add(ShellCommands.tabs(deck));
        registry.add(List.of(sheet));
        deck.selected().flatMap(Document::commands).orElse(List.of()).subscribe(registry::useDocument);

        var memory = new WindowMemory(settings);
        Map<String, String> titles = panes.stream().collect(Collectors.toMap(Workpane::id, Workpane::title));
        palette = new Palette(registry, deck, recent, opener, settings, overlay);
        cheatSheet = new CheatSheet(registry, titles, overlay);
        settingsPage = new SettingsPage(appearance, memory, settings instanceof JsonSettings json ? json.file() : null, ports, overlay);
        drop = new DropHint(opener::open, this::selectedDocument);
        drop.install(root);
        var body = new BorderPane(deck, new MainMenu(registry, titles, recent, opener), null, statusBar(), sideBar);
        var stack = new NoticeStack(notices, ports, this::showProblem);
        StackPane.setAlignment(stack, Pos.BOTTOM_RIGHT);
        root.getStyleClass().add("shell");
        root.getChildren().addAll(body, stack, drop, overlay);
    }

    private StatusBar statusBar() {
        var bar = new StatusBar();
        bar.setText("");
        bar.getRightItems().add(jobs);
        var where = new Label(STRINGS.get("status.ready"));
        where.getStyleClass().addAll("muted", "status-text");
        deck.selected().flatMap(Document::shown).subscribe(shown -> bar.getLeftItems().setAll(shown == null ? where : path(shown)));
        return bar;
    }

    private PathLabel path(java.nio.file.Path shown) {
        var path = new PathLabel(shown.toAbsolutePath(), ports);
        path.getStyleClass().addAll("muted", "status-text");
        path.setMaxWidth(720);
        return path;
    }

    /// The whole content, for a scene.
    public Parent root() {
        return root;
    }

    /// All commands.
    public CommandRegistry commands() {
        return registry;
    }

    /// The document in front.
    public Optional<Document> selectedDocument() {
        return Optional.ofNullable(deck.selected().get());
    }

    /// What opens files.
    public Opener opener() {
        return opener;
    }

    /// The files opened last.
    public RecentFiles recent() {
        return recent;
    }

    /// The status bar's button for the background jobs.
    public JobsStrip jobs() {
        return jobs;
    }

    /// The layer above everything.
    public Overlay overlay() {
        return overlay;
    }

    /// Opens the command palette.
    public void showPalette() {
        palette.open();
    }

    /// Opens the cheat sheet.
    public void showCheatSheet() {
        cheatSheet.open();
    }

    /// Opens the settings.
    public void showSettings() {
        settingsPage.open();
    }

    /// Opens all that is known about a problem.
    public void showProblem(Problem problem) {
        var card = new ProblemCard(problem, ports, overlay::close);
        overlay.show(card, card.closeButton(), Pos.CENTER);
    }

    Deck deck() {
        return deck;
    }

    SideBar sideBar() {
        return sideBar;
    }

    Palette palette() {
        return palette;
    }

    CheatSheet cheatSheet() {
        return cheatSheet;
    }

    DropHint drop() {
        return drop;
    }

    private final class Desk implements Opener.Desk {
        @Override public boolean select(java.nio.file.Path file) {
            return deck.select(file);
        }

        @Override public void show(Workpane pane, java.nio.file.Path file) {
            deck.show(pane, file);
            recent.add(file);
        }
    }
}
