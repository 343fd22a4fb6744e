package serpentarium.log.ui;

import java.util.List;
import serpentarium.kit.Command;
import serpentarium.log.ui.LogPane.Surroundings;
import serpentarium.log.ui.ask.AskView;
import serpentarium.log.ui.ask.AskViewModel;
import serpentarium.log.ui.ask.CostView;
import serpentarium.log.ui.list.LogList;

/// The questions to a log, and what its statements cost, beside it.
final class LogAsking {
    private final AskViewModel model;
    private final AskView view;
    private final SidePanel panel;
    private final List<Command> commands;

    LogAsking(OpenLog log, LogList list, LogFiltering filtering, SidePanel panel, Surroundings with) {
        model = new AskViewModel(log.lines(), log.records(), with.tasks(), with.settings(), with.ports()::notify);
        view = new AskView(model, log.records().zone(), with.theme(), with.ports(), list::go, filter -> filtering.model().restrict(filter, false));
        this.panel = panel;
        var costs = new CostView(model, with.ports(), filter -> filtering.model().restrict(filter, false), this::ask);
        commands = List.of(panel.add("ask", view, "fth-help-circle", "Shortcut+Shift+Q"), panel.add("cost", costs, "fth-bar-chart-2", null));
    }

    /// Asks a question and shows the answer.
    void ask(String question) {
        panel.show("ask");
        view.ask(question);
    }

    AskViewModel model() {
        return model;
    }

    AskView view() {
        return view;
    }

    List<Command> commands() {
        return commands;
    }

    void close() {
        model.close();
    }
}
