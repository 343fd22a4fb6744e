package serpentarium.traffic.ui.live;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import serpentarium.base.Problem;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.task.Batches;
import serpentarium.task.ChildProcess;
import serpentarium.task.Lane;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;
import serpentarium.traffic.FlowSink;
import serpentarium.traffic.engine.live.Capture;
import serpentarium.traffic.engine.live.CaptureCount;
import serpentarium.traffic.engine.live.CaptureInterface;
import serpentarium.traffic.engine.live.CaptureSetup;
import serpentarium.traffic.engine.live.CaptureTool;
import serpentarium.traffic.engine.live.PacketCapture;
import serpentarium.traffic.engine.live.ProgramCapture;

/// Captures packets as a person chose: where, which ones, with which key log; and how it goes.
public final class PacketsViewModel {
    private static final Strings STRINGS = Strings.of(PacketsViewModel.class);

    private static final int WAITING_LINES = 10_000;
    private static final int MOST_LINES = 5_000;

    private final Tasks tasks;
    private final Destination destination;
    private final ObservableList<CaptureInterface> interfaces = FXCollections.observableArrayList();
    private final ObjectProperty<CaptureInterface> chosen = new SimpleObjectProperty<>(this, "chosen");
    private final StringProperty filter = new SimpleStringProperty(this, "filter", "");
    private final StringProperty keyLog = new SimpleStringProperty(this, "keyLog", "");
    private final ReadOnlyStringWrapper filterError = new ReadOnlyStringWrapper(this, "filterError", "");
    private final ReadOnlyObjectWrapper<Problem> problem = new ReadOnlyObjectWrapper<>(this, "problem");
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper(this, "running");
    private final ReadOnlyStringWrapper said = new ReadOnlyStringWrapper(this, "said", "");
    private final Object listing = new Object();
    private final Object checking = new Object();
    private final StringProperty command = new SimpleStringProperty(this, "command", "");
    private final BooleanProperty apart = new SimpleBooleanProperty(this, "apart");
    private final ObservableList<ChildProcess.Line> output = FXCollections.observableArrayList();
    private final Batches<ChildProcess.Line> lines;
    private Capture capture;
    private TaskHandle<Void> task;
    private boolean stopping;

    /// Where flows and packets go; asked in the background, each time a capture begins.
    @FunctionalInterface
    public interface Destination {
        /// The session that is recorded into, and a folder for the packets that does not exist yet.
        ///
        /// @throws IOException when there can be none
        Place open() throws IOException;

        /// A session and the folder for the packets.
        record Place(FlowSink sink, Path folder) {}
    }

    /// A form that nobody has filled in; call [#refresh()] to know the interfaces.
    ///
    /// @param window runs what a program wrote on the window's thread
    public PacketsViewModel(Tasks tasks, Destination destination, Executor window) {
        this.tasks = tasks;
        this.destination = destination;
        this.lines = new Batches<>(WAITING_LINES, window, this::add);
    }

    private void add(Batches.Batch<ChildProcess.Line> batch) {
        output.addAll(batch.items());
        if (output.size() > MOST_LINES) output.remove(0, output.size() - MOST_LINES);
    }

    /// Where packets can be captured.
    public ObservableList<CaptureInterface> interfaces() {
        return interfaces;
    }

    /// Where they are.
    public ObjectProperty<CaptureInterface> chosen() {
        return chosen;
    }

    /// Which ones, in the language of libpcap; empty for all.
    public StringProperty filter() {
        return filter;
    }

    /// The file that programs write their TLS secrets to; empty for none.
    public StringProperty keyLog() {
        return keyLog;
    }

    /// What is run while packets are captured, as a person types it; its TLS secrets are read, too. Empty for nothing.
    public StringProperty command() {
        return command;
    }

    /// Whether the program has a network of its own, with nothing but the loopback interface: no right is needed then.
    public BooleanProperty apart() {
        return apart;
    }

    /// What the program wrote lately.
    public ObservableList<ChildProcess.Line> output() {
        return output;
    }

    /// What is wrong with the filter; empty where nothing is known to be.
    public ReadOnlyStringProperty filterError() {
        return filterError.getReadOnlyProperty();
    }

    /// Why packets cannot be captured, with what to do; null where nothing is in the way.
    public ReadOnlyObjectProperty<Problem> problem() {
        return problem.getReadOnlyProperty();
    }

    /// Whether a capture goes on.
    public ReadOnlyBooleanProperty running() {
        return running.getReadOnlyProperty();
    }

    /// How it goes, in a sentence; empty before the first.
    public ReadOnlyStringProperty said() {
        return said.getReadOnlyProperty();
    }

