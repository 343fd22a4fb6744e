package serpentarium.traffic.ui;

import java.io.IOException;
import java.util.List;
import javafx.scene.Scene;
import javafx.scene.layout.Pane;
import serpentarium.kit.MemorySettings;
import serpentarium.task.Lane;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;
import serpentarium.traffic.engine.OpenTraffic;
import serpentarium.traffic.engine.SessionContent;
import serpentarium.traffic.engine.TrafficReader;
import serpentarium.traffic.ui.TrafficPane.Surroundings;

/// Draws a list of made-up flows that nobody sees when a session begins, one row more at a time: what drawing rows takes for the first time is
/// done before the first real ones come, and in pieces that hold up no frame. On the window's thread, but for what is written.
final class ListWarming {
    private static final int WIDTH = 1000;
    private static final int HEADER = 30;
    private static final int ROW = 22;
    private static final int ROWS = 40;
    private static final int BATCH = 200;
    private static final int BATCHES = 10;
    /// A piece that takes longer is the last one for now.
    private static final long SLICE_NANOS = 6_000_000;

    private final Surroundings with;
    private final Scene like;
    private final TaskHandle<OpenTraffic> preparing;
    private OpenTraffic made;
    private TaskHandle<Void> writing;
    private TrafficViewModel model;
    private FlowListView list;
    private Pane holder;
    private int rows;
    private int batches;
    private boolean over;

    /// @param like the scene whose looks the rows have
    ListWarming(TrafficReader reader, Surroundings with, Scene like) {
        this.with = new Surroundings(with.tasks(), with.ports(), new MemorySettings(), with.theme(), with.fx());
        this.like = like;
        preparing = with.tasks().submit(TaskSpec.of("", Lane.IO, _ -> {
            OpenTraffic traffic = reader.scratch(TrafficReader.SESSION);
            write(traffic, 0);
            return traffic;
        }).hidden());
        preparing.whenEnded(state -> {
            if (!(state instanceof TaskState.Done<OpenTraffic>(OpenTraffic traffic))) over = true;
            else {
                made = traffic;
                if (over) discard();
            }
        });
    }

    private static void write(OpenTraffic traffic, int from) throws IOException {
        double now = System.currentTimeMillis() / 1000.0;
        var fields = new Headers(List.of(new Headers.Field("Content-Type", "application/json"), new Headers.Field("Host", "shop.test")));
        byte[] body = new byte[100];
        for (int number = from; number < from + BATCH; number++) {
            double time = now + number / 1000.0;
            try (FlowWriter flow = traffic.session().begin("w" + number, FlowKind.HTTP, FlowSource.PROXY, time)) {
                flow.request(new RequestHead("GET", "http", "shop.test", 80, "", "/items/" + number, "HTTP/1.1", fields));
                flow.response(new ResponseHead(number % 9 == 0 ? 404 : 200, "OK", "HTTP/1.1", fields));
                flow.body(Side.RESPONSE, body, 0, body.length);
            }
        }
    }

    /// Does what can be done now without holding up a frame.
    void steps() {
        long end = System.nanoTime() + SLICE_NANOS;
        while (step() && made != null && writing == null && System.nanoTime() < end) continue;
    }

    /// Does one piece more.
    ///
    /// @return whether there is more to do
    boolean step() {
        if (over) return false;
        if (made == null) return true;
        if (model == null) model = new TrafficViewModel(made.session(), new SessionContent(made.session()), with.tasks(), with.fx());
        else if (list == null) list = new FlowListView(model, with);
        else if (holder == null) dress();
        else if (rows < ROWS) grow();
        else if (batches < BATCHES) batch();
        else close();
        return !over;
    }

    private void dress() {
        holder = new Pane(list);
        holder.getStyleClass().addAll(like.getRoot().getStyleClass());
        holder.setStyle(like.getRoot().getStyle());
        holder.getStylesheets().add(TrafficView.class.getResource("traffic.css").toExternalForm());
        var scene = new Scene(holder, WIDTH, HEADER);
        scene.getStylesheets().setAll(like.getStylesheets());
        scene.setUserAgentStylesheet(like.getUserAgentStylesheet());
        lay();
    }

    private void grow() {
        rows++;
        lay();
    }

    private void lay() {
        list.resize(WIDTH, HEADER + (double) ROW * rows);
        holder.applyCss();
        holder.layout();
    }

    private void batch() {
        if (writing == null) {
            int from = ++batches * BATCH;
            TaskHandle<Void> task = with.tasks().submit(TaskSpec.<Void>of("", Lane.IO, _ -> {
                write(made, from);
                return null;
            }).hidden());
            writing = task;
            task.whenEnded(_ -> {
                writing = null;
                if (over) discard();
            });
            return;
        }
        model.pulse();
        list.table().scrollTo(model.table().get().size() - 1);
        lay();
    }

    /// Leaves off, when real flows come or the session is left.
    void close() {
        if (over) return;
        over = true;
        if (model != null) model.close();
        if (writing == null) discard();
    }

    private void discard() {
        OpenTraffic old = made;
        made = null;
        list = null;
        holder = null;
        if (old != null) with.tasks().submit(TaskSpec.of("", Lane.IO, _ -> {
            old.close();
            return null;
        }).hidden());
    }
}
