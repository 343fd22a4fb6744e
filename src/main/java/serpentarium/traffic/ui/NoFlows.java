package serpentarium.traffic.ui;

import java.util.List;
import javafx.scene.layout.StackPane;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.EmptyState;
import serpentarium.traffic.FlowTable;

/// What stands in the list while it shows no flow: what keeps them out, with a button for each to take it away.
final class NoFlows extends StackPane {
    private static final Strings STRINGS = Strings.of(NoFlows.class);

    private final TrafficViewModel model;
    private List<Object> said;

    NoFlows(TrafficViewModel model) {
        this.model = model;
        setId("no-flows");
        setMinSize(0, 0);
        model.busy().addListener(_ -> say());
        model.changes().addListener(_ -> say());
        model.shown().addListener(_ -> say());
        model.masked().addListener(_ -> say());
        say();
    }

    private void say() {
        if (model.shown().get().size() > 0) return;
        FlowTable table = model.table().get();
        List<Restriction> all = Restriction.all(model);
        boolean busy = model.busy().get();
        List<Object> next = List.of(busy, table.size(), all.stream().map(Restriction::text).toList());
        if (next.equals(said)) return;
        said = next;
        if (busy) getChildren().clear();
        else if (table.size() == 0) getChildren().setAll(new EmptyState("fth-activity", STRINGS.get("list.none"), ""));
        else if (all.isEmpty()) getChildren().setAll(new EmptyState("fth-trash-2", STRINGS.get("list.all-deleted"), STRINGS.get("list.all-deleted-text")));
        else getChildren().setAll(new EmptyState("fth-filter", STRINGS.get("list.no-match"), STRINGS.get(all.size() == 1 ? "list.hidden-by" : "list.hidden-by-all",
                    all.getFirst().text(), Quantity.count((long) table.size())), all.stream().map(NoFlows::command).toArray(Command[]::new)));
    }

    private static Command command(Restriction restriction) {
        return Command.of("traffic.clear", STRINGS.get("restriction.clear", restriction.text()), restriction.icon(), null, restriction.clear());
    }
}
