package serpentarium.traffic.ui;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.TableView;
import javafx.stage.Stage;
import serpentarium.kit.FxThread;
import serpentarium.kit.Look;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Theme;
import serpentarium.kit.Tokens;
import serpentarium.task.ThreadTasks;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.engine.TrafficReader;
import serpentarium.traffic.engine.proxy.Listener;
import serpentarium.traffic.engine.proxy.ListenerSpec;
import serpentarium.traffic.engine.proxy.ProxyOptions;
import serpentarium.traffic.engine.trust.Authority;
import serpentarium.traffic.engine.watch.LiveSession;
import serpentarium.traffic.ui.rule.RulesViewModel;

/// A live session in a window while a client in a process of its own asks so many times a second: how many requests failed and how many were lost, how
/// long frames took, and how old what was not shown yet was. Started by hand, on a display (Xvfb will do); see `src/jmh/sh/live-load.sh`:
///
/// `java … serpentarium.traffic.ui.LiveWindowLoad URL RATE SECONDS CONNECTIONS`
public final class LiveWindowLoad extends Application {
    private static final int WARM_SECONDS = 5;
    private static final int MOST_WAIT_SECONDS = 10;
    private static final long LOOK_NANOS = 10_000_000;

    private final FxThread fx = new FxThread();
    private final ThreadTasks tasks = new ThreadTasks(fx);
    private Path folder;
    private LiveSession live;
    private TrafficDocument document;

    /// Opens the window, measures, ends.
    public static void main(String[] arguments) {
        launch(arguments);
    }

    @Override public void start(Stage stage) throws IOException {
        List<String> arguments = getParameters().getRaw();
        folder = Files.createTempDirectory("live-load");
        live = LiveSession.begin(folder.resolve("sessions/one"), Authority.open(folder.resolve("authority")), ProxyOptions.USUAL);
        Listener listener = live.proxy().start(new ListenerSpec.Forward(ListenerSpec.LOOPBACK, 0));
        var settings = new MemorySettings();
        var surroundings = new TrafficPane.Surroundings(tasks, new RecordingPorts(), settings, new Theme(), fx);
        var reader = new TrafficReader(List.of());
        document = new TrafficDocument(live.folder(), reader, surroundings, new LiveViews(live, surroundings, TrafficPane.Places.in(folder), new RulesViewModel(settings), reader));
        var scene = new Scene((Parent) document.view(), 1600, 900);
        Look.dress(scene, Tokens.LIGHT, Look.FONT_SIZE);
        stage.setScene(scene);
        stage.show();
        var pulses = new Pulses();
        pulses.start();
        Thread.ofPlatform().start(() -> run(arguments, listener.port(), pulses));
    }

    private void run(List<String> arguments, int port, Pulses pulses) {
        try {
            client(arguments, port, WARM_SECONDS);
            int before = live.session().table().size();
            double busy = cpu();
            Map<String, Double> threads = threads();
            fxRun(() -> pulses.measure(true));
            String said = client(arguments, port, Integer.parseInt(arguments.get(2)));
            fxRun(() -> pulses.measure(false));
            double used = cpu() - busy;
            Map<String, Double> after = threads();
            int recorded = recorded(before, asked(said));
            System.out.print(said);
            System.out.printf(Locale.ROOT, "recorded %d flows, %d bytes not recorded; %.1f s of processor time%n", recorded, live.proxy().unrecorded(), used);
            fxRun(pulses::print);
            after.forEach((name, time) -> System.out.printf(Locale.ROOT, "%6.2f s %s%n", time - threads.getOrDefault(name, 0.0), name));
        } catch (IOException | InterruptedException e) {
            System.out.println("it failed: " + e);
        } finally {
            Platform.runLater(() -> {
                document.close();
                Platform.exit();
            });
        }
    }

    /// How many the client says it asked for.
    private static int asked(String said) {
        Matcher found = Pattern.compile("asked (\\d+),").matcher(said);
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }

