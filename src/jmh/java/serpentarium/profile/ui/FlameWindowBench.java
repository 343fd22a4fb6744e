package serpentarium.profile.ui;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.stage.Stage;
import serpentarium.kit.Look;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Theme;
import serpentarium.kit.Tokens;
import serpentarium.profile.Profile;
import serpentarium.profile.analysis.FlameLayoutBench;
import serpentarium.task.InlineTasks;

/// Moves and zooms a flame graph in a real window and prints how long the frames took, labels and toolkit and all: the time from one pulse to the next,
/// which is 16.7 ms as long as everything is ready in time. Started by hand, on a display (Xvfb will do):
///
/// `java … -Dprism.order=sw serpentarium.profile.ui.FlameWindowBench NODES SECONDS`
public final class FlameWindowBench extends Application {
    private static final double WIDTH = 1600;
    private static final double HEIGHT = 900;

    /// Opens the window, measures, ends.
    public static void main(String[] arguments) {
        launch(arguments);
    }

    @Override public void start(Stage stage) {
        int nodes = Integer.parseInt(getParameters().getRaw().get(0));
        double seconds = Double.parseDouble(getParameters().getRaw().get(1));
        Profile profile = FlameLayoutBench.synthetic(nodes);
        var tasks = new InlineTasks();
        var view = new FlameView(new ProfileViewModel(profile, tasks), new Theme(), new RecordingPorts(), new MemorySettings(), tasks);
        var scene = new Scene(view, WIDTH, HEIGHT);
        Look.dress(scene, Tokens.LIGHT, Look.FONT_SIZE);
        stage.setScene(scene);
        stage.show();
        new Script(view, seconds).start();
    }

    private static final class Script extends AnimationTimer {
        private static final String[] PARTS = {"rest", "zoom in and out at the mouse", "move across, 10x", "scroll down", "move across, 1000x"};

        private final FlameView view;
        private final double seconds;
        private double[] times = new double[100_000];
        private int frames;
        private double[] cpu;
        private int part;
        private long began;
        private long before;

        Script(FlameView view, double seconds) {
            this.view = view;
            this.seconds = seconds;
        }

        @Override public void handle(long now) {
            if (began == 0) began = now;
            double t = (now - began) / 1e9;
            // The first half second is for warming up.
            if (t > 0.5 && frames == 0) cpu = cpu();
            if (t > 0.5 && before > 0) times[frames++] = (now - before) / 1e6;
            before = now;
            if (t > seconds) {
                print();
                frames = 0;
                began = 0;
                before = 0;
                view.reset();
                if (++part == PARTS.length) {
                    stop();
                    javafx.application.Platform.exit();
                    return;
                }
                if (part == 2) view.zoomAt(WIDTH * 0.37, 10);
                if (part == 4) view.zoomAt(WIDTH * 0.37, 1000);
                return;
            }
            switch (part) {
                case 1 -> view.zoomAt(500 + 300 * Math.sin(t), Math.sin(t * 3) > 0 ? 1.06 : 1 / 1.06);
                case 2, 4 -> view.pan(Math.sin(t * 2) > 0 ? -9 : 9, 0);
                case 3 -> view.pan(0, Math.sin(t * 2) > 0 ? -7 : 7);
                default -> { }
            }
        }

        private void print() {
            double[] sorted = Arrays.copyOf(times, frames);
            Arrays.sort(sorted);
            double sum = Arrays.stream(sorted).sum();
            double[] used = cpu();
            System.out.printf(Locale.ROOT, "%-30s %5.1f frames/s  median %5.1f  90%% %5.1f  99%% %5.1f  max %5.1f ms; busy: window %4.1f renderer %4.1f ms%n",
                    PARTS[part], frames * 1000 / sum, sorted[frames / 2], sorted[frames * 9 / 10], sorted[frames * 99 / 100], sorted[frames - 1],
                    (used[0] - cpu[0]) / frames, (used[1] - cpu[1]) / frames);
        }

        /// How long the window's thread and the renderer's have been busy, in milliseconds: what other programs do does not count.
        private static double[] cpu() {
            var threads = ManagementFactory.getThreadMXBean();
            double[] used = new double[2];
            for (var thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().equals("JavaFX Application Thread")) used[0] = threads.getThreadCpuTime(thread.threadId()) / 1e6;
                if (thread.getName().startsWith("QuantumRenderer")) used[1] = threads.getThreadCpuTime(thread.threadId()) / 1e6;
            }
            return used;
        }
    }
}
