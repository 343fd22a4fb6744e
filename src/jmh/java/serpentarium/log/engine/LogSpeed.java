package serpentarium.log.engine;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import serpentarium.log.TextEncoding;
import serpentarium.task.TaskContext;

/// Times what is done to a big log, in processor time of all threads, which means more than the clock on a machine that does other things too:
/// `java -Xmx256m -cp … serpentarium.log.engine.LogSpeed FILE [ROUNDS]`. Each round indexes the file, asks for 3,000 random pages of 60 lines, and searches.
public final class LogSpeed {
    private static final List<LineQuery> QUERIES = List.of(LineQuery.text("needle-"), LineQuery.text("KeyError"), LineQuery.text("ERROR"),
            new LineQuery("keyerror", false, true), LineQuery.expression("took [0-9]+5 ms"), LineQuery.expression("SKU-9[0-9]+7"),
            LineQuery.expression("KeyError: '.*42"), LineQuery.expression("\\[10[0-9]3\\]"));

    private LogSpeed() {}

    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        try (LogFile file = LogFile.open(Path.of(arguments[0]))) {
            double gigabytes = file.size() / 1e9;
            for (int round = 1; round <= rounds; round++) {
                var index = new LineIndex(TextEncoding.UTF_8);
                time("round " + round + ", index", gigabytes, () -> IndexBuild.extend(index, file, TaskContext.detached()));
                say("  %,d lines, %.4f bytes a line kept%n", index.lines(), (double) index.footprint() / index.lines());
                var pages = new LinePages(file, index);
                pages(pages);
                for (LineQuery query : QUERIES) {
                    var search = new LineSearch(pages, query);
                    time((query.expression() ? "/" : "\"") + query.text() + (query.ignoreCase() ? " (any case)" : ""), gigabytes, () -> search.run(0, TaskContext.detached()));
                    say("  %,d lines%n", search.hits().size());
                }
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void time(String what, double gigabytes, Work work) throws IOException {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long clock = System.nanoTime();
        work.run();
        double seconds = (system.getProcessCpuTime() - cpu) / 1e9;
        say("%-28s %6.2f s of processor, %6.2f s by the clock, %5.2f GB/s a core", what, seconds, (System.nanoTime() - clock) / 1e9, gigabytes / seconds);
    }

    private static void pages(LinePages pages) throws IOException {
        var random = new Random(1);
        long[] times = new long[3000];
        for (int i = 0; i < times.length; i++) {
            long line = random.nextLong(Math.max(1, pages.index().lines() - 60));
            long from = System.nanoTime();
            pages.page(line, 60);
            times[i] = System.nanoTime() - from;
        }
        Arrays.sort(times);
        say("a page of 60 lines: half within %d µs, 99 of 100 within %d µs%n", times[times.length / 2] / 1000, times[times.length * 99 / 100] / 1000);
    }

    private static void say(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format, arguments);
    }
}
