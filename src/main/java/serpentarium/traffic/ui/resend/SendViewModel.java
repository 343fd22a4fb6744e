package serpentarium.traffic.ui.resend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.kit.Settings;
import serpentarium.task.Lane;
import serpentarium.task.TaskContext;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.RecordedFlows;
import serpentarium.traffic.engine.proxy.Outgoing;
import serpentarium.traffic.engine.resend.CurlLine;
import serpentarium.traffic.engine.resend.Draft;
import serpentarium.traffic.engine.resend.RepeatSummary;
import serpentarium.traffic.engine.resend.Repetition;

/// The request that a person writes, what is wrong with it, and what became of it when it was sent. On the window's thread.
public final class SendViewModel {
    /// What can be spoken, as shown.
    public static final List<Outgoing.Version> VERSIONS = List.of(Outgoing.Version.values());

    private static final Strings STRINGS = Strings.of(SendViewModel.class);
    private static final String RULED = "traffic.send.ruled";

    private final RecordedFlows session;
    private final Repetition.Sender sender;
    private final Tasks tasks;
    private final Executor window;
    private final StringProperty method = new SimpleStringProperty(this, "method", "GET");
    private final StringProperty url = new SimpleStringProperty(this, "url", "");
    private final StringProperty header = new SimpleStringProperty(this, "header", "");
    private final ObjectProperty<BodyKind> kind = new SimpleObjectProperty<>(this, "kind", BodyKind.TEXT);
    private final StringProperty body = new SimpleStringProperty(this, "body", "");
    private final StringProperty file = new SimpleStringProperty(this, "file", "");
    private final ObjectProperty<Outgoing.Version> version = new SimpleObjectProperty<>(this, "version", Outgoing.Version.HTTP_1_1);
    private final StringProperty count = new SimpleStringProperty(this, "count", "1");
    private final Settings settings;
    private final BooleanSupplier rules;
    private final BooleanProperty ruled = new SimpleBooleanProperty(this, "ruled");
    private final StringProperty atOnce = new SimpleStringProperty(this, "atOnce", "1");
    private final BooleanProperty fromFlow = new SimpleBooleanProperty(this, "fromFlow");
    private final ReadOnlyStringWrapper wrong = new ReadOnlyStringWrapper(this, "wrong", "");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(this, "busy");
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(this, "progress");
    private final ReadOnlyStringWrapper result = new ReadOnlyStringWrapper(this, "result", "");
    private final ReadOnlyObjectWrapper<RepeatSummary> summary = new ReadOnlyObjectWrapper<>(this, "summary");
    private final ReadOnlyObjectWrapper<String> shown = new ReadOnlyObjectWrapper<>(this, "shown");
    private Draft.Body.Kept kept;
    private String original;
    private TaskHandle<RepeatSummary> running;
    private boolean loading;

    /// @param sender what sends, such as the proxy of a live session
    /// @param window   runs what came of it on the window's thread
    /// @param settings remembers whether rules are applied
    /// @param rules    whether there are rules that act on what comes through listeners
    public SendViewModel(RecordedFlows session, Repetition.Sender sender, Tasks tasks, Executor window, Settings settings, BooleanSupplier rules) {
        this.settings = settings;
        this.rules = rules;
        this.session = session;
        this.sender = sender;
        this.tasks = tasks;
        this.window = window;
        for (StringProperty each : List.of(method, url, header, body, file, count, atOnce)) each.addListener(_ -> check());
        version.addListener(_ -> check());
        ruled.addListener(_ -> check());
        kind.addListener((_, was, now) -> {
            convert(was, now);
            check();
        });
        load(Draft.empty());
        ruled.addListener((_, _, now) -> {
            if (!loading) settings.put(RULED, Boolean.toString(now));
        });
    }

    /// Such as `GET`.
    public StringProperty method() {
        return method;
    }

    /// Where it goes.
    public StringProperty url() {
        return url;
    }

    /// A field a line.
    public StringProperty header() {
        return header;
    }

    /// How the body is given.
    public ObjectProperty<BodyKind> kind() {
        return kind;
    }

