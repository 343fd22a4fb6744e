package serpentarium.profile.ui;

import java.nio.file.Path;
import java.util.Set;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import serpentarium.base.Problem;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.Profile;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.ComparedEvents;
import serpentarium.profile.analysis.Comparison;
import serpentarium.profile.analysis.Slice;
import serpentarium.profile.analysis.TreeComparison;
import serpentarium.profile.engine.ProfileReader;
import serpentarium.task.Lane;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// Two profiles that are compared: one that is open and one that is read for it. Work runs as tasks; everything is read and changed on the
/// window's thread.
final class CompareModel {
    private static final Strings STRINGS = Strings.of(CompareModel.class);

    private final Side open;
    private final Path otherFile;
    private final Tasks tasks;
    private final ObjectProperty<Comparison.Norm> norm = new SimpleObjectProperty<>(this, "norm", Comparison.Norm.NONE);
    private final ReadOnlyObjectWrapper<Compared> compared = new ReadOnlyObjectWrapper<>(this, "compared");
    private final ReadOnlyObjectWrapper<Problem> problem = new ReadOnlyObjectWrapper<>(this, "problem");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(this, "busy", true);
    private final Object key = new Object();
    private final ProfileReader reader;
    private TaskHandle<Profile> reading;
    private Side other;
    private boolean swapped;
    private TaskHandle<Compared> running;

    /// A profile and the file it came from.
    ///
    /// @param file    its file
    /// @param profile what was read
    record Named(Path file, Profile profile) {}

    /// A profile with what is chosen of it.
    ///
    /// @param named   the profile
    /// @param event   which of its events, as an index
    /// @param threads which of its threads
    record Side(Named named, IntegerProperty event, ObjectProperty<Set<Integer>> threads) {
        private Side(Named named) {
            this(named, new SimpleIntegerProperty(named.profile, "event"), new SimpleObjectProperty<>(named.profile, "threads", Slice.allThreads(named.profile)));
        }

        private Slice slice() {
            return new Slice(named.profile, event.get(), threads.get());
        }
    }

    /// What was computed.
    ///
    /// @param a          the one before
    /// @param b          the one after
    /// @param comparison their functions
    /// @param analysis   what is shown of B
    /// @param trees      what changed in B's tree
    record Compared(Side a, Side b, Comparison comparison, Analysis analysis, TreeComparison trees) {}

    /// Nothing is read before [#start()].
    CompareModel(Path file, Profile profile, Path otherFile, ProfileReader reader, Tasks tasks) {
        this.open = new Side(new Named(file, profile));
        this.otherFile = otherFile;
        this.reader = reader;
        this.tasks = tasks;
        norm.addListener(_ -> compare());
    }

    /// Begins to read the other one.
    void start() {
        reading = tasks.submit(TaskSpec.of(STRINGS.get("document.reading", otherFile.getFileName()), Lane.IO, context -> reader.read(Source.of(otherFile), context)));
        reading.whenEnded(this::read);
    }

    private void read(TaskState<Profile> state) {
        switch (state) {
            case TaskState.Done<Profile>(Profile profile) -> {
                other = new Side(new Named(otherFile, profile));
                ComparedEvents first = ComparedEvents.of(open.named.profile, profile);
                open.event.set(first.a());
                other.event.set(first.b());
                follow(open, other);
                follow(other, open);
                compare();
            }
            case TaskState.Failed<Profile>(Problem why) -> failed(why);
            case TaskState.Cancelled<Profile> _, TaskState.Queued<Profile> _, TaskState.Running<Profile> _ -> busy.set(false);
        }
    }

    /// Another event of one is compared with that of the same name of the other, where it has one.
    private void follow(Side one, Side two) {
        one.threads.addListener(_ -> compare());
        one.event.addListener(_ -> {
            var events = two.named.profile.info().events();
            String name = one.named.profile.info().events().get(one.event.get()).name();
            for (int e = 0; e < events.size(); e++) {
                if (!events.get(e).name().equals(name) || e == two.event.get()) continue;
                two.event.set(e);
                return;
            }
            compare();
        });
    }

    private void failed(Problem why) {
        busy.set(false);
        problem.set(why);
    }

    /// How costs are made comparable.
    ObjectProperty<Comparison.Norm> norm() {
        return norm;
    }

    /// What is shown; null until it is there. The old one stays while a new one is computed.
    ReadOnlyObjectProperty<Compared> compared() {
        return compared.getReadOnlyProperty();
    }

    /// Why nothing can be shown, or null.
    ReadOnlyObjectProperty<Problem> problem() {
        return problem.getReadOnlyProperty();
    }

    /// Whether something is being read or computed.
    ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /// Makes A of B and B of A.
    void swap() {
        swapped = !swapped;
        compare();
    }

    private void compare() {
        if (other == null) return;
        Side a = swapped ? other : open;
        Side b = swapped ? open : other;
        Slice sliceA = a.slice();
        Slice sliceB = b.slice();
        Comparison.Norm wanted = norm.get();
        busy.set(true);
        running = tasks.submit(TaskSpec.of(STRINGS.get("compare.task"), Lane.CPU, context -> {
            Analysis before = Analysis.of(sliceA, context);
            Analysis after = Analysis.of(sliceB, context);
            Comparison comparison = Comparison.of(Comparison.Side.of(before), Comparison.Side.of(after), wanted);
            return new Compared(a, b, comparison, after, TreeComparison.of(comparison, before.tree(), after.tree(), context));
        }).latest(key));
        running.whenEnded(state -> {
            switch (state) {
                case TaskState.Done<Compared>(Compared value) -> {
                    busy.set(false);
                    compared.set(value);
                }
                case TaskState.Failed<Compared>(Problem why) -> failed(why);
                case TaskState.Cancelled<Compared> _, TaskState.Queued<Compared> _, TaskState.Running<Compared> _ -> { }
            }
        });
    }

    /// Cancels what runs.
    void close() {
        if (reading != null) reading.cancel();
        if (running != null) running.cancel();
    }
}
