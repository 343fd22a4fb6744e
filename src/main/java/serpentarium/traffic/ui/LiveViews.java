package serpentarium.traffic.ui;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.traffic.engine.OpenTraffic;
import serpentarium.traffic.engine.TrafficReader;
import serpentarium.traffic.engine.trust.ClientEnvironment;
import serpentarium.traffic.engine.trust.ClientShell;
import serpentarium.traffic.engine.trust.TrustBundle;
import serpentarium.traffic.engine.watch.LiveSession;
import serpentarium.traffic.ui.TrafficPane.Surroundings;
import serpentarium.traffic.ui.watch.FirstSteps;
import serpentarium.traffic.ui.watch.ListenerEntry;
import serpentarium.traffic.ui.watch.LiveBar;
import serpentarium.traffic.ui.watch.LiveViewModel;

/// What a document shows besides the views of a session while that is live.
final class LiveViews {
    private static final Strings STRINGS = Strings.of(LiveViews.class);

    private final LiveSession live;
    private final Surroundings with;
    private final TrafficPane.Places places;
    private final LiveViewModel model;
    private final LiveBar bar;
    private final FirstSteps steps;
    private final List<Command> commands;

    LiveViews(LiveSession live, Surroundings with, TrafficPane.Places places) {
        this.live = live;
        this.with = with;
        this.places = places;
        model = new LiveViewModel(live, with.tasks());
        model.problem().addListener((_, _, problem) -> {
            if (problem != null) with.ports().notify(problem);
        });
        bar = new LiveBar(model, with.ports());
        Command shell = Command.of("traffic.open-shell", STRINGS.get("live.shell"), "fth-terminal", null, this::openShell);
        Command lines = Command.of("traffic.copy-variables", STRINGS.get("live.variables"), "fth-clipboard", null, this::copyVariables);
        commands = List.of(shell, lines);
        steps = new FirstSteps(model, with.ports(), shell, lines);
        model.addUsual();
    }

    /// What the document shows: the session that grows.
    OpenTraffic opened() {
        return new OpenTraffic(live.session(), TrafficReader.SESSION, null);
    }

    /// Above everything else.
    Node bar() {
        return bar;
    }

    /// In place of the views while nothing has come.
    Node steps() {
        return steps;
    }

    /// What can be done besides what can be done with every session.
    List<Command> commands() {
        return commands;
    }

    /// To be called some times a second.
    void pulse() {
        model.pulse();
    }

    private interface Use {
        void with(ClientEnvironment variables) throws IOException;
    }

    /// Makes what a program's environment names, in the background, and uses it.
    private void use(String title, Use use, Runnable then) {
        Optional<ListenerEntry> forward = model.forward();
        if (forward.isEmpty()) {
            with.ports().notify(STRINGS.get("live.nothing-listens"));
            return;
        }
        var proxy = java.net.URI.create("http://" + forward.get().address());
        with.tasks().submit(TaskSpec.<Void>of(title, Lane.IO, _ -> {
            TrustBundle bundle = TrustBundle.of(places.trust(), live.authority(), Optional.empty(), System.getenv());
            use.with(ClientEnvironment.of(proxy, bundle, Optional.empty()));
            return null;
        })).whenEnded(state -> {
            if (state instanceof TaskState.Failed<Void>(Problem problem)) with.ports().notify(problem);
            else if (state instanceof TaskState.Done<Void>) then.run();
        });
    }

    private void openShell() {
        use(STRINGS.get("live.shell"), variables -> new ClientShell(places.trust(), System.getenv()).open(variables, Path.of(System.getProperty("user.home", "."))), () -> { });
    }

    private void copyVariables() {
        var lines = new String[1];
        use(STRINGS.get("live.variables"), variables -> lines[0] = variables.lines(shell()), () -> {
            with.ports().copy(lines[0]);
            with.ports().notify(STRINGS.get("live.copied"));
        });
    }

    private static ClientEnvironment.Shell shell() {
        if (System.getProperty("os.name", "").startsWith("Windows")) return ClientEnvironment.Shell.POWERSHELL;
        return System.getenv().getOrDefault("SHELL", "").endsWith("fish") ? ClientEnvironment.Shell.FISH : ClientEnvironment.Shell.SH;
    }

    /// Stops what listens, then closes the session, which stays.
    void close() throws IOException {
        live.close();
    }
}
