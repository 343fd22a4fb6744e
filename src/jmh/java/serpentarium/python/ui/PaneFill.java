package serpentarium.python.ui;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import serpentarium.kit.FxThread;
import serpentarium.kit.Look;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Tokens;
import serpentarium.kit.Workpane;
import serpentarium.task.ThreadTasks;

/// Opens a folder in the versions pane, in a window that has stood for some seconds, and prints how long the answer, its chain and warnings, and the list of
/// all Pythons took until the frame with them was laid out: from the click, first and again. On a display (Xvfb will do):
///
/// `java … serpentarium.python.ui.PaneFill FOLDER ROUNDS SECONDS-BEFORE`
public final class PaneFill extends Application {
    private final FxThread fx = new FxThread();
    private final ThreadTasks tasks = new ThreadTasks(fx);
    private StackPane room;
    private Workpane pane;
    private Path folder;
    private double[] answers;
    private double[] lists;
    private int round;

    /// Opens the window, measures, ends.
    public static void main(String[] arguments) {
        launch(arguments);
    }

    @Override public void start(Stage stage) {
        var arguments = getParameters().getRaw();
        folder = Path.of(arguments.get(0)).toAbsolutePath();
        answers = new double[Integer.parseInt(arguments.get(1))];
        lists = new double[answers.length];
        pane = new VersionsPane(tasks, new RecordingPorts(), new MemorySettings(), fx, System.getenv(), Path.of(System.getProperty("java.io.tmpdir"), "pane-fill"));
        room = new StackPane();
        var scene = new Scene(room, 1400, 900);
        Look.dress(scene, Tokens.LIGHT, Look.FONT_SIZE);
        stage.setScene(scene);
        stage.show();
        Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep((long) (Double.parseDouble(arguments.get(2)) * 1000));
            } catch (InterruptedException e) {
                return;
            }
            fx.execute(this::open);
        });
    }

    private void open() {
        long begin = System.nanoTime();
        var document = (VersionsDocument) pane.open(folder);
        room.getChildren().setAll(document.view());
        double made = (System.nanoTime() - begin) / 1e6;
        int number = round++;
        Runnable[] look = new Runnable[1];
        look[0] = () -> {
            double now = (System.nanoTime() - begin) / 1e6;
            if (answers[number] == 0 && document.model().resolution().get().isPresent() && document.view().lookup(".rule-wins") != null) answers[number] = now;
            if (lists[number] == 0 && document.model().loaded().get() && document.view().lookup(".table-row-cell:filled") != null) lists[number] = now;
            if (answers[number] == 0 || lists[number] == 0) return;
            room.getScene().removePostLayoutPulseListener(look[0]);
            System.out.printf(Locale.ROOT, "%2d  made %5.0f ms  answer %5.0f ms  list %5.0f ms%n", number + 1, made, answers[number], lists[number]);
            Platform.runLater(() -> next(document));
        };
        room.getScene().addPostLayoutPulseListener(look[0]);
        keepPulsing();
    }

    private void keepPulsing() {
        new javafx.animation.AnimationTimer() {
            @Override public void handle(long now) {
                room.requestLayout();
                if (round > 0 && lists[round - 1] > 0) stop();
            }
        }.start();
    }

    private void next(VersionsDocument document) {
        if (document.settled().get()) again(document);
        else document.settled().addListener((_, _, _) -> fx.execute(() -> again(document)));
    }

    private void again(VersionsDocument document) {
        document.close();
        room.getChildren().clear();
        if (round < lists.length) {
            fx.execute(this::open);
            return;
        }
        if (lists.length > 2) {
            double[] later = Arrays.copyOfRange(lists, 1, lists.length);
            Arrays.sort(later);
            System.out.printf(Locale.ROOT, "first %.0f ms, then median %.0f ms, longest %.0f ms%n", lists[0], later[later.length / 2], later[later.length - 1]);
        }
        fx.exit();
    }
}
