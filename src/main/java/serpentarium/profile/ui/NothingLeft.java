package serpentarium.profile.ui;

import javafx.scene.layout.StackPane;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.EmptyState;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.Slice;

/// Stands over the views where nothing is left to show, says why, and offers the way back.
final class NothingLeft extends StackPane {
    private static final Strings STRINGS = Strings.of(NothingLeft.class);

    private final ProfileViewModel model;

    NothingLeft(ProfileViewModel model) {
        this.model = model;
        getStyleClass().add("nothing-left");
        model.analysis().subscribe(this::show);
    }

    private void show(Analysis now) {
        boolean threads = now != null && now.slice().threads().isEmpty();
        boolean filters = now != null && now.tree().size() == 1 && !now.slice().filters().isEmpty();
        setVisible(threads || filters);
        setManaged(threads || filters);
        if (threads) {
            getChildren().setAll(new EmptyState("fth-layers", STRINGS.get("nothing.threads"), STRINGS.get("nothing.threads-text"),
                    Command.of("profile.threads.all", STRINGS.get("threads.all"), "fth-layers", null, () -> model.threads().set(Slice.allThreads(model.profile())))));
        } else if (filters) {
            getChildren().setAll(new EmptyState("fth-filter", STRINGS.get("nothing.filters"),
                    STRINGS.get("nothing.filters-text", now.slice().eventInfo().format(now.whole())),
                    Command.of("profile.filter.clear-all", STRINGS.get("filter.command.clear"), "fth-x-circle", null, model.filters()::clear),
                    Command.of("profile.filter.undo-last", STRINGS.get("filter.command.undo"), "fth-corner-up-left", null, model.filters().canUndo(),
                            model.filters()::undo)));
        }
    }
}
