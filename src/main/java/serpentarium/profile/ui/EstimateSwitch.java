package serpentarium.profile.ui;

import java.util.List;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.StackPane;
import org.controlsfx.control.SegmentedButton;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.profile.analysis.EstimateMode;

/// How the tree of a file that knows callers only is made: what it proves, an estimate, or the exact edges of one function.
final class EstimateSwitch extends StackPane {
    private static final Strings STRINGS = Strings.of(EstimateSwitch.class);

    private final ProfileViewModel model;
    private final ToggleButton exact = button("exact");
    private final ToggleButton estimated = button("estimated");
    private final ToggleButton edges = button("edges");

    EstimateSwitch(ProfileViewModel model) {
        this.model = model;
        var group = new SegmentedButton(exact, estimated, edges);
        // The group gets its buttons only with the skin, which is too late for what is chosen before.
        for (ToggleButton button : List.of(exact, estimated, edges)) button.setToggleGroup(group.getToggleGroup());
        setMinWidth(USE_PREF_SIZE);
        getChildren().add(group);
        model.estimateMode().subscribe(this::follow);
        group.getToggleGroup().selectedToggleProperty().addListener((_, before, now) -> {
            if (now == null) before.setSelected(true);
            else use(now == exact ? EstimateMode.EXACT_ONLY : now == estimated ? EstimateMode.ESTIMATED : edges());
        });
    }

    private static ToggleButton button(String id) {
        var button = new ToggleButton(STRINGS.get("estimate." + id));
        button.setId("estimate-" + id);
        button.setMinWidth(USE_PREF_SIZE);
        button.setTooltip(new Tooltip(STRINGS.get("estimate." + id + "-tip")));
        return button;
    }

    private EstimateMode edges() {
        return new EstimateMode.EdgesOf(model.selected().get());
    }

    private void use(EstimateMode mode) {
        boolean both = mode instanceof EstimateMode.EdgesOf && model.estimateMode().get() instanceof EstimateMode.EdgesOf;
        if (!both) model.estimateMode().set(mode);
    }

    private void follow(EstimateMode mode) {
        switch (mode) {
            case EstimateMode.Whole whole -> (whole == EstimateMode.Whole.EXACT_ONLY ? exact : estimated).setSelected(true);
            case EstimateMode.EdgesOf _ -> edges.setSelected(true);
        }
    }

    /// The same as commands.
    List<Command> commands() {
        return List.of(
                Command.of("profile.estimate.exact", STRINGS.get("estimate.command.exact"), null, null, () -> use(EstimateMode.EXACT_ONLY)),
                Command.of("profile.estimate.estimated", STRINGS.get("estimate.command.estimated"), null, null, () -> use(EstimateMode.ESTIMATED)),
                Command.of("profile.estimate.edges", STRINGS.get("estimate.command.edges"), null, null, () -> use(edges())));
    }
}
