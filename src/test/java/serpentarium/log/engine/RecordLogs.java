package serpentarium.log.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import serpentarium.log.LogRecord;
import serpentarium.log.format.LogSource;
import serpentarium.log.format.RecordScanner;
import serpentarium.task.TaskContext;

/// Logs whose records are hard to find from the midst of them, and all of their records.
final class RecordLogs {
    private RecordLogs() {}

    /// What is made here.
    enum Kind { PYTHON, PLAIN, DOCKER, CRI, JSON, UTF_16, COLOURED }

    /// A log of some thousand lines.
    static byte[] made(Kind kind, int seed, int records) {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (int i = 0; i < records; i++) {
            String body = switch (kind) {
                case PLAIN -> plain(random, i);
                case JSON -> json(random, i);
                default -> python(random, i, kind == Kind.COLOURED);
            };
            switch (kind) {
                case DOCKER -> docker(text, body, random, i);
                case CRI -> cri(text, body, random, i);
                default -> text.append(body).append(random.nextInt(7) == 0 && kind != Kind.UTF_16 ? "\r\n" : "\n");
            }
        }
        if (seed % 2 == 0) text.setLength(text.length() - 1);
        return text.toString().getBytes(kind == Kind.UTF_16 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
    }

    private static String time(int i) {
        return "2026-11-22 %02d:%02d:%02d,%03d".formatted(i / 3600 % 24, i / 60 % 60, i % 60, i % 1000);
    }

    private static String python(Random random, int i, boolean coloured) {
        String[] levels = {"DEBUG", "INFO", "INFO", "INFO", "WARNING", "ERROR", "CRITICAL", "NOTICE"};
        String level = levels[random.nextInt(levels.length)];
        if (coloured) level = "\u001b[3" + random.nextInt(8) + "m" + level + "\u001b[0m";
        String head = time(i) + " " + level + " app.web" + random.nextInt(3) + " [" + random.nextInt(9) + "] größe " + i;
        return switch (random.nextInt(14)) {
            case 0 -> head + "\n" + traceback(random);
            case 1 -> head + "\n  goes on\n\nand on";
            case 2 -> "/srv/x.py:12: DeprecationWarning: old\n  use(old)";
            case 3 -> "Exception in thread Thread-1:\n" + traceback(random);
            case 4 -> head + "x".repeat(random.nextInt(9) == 0 ? 40_000 : 200);
            default -> head;
        };
    }

    private static String traceback(Random random) {
        String one = "Traceback (most recent call last):\n  File \"/srv/app.py\", line 3, in f\n    g()\nValueError: no " + random.nextInt(5);
        return random.nextInt(3) > 0 ? one : one + "\n\nDuring handling of the above exception, another exception occurred:\n\n" + one;
    }

    private static String plain(Random random, int i) {
        return switch (random.nextInt(8)) {
            case 0 -> traceback(random);
            case 1 -> "    moved in " + i;
            case 2 -> "";
            case 3 -> "ValueError: alone";
            case 4 -> "The above exception was the direct cause of the following exception:";
            case 5 -> "bar 10%\rbar 100%\rdone " + i;
            default -> "words of no kind ".repeat(8) + i;
        };
    }

    private static String json(Random random, int i) {
        String error = random.nextInt(9) == 0 ? ", \"exc_info\": \"Traceback (most recent call last):\\n  File \\\"a.py\\\", line 1, in b\\nKeyError: 'x'\"" : "";
        return "{\"time\": \"%s\", \"level\": \"%s\", \"logger\": \"a.b\", \"message\": \"m %d\"%s}".formatted(time(i), random.nextBoolean() ? "info" : "error", i, error)
                + (random.nextInt(20) == 0 ? "\nTraceback (most recent call last):\n  File \"a\", line 1, in b\nKeyError: 1" : "");
    }

    private static void docker(StringBuilder out, String body, Random random, int i) {
        for (String line : body.split("\n", -1)) {
            for (int at = 0; ; ) {
                int to = random.nextInt(5) == 0 ? Math.min(line.length(), at + 1 + random.nextInt(30)) : line.length();
                boolean last = to == line.length();
                out.append("{\"log\":\"").append(line.substring(at, to).replace("\\", "\\\\").replace("\"", "\\\"")).append(last ? "\\n" : "")
                        .append("\",\"stream\":\"stderr\",\"time\":\"2026-11-22T07:%02d:%02d.%09dZ\"}\n".formatted(i / 60 % 60, i % 60, i));
                if (last) break;
                at = to;
            }
        }
    }

    private static void cri(StringBuilder out, String body, Random random, int i) {
        for (String line : body.split("\n", -1)) {
            for (int at = 0; ; ) {
                int to = random.nextInt(5) == 0 ? Math.min(line.length(), at + 1 + random.nextInt(30)) : line.length();
                boolean last = to == line.length();
                out.append("2026-11-22T07:%02d:%02d.%09dZ stdout %s ".formatted(i / 60 % 60, i % 60, i, last ? "F" : "P")).append(line, at, to).append('\n');
                if (last) break;
                at = to;
            }
        }
    }

    /// A file with a log, as its samples and those that are made here.
    static Path file(Path folder, String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    /// Opened, with all lines found.
    static LogLines open(Path file) throws IOException {
        LogLines log = LogLines.open(file, Optional.empty(), file.getParent());
        log.fill(Optional.empty(), TaskContext.detached());
        return log;
    }

    /// A record, and the lines of the file that it has.
    record Found(LogRecord record, long first, long last, boolean traceback) {}

    /// All records, read from the start.
    static List<Found> records(Path file) throws IOException {
        var records = new ArrayList<Found>();
        try (RecordScanner scanner = LogSource.open(file, null, ZoneOffset.UTC).records(TaskContext.detached())) {
            while (scanner.next()) records.add(new Found(scanner.view().detached(), scanner.view().line() - 1, scanner.view().last() - 1, scanner.view().traceback()));
        }
        for (int i = 0; i < records.size() - 1; i++) assertEquals(records.get(i).last + 1, records.get(i + 1).first);
        return records;
    }

    /// The record that a line belongs to.
    static Optional<Found> at(List<Found> records, long line) {
        int low = 0;
        int high = records.size();
        while (low < high) {
            int middle = low + high >>> 1;
            if (records.get(middle).first <= line) low = middle + 1;
            else high = middle;
        }
        return low == 0 ? Optional.empty() : Optional.of(records.get(low - 1));
    }
}
