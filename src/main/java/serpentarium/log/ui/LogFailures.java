package serpentarium.log.ui;

import java.util.function.Consumer;
import serpentarium.log.engine.FailureGroup;
import serpentarium.log.ui.LogPane.Surroundings;
import serpentarium.log.ui.failure.FailureStrip;
import serpentarium.log.ui.failure.FailuresView;
import serpentarium.log.ui.failure.FailuresViewModel;
import serpentarium.log.ui.list.LogList;

/// The failures of a log where they are seen: above the record that carries one, and in a list of their own.
final class LogFailures {
    private final FailuresViewModel model;
    private final FailuresView view;
    private final FailureStrip strip;

    /// @param shown brings the list of failures to the front
    LogFailures(OpenLog log, LogList list, DetailSide side, Surroundings with, Runnable shown) {
        model = new FailuresViewModel(log.indexes(), with.tasks(), with.ports()::notify);
        view = new FailuresView(model, log.records().zone(), with.ports(), with.settings(), list::go);
        strip = new FailureStrip(model, log.records().zone(), side::first, list::go, group -> {
            shown.run();
            if (group != null) view.select(group);
        });
        side.detail().say(strip);
        side.whenShown(strip::update);
    }

    /// Tells the most frequent failure, as soon as one is known.
    void whenFound(Consumer<FailureGroup> then) {
        if (!model.groups().get().isEmpty()) {
            then.accept(model.groups().get().getFirst());
            return;
        }
        model.groups().addListener(new javafx.beans.InvalidationListener() {
            @Override public void invalidated(javafx.beans.Observable groups) {
                if (model.groups().get().isEmpty()) return;
                groups.removeListener(this);
                then.accept(model.groups().get().getFirst());
            }
        });
    }

    FailuresViewModel model() {
        return model;
    }

    FailuresView view() {
        return view;
    }

    FailureStrip strip() {
        return strip;
    }
}
