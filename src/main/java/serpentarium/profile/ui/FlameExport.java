package serpentarium.profile.ui;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.image.WritableImage;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Ports;
import serpentarium.kit.Snapshot;
import serpentarium.profile.analysis.FlameLayout;
import serpentarium.profile.analysis.FlameSvg;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// Saves pictures of a flame graph: what is in sight across, with all rows below.
final class FlameExport {
    private static final Strings STRINGS = Strings.of(FlameExport.class);
    private static final int MOST_ROWS = 1_000;
    private static final double LEAST_WIDTH = 1_200;
    private static final double PNG_SCALE = 2;

    private final Ports ports;
    private final Tasks tasks;

    @FunctionalInterface
    interface Writing {
        void to(Path beside) throws IOException;
    }

    FlameExport(Ports ports, Tasks tasks) {
        this.ports = ports;
        this.tasks = tasks;
    }

    /// Asks for a file and writes an SVG.
    void svg(FlameScene scene, FlameViewport view) {
        Optional<Path> file = ports.chooseSave(STRINGS.get("flame.export.svg"), "flame-graph.svg").map(chosen -> named(chosen, ".svg"));
        if (file.isEmpty()) return;
        FlameViewport all = allRows(view);
        var part = new FlameSvg.View(all.left(), all.right(), all.firstRow(), all.lastRow(), all.width());
        FlameLayout layout = scene.layout();
        String title = scene.labels().name(layout.trunk());
        FlameSvg.Look look = look(scene);
        tasks.submit(TaskSpec.of(STRINGS.get("flame.export.task", file.get().getFileName()), Lane.IO, context -> {
            save(file.get(), beside -> {
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(beside))) {
                    FlameSvg.write(out, layout, part, look, title, context);
                }
            });
            return file.get();
        })).whenEnded(this::saved);
    }

    /// Asks for a file and writes a PNG.
    void png(FlameScene scene, FlameViewport view) {
        Optional<Path> file = ports.chooseSave(STRINGS.get("flame.export.png"), "flame-graph.png").map(chosen -> named(chosen, ".png"));
        if (file.isEmpty()) return;
        WritableImage picture = FlamePng.paint(scene, allRows(view), PNG_SCALE);
        tasks.submit(TaskSpec.of(STRINGS.get("flame.export.task", file.get().getFileName()), Lane.IO, _ -> {
            save(file.get(), beside -> Snapshot.write(picture, beside));
            return file.get();
        })).whenEnded(this::saved);
    }

    /// The file with its ending, where another or none was typed: nothing finds what is in it otherwise.
    static Path named(Path file, String ending) {
        if (file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ending)) return file;
        Path whole = file.resolveSibling(file.getFileName() + ending);
        // Nobody was asked whether that one may be written over.
        return Files.exists(whole) ? file : whole;
    }

    /// The same part across, tall enough for every row that has something in it.
    static FlameViewport allRows(FlameViewport view) {
        FlameLayout layout = view.layout();
        int first = layout.rowCount() <= MOST_ROWS ? 0 : view.firstRow();
        int last = first;
        var boxes = new FlameLayout.Boxes();
        for (int row = first; row < layout.rowCount() && row < first + MOST_ROWS; row++) {
            layout.cut(layout.rows(), row, view.left(), view.right(), view.right() - view.left(), boxes);
            if (boxes.size() > 0) last = row;
        }
        return view.copy(Math.max(LEAST_WIDTH, view.width()), (last - first + 1) * FlameViewport.ROW, first * FlameViewport.ROW);
    }

    /// What a scene looks like in a picture; of its own, so that another thread may use it.
    static FlameSvg.Look look(FlameScene scene) {
        FlameColors colors = scene.colors().fresh();
        return new FlameSvg.Look() {
            @Override public int background() {
                return colors.background();
            }

            @Override public int fill(int box) {
                return colors.fill(scene.layout().frame(box));
            }

            @Override public int textOn(int fill) {
                return FlameColors.textOn(fill);
            }

            @Override public String label(int box) {
                return scene.labels().label(box);
            }

            @Override public String tooltip(int box) {
                return scene.labels().title(box);
            }
        };
    }

    /// Writes beside the file first, so that a failure leaves no half picture under its name.
    static void save(Path file, Writing writing) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        try {
            writing.to(beside);
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private void saved(TaskState<Path> state) {
        switch (state) {
            case TaskState.Done<Path>(Path file) -> ports.notifySaved(STRINGS.get("flame.export.done", file.getFileName()), file);
            case TaskState.Failed<Path>(Problem why) -> ports.notify(why);
            case TaskState.Cancelled<Path> _, TaskState.Queued<Path> _, TaskState.Running<Path> _ -> { }
        }
    }
}
