package serpentarium.traffic.ui;

import java.util.ArrayList;
import java.util.List;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.analysis.FilterParser;
import serpentarium.traffic.analysis.FlowFilter;
import serpentarium.traffic.analysis.FlowScope;
import serpentarium.traffic.analysis.Secrets;

/// Something that keeps flows out of the list.
///
/// @param text  what it is, for a person
/// @param icon  an Ikonli code
/// @param clear takes it away
record Restriction(String text, String icon, Runnable clear) {
    private static final Strings STRINGS = Strings.of(Restriction.class);
    private static final int LONGEST = 80;

    /// What was picked in the tree and brushed in the charts.
    static List<Restriction> parts(TrafficViewModel model) {
        var all = new ArrayList<Restriction>();
        if (!(model.scope().get() instanceof FlowScope.All))
            all.add(new Restriction(shown(model, picked(model.table().get(), model.scope().get())), "fth-git-branch", () -> model.scope().set(new FlowScope.All())));
        if (model.brush().get() != null)
            all.add(new Restriction(shown(model, picked(model.table().get(), model.brush().get())), "fth-bar-chart-2", () -> model.brush().set(null)));
        return all;
    }

    /// These and the filter.
    static List<Restriction> all(TrafficViewModel model) {
        var all = new ArrayList<Restriction>();
        boolean filtered = model.parsed().get() instanceof FilterParser.Result.Parsed(FlowFilter filter) && !(filter instanceof FlowFilter.All);
        if (filtered) all.add(new Restriction(STRINGS.get("restriction.filter", model.filterText().get().strip()), "fth-filter", () -> model.filterText().set("")));
        all.addAll(parts(model));
        return all;
    }

    private static String shown(TrafficViewModel model, String text) {
        String seen = model.masked().get() ? Secrets.maskUrl(text) : text;
        return seen.length() <= LONGEST ? seen : seen.substring(0, LONGEST / 2) + "…" + seen.substring(seen.length() - LONGEST / 2);
    }

    private static String picked(FlowTable table, FlowScope scope) {
        return switch (scope) {
            case FlowScope.All _ -> STRINGS.get("tree.all");
            case FlowScope.Host(int origin) -> origin < 0 ? STRINGS.get("restriction.no-host") : table.text(origin);
            case FlowScope.PathOf(int origin, String path, boolean below) -> (origin < 0 ? "" : table.text(origin)) + path + (below ? "…" : "");
            case FlowScope.Connection(int number) -> number < 0 ? STRINGS.get("restriction.no-connection") : STRINGS.get("restriction.connection", number + 1);
            case FlowScope.Process(int number) -> number < 0 ? STRINGS.get("restriction.no-process") : table.text(number);
            case FlowScope.Caused(int parent) -> STRINGS.get("restriction.caused", table.title(parent));
            case FlowScope.Brushed(double from, double to, double least, double most) ->
                    FlowText.clock(from) + "–" + FlowText.clock(to) + ", " + Quantity.time(least) + "–" + Quantity.time(most);
            case FlowScope.Both(FlowScope picked, FlowScope.Brushed brushed) -> picked(table, picked) + ", " + picked(table, brushed);
        };
    }
}
