package serpentarium.log.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import serpentarium.task.TaskContext;

/// How soon a log is there, in a program that has just started and in one that has opened some: `java -Xmx256m -cp … serpentarium.log.engine.LogOpen FILE`. The last 60 lines with the
/// format and the record of the last one, before anything is indexed; then all lines; then the first, the middle and the last page, and one search.
public final class LogOpen {
    private LogOpen() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("log-open");
        for (int i = 1; i <= 20; i++) {
            long start = System.nanoTime();
            try (LogLines lines = LogLines.open(Path.of(arguments[0]), Optional.empty(), folder)) {
                LogLines.Rows end = lines.end(60).orElseThrow();
                if (i == 1 || i == 20) say("the last %d lines, opened for the %d. time", start, end.page().count(), i);
                new RecordReader(lines, ZoneId.systemDefault()).format(lines.parts().getLast());
                if (i == 1 || i == 20) say("and their format", start);
            }
        }
        long start = System.nanoTime();
        try (LogLines lines = LogLines.open(Path.of(arguments[0]), Optional.empty(), folder)) {
            LogLines.Rows end = lines.end(60).orElseThrow();
            String last = end.page().text(end.page().count() - 1);
            long before = System.nanoTime();
            lines.fill(Optional.empty(), TaskContext.detached());
            say("all %,d lines", before, lines.rows());
            for (long row : new long[] {0, lines.rows() / 2, lines.rows() - 60}) {
                before = System.nanoTime();
                lines.rows(row, 60);
                say("rows from %,d on", before, row);
            }
            before = System.nanoTime();
            var search = new LineSearch(lines.parts().getLast().pages(), LineQuery.text("needle-"));
            search.run(0, TaskContext.detached());
            say("needle-, %,d lines", before, search.hits().size());
            System.gc();
            long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
            say("with %.1f MB of heap in the end, “%s” last", start, heap / 1e6, last);
        } finally {
            Files.delete(folder);
        }
    }

    private static void say(String what, long since, Object... values) {
        System.out.printf(Locale.ROOT, "%9.1f ms  %s%n", (System.nanoTime() - since) / 1e6, what.formatted(values));
    }
}
