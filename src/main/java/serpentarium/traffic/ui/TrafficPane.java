package serpentarium.traffic.ui;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.base.Target;
import serpentarium.kit.Command;
import serpentarium.kit.Document;
import serpentarium.kit.FxThread;
import serpentarium.kit.Ports;
import serpentarium.kit.Settings;
import serpentarium.kit.Theme;
import serpentarium.kit.Workpane;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;
import serpentarium.traffic.engine.TrafficReader;
import serpentarium.traffic.engine.proxy.ProxyOptions;
import serpentarium.traffic.engine.trust.Authority;
import serpentarium.traffic.engine.watch.LiveSession;
import serpentarium.traffic.ui.rule.RulesViewModel;

/// The traffic inspector in the side bar: opens captured conversations as documents.
public final class TrafficPane implements Workpane {
    private static final Strings STRINGS = Strings.of(TrafficPane.class);

    private final TrafficReader reader;
    private final Surroundings surroundings;
    private final Places places;
    private final RulesViewModel rules;
    private final Map<Path, LiveSession> begun = new HashMap<>();

    /// What the views of a session need of the window.
    ///
    /// @param tasks    runs what takes long
    /// @param ports    dialogs, clipboard, notifications
    /// @param settings what is remembered
    /// @param theme    the colours in force
    /// @param fx       the window's thread
    record Surroundings(Tasks tasks, Ports ports, Settings settings, Theme theme, FxThread fx) {}

    /// Where what the pane makes is kept; none need exist.
    ///
    /// @param sessions  what was watched live, a folder each
    /// @param authority the proxy's authority
    /// @param trust     files that clients are to believe
    public record Places(Path sessions, Path authority, Path trust) {
        /// All in one folder.
        public static Places in(Path data) {
            return new Places(data.resolve("sessions"), data.resolve("authority"), data.resolve("trust"));
        }
    }

    /// Makes the pane; it opens nothing by itself.
    public TrafficPane(TrafficReader reader, Tasks tasks, Ports ports, Settings settings, Theme theme, FxThread fx, Places places) {
        this.reader = reader;
        this.surroundings = new Surroundings(tasks, ports, settings, theme, fx);
        this.places = places;
        this.rules = new RulesViewModel(settings);
    }

    @Override public String id() {
        return "traffic";
    }

    @Override public String title() {
        return STRINGS.get("pane.title");
    }

    @Override public String icon() {
        return "fth-activity";
    }

    @Override public Bid sniff(Head head) {
        return reader.sniff(head);
    }

    @Override public boolean opensFolder(Path folder) {
        try {
            return TrafficReader.isSession(folder);
        } catch (java.io.IOException e) {
            return false;
        }
    }

    @Override public String hint() {
        return STRINGS.get("pane.hint");
    }

    @Override public Document open(Path file) {
        LiveSession live = begun.remove(file);
        return new TrafficDocument(file, reader, surroundings, live == null ? null : new LiveViews(live, surroundings, places, rules, reader));
    }

    @Override public List<Offer> offers(Consumer<Path> open) {
        return List.of(new Offer(Command.of("file.watch-traffic", STRINGS.get("pane.watch"), "fth-radio", "Shortcut+Shift+L", () -> watch(open)), STRINGS.get("pane.watch.about")));
    }

    private void watch(Consumer<Path> open) {
        Tasks tasks = surroundings.tasks();
        tasks.submit(TaskSpec.of(STRINGS.get("pane.watch"), Lane.IO, _ -> {
            Authority authority = Authority.open(places.authority());
            return LiveSession.begin(LiveSession.name(places.sessions().toAbsolutePath(), LocalDateTime.now()), authority, ProxyOptions.USUAL);
        })).whenEnded(state -> {
            if (state instanceof TaskState.Done<LiveSession>(LiveSession live)) {
                begun.put(live.folder(), live);
                open.accept(live.folder());
            } else if (state instanceof TaskState.Failed<LiveSession>(Problem problem)) surroundings.ports().notify(problem);
        });
    }

    @Override public boolean shows(Target target) {
        return false;
    }
}
