package serpentarium.traffic.ui;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javafx.scene.control.Menu;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Icons;
import serpentarium.kit.Menus;
import serpentarium.kit.Ports;
import serpentarium.task.Lane;
import serpentarium.task.TaskContext;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RecordedFlows;
import serpentarium.traffic.Session;
import serpentarium.traffic.analysis.CodeWriter;
import serpentarium.traffic.analysis.FlowContent;
import serpentarium.traffic.analysis.HttpCall;
import serpentarium.traffic.analysis.Secrets;
import serpentarium.traffic.engine.RedactedFlows;
import serpentarium.traffic.engine.SessionContent;
import serpentarium.traffic.format.har.HarWriter;

/// Copies flows as code, or as a HAR document.
final class CopyAs {
    private static final Strings STRINGS = Strings.of(CopyAs.class);
    /// More flows, and longer texts, are not put on the clipboard.
    private static final int MOST = 200;
    private static final int LONGEST = 32 << 20;

    /// @param text   what is copied
    /// @param secret whether it holds a secret
    private record Copied(String text, boolean secret) {}

    private interface Making {
        Copied make(RecordedFlows from, FlowContent content, int[] rows, TaskContext context) throws IOException;
    }

    private final Session session;
    private final FlowContent content;
    private final Supplier<int[]> rows;
    private final Tasks tasks;
    private final Ports ports;
    private final BooleanSupplier masked;
    private final List<Command> commands = new ArrayList<>();

    /// @param rows   which flows are copied
    /// @param masked whether they are copied without their secrets
    CopyAs(Session session, FlowContent content, Supplier<int[]> rows, BooleanSupplier masked, Tasks tasks, Ports ports) {
        this.session = session;
        this.content = content;
        this.rows = rows;
        this.tasks = tasks;
        this.ports = ports;
        this.masked = masked;
        for (CodeWriter writer : CodeWriter.ALL) add(writer.id(), (from, read, chosen, context) -> code(writer, from, read, chosen, context));
        add("har", CopyAs::har);
    }

    /// A command for each kind of code.
    List<Command> commands() {
        return List.copyOf(commands);
    }

    /// A menu of these.
    Menu menu() {
        var menu = new Menu(STRINGS.get("copy-as.menu"), Icons.of("fth-code"));
        commands.forEach(command -> {
            var item = Menus.item(command);
            item.setText(STRINGS.get("copy-as." + command.id().substring(command.id().lastIndexOf('.') + 1)));
            menu.getItems().add(item);
        });
        return menu;
    }

    private void add(String id, Making making) {
        String name = STRINGS.get("copy-as." + id);
        commands.add(Command.of("traffic.copy-as." + id, STRINGS.get("copy-as.command", name), "fth-code", null, () -> copy(name, making)));
    }

    private void copy(String name, Making making) {
        int[] chosen = rows.get();
        if (chosen.length == 0) {
            ports.notify(STRINGS.get("copy-as.none"));
            return;
        }
        boolean mask = masked.getAsBoolean();
        int[] some = chosen.length > MOST ? Arrays.copyOf(chosen, MOST) : chosen;
        tasks.submit(TaskSpec.of(STRINGS.get("copy-as.writing", name), Lane.IO, context -> {
            if (!mask) return making.make(session, content, some, context);
            // The dots that stand on the screen are no header field that a client would send.
            var redacted = new RedactedFlows(session, Secrets.USUAL);
            return new Copied(making.make(redacted, new SessionContent(redacted), some, context).text(), false);
        }).latest(this)).whenEnded(state -> {
            switch (state) {
                case TaskState.Done<Copied>(Copied done) -> {
                    ports.copy(done.text());
                    ports.notify(STRINGS.get(mask ? "copy-as.done-masked" : done.secret() ? "copy-as.done-secret" : "copy-as.done", name, some.length));
                }
                case TaskState.Failed<Copied>(Problem problem) -> ports.notify(problem);
                case TaskState.Cancelled<Copied> _, TaskState.Queued<Copied> _, TaskState.Running<Copied> _ -> { }
            }
        });
    }

    private static Copied code(CodeWriter writer, RecordedFlows session, FlowContent content, int[] chosen, TaskContext context) throws IOException {
        var all = new StringBuilder();
        boolean secret = false;
        for (int row : chosen) {
            context.checkpoint();
            HttpCall call = HttpCall.read(session, content, row, writer.needsResponse());
            if (writer.needsResponse() && call.status() == 0) throw new ProblemException(Problem.of(STRINGS, "copy-as.no-response", Place.NOWHERE));
            if (!all.isEmpty()) all.append('\n');
            all.append(writer.write(call));
            secret |= secret(writer, call);
            if (all.length() > LONGEST) throw new ProblemException(Problem.of(STRINGS, "copy-as.long", Place.NOWHERE));
        }
        return new Copied(all.toString(), secret);
    }

    private static boolean secret(CodeWriter writer, HttpCall call) {
        String url = call.url(false);
        if (!Secrets.maskUrl(url).equals(url)) return true;
        return !(writer instanceof CodeWriter.Url) && call.headers().fields().stream().map(Headers.Field::name).anyMatch(Secrets.USUAL::header);
    }

    private static Copied har(RecordedFlows session, FlowContent content, int[] chosen, TaskContext context) throws IOException {
        int[] sorted = chosen.clone();
        Arrays.sort(sorted);
        var out = new ByteArrayOutputStream();
        new HarWriter(false).write(session, row -> Arrays.binarySearch(sorted, row) >= 0, out, context);
        if (out.size() > LONGEST) throw new ProblemException(Problem.of(STRINGS, "copy-as.long", Place.NOWHERE));
        return new Copied(out.toString(StandardCharsets.UTF_8), true);
    }
}
