package serpentarium.traffic.ui.live;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
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
import serpentarium.base.Strings;
import serpentarium.task.Batches;
import serpentarium.task.ChildProcess;
import serpentarium.task.Lane;
import serpentarium.task.TaskContext;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;
import serpentarium.traffic.engine.trust.Authority;
import serpentarium.traffic.engine.trust.CertificateDoctor;
import serpentarium.traffic.engine.trust.ClientEnvironment;
import serpentarium.traffic.engine.trust.ClientLibrary;
import serpentarium.traffic.engine.trust.ClientShell;
import serpentarium.traffic.engine.trust.Diagnosis;
import serpentarium.traffic.engine.trust.Interpreters;

/// Which client is looked at, what the doctor found, and programs started with everything set. The authority is opened (and made) when it is first needed.
public final class ClientsViewModel implements AutoCloseable {
    private static final Strings STRINGS = Strings.of(ClientsViewModel.class);
    private static final int MOST_LINES = 5_000;
    private static final int WAITING_LINES = 20_000;

    private final Places places;
    private final Tasks tasks;
    private final Batches<ChildProcess.Line> batches;
    private final ObservableList<Path> interpreters = FXCollections.observableArrayList();
    private final ObjectProperty<Path> interpreter = new SimpleObjectProperty<>(this, "interpreter");
    private final ObjectProperty<ClientLibrary> library = new SimpleObjectProperty<>(this, "library", ClientLibrary.REQUESTS);
    private final BooleanProperty ours = new SimpleBooleanProperty(this, "ours", true);
    private final ObjectProperty<ClientEnvironment.Shell> shell = new SimpleObjectProperty<>(this, "shell", ClientEnvironment.Shell.SH);
    private final ObjectProperty<Optional<URI>> proxy = new SimpleObjectProperty<>(this, "proxy", Optional.empty());
    private final StringProperty command = new SimpleStringProperty(this, "command", "");
    private final ReadOnlyObjectWrapper<Optional<Diagnosis>> diagnosis = new ReadOnlyObjectWrapper<>(this, "diagnosis", Optional.empty());
    private final ReadOnlyBooleanWrapper checking = new ReadOnlyBooleanWrapper(this, "checking");
    private final ReadOnlyBooleanWrapper runs = new ReadOnlyBooleanWrapper(this, "runs");
    private final ReadOnlyStringWrapper said = new ReadOnlyStringWrapper(this, "said", "");
    private final ObservableList<ChildProcess.Line> output = FXCollections.observableArrayList();
    private final Object key = new Object();
    private TaskHandle<Diagnosis> check;
    private TaskHandle<Integer> running;

    /// Where things are, and whose variables count.
    ///
    /// @param authority   the folder of the authority's key
    /// @param trust       the folder of the bundles: our own, with nothing else in it
    /// @param home        the user's folder
    /// @param environment the user's variables
    public record Places(Path authority, Path trust, Path home, Map<String, String> environment) {
        public Places {
            environment = Map.copyOf(environment);
        }

        /// The places under the folder for the program's own data, for who runs it.
        public static Places under(Path data) {
            return new Places(data.resolve("authority"), data.resolve("trust"), Path.of(System.getProperty("user.home", ".")), System.getenv());
        }
    }

    /// @param tasks  run beside the window
    /// @param window runs what a program wrote on the window's thread
    public ClientsViewModel(Places places, Tasks tasks, Executor window) {
        this.places = places;
        this.tasks = tasks;
        this.batches = new Batches<>(WAITING_LINES, window, this::add);
    }

    /// Looks for interpreters; the first is picked when none is.
    public void look() {
        tasks.submit(TaskSpec.of(STRINGS.get("clients.looking"), Lane.IO, _ -> Interpreters.known(places.environment, places.home)).hidden()).whenEnded(state -> {
            if (!(state instanceof TaskState.Done<List<Path>>(var found))) return;
            found.stream().filter(each -> !interpreters.contains(each)).forEach(interpreters::add);
            if (interpreter.get() == null && !found.isEmpty()) interpreter.set(found.getFirst());
        });
    }

    /// Adds an interpreter that the user chose, and picks it.
    public void choose(Path program) {
        if (!interpreters.contains(program)) interpreters.add(program);
        interpreter.set(program);
    }

    /// The interpreters that were found or chosen.
    public ObservableList<Path> interpreters() {
        return interpreters;
    }

    /// The one that is looked at; null for none.
    public ObjectProperty<Path> interpreter() {
        return interpreter;
    }

    /// The client that is looked at.
    public ObjectProperty<ClientLibrary> library() {
        return library;
    }

    /// Whether it is tried with the variables that are offered here; else with the user's as they are.
    public BooleanProperty ours() {
        return ours;
    }

    /// The shell that lines are written for.
    public ObjectProperty<ClientEnvironment.Shell> shell() {
        return shell;
    }

    /// Where the proxy listens; set by who runs it, empty while it does not run.
    public ObjectProperty<Optional<URI>> proxy() {
        return proxy;
    }

    /// The command to run, as a person types it.
    public StringProperty command() {
        return command;
    }

