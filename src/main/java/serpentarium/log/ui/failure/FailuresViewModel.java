package serpentarium.log.ui.failure;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Rerun;
import serpentarium.log.engine.FailureGroup;
import serpentarium.log.engine.FailureIndex;
import serpentarium.log.engine.LogLines.Spot;
import serpentarium.log.engine.RecordIndexes;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.Tasks;

/// What failed in a log, as far as it is known.
public final class FailuresViewModel {
    private static final Strings STRINGS = Strings.of(FailuresViewModel.class);

    private final FailureIndex index;
    private final ReadOnlyObjectWrapper<List<FailureGroup>> groups = new ReadOnlyObjectWrapper<>(this, "groups", List.of());
    private final ReadOnlyLongWrapper count = new ReadOnlyLongWrapper(this, "count");
    private final ReadOnlyBooleanWrapper settled = new ReadOnlyBooleanWrapper(this, "settled", true);
    private final Rerun<List<FailureGroup>> looking;

    /// @param problems is told what keeps failures from being read
    public FailuresViewModel(RecordIndexes records, Tasks tasks, Consumer<Problem> problems) {
        index = new FailureIndex(records);
        looking = new Rerun<>(tasks, () -> TaskSpec.of(STRINGS.get("task"), Lane.CPU, context -> index.extend(context) ? index.groups() : null).hidden(), this::show, problems);
    }

    private void show(List<FailureGroup> found) {
        settled.set(!looking.running());
        if (found == null) return;
        groups.set(found);
        count.set(found.stream().mapToLong(FailureGroup::count).sum());
    }

    /// Looks at what the records' index has got to know. To be called when that has grown.
    public void look() {
        settled.set(false);
        looking.news();
    }

    /// What failed, the most frequent first.
    public ReadOnlyObjectProperty<List<FailureGroup>> groups() {
        return groups.getReadOnlyProperty();
    }

    /// How many tracebacks there are in all.
    public ReadOnlyLongProperty count() {
        return count.getReadOnlyProperty();
    }

    /// Whether all that was to be looked at has been.
    public ReadOnlyBooleanProperty settled() {
        return settled.getReadOnlyProperty();
    }

    /// The failure of the record that begins with a line.
    public Optional<FailureGroup> at(Spot spot) {
        OptionalLong fingerprint = index.at(spot);
        if (fingerprint.isEmpty()) return Optional.empty();
        return groups.get().stream().filter(group -> group.fingerprint() == fingerprint.getAsLong()).findFirst();
    }

    /// Where the same failure was seen next, or before.
    public Optional<Spot> next(Spot from, FailureGroup group, boolean forward) {
        return index.next(from, group.fingerprint(), forward);
    }

    /// Stops what runs.
    public void close() {
        looking.close();
    }
}
