package serpentarium.log.engine;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/// Writes a log as Python's logging does, of any size, always the same bytes: `java MadeLog.java FILE MEGABYTES`. Sixteen different seconds of it are made
/// once; of each second only the time is new. Every thousandth second ends with a line that holds `needle-` and a number.
public final class MadeLog {
    private static final String[] LEVELS = {"DEBUG", "DEBUG", "DEBUG", "DEBUG", "DEBUG", "INFO", "INFO", "INFO", "INFO", "INFO", "INFO", "INFO", "INFO", "INFO", "INFO", "INFO",
        "WARNING", "WARNING", "ERROR", "CRITICAL"};
    private static final String[] LOGGERS = {"app.web", "app.db.pool", "worker.mail", "app.auth", "sched"};
    private static final String PLACE = "0000-00-00 00:00:00";

    private MadeLog() {}

    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]), Long.parseLong(arguments[1]) * 1_000_000);
    }

    /// Writes a log of at least so many bytes.
    ///
    /// @return how many lines
    public static long write(Path file, long bytes) throws IOException {
        byte[][] seconds = new byte[16][];
        int[][] places = new int[16][];
        long[] lines = new long[16];
        for (int k = 0; k < 16; k++) {
            String text = second(1000 + k, 2200 + 17 * k);
            seconds[k] = text.getBytes(StandardCharsets.UTF_8);
            lines[k] = text.chars().filter(c -> c == '\n').count();
            places[k] = places(seconds[k]);
        }
        LocalDateTime start = LocalDateTime.of(2025, 3, 1, 0, 0);
        DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
        long written = 0;
        long count = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (int second = 0; written < bytes; second++) {
                String time = format.format(start.plusSeconds(second));
                byte[] stamp = time.getBytes(StandardCharsets.US_ASCII);
                byte[] text = seconds[second % 16];
                for (int at : places[second % 16]) System.arraycopy(stamp, 0, text, at, stamp.length);
                out.write(text);
                written += text.length;
                count += lines[second % 16];
                if (second % 1000 == 500) {
                    byte[] needle = "%s,999 INFO app.web [1] needle-%06d\n".formatted(time, second / 1000).getBytes(StandardCharsets.US_ASCII);
                    out.write(needle);
                    written += needle.length;
                    count++;
                }
            }
        }
        return count;
    }

    private static int[] places(byte[] text) {
        byte[] place = PLACE.getBytes(StandardCharsets.US_ASCII);
        return java.util.stream.IntStream.range(0, text.length - place.length)
                .filter(at -> java.util.Arrays.equals(text, at, at + place.length, place, 0, place.length)).toArray();
    }

    private static String second(long seed, int lines) {
        var out = new StringBuilder();
        var random = new java.util.Random(seed);
        for (int i = 0; i < lines; i++) {
            int number = random.nextInt(100_000);
            String level = LEVELS[random.nextInt(LEVELS.length)];
            out.append("%s,%03d %s %s [%d] %s%n".formatted(PLACE, i * 1000 / lines, level, LOGGERS[random.nextInt(LOGGERS.length)], 1000 + number % 8, message(number)));
            if (number % 3 == 0 && (level.equals("ERROR") || level.equals("CRITICAL"))) out.append("""
                Traceback (most recent call last):
                  File "/srv/app/orders.py", line %d, in handle
                    total = price(order) * order.count
                  File "/srv/app/prices.py", line %d, in price
                    return table[order.sku]
                KeyError: 'SKU-%d'
                """.formatted(number % 900, number % 77, number));
        }
        return out.toString();
    }

    private static String message(int number) {
        return switch (number % 5) {
            case 0 -> "GET /item/%d took %d ms".formatted(number, number % 700);
            case 1 -> "cache miss for key user:%d".formatted(number);
            case 2 -> "committed transaction %d (%d rows)".formatted(number, number % 50);
            case 3 -> "retrying upstream call, attempt %d".formatted(number % 4);
            default -> "größe der Warteschlange: %d".formatted(number);
        };
    }
}