    /// The body as text or digits.
    public StringProperty body() {
        return body;
    }

    /// The file that the body is in.
    public StringProperty file() {
        return file;
    }

    /// What is spoken.
    public ObjectProperty<Outgoing.Version> version() {
        return version;
    }

    /// How often it is sent.
    public StringProperty count() {
        return count;
    }

    /// How many are sent at once.
    public StringProperty atOnce() {
        return atOnce;
    }

    /// Whether rules act on what is sent. It stays as a person left it; until then, what came through a listener where rules act is ruled again.
    public BooleanProperty ruled() {
        return ruled;
    }

    private boolean ruled(FlowSource from) {
        boolean listened = from == FlowSource.PROXY || from == FlowSource.REVERSE;
        return settings.text(RULED).map(Boolean::parseBoolean).orElseGet(() -> listened && rules.getAsBoolean());
    }

    /// Whether it was made from a flow.
    public BooleanProperty fromFlow() {
        return fromFlow;
    }

    /// What is wrong with the request; empty where it can be sent.
    public ReadOnlyStringProperty wrong() {
        return wrong.getReadOnlyProperty();
    }

    /// Whether something is on its way.
    public ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /// How much of what is to be sent was answered, 0…1.
    public ReadOnlyDoubleProperty progress() {
        return progress.getReadOnlyProperty();
    }

    /// What came of it, for a person.
    public ReadOnlyStringProperty result() {
        return result.getReadOnlyProperty();
    }

    /// What came of it, in figures; null while nothing has.
    public ReadOnlyObjectProperty<RepeatSummary> summary() {
        return summary.getReadOnlyProperty();
    }

    /// The id of the flow that is to be shown, which may come a moment later; null for none.
    public ReadOnlyObjectProperty<String> shown() {
        return shown.getReadOnlyProperty();
    }

    /// The id of the flow that the request was made from; null for none.
    public String original() {
        return original;
    }

    /// Whether the body that a flow sent is one of the choices.
    public boolean keeps() {
        return kept != null;
    }

    /// Puts a request that no flow has into the fields.
    public void load(Draft draft) {
        load(draft, FlowSource.SENT);
    }

    private void load(Draft draft, FlowSource from) {
        loading = true;
        ruled.set(ruled(from));
        original = draft.original();
        fromFlow.set(original != null);
        kept = draft.body() instanceof Draft.Body.Kept same ? same : null;
        method.set(draft.method());
        url.set(draft.url());
        header.set(draft.header());
        version.set(draft.version());
        body.set(switch (draft.body()) {
            case Draft.Body.Text(String text) -> text;
            case Draft.Body.Hex(String digits) -> digits;
            case Draft.Body.OfFile _, Draft.Body.Kept _ -> "";
        });
        kind.set(switch (draft.body()) {
            case Draft.Body.Text _ -> BodyKind.TEXT;
            case Draft.Body.Hex _ -> BodyKind.HEX;
            case Draft.Body.OfFile _ -> BodyKind.FILE;
            case Draft.Body.Kept _ -> BodyKind.KEPT;
        });
        if (draft.body() instanceof Draft.Body.OfFile(String path)) file.set(path);
        result.set("");
        summary.set(null);
        loading = false;
        check();
    }

    /// Reads a flow's request into the fields, then does something.
    public void load(int row, Runnable then, Consumer<Problem> failed) {
        draft(row, (draft, from) -> {
            load(draft, from);
            then.run();
        }, failed);
    }

    private void draft(int row, BiConsumer<Draft, FlowSource> then, Consumer<Problem> failed) {
        FlowSource from = session.table().source(row);
        tasks.submit(TaskSpec.of(STRINGS.get("task.read"), Lane.IO, context -> Draft.of(session, row, context)).hidden()).whenEnded(state -> {
            if (state instanceof TaskState.Done<Draft>(Draft draft)) then.accept(draft, from);
            else if (state instanceof TaskState.Failed<Draft>(Problem problem)) failed.accept(problem);
        });
    }