    /// How many flows were recorded: what waits for the recorder is waited for, but what was lost never comes.
    private int recorded(int before, int asked) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_WAIT_SECONDS);
        int recorded;
        while ((recorded = live.session().table().size() - before) < asked && System.nanoTime() < end) LockSupport.parkNanos(LOOK_NANOS);
        return recorded;
    }

    private static void fxRun(Runnable work) throws InterruptedException {
        var done = new java.util.concurrent.CountDownLatch(1);
        Platform.runLater(() -> {
            work.run();
            done.countDown();
        });
        done.await();
    }

    private static double cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }

    /// Processor time of threads, those of one kind together; the virtual machine's own are not among them.
    private static Map<String, Double> threads() {
        var bean = ManagementFactory.getThreadMXBean();
        var times = new TreeMap<String, Double>();
        for (Thread each : Thread.getAllStackTraces().keySet()) times.merge(each.getName().replaceAll("[ -]?\\d+", ""), bean.getThreadCpuTime(each.threadId()) / 1e9, Double::sum);
        return times;
    }

    private static String client(List<String> arguments, int port, int seconds) throws IOException, InterruptedException {
        var process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-XX:+UseSerialGC", "-Xmx128m", "-cp", System.getProperty("java.class.path"),
                "serpentarium.traffic.engine.PacedClient", arguments.get(0), arguments.get(1), String.valueOf(seconds), arguments.get(3), String.valueOf(port)).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    @Override public void stop() throws IOException {
        tasks.shutdown(Duration.ofSeconds(10));
        try (var files = Files.walk(folder)) {
            for (Path each : files.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(each);
        }
    }

    private final class Pulses extends AnimationTimer {
        private final double[] frames = new double[100_000];
        private final double[] ages = new double[100_000];
        private final double[] unrecorded = new double[100_000];
        private int count;
        private int aged;
        private boolean on;
        private int begun;
        private long before;
        private long started;
        private TableView<?> list;

        void measure(boolean now) {
            on = now;
            begun = live.session().table().size();
            before = 0;
        }

        @Override public void handle(long now) {
            if (list == null)
                for (var node : document.view().lookupAll(".flow-list")) if (node instanceof TableView<?> table && table.isVisible()) list = table;
            if (!on || list == null || count == frames.length) return;
            if (before > 0) frames[count++] = (now - before) / 1e6;
            else started = now;
            if (before > 0 && now - before > 60_000_000) System.out.printf(Locale.ROOT, "a frame of %.0f ms, %.1f s after the start%n", (now - before) / 1e6, (now - started) / 1e9);
            before = now;
            FlowTable table = live.session().table();
            int shown = Math.min(list.getItems().size(), table.size());
            // Before the client asks, nothing waits to be shown, however old the last one is.
            if (table.size() <= begun) return;
            // All that ended before the last one that is shown is shown, so this is the age of the oldest that is not.
            double shownTo = age(table, Math.max(shown - 1, begun));
            double recordedTo = age(table, table.size() - 1);
            if (Double.isNaN(shownTo) || Double.isNaN(recordedTo)) return;
            ages[aged] = shownTo;
            unrecorded[aged++] = recordedTo;
        }

        private static double age(FlowTable table, int row) {
            return System.currentTimeMillis() - (table.started(row) + Math.max(0, table.duration(row))) * 1000;
        }

        void print() {
            System.out.printf(Locale.ROOT, "frames: %d, %s; over 100 ms: %d%n", count, spread(frames, count), Arrays.stream(frames, 0, count).filter(each -> each > 100).count());
            System.out.printf(Locale.ROOT, "age of what is not recorded yet: %s%n", spread(unrecorded, aged));
            System.out.printf(Locale.ROOT, "age of what is not shown yet: %s; over 250 ms: %d of %d%n", spread(ages, aged),
                    Arrays.stream(ages, 0, aged).filter(each -> each > 250).count(), aged);
        }

        private static String spread(double[] all, int count) {
            double[] sorted = Arrays.copyOf(all, count);
            Arrays.sort(sorted);
            return count == 0 ? "none" : String.format(Locale.ROOT, "median %.1f ms, 99 %% %.1f ms, longest %.1f ms", sorted[count / 2], sorted[count * 99 / 100], sorted[count - 1]);
        }
    }
}
