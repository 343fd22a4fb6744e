package serpentarium.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javafx.application.Application;
import javafx.stage.Stage;
import serpentarium.base.Strings;
import serpentarium.kit.FxThread;
import serpentarium.kit.Notices;
import serpentarium.kit.ObservedTasks;
import serpentarium.kit.Theme;
import serpentarium.shell.Folders;
import serpentarium.shell.JsonSettings;
import serpentarium.shell.Shell;
import serpentarium.shell.SingleInstance;
import serpentarium.shell.WindowPorts;
import serpentarium.task.ExitHook;
import serpentarium.task.ThreadTasks;

/// The desktop: one window, one set of background tasks; ends in order when the window is closed.
public final class Desktop extends Application {
    private static final Strings STRINGS = Strings.of(Desktop.class);
    private static final Duration GRACE = Duration.ofSeconds(3);

    private ObservedTasks tasks;
    private JsonSettings settings;
    private SingleInstance single;
    private ExitHook exit;
    private Shell shell;

    /// Made by the toolkit.
    public Desktop() {}

    /// Opens the window, or hands the files to the one that is open. Returns when the window is closed.
    static int run(String[] files, PrintWriter err) {
        if (noDisplay()) {
            err.println(STRINGS.get("desktop.no-display"));
            return 1;
        }
        try {
            Application.launch(Desktop.class, files);
            return 0;
        } catch (UnsupportedOperationException e) {
            // What the toolkit throws when the display that is named cannot be opened.
            err.println(STRINGS.get("desktop.no-display"));
            return 1;
        }
    }

    /// On Linux, whether neither X nor Wayland is named; a toolkit that needs neither was asked for by name.
    private static boolean noDisplay() {
        boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
        return linux && System.getProperty("glass.platform") == null && blank("DISPLAY") && blank("WAYLAND_DISPLAY");
    }

    private static boolean blank(String variable) {
        String value = System.getenv(variable);
        return value == null || value.isEmpty();
    }

    @Override public void start(Stage stage) {
        List<Path> files = getParameters().getRaw().stream().map(name -> Path.of(name).toAbsolutePath()).toList();
        var fx = new FxThread();
        tasks = new ObservedTasks(new ThreadTasks(fx), fx);
        single = new SingleInstance(SingleInstance.folder(System.getenv(), Folders.settings()), tasks);
        if (single.handOver(files)) {
            fx.exit();
            return;
        }
        settings = new JsonSettings(Folders.settings(), tasks);
        var theme = new Theme();
        var notices = new Notices(fx);
        var ports = new WindowPorts(stage, settings, tasks, notices, getHostServices()::showDocument);
        shell = new Shell(stage, Wiring.panes(tasks, ports, settings, theme, fx), tasks, settings, theme, fx, ports, notices, Demo::files);
        shell.show(files);
        // A signal ends the program without asking the toolkit: what was set is to be kept and the socket file to go all the same.
        exit = ExitHook.of(this::release);
        single.listen(handed -> fx.execute(() -> {
            shell.activate();
            shell.open(handed);
        }));
    }

    @Override public void stop() {
        if (exit != null) exit.close();
        if (shell != null) shell.close();
        release();
    }

    private void release() {
        if (single != null) single.close();
        if (settings != null) settings.close();
        if (tasks != null) tasks.shutdown(GRACE);
    }
}