    /// Reads a line of curl into the fields.
    ///
    /// @return what is wrong with it; empty where it was understood
    public String paste(String line) {
        try {
            load(CurlLine.parse(line));
            return "";
        } catch (ProblemException e) {
            return line(e.problem());
        }
    }

    private static String line(Problem problem) {
        return problem.detail().isEmpty() ? problem.title() : problem.title() + ": " + problem.detail();
    }

    /// What was typed as text is shown as digits, and back where it is text.
    private void convert(BodyKind was, BodyKind now) {
        if (loading || body.get().isEmpty()) return;
        if (was == BodyKind.TEXT && now == BodyKind.HEX) {
            byte[] bytes = body.get().getBytes(StandardCharsets.UTF_8);
            body.set(java.util.HexFormat.ofDelimiter(" ").formatHex(bytes));
        } else if (was == BodyKind.HEX && now == BodyKind.TEXT) {
            try {
                byte[] bytes = java.util.HexFormat.of().parseHex(body.get().replaceAll("\\s+", ""));
                String text = new String(bytes, StandardCharsets.UTF_8);
                if (java.util.Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes) && text.indexOf('\r') < 0) body.set(text);
                else kind.set(BodyKind.HEX);
            } catch (IllegalArgumentException _) {
                kind.set(BodyKind.HEX);
            }
        }
    }

    private Draft draft() {
        return new Draft(method.get(), url.get(), header.get(), switch (kind.get()) {
            case TEXT -> new Draft.Body.Text(body.get());
            case HEX -> new Draft.Body.Hex(body.get());
            case FILE -> new Draft.Body.OfFile(file.get());
            case KEPT -> kept == null ? new Draft.Body.Text("") : kept;
        }, version.get(), original);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private Repetition repetition() {
        return new Repetition(number(count.get()), number(atOnce.get()));
    }

    private void check() {
        if (loading) return;
        try {
            draft().outgoing().ruled(ruled.get()).check();
            repetition();
            wrong.set("");
        } catch (ProblemException e) {
            wrong.set(line(e.problem()));
        }
    }

    /// Sends it as often as the fields say.
    public void send() {
        check();
        if (busy.get() || !wrong.get().isEmpty()) return;
        send(draft(), ruled.get(), repetition(), _ -> { });
    }

    /// Sends a flow's request again as it was.
    public void again(int row, Consumer<Problem> failed) {
        draft(row, (draft, from) -> {
            try {
                send(draft, ruled(from), new Repetition(1, 1), failed);
            } catch (ProblemException e) {
                failed.accept(e.problem());
            }
        }, failed);
    }

    private void send(Draft draft, boolean byRules, Repetition times, Consumer<Problem> failed) {
        Outgoing request = draft.outgoing().ruled(byRules);
        if (running != null) running.cancel();
        summary.set(null);
        result.set(times.count() == 1 ? STRINGS.get("send.on-its-way") : "");
        progress.set(0);
        TaskHandle<RepeatSummary> task = tasks.submit(TaskSpec.of(STRINGS.get("task.send", draft.url()), Lane.IO, context -> run(times, request, context)));
        running = task;
        busy.set(true);
        task.whenEnded(state -> {
            if (running != task) return;
            busy.set(false);
            progress.set(1);
            switch (state) {
                case TaskState.Done<RepeatSummary>(RepeatSummary done) -> ended(done);
                case TaskState.Failed<RepeatSummary>(Problem problem) -> {
                    result.set(line(problem));
                    failed.accept(problem);
                }
                default -> result.set(STRINGS.get("send.cancelled"));
            }
        });
    }

    private RepeatSummary run(Repetition times, Outgoing request, TaskContext context) throws IOException, InterruptedException {
        return times.run((one, then) -> sender.send(one, sent -> {
            then.accept(sent);
            window.execute(() -> progress.set(progress.get() + 1.0 / times.count()));
        }), request, context);
    }

    private void ended(RepeatSummary done) {
        summary.set(done);
        result.set(ResultText.of(done));
        if (!done.flows().isEmpty()) {
            shown.set(null);
            shown.set(done.flows().getLast());
        }
    }

    /// Breaks off what is on its way.
    public void cancel() {
        if (running != null) running.cancel();
    }
}
