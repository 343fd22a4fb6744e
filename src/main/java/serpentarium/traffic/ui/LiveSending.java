package serpentarium.traffic.ui;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.traffic.engine.resend.Draft;
import serpentarium.traffic.engine.watch.LiveSession;
import serpentarium.traffic.ui.TrafficPane.Surroundings;
import serpentarium.traffic.ui.resend.SendView;
import serpentarium.traffic.ui.resend.SendViewModel;

/// Sending from a live session: the selected request again, edited, many times, or one that is composed. What comes of it is shown like any other flow.
final class LiveSending {
    private static final Strings STRINGS = Strings.of(LiveSending.class);

    private final LiveSession live;
    private final Surroundings with;
    private final Runnable bring;
    private final SendViewModel model;
    private final SendView view;
    private TrafficView attached;
    private String wanted;

    /// @param bring shows where requests are written
    /// @param rules whether there are rules that are on
    LiveSending(LiveSession live, Surroundings with, Runnable bring, BooleanSupplier rules) {
        this.live = live;
        this.with = with;
        this.bring = bring;
        model = new SendViewModel(live.session(), live.proxy()::send, with.tasks(), with.fx(), with.settings(), rules);
        model.shown().addListener((_, _, id) -> wanted = id);
        view = new SendView(model, with.ports(), Command.of("traffic.send-compare", STRINGS.get("sending.compare"), "fth-columns", null, this::compare));
    }

    private Command command(String id, String icon, String keys, Runnable run) {
        return Command.of("traffic." + id, STRINGS.get("sending." + id), icon, keys, run);
    }

    /// What can be done, for the window.
    List<Command> commands() {
        return List.of(command("send-again", "fth-repeat", "Shortcut+R", this::again), command("send-edit", "fth-edit", "Shortcut+E", () -> edit(false)),
                command("send-repeat", "fth-layers", "Shortcut+Shift+R", () -> edit(true)), command("compose", "fth-send", "Shortcut+N", this::compose),
                command("compare-original", "fth-columns", null, this::compare));
    }

    /// Adds where requests are written to the views of a session.
    void attach(TrafficView to) {
        attached = to;
        to.add("send", "fth-send", STRINGS.get("sending.view"), view);
        to.offer(commands().stream().filter(each -> !each.id().equals("traffic.compose"))
                .map(each -> Command.of(each.id(), each.text(), each.icon(), null, to.selected(1), each.run())).toList());
    }

    /// Shows what was sent as soon as it is there; to be called some times a second.
    void pulse() {
        if (wanted == null || attached == null) return;
        int row = live.session().row(wanted);
        if (row < 0 || row >= attached.model().table().get().size()) return;
        wanted = null;
        attached.model().selected().set(row);
    }

    private int row() {
        int row = attached == null ? -1 : attached.model().selected().get();
        if (row < 0) with.ports().notify(STRINGS.get("sending.select"));
        return row;
    }

    private void failed(Problem problem) {
        with.ports().notify(problem);
    }

    private void again() {
        int row = row();
        if (row < 0) return;
        if (model.busy().get()) with.ports().notify(STRINGS.get("sending.busy"));
        else model.again(row, this::failed);
    }

    private void edit(boolean times) {
        int row = row();
        if (row < 0) return;
        model.load(row, () -> {
            if (times) {
                model.count().set("10");
                model.atOnce().set("2");
            } else model.count().set("1");
            bring.run();
            view.begin(times);
        }, this::failed);
    }

    private void compose() {
        model.load(Draft.empty());
        model.count().set("1");
        bring.run();
        view.begin(false);
    }

    /// Shows the selected flow beside the one that its request was made from.
    private void compare() {
        int row = row();
        if (row < 0) return;
        with.tasks().submit(TaskSpec.of(STRINGS.get("sending.compare"), Lane.IO, _ -> original(row)).hidden()).whenEnded(state -> {
            if (!(state instanceof TaskState.Done<Integer>(Integer from))) return;
            if (from < 0) with.ports().notify(STRINGS.get("sending.no-original"));
            else attached.instead(new CompareFlows(live.session(), from, live.session(), row, attached.model().masked(), with, () -> attached.instead(null)));
        });
    }

    private int original(int row) throws IOException {
        byte[] id = live.session().flow(row).extras().get(Draft.ORIGINAL);
        return id == null ? -1 : live.session().row(new String(id, StandardCharsets.UTF_8));
    }

    /// Breaks off what is on its way.
    void close() {
        model.cancel();
    }
}
