package serpentarium.shell;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Document;
import serpentarium.kit.Ports;
import serpentarium.kit.Workpane;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// The commands of the window itself.
final class ShellCommands {
    private static final Strings STRINGS = Strings.of(ShellCommands.class);

    private ShellCommands() {}

    /// What needs no window yet: opening files. The panes' empty pages offer these two.
    static List<Command> opening(Opener opener, Ports ports, Tasks tasks, DemoFiles demo) {
        return List.of(command("file.open", "fth-folder", "Shortcut+O", () -> opener.open(ports.chooseOpen(STRINGS.get("open.title")))),
                command("file.open-demo", "fth-play-circle", null, () -> openDemo(opener, ports, tasks, demo)));
    }

    private static void openDemo(Opener opener, Ports ports, Tasks tasks, DemoFiles demo) {
        tasks.submit(TaskSpec.of(STRINGS.get("task.demo"), Lane.IO, _ -> demo.files())).whenEnded(state -> {
            switch (state) {
                case TaskState.Done<List<java.nio.file.Path>>(var files) when files.isEmpty() -> ports.notify(STRINGS.get("demo.none"));
                case TaskState.Done<List<java.nio.file.Path>>(var files) -> opener.open(files);
                case TaskState.Failed<List<java.nio.file.Path>>(var problem) -> ports.notify(problem);
                case TaskState.Cancelled<?> _, TaskState.Queued<?> _, TaskState.Running<?> _ -> {}
            }
        });
    }

    /// What is done with the document in front.
    static List<Command> documents(Deck deck, Ports ports) {
        BooleanBinding any = Bindings.isNotNull(deck.selected());
        return List.of(
                Command.of("file.close", text("file.close"), "fth-x", "Shortcut+W", any, () -> deck.front().get().closeSelected()),
                Command.of("file.close-others", text("file.close-others"), null, "Shortcut+Alt+W", any, () -> deck.front().get().closeOthersThanSelected()),
                Command.of("file.close-all", text("file.close-all"), null, "Shortcut+Shift+W", any, () -> deck.front().get().closeAll()),
                Command.of("file.copy-path", text("file.copy-path"), "fth-copy", "Shortcut+Shift+C", any,
                        () -> ports.copy(file(deck.selected().get()).toString())),
                Command.of("file.show-in-folder", text("file.show-in-folder"), "fth-external-link", null, any,
                        () -> ports.showOutside(folder(deck.selected().get()))));
    }

    /// The folder that a document's file lies in; of a file system's root itself.
    static java.nio.file.Path folder(Document document) {
        java.nio.file.Path parent = file(document).getParent();
        return parent == null ? file(document) : parent;
    }

    private static java.nio.file.Path file(Document document) {
        return document.file().toAbsolutePath();
    }

    /// Theme, font size and what of the window is shown.
    static List<List<Command>> view(Appearance appearance, ShellWindow window) {
        return List.of(
                List.of(command("view.theme-system", "fth-monitor", null, () -> appearance.mode().set(ThemeMode.SYSTEM)),
                        command("view.theme-light", "fth-sun", null, () -> appearance.mode().set(ThemeMode.LIGHT)),
                        command("view.theme-dark", "fth-moon", null, () -> appearance.mode().set(ThemeMode.DARK))),
                List.of(command("view.font-bigger", "fth-zoom-in", "Shortcut+Shift+Period", () -> appearance.resize(1)),
                        command("view.font-smaller", "fth-zoom-out", "Shortcut+Shift+Comma", () -> appearance.resize(-1)),
                        command("view.font-reset", null, null, () -> appearance.resize(0))),
                List.of(command("view.sidebar", "fth-sidebar", "Shortcut+B", () -> window.sideBar().wide().set(!window.sideBar().wide().get())),
                        command("view.jobs", "fth-activity", "Shortcut+J", () -> window.jobs().toggle())));
    }

    /// The commands that bring the welcome page and each pane to the front, in this order.
    static List<Command> panes(Deck deck) {
        var go = new ArrayList<Command>();
        go.add(command("go.home", "fth-home", "Alt+Home", deck::showHome));
        for (int i = 0; i < deck.hosts().size(); i++) {
            PaneHost host = deck.hosts().get(i);
            Workpane pane = host.pane();
            String keys = i < 9 ? "Alt+" + (i + 1) : null;
            go.add(Command.of("go.pane-" + pane.id(), STRINGS.get("command.go.pane", pane.title()), pane.icon(), keys, () -> deck.bring(host)));
        }
        return go;
    }

    /// Going from tab to tab.
    static List<Command> tabs(Deck deck) {
        BooleanBinding any = Bindings.isNotNull(deck.selected());
        return List.of(Command.of("go.next-tab", text("go.next-tab"), null, "Ctrl+Tab", any, () -> deck.front().get().step(1)),
                Command.of("go.previous-tab", text("go.previous-tab"), null, "Ctrl+Shift+Tab", any, () -> deck.front().get().step(-1)));
    }

    /// A command of the window; its text is `command.ID` of the bundle.
    static Command command(String id, String icon, String keys, Runnable run) {
        return Command.of(id, text(id), icon, keys, run);
    }

    private static String text(String id) {
        return STRINGS.get("command." + id);
    }
}
