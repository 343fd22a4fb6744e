package serpentarium.profile.ui;

import java.nio.file.Path;
import java.util.List;
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
import serpentarium.profile.engine.ProfileExport;
import serpentarium.profile.engine.ProfileReader;
import serpentarium.profile.engine.RunFiles;
import serpentarium.task.Tasks;

/// The profiler in the side bar: opens profiles as documents.
public final class ProfilePane implements Workpane {
    private static final Strings STRINGS = Strings.of(ProfilePane.class);

    private final ProfileReader reader;
    private final Surroundings surroundings;

    /// What the views of a profile need of the window.
    ///
    /// @param tasks    runs what takes long
    /// @param ports    dialogs, clipboard, notifications
    /// @param settings what is remembered
    /// @param theme    the colours in force
    /// @param fx       the window's thread
    /// @param export   writes profiles
    record Surroundings(Tasks tasks, Ports ports, Settings settings, Theme theme, FxThread fx, ProfileExport export) {
        /// Where nothing is saved in other formats.
        Surroundings(Tasks tasks, Ports ports, Settings settings, Theme theme, FxThread fx) {
            this(tasks, ports, settings, theme, fx, new ProfileExport(List.of()));
        }
    }

    /// Makes the pane; it opens nothing by itself.
    public ProfilePane(ProfileReader reader, ProfileExport export, Tasks tasks, Ports ports, Settings settings, Theme theme, FxThread fx) {
        this.reader = reader;
        this.surroundings = new Surroundings(tasks, ports, settings, theme, fx, export);
    }

    @Override public String id() {
        return "profile";
    }

    @Override public String title() {
        return STRINGS.get("pane.title");
    }

    @Override public String icon() {
        return "fth-bar-chart-2";
    }

    @Override public Bid sniff(Head head) {
        return reader.sniff(head);
    }

    @Override public boolean opensEmpty(Path file) {
        return !RunFiles.of(file).isEmpty();
    }

    @Override public Document open(Path file) {
        return new ProfileDocument(file, reader, surroundings);
    }

    @Override public boolean shows(Target target) {
        return target instanceof Target.ProfileFile;
    }
}
