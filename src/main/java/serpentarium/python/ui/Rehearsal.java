package serpentarium.python.ui;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import serpentarium.kit.Settings;
import serpentarium.python.ui.VersionsPane.Surroundings;
import serpentarium.task.InlineTasks;

/// Makes the pane once where nobody sees it, on the caller's thread: the first that a person opens then finds its classes loaded and its loops compiled.
/// Nothing is read, started or remembered for it.
final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final int TIMES = 2;

    private final Pythons pythons;
    private final Surroundings with;

    /// @param pythons what is known already
    /// @param with    what the pane has
    Rehearsal(Pythons pythons, Surroundings with) {
        this.pythons = pythons;
        var idle = new InlineTasks();
        idle.shutdown(Duration.ZERO);
        this.with = new Surroundings(idle, with.ports(), new Forgetful(), with.fx(), with.environment(), with.state());
    }

    /// Does it.
    ///
    /// @param wanted asked before each time; false ends it, as when a person opens the pane: both would wait for each other
    void run(BooleanSupplier wanted) {
        for (int i = 0; i < TIMES && wanted.getAsBoolean(); i++) once();
    }

    private void once() {
        // Not styled: style sheets are looked up in what the window's own thread is using at the same moment.
        VersionsDocument document = VersionsDocument.still(pythons.home(), pythons, with);
        document.view();
        document.close();
    }

    /// Settings that hold nothing and keep nothing: a window that nobody sees has no size to remember.
    private static final class Forgetful implements Settings {
        @Override public Optional<String> text(String key) {
            return Optional.empty();
        }

        @Override public Optional<Double> number(String key) {
            return Optional.empty();
        }

        @Override public List<String> texts(String key) {
            return List.of();
        }

        @Override public void put(String key, String value) {
            LOG.trace("{} is not kept", key);
        }

        @Override public void put(String key, double value) {
            LOG.trace("{} is not kept", key);
        }

        @Override public void put(String key, List<String> values) {
            LOG.trace("{} is not kept", key);
        }

        @Override public void remove(String key) {
            LOG.trace("{} is not kept", key);
        }
    }
}
