package serpentarium.traffic.ui;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.StackPane;
import javafx.util.Subscription;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.traffic.analysis.rule.Rule;
import serpentarium.traffic.engine.OpenTraffic;
import serpentarium.traffic.engine.TrafficReader;
import serpentarium.traffic.engine.watch.LiveSession;
import serpentarium.traffic.ui.TrafficPane.Surroundings;
import serpentarium.traffic.ui.live.ClientsView;
import serpentarium.traffic.ui.live.ClientsViewModel;
import serpentarium.traffic.ui.live.PacketsForm;
import serpentarium.traffic.ui.live.PacketsViewModel;
import serpentarium.traffic.ui.rule.RulesView;
import serpentarium.traffic.ui.rule.RulesViewModel;
import serpentarium.traffic.ui.watch.FirstSteps;
import serpentarium.traffic.ui.watch.HeldView;
import serpentarium.traffic.ui.watch.LiveBar;
import serpentarium.traffic.ui.watch.LiveViewModel;

/// What a document shows besides the views of a session while that is live.
final class LiveViews {
    private static final Strings STRINGS = Strings.of(LiveViews.class);

    private final LiveSession live;
    private final Surroundings with;
    private final TrafficPane.Places places;
    private final LiveViewModel model;
    private final LiveBar bar;
    private final FirstSteps steps;
    private final List<Command> commands;
    private final ClientsViewModel clients;
    private final ClientsView clientsView;
    private final PacketsViewModel packets;
    private final PacketsForm packetsForm;
    private final RulesView rulesView;
    private final HeldView held;
    private final Subscription ruling;
    private final LiveSending sending;
    private TrafficView attached;
    private Runnable leave = () -> { };
    private int captures;

    /// @param rules what changes traffic, the same in all live sessions
    LiveViews(LiveSession live, Surroundings with, TrafficPane.Places places, RulesViewModel rules, TrafficReader reader) {
        this.live = live;
        this.with = with;
        this.places = places;
        model = new LiveViewModel(live, with.tasks());
        model.problem().addListener((_, _, problem) -> {
            if (problem != null) with.ports().notify(problem);
        });
        bar = new LiveBar(model, with.ports(), with.settings());
        Command shell = Command.of("traffic.open-shell", STRINGS.get("live.shell"), "fth-terminal", null, this::openShell);
        Command lines = Command.of("traffic.copy-variables", STRINGS.get("live.variables"), "fth-clipboard", null, this::copyVariables);
        Command run = Command.of("traffic.clients", STRINGS.get("live.run"), "fth-play", null, () -> bring("clients"));
        Command capture = Command.of("traffic.packets", STRINGS.get("live.capture"), "fth-share-2", null, () -> bring("packets"));
        Command change = Command.of("traffic.rules", STRINGS.get("live.change"), "fth-shuffle", null, () -> bring("rules"));
        sending = new LiveSending(live, with, () -> bring("send"), () -> rules.rules().stream().anyMatch(Rule::on));
        commands = new ArrayList<>(List.of(shell, lines, run, capture, change));
        commands.addAll(sending.commands());
        steps = new FirstSteps(model, with.ports(), shell, lines, run, capture);
        clients = new ClientsViewModel(new ClientsViewModel.Places(places.authority(), places.trust(), Path.of(System.getProperty("user.home", ".")), System.getenv()),
                with.tasks(), with.fx());
        clientsView = new ClientsView(clients, with.ports());
        packets = new PacketsViewModel(with.tasks(), this::destination, with.fx());
        packetsForm = new PacketsForm(packets, with.ports());
        rulesView = new RulesView(rules, with.ports());
        held = new HeldView(live.proxy().held(), with.fx());
        live.proxy().recordings(reader);
        ruling = rules.book().subscribe(live.proxy()::rules);
        bar.offerHeld(held.count(), () -> bring("held"));
        model.remembered(with.settings());
        model.addUsual();
    }

    /// What the document shows: the session that grows.
    OpenTraffic opened() {
        return new OpenTraffic(live.session(), TrafficReader.SESSION, null);
    }

    /// Above everything else.
    Node bar() {
        return bar;
    }

    /// In place of the views while nothing has come.
    Node steps() {
        return steps;
    }

    /// What can be done besides what can be done with every session.
    List<Command> commands() {
        return commands;
    }

    /// To be called some times a second.
    void pulse() {
        model.pulse();
        sending.pulse();
        Optional<URI> proxy = model.forward().map(entry -> URI.create("http://" + entry.address()));
        if (!proxy.equals(clients.proxy().get())) clients.proxy().set(proxy);
    }

    private synchronized PacketsViewModel.Destination.Place destination() {
        return new PacketsViewModel.Destination.Place(live.session(), live.folder().resolve("packets-" + ++captures));
    }

    /// Adds its views to those of the session.
    void attach(TrafficView view) {
        attached = view;
        var padded = new StackPane(packetsForm);
        padded.getStyleClass().add("live-page");
        padded.getStylesheets().add(LiveBar.class.getResource("watch.css").toExternalForm());
        var scrolled = new ScrollPane(padded);
        scrolled.setFitToWidth(true);
        sending.attach(view);
        view.add("rules", "fth-shuffle", STRINGS.get("live.rules"), rulesView);
        view.add("held", "fth-pause", STRINGS.get("live.held"), held);
        view.add("packets", "fth-share-2", STRINGS.get("live.packets"), scrolled);
        view.add("clients", "fth-users", STRINGS.get("live.clients"), clientsView);
        clients.look();
    }

    private void bring(String name) {
        if (attached == null) return;
        leave.run();
        attached.showView(name);
    }

    /// What is done before a view is brought to the front: first steps make room.
    void whenLeft(Runnable run) {
        leave = run;
    }

    private void failed(Problem problem) {
        with.ports().notify(problem);
    }

    private void listening(Runnable then) {
        if (model.forward().isPresent()) then.run();
        else with.ports().notify(STRINGS.get("live.nothing-listens"));
    }

    private void openShell() {
        listening(() -> clients.openShell(this::failed));
    }

    private void copyVariables() {
        listening(() -> clients.lines(lines -> {
            with.ports().copy(lines);
            with.ports().notify(STRINGS.get("live.copied"));
        }, this::failed));
    }

    /// Stops what listens, then closes the session, which stays.
    void close() throws IOException {
        ruling.unsubscribe();
        sending.close();
        held.close();
        live.proxy().held().proceedAll();
        clients.close();
        packets.stop();
        live.close();
    }
}