    /// What was found last.
    public ReadOnlyObjectProperty<Optional<Diagnosis>> diagnosis() {
        return diagnosis.getReadOnlyProperty();
    }

    /// Whether a check runs.
    public ReadOnlyBooleanProperty checking() {
        return checking.getReadOnlyProperty();
    }

    /// Whether the command runs.
    public ReadOnlyBooleanProperty runs() {
        return runs.getReadOnlyProperty();
    }

    /// What became of the last thing that was asked for, in a sentence.
    public ReadOnlyStringProperty said() {
        return said.getReadOnlyProperty();
    }

    /// What the command wrote, the last 5,000 lines.
    public ObservableList<ChildProcess.Line> output() {
        return output;
    }

    private CertificateDoctor doctor() throws IOException {
        return new CertificateDoctor(Authority.open(places.authority), places.trust, tasks, places.environment);
    }

    /// Lets the doctor look. A check that still runs is given up.
    ///
    /// @param failed takes what kept it from looking at all
    public void check(Consumer<Problem> failed) {
        if (interpreter.get() == null && library.get().python()) {
            said.set(STRINGS.get("clients.no-interpreter"));
            return;
        }
        Path program = interpreter.get() == null ? Path.of("python3") : interpreter.get();
        var question = new CertificateDoctor.Question(program, library.get(), ours.get(), proxy.get(), shell.get());
        checking.set(true);
        said.set("");
        TaskHandle<Diagnosis> task = tasks.submit(TaskSpec.of(STRINGS.get("clients.checking", library.get().label()), Lane.IO,
                context -> doctor().check(question, context)).latest(key));
        check = task;
        task.whenEnded(state -> {
            if (check != task) return;
            checking.set(false);
            if (state instanceof TaskState.Failed<Diagnosis>(Problem problem)) failed.accept(problem);
            if (!(state instanceof TaskState.Done<Diagnosis>(Diagnosis found))) return;
            diagnosis.set(Optional.of(found));
            said.set(STRINGS.get(found.good() ? "clients.good" : "clients.bad", question.library().label()));
        });
    }

    /// The lines that set everything, for the shell in [#shell()].
    public void lines(Consumer<String> then, Consumer<Problem> failed) {
        ClientEnvironment.Shell language = shell.get();
        prepare(environment -> then.accept(environment.lines(language)), failed);
    }

    /// Opens a terminal with a shell in which everything is set.
    public void openShell(Consumer<Problem> failed) {
        URI address = proxy.get().orElseThrow();
        Path program = interpreter.get();
        submit(STRINGS.get("clients.opening"), context -> {
            new ClientShell(places.trust, places.environment).open(environment(address, program, context), places.home);
            return STRINGS.get("clients.opened");
        }, said::set, failed);
    }

    /// Runs the command with everything set; its lines come to [#output()].
    public void run(Consumer<Problem> failed) {
        if (command.get().isBlank() || runs.get()) return;
        String line = command.get();
        output.clear();
        runs.set(true);
        prepare(environment -> {
            running = tasks.submit(new ClientShell(places.trust, places.environment).run(line, places.home, environment, batches::offer));
            running.whenEnded(state -> {
                batches.flush();
                runs.set(false);
                switch (state) {
                    case TaskState.Done<Integer>(Integer code) -> said.set(STRINGS.get("clients.ended", code));
                    case TaskState.Failed<Integer>(Problem problem) -> failed.accept(problem);
                    case TaskState.Cancelled<Integer> _, TaskState.Queued<Integer> _, TaskState.Running<Integer> _ -> said.set(STRINGS.get("clients.stopped"));
                }
            });
        }, problem -> {
            runs.set(false);
            failed.accept(problem);
        });
    }

    /// Ends the command.
    public void stop() {
        if (running != null) running.cancel();
    }

    private void prepare(Consumer<ClientEnvironment> then, Consumer<Problem> failed) {
        URI address = proxy.get().orElseThrow();
        Path program = interpreter.get();
        submit(STRINGS.get("clients.preparing"), context -> environment(address, program, context), then, failed);
    }

    private ClientEnvironment environment(URI address, Path program, TaskContext context) throws IOException, InterruptedException {
        CertificateDoctor doctor = doctor();
        return ClientEnvironment.of(address, program == null ? doctor.bundle() : doctor.bundle(program, context), Optional.empty());
    }

    private <T> void submit(String title, TaskSpec.Work<T> work, Consumer<T> then, Consumer<Problem> failed) {
        tasks.submit(TaskSpec.of(title, Lane.IO, work).hidden()).whenEnded(state -> {
            if (state instanceof TaskState.Done<T>(T value)) then.accept(value);
            if (state instanceof TaskState.Failed<T>(Problem problem)) failed.accept(problem);
        });
    }

    private void add(Batches.Batch<ChildProcess.Line> batch) {
        output.addAll(batch.items());
        if (output.size() > MOST_LINES) output.remove(0, output.size() - MOST_LINES);
    }

    /// Ends the command and the stream of its lines.
    @Override public void close() {
        stop();
        batches.close();
    }
}
