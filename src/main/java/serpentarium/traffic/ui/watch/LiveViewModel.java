package serpentarium.traffic.ui.watch;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.kit.Settings;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;
import serpentarium.traffic.engine.proxy.Listener;
import serpentarium.traffic.engine.proxy.ListenerSpec;
import serpentarium.traffic.engine.proxy.ProxyOptions;
import serpentarium.traffic.engine.watch.LiveSession;

/// The listeners of a live session: started, stopped, counted.
public final class LiveViewModel {
    /// The port that is tried first, as other proxies do.
    public static final int USUAL_PORT = 8080;

    private static final Strings STRINGS = Strings.of(LiveViewModel.class);

    private final LiveSession live;
    private final Tasks tasks;
    private final ObservableList<ListenerEntry> listeners = FXCollections.observableArrayList();
    private final ObservableList<ListenerEntry> shown = FXCollections.unmodifiableObservableList(listeners);
    private final ReadOnlyObjectWrapper<Problem> problem = new ReadOnlyObjectWrapper<>(this, "problem");
    private boolean failed;

    public LiveViewModel(LiveSession live, Tasks tasks) {
        this.live = live;
        this.tasks = tasks;
    }

    /// What listens and what did.
    public ObservableList<ListenerEntry> listeners() {
        return shown;
    }

    /// What went wrong last; null for nothing.
    public ReadOnlyObjectProperty<Problem> problem() {
        return problem.getReadOnlyProperty();
    }

    /// The first forward proxy that runs.
    public Optional<ListenerEntry> forward() {
        return listeners.stream().filter(each -> each.running() && each.spec() instanceof ListenerSpec.Forward).findFirst();
    }

    /// Adds a forward proxy at the usual port, or at any other where that is taken.
    public void addUsual() {
        add(new ListenerSpec.Forward(ListenerSpec.LOOPBACK, USUAL_PORT), () -> {
            try {
                return live.proxy().start(new ListenerSpec.Forward(ListenerSpec.LOOPBACK, USUAL_PORT));
            } catch (ProblemException e) {
                return live.proxy().start(new ListenerSpec.Forward(ListenerSpec.LOOPBACK, 0));
            }
        });
    }

    /// Adds a listener and starts it.
    public void add(ListenerSpec spec) {
        add(spec, () -> live.proxy().start(spec));
    }

    private void add(ListenerSpec spec, Callable<Listener> start) {
        ListenerEntry entry = ListenerEntry.of(spec).busy();
        listeners.add(entry);
        submit(spec, start);
    }

    /// Starts one that is stopped, or stops one that runs.
    public void toggle(ListenerEntry entry) {
        if (entry.starting() || !listeners.contains(entry)) return;
        if (entry.running()) stop(entry, false);
        else {
            change(entry.spec(), ListenerEntry::busy);
            submit(entry.spec(), () -> live.proxy().start(entry.spec()));
        }
    }

    /// Stops a listener and takes it off the list.
    public void remove(ListenerEntry entry) {
        if (entry.running()) stop(entry, true);
        else listeners.remove(entry);
    }

    private void submit(ListenerSpec spec, Callable<Listener> start) {
        tasks.submit(TaskSpec.of(STRINGS.get("task.start"), Lane.IO, _ -> start.call()).hidden()).whenEnded(state -> {
            if (state instanceof TaskState.Done<Listener>(Listener listener)) {
                change(spec, entry -> entry.running(listener));
            } else {
                change(spec, ListenerEntry::stopped);
                if (state instanceof TaskState.Failed<Listener>(Problem why)) problem.set(why);
            }
        });
    }

    private void stop(ListenerEntry entry, boolean remove) {
        Listener listener = entry.listener().orElseThrow();
        change(entry.spec(), ListenerEntry::busy);
        tasks.submit(TaskSpec.of(STRINGS.get("task.stop"), Lane.IO, _ -> {
            listener.stop();
            return null;
        }).hidden()).whenEnded(_ -> {
            change(entry.spec(), ListenerEntry::stopped);
            if (remove) listeners.removeIf(each -> each.spec().equals(entry.spec()));
        });
    }

    private void change(ListenerSpec spec, UnaryOperator<ListenerEntry> change) {
        for (int i = 0; i < listeners.size(); i++) {
            if (!listeners.get(i).spec().equals(spec)) continue;
            listeners.set(i, change.apply(listeners.get(i)));
            return;
        }
    }

    /// How the proxy behaves.
    public ProxyOptions options() {
        return live.proxy().options();
    }

    /// Takes over what was remembered of the options; what of it is wrong is a problem, and is left.
    public void remembered(Settings settings) {
        try {
            options(OptionsText.read(settings).options(options()));
        } catch (ProblemException e) {
            problem.set(e.problem());
        }
    }

    /// How the proxy behaves for connections that come from now on.
    public void options(ProxyOptions options) {
        live.proxy().options(options);
        pulse();
    }

    /// Looks at the listeners again; to be called some times a second.
    public void pulse() {
        List<ListenerEntry> now = listeners.stream().map(ListenerEntry::counted).map(each -> each.starting() || each.running() || each.listener().isEmpty() ? each : each.stopped())
                .toList();
        for (int i = 0; i < now.size(); i++) if (!now.get(i).equals(listeners.get(i))) listeners.set(i, now.get(i));
        Optional<Problem> wrong = live.proxy().problem();
        if (wrong.isPresent() && !failed) problem.set(wrong.get());
        failed = wrong.isPresent();
    }
}
