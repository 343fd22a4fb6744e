package serpentarium.traffic.ui;

import java.io.InputStream;
import javafx.scene.Node;
import serpentarium.base.Strings;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;
import serpentarium.traffic.Session;
import serpentarium.traffic.Side;
import serpentarium.traffic.engine.SessionContent;

/// A body's beginning as plain text or hexadecimal digits.
final class PlainBody implements BodyView {
    private static final Strings STRINGS = Strings.of(PlainBody.class);

    /// @param bytes the first of it, without the content encoding
    /// @param size  of all of it in the session where that is known, else -1
    private record Beginning(byte[] bytes, long size) {}

    private final Tasks tasks;
    private final PlainBytes view = new PlainBytes();
    private final Object key = new Object();

    PlainBody(Tasks tasks) {
        this.tasks = tasks;
    }

    @Override public Node node() {
        return view;
    }

    @Override public void show(Session session, int row, Side side) {
        tasks.submit(TaskSpec.of(STRINGS.get("detail.reading-body"), Lane.IO, _ -> {
            var facts = session.flow(row).body(side);
            if (facts.stored() == 0) return new Beginning(new byte[0], 0);
            try (InputStream in = new SessionContent(session, PlainBytes.LIMIT + 1).body(row, side)) {
                byte[] bytes = in.readNBytes(PlainBytes.LIMIT);
                return new Beginning(bytes, bytes.length == PlainBytes.LIMIT ? facts.stored() : bytes.length);
            }
        }).latest(key).hidden()).whenEnded(state -> {
            if (state instanceof TaskState.Done<Beginning>(Beginning done)) view.show(done.bytes(), done.size());
        });
    }
}
