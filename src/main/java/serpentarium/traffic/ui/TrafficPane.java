package serpentarium.traffic.ui;

import java.nio.file.Path;
import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Strings;
import serpentarium.base.Target;
import serpentarium.kit.Document;
import serpentarium.kit.FxThread;
import serpentarium.kit.Ports;
import serpentarium.kit.Settings;
import serpentarium.kit.Theme;
import serpentarium.kit.Workpane;
import serpentarium.task.Tasks;
import serpentarium.traffic.engine.TrafficReader;

/// The traffic inspector in the side bar: opens captured conversations as documents.
public final class TrafficPane implements Workpane {
    private static final Strings STRINGS = Strings.of(TrafficPane.class);

    private final TrafficReader reader;
    private final Surroundings surroundings;

    /// What the views of a session need of the window.
    ///
    /// @param tasks    runs what takes long
    /// @param ports    dialogs, clipboard, notifications
    /// @param settings what is remembered
    /// @param theme    the colours in force
    /// @param fx       the window's thread
    record Surroundings(Tasks tasks, Ports ports, Settings settings, Theme theme, FxThread fx) {}

    /// Makes the pane; it opens nothing by itself.
    public TrafficPane(TrafficReader reader, Tasks tasks, Ports ports, Settings settings, Theme theme, FxThread fx) {
        this.reader = reader;
        this.surroundings = new Surroundings(tasks, ports, settings, theme, fx);
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
        return new TrafficDocument(file, reader, surroundings);
    }

    @Override public boolean shows(Target target) {
        return false;
    }
}
