package serpentarium.log.ui;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/// Logs for tests of the pane.
final class LogSamples {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS");
    private static final String[] LEVELS = {"INFO", "DEBUG", "INFO", "WARNING", "INFO", "DEBUG", "INFO"};
    private static final String TRACEBACK = """
            Traceback (most recent call last):
              File "/srv/app/web.py", line 42, in handle
                user = load(request)
              File "/srv/app/db.py", line 17, in load
                return table[key]
                       ~~~~~^^^^^
            KeyError: 'user'
            """;

    private LogSamples() {}

    /// Records of one line, one a second.
    static Path records(Path file, int count) throws IOException {
        return write(file, count, false);
    }

    /// Records as programs write them, every hundredth with a traceback.
    static Path failures(Path file, int count) throws IOException {
        return write(file, count, true);
    }

    private static Path write(Path file, int count, boolean failing) throws IOException {
        var time = LocalDateTime.of(2026, 11, 28, 9, 0);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < count; i++) {
                boolean fails = failing && i % 100 == 50;
                out.write(time.plusSeconds(i).format(TIME) + " - app." + (i % 3 == 0 ? "db" : "web") + " - " + (fails ? "ERROR" : LEVELS[i % LEVELS.length]) + " - message " + i + "\n");
                if (fails) out.write(TRACEBACK);
            }
        }
        return file;
    }

    /// A log of so many bytes.
    static Path large(Path file, int bytes) throws IOException {
        var some = new StringBuilder();
        for (int i = 0; some.length() < 1 << 20; i++) some.append("2026-11-28 09:00:00,000 - app - INFO - line ").append(i).append('\n');
        byte[] block = some.toString().getBytes(StandardCharsets.US_ASCII);
        try (var out = Files.newOutputStream(file)) {
            for (int at = 0; at < bytes; at += block.length) out.write(block);
            out.write("2026-11-28 09:00:00,000 - app - INFO - last\n".getBytes(StandardCharsets.US_ASCII));
        }
        return file;
    }
}
