package serpentarium.profile.ui;

import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.SnapshotParameters;
import javafx.scene.canvas.Canvas;
import javafx.scene.image.WritableImage;
import javafx.scene.transform.Transform;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Ports;
import serpentarium.kit.Snapshot;
import serpentarium.kit.Tokens;
import serpentarium.profile.analysis.GraphSvg;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// Saves pictures of a call graph: the whole drawing.
final class GraphExport {
    private static final Strings STRINGS = Strings.of(GraphExport.class);
    private static final double PNG_SCALE = 2;
    private static final double MOST_SIDE = 16_000;
    private static final double MOST_PIXELS = 64e6;

    private final Ports ports;
    private final Tasks tasks;

    GraphExport(Ports ports, Tasks tasks) {
        this.ports = ports;
        this.tasks = tasks;
    }

    /// Asks for a file and writes an SVG.
    void svg(GraphScene scene) {
        Optional<Path> file = ports.chooseSave(STRINGS.get("graph.export.svg"), "call-graph.svg");
        if (file.isEmpty()) return;
        String title = STRINGS.get("graph.export.title", scene.name(0));
        write(file.get(), beside -> {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(beside))) {
                GraphSvg.write(out, scene.drawing(), scene, title);
            }
        });
    }

    /// Asks for a file and writes a PNG.
    void png(GraphScene scene, Tokens tokens) {
        Optional<Path> file = ports.chooseSave(STRINGS.get("graph.export.png"), "call-graph.png");
        if (file.isEmpty()) return;
        WritableImage picture = paint(scene, tokens);
        write(file.get(), beside -> Snapshot.write(picture, beside));
    }

    /// The whole drawing as pixels. Must be called on the window's thread.
    static WritableImage paint(GraphScene scene, Tokens tokens) {
        double width = scene.drawing().width();
        double height = scene.drawing().height();
        double scale = Math.min(PNG_SCALE, Math.min(MOST_SIDE / Math.max(width, height), Math.sqrt(MOST_PIXELS / (width * height))));
        var canvas = new Canvas(width, height);
        new GraphPainter().paint(canvas.getGraphicsContext2D(), width, height, 1, 0, 0, scene, tokens, new GraphPainter.Marks(-1, -1));
        var parameters = new SnapshotParameters();
        parameters.setTransform(Transform.scale(scale, scale));
        return canvas.snapshot(parameters, null);
    }

    private void write(Path file, FlameExport.Writing writing) {
        tasks.submit(TaskSpec.of(STRINGS.get("flame.export.task", file.getFileName()), Lane.IO, _ -> {
            FlameExport.save(file, writing);
            return file;
        })).whenEnded(this::saved);
    }

    private void saved(TaskState<Path> state) {
        switch (state) {
            case TaskState.Done<Path>(Path file) -> ports.notifySaved(STRINGS.get("flame.export.done", file.getFileName()), file);
            case TaskState.Failed<Path>(Problem why) -> ports.notify(why);
            case TaskState.Cancelled<Path> _, TaskState.Queued<Path> _, TaskState.Running<Path> _ -> { }
        }
    }
}