    /// Asks the system again where packets can be captured.
    public void refresh() {
        var spec = TaskSpec.<List<CaptureInterface>>of(STRINGS.get("packets.task.list"), Lane.IO, context -> CaptureSetup.interfaces(CaptureTool.find(), context));
        tasks.submit(spec.latest(listing).hidden()).whenEnded(state -> {
            switch (state) {
                case TaskState.Done<List<CaptureInterface>>(List<CaptureInterface> found) -> listed(found);
                case TaskState.Failed<List<CaptureInterface>>(Problem why) -> problem.set(why);
                case TaskState.Cancelled<List<CaptureInterface>> _, TaskState.Queued<List<CaptureInterface>> _, TaskState.Running<List<CaptureInterface>> _ -> { }
            }
        });
    }

    private void listed(List<CaptureInterface> found) {
        CaptureInterface before = chosen.get();
        interfaces.setAll(found);
        problem.set(null);
        chosen.set(found.stream().filter(each -> before != null && each.name().equals(before.name())).findFirst().orElse(found.getFirst()));
    }

    /// Has the filter compiled, and says what is wrong with it.
    public void checkFilter() {
        CaptureInterface device = chosen.get();
        String text = filter.get().strip();
        if (text.isEmpty() || device == null) {
            filterError.set("");
            return;
        }
        var spec = TaskSpec.<Optional<String>>of(STRINGS.get("packets.task.check"), Lane.IO,
                context -> CaptureSetup.filterError(CaptureTool.find(), device.name(), text, context));
        tasks.submit(spec.latest(checking).hidden()).whenEnded(state -> {
            switch (state) {
                case TaskState.Done<Optional<String>>(Optional<String> error) -> filterError.set(error.map(why -> STRINGS.get("packets.filter.error", why)).orElse(""));
                case TaskState.Failed<Optional<String>>(Problem why) -> problem.set(why);
                case TaskState.Cancelled<Optional<String>> _, TaskState.Queued<Optional<String>> _, TaskState.Running<Optional<String>> _ -> { }
            }
        });
    }

    /// Begins to capture. Does nothing while one goes on, or where no interface is known.
    public void start() {
        CaptureInterface device = chosen.get();
        if (running.get() || device == null) return;
        problem.set(null);
        stopping = false;
        running.set(true);
        said.set(STRINGS.get("packets.starting"));
        String text = filter.get().strip();
        String keys = keyLog.get().strip();
        String program = command.get().strip();
        boolean alone = apart.get();
        output.clear();
        task = tasks.submit(TaskSpec.of(STRINGS.get("packets.task.capture", device.name()), Lane.IO, context -> {
            Destination.Place place = destination.open();
            if (program.isEmpty()) {
                var spec = PacketCapture.Spec.of(device.name(), place.folder()).filter(text).keys(keys.isEmpty() ? null : Path.of(keys));
                var packets = new PacketCapture(CaptureTool.find(), spec);
                begun(packets);
                packets.run(place.sink(), context);
            } else {
                var spec = new ProgramCapture.Spec(List.of("/bin/sh", "-c", program), Path.of(System.getProperty("user.home", ".")), Map.of(), lines::offer,
                        alone ? null : device.name(), text, place.folder());
                var run = new ProgramCapture(CaptureTool.find(), spec);
                begun(run);
                run.run(place.sink(), context);
            }
            return null;
        }));
        task.whenEnded(this::ended);
    }

    private synchronized void begun(Capture now) {
        capture = now;
        if (stopping) now.stop();
    }

    /// Ends the capture: what was sent until now is still read.
    public synchronized void stop() {
        stopping = true;
        if (capture != null) capture.stop();
    }

    /// Looks how it goes; to be called now and then while it does.
    public void look() {
        Capture now = current();
        if (!running.get() || now == null || !now.running()) return;
        CaptureCount count = now.count();
        said.set(STRINGS.get("packets.running", Quantity.count(count.packets()), Quantity.size(count.bytes())));
    }

    private synchronized Capture current() {
        return capture;
    }

    private void ended(TaskState<Void> state) {
        lines.flush();
        running.set(false);
        CaptureCount count = current() == null ? new CaptureCount(0, 0, -1) : current().count();
        switch (state) {
            case TaskState.Failed<Void>(Problem why) -> {
                problem.set(why);
                said.set("");
            }
            case TaskState.Done<Void> _, TaskState.Cancelled<Void> _, TaskState.Queued<Void> _, TaskState.Running<Void> _ -> {
                String packets = Quantity.count(count.packets());
                String bytes = Quantity.size(count.bytes());
                said.set(count.dropped() < 0 ? STRINGS.get("packets.ended", packets, bytes) : STRINGS.get("packets.ended-drops", packets, bytes, Quantity.count(count.dropped())));
            }
        }
        synchronized (this) {
            capture = null;
        }
    }
}
