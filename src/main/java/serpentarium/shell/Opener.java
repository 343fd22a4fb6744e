package serpentarium.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.value.ObservableBooleanValue;
import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.kit.Ports;
import serpentarium.kit.Workpane;
import serpentarium.pack.Unpacked;
import serpentarium.task.Lane;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// Opens files: reads each file's head in the background, asks every pane for a bid, and gives the file to the highest bidder. What no
/// pane wants is reported with every pane's reason.
public final class Opener {
    /// How many files are opened at once; more are refused, because each becomes a tab.
    public static final int LIMIT = 50;

    private static final Strings STRINGS = Strings.of(Opener.class);

    private final List<Workpane> panes;
    private final Tasks tasks;
    private final Ports ports;
    private final Desk desk;
    private final IntegerProperty pending = new SimpleIntegerProperty(this, "pending");
    private final ObservableBooleanValue opening = Bindings.createBooleanBinding(() -> pending.get() > 0, pending);

    /// Where opened files go.
    interface Desk {
        /// Brings the document of this file to the front, if there is one; says whether there is.
        boolean select(Path file);

        /// Opens the file as a new document of a pane and brings it to the front.
        void show(Workpane pane, Path file);
    }

    Opener(List<Workpane> panes, Tasks tasks, Ports ports, Desk desk) {
        this.panes = List.copyOf(panes);
        this.tasks = tasks;
        this.ports = ports;
        this.desk = desk;
    }

    /// True while files are being looked at.
    public ObservableBooleanValue opening() {
        return opening;
    }

    /// Opens files, or brings them to the front when they are open. Problems go to the ports.
    public void open(List<Path> files) {
        open(files, false, () -> {});
    }

    /// Opens what was open last time, then does `after`. Files that are gone are mentioned once, not one by one.
    void restore(List<Path> files, Runnable after) {
        open(files, true, after);
    }

    private void open(List<Path> files, boolean restoring, Runnable after) {
        List<Path> wanted = files.stream().map(file -> file.toAbsolutePath().normalize()).distinct().toList();
        if (wanted.size() > LIMIT) {
            ports.notify(Problem.of(STRINGS, "shell.too-many-files", Place.NOWHERE, wanted.size(), LIMIT));
            return;
        }
        List<Path> unknown = wanted.stream().filter(file -> wanted.size() == 1 ? !desk.select(file) : true).toList();
        if (unknown.isEmpty()) return;
        String title = unknown.size() == 1 ? STRINGS.get("task.open", name(unknown.getFirst())) : STRINGS.get("task.open.many", unknown.size());
        pending.set(pending.get() + 1);
        tasks.submit(TaskSpec.of(title, Lane.IO, context -> look(unknown, context))).whenEnded(state -> {
            ended(state, restoring);
            after.run();
            pending.set(pending.get() - 1);
        });
    }

    private void ended(TaskState<List<Verdict>> state, boolean restoring) {
        switch (state) {
            case TaskState.Done<List<Verdict>>(var verdicts) -> {
                int missing = 0;
                for (Verdict verdict : verdicts) {
                    switch (verdict) {
                        case Verdict.Opens(var pane, var file) -> {
                            if (!desk.select(file)) desk.show(pane, file);
                        }
                        case Verdict.Refused(var problem) -> {
                            if (restoring) missing++;
                            else ports.notify(problem);
                        }
                    }
                }
                if (missing > 0) ports.notify(STRINGS.get("restore.missing", missing));
            }
            case TaskState.Failed<List<Verdict>>(var problem) -> ports.notify(problem);
            case TaskState.Cancelled<List<Verdict>> _, TaskState.Queued<List<Verdict>> _, TaskState.Running<List<Verdict>> _ -> {}
        }
    }

    private List<Verdict> look(List<Path> files, TaskContext context) {
        var verdicts = new ArrayList<Verdict>();
        for (Path file : files) {
            context.checkpoint();
            context.progress(verdicts.size(), files.size(), Progress.Unit.ITEMS);
            try {
                verdicts.add(new Verdict.Opens(bidder(file), file));
            } catch (ProblemException refused) {
                verdicts.add(new Verdict.Refused(refused.problem()));
            }
        }
        return verdicts;
    }

    private Workpane bidder(Path file) {
        Place place = Place.of(file.toString());
        if (Files.notExists(file)) throw new ProblemException(Problem.of(STRINGS, "shell.missing-file", place, name(file)));
        if (Files.isDirectory(file)) {
            Optional<Workpane> pane = panes.stream().filter(each -> each.opensFolder(file)).findFirst();
            return pane.orElseThrow(() -> new ProblemException(Problem.of(STRINGS, "shell.folder", place, name(file))));
        }
        if (!Files.isRegularFile(file)) throw new ProblemException(Problem.of(STRINGS, "shell.not-regular", place, name(file)));
        Head head;
        try {
            head = Head.of(Unpacked.of(Source.of(file)));
        } catch (IOException e) {
            throw new ProblemException(Problem.of(STRINGS, "shell.unreadable-file", place, name(file), reason(e)).causedBy(e));
        }
        if (head.bytes().length == 0) {
            Optional<Workpane> pane = panes.stream().filter(each -> each.opensEmpty(file)).findFirst();
            return pane.orElseThrow(() -> new ProblemException(Problem.of(STRINGS, "shell.empty-file", place, name(file))));
        }
        return highest(head).orElseThrow(() -> new ProblemException(unknown(head, file)));
    }

    private Optional<Workpane> highest(Head head) {
        Workpane best = null;
        int strength = 0;
        for (Workpane pane : panes) {
            if (pane.sniff(head) instanceof Bid.Yes(int bid) && bid > strength) {
                best = pane;
                strength = bid;
            }
        }
        return Optional.ofNullable(best);
    }

    private Problem unknown(Head head, Path file) {
        var reasons = new StringBuilder();
        for (Workpane pane : panes) {
            if (!(pane.sniff(head) instanceof Bid.No(String reason))) continue;
            if (!reasons.isEmpty()) reasons.append('\n');
            reasons.append(pane.title()).append(":\n  ").append(reason.strip().replace("\n", "\n  "));
        }
        return Problem.of(STRINGS, "shell.unknown-file", Place.of(file.toString()), name(file), reasons);
    }

    private static String reason(IOException e) {
        return switch (e) {
            case java.nio.file.AccessDeniedException _ -> STRINGS.get("reason.denied");
            case java.nio.file.FileSystemException f when f.getReason() != null -> f.getReason();
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }

    private static String name(Path file) {
        return file.getFileName() == null ? file.toString() : file.getFileName().toString();
    }

    private sealed interface Verdict {
        record Opens(Workpane pane, Path file) implements Verdict {}

        record Refused(Problem problem) implements Verdict {}
    }
}
