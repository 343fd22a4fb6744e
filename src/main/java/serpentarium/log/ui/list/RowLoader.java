package serpentarium.log.ui.list;

import java.util.List;
import java.util.function.Consumer;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// Has rows read in the background, one request at a time: a newer one waits for the one that is under way, so that a list that is scrolled without end
/// shows something all the while.
final class RowLoader {
    private static final Strings STRINGS = Strings.of(RowLoader.class);

    private final RowReader reader;
    private final Tasks tasks;
    private final Runnable loaded;
    private final Consumer<Problem> failed;
    private RowBlock block = RowBlock.NONE;
    private Request running;
    private Request waiting;
    private boolean closed;
    private boolean stale;

    private record Request(RowSource source, long first, int count) {}

    RowLoader(RowReader reader, Tasks tasks, Runnable loaded, Consumer<Problem> failed) {
        this.reader = reader;
        this.tasks = tasks;
        this.loaded = loaded;
        this.failed = failed;
    }

    /// What was read last.
    RowBlock block(RowSource source) {
        RowBlock now = block.now(source);
        if (now != RowBlock.NONE) block = now;
        return now;
    }

    /// What was read is no longer so.
    void forget() {
        block = RowBlock.NONE;
        stale = running != null;
    }

    /// Asks for rows.
    void want(RowSource source, long first, int count) {
        var request = new Request(source, first, count);
        if (closed || request.equals(running) && waiting == null && !stale) return;
        waiting = request;
        if (running == null) next();
    }

    /// Whether rows are being read.
    boolean busy() {
        return running != null;
    }

    private void next() {
        Request request = waiting;
        waiting = null;
        running = request;
        if (request == null) return;
        tasks.submit(TaskSpec.of(STRINGS.get("list.reading"), Lane.IO, _ -> reader.read(request.source, request.first, request.count)).hidden()).whenEnded(state -> {
            running = null;
            if (closed) return;
            boolean old = stale;
            stale = false;
            switch (state) {
                case TaskState.Done<List<Row>>(List<Row> rows) -> block = old ? RowBlock.NONE : new RowBlock(request.source, request.first, rows);
                case TaskState.Failed<List<Row>>(Problem problem) -> failed.accept(problem);
                default -> { }
            }
            loaded.run();
            if (waiting != null && running == null) next();
        });
    }

    void close() {
        closed = true;
        waiting = null;
    }
}
