package serpentarium.log.ui;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
import serpentarium.log.ui.source.FolderDocument;
import serpentarium.log.ui.source.LogNames;
import serpentarium.log.ui.source.Outputs;
import serpentarium.task.Tasks;

/// Logs in the side bar: opens files that hold a log, of any size, and folders of them.
public final class LogPane implements Workpane {
    private static final Strings STRINGS = Strings.of(LogPane.class);
    private static final int INDEXES = 200;
    private static final int CERTAIN = 100;
    private static final Set<String> PROJECT = Set.of("pyproject.toml", "setup.py", "setup.cfg", ".python-version", "requirements.txt", ".git");

    private final Surroundings surroundings;
    private final Outputs outputs;
    private Consumer<Path> open = _ -> {};

    /// What the views of a log need of the window.
    ///
    /// @param tasks    runs what takes long
    /// @param ports    dialogs, clipboard, notifications
    /// @param settings what is remembered
    /// @param theme    the colours in force
    /// @param fx       the window's thread
    /// @param places   where files are kept
    record Surroundings(Tasks tasks, Ports ports, Settings settings, Theme theme, FxThread fx, Places places) {}

    /// Where what the pane makes is kept; none need exist.
    ///
    /// @param indexes  indexes of large files
    /// @param unpacked what compressed files hold, while they are open
    /// @param marks    marks of logs beside which nothing can be written
    public record Places(Path indexes, Path unpacked, Path marks) {
        /// All in one folder.
        public static Places in(Path state) {
            return new Places(state.resolve("log-indexes"), state.resolve("unpacked"), state.resolve("log-marks"));
        }

        /// What commands write, while it is shown.
        Path outputs() {
            return unpacked.resolveSibling("outputs");
        }

        int kept() {
            return INDEXES;
        }
    }

    /// Makes the pane; it opens nothing by itself.
    public LogPane(Tasks tasks, Ports ports, Settings settings, Theme theme, FxThread fx, Places places) {
        surroundings = new Surroundings(tasks, ports, settings, theme, fx, places);
        outputs = new Outputs(tasks, ports, settings, places.outputs());
    }

    @Override public String id() {
        return "log";
    }

    @Override public String title() {
        return STRINGS.get("pane.title");
    }

    @Override public String icon() {
        return "fth-align-left";
    }

    @Override public Bid sniff(Head head) {
        return outputs.has(head.name()) ? new Bid.Yes(CERTAIN) : LogBid.of(head);
    }

    @Override public boolean opensEmpty(Path file) {
        return outputs.has(file.toString());
    }

    @Override public List<Offer> offers(Consumer<Path> open) {
        this.open = open;
        return List.of(outputs.offer(open));
    }

    @Override public boolean opensFolder(Path folder) {
        if (!Files.isDirectory(folder) || PROJECT.stream().anyMatch(name -> Files.exists(folder.resolve(name)))) return false;
        try (Stream<Path> files = Files.list(folder)) {
            return files.limit(10_000).anyMatch(file -> LogNames.logLike(file.getFileName().toString()) && Files.isRegularFile(file));
        } catch (IOException _) {
            return false;
        }
    }

    @Override public String hint() {
        return STRINGS.get("pane.hint");
    }

    @Override public Document open(Path file) {
        if (Files.isDirectory(file)) return new FolderDocument(file, surroundings.tasks(), surroundings.ports(), open);
        return outputs.document(file, new LogDocument(List.of(file), surroundings));
    }

    @Override public boolean shows(Target target) {
        return false;
    }
}
