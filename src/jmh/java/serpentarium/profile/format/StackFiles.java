package serpentarium.profile.format;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/// Makes large files of stacks, the same ones each time: `java src/jmh/java/serpentarium/profile/format/StackFiles.java KIND FILE MEGABYTES`
/// with KIND `collapsed`, `sampled` or `evented` (the latter two are speedscope's) or `chrome` (as viztracer writes it).
///
/// Stacks wander: each keeps some of the outer frames of the one before and goes on with others, so that most are new, which is the worst
/// case for a reader.
public final class StackFiles {
    private static final int THREADS = 40;
    private static final int DEPTH = 30;
    private static final int FUNCTIONS = 3000;
    private static final String SCHEMA = "{\"$schema\":\"https://www.speedscope.app/file-format-schema.json\",";

    private final Random random = new Random(7);
    private final BufferedWriter out;
    private final int[] path = new int[DEPTH];
    private int depth;
    private long written;

    private StackFiles(BufferedWriter out) {
        this.out = out;
    }

    /// Makes a file.
    public static void main(String[] arguments) throws IOException {
        make(arguments[0], Path.of(arguments[1]), Long.parseLong(arguments[2]) * 1_000_000);
    }

    /// Makes a file of a kind and about so many bytes.
    static void make(String kind, Path file, long bytes) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            var files = new StackFiles(out);
            switch (kind) {
                case "collapsed" -> files.collapsed(bytes);
                case "sampled" -> files.sampled(bytes);
                case "evented" -> files.evented(bytes);
                case "chrome" -> files.chrome(bytes);
                default -> throw new IllegalArgumentException(kind);
            }
        }
    }

    private void put(String text) throws IOException {
        out.write(text);
        written += text.length();
    }

    private void wander() {
        depth = depth == 0 ? 0 : random.nextInt(depth);
        do path[depth] = depth * 12 + random.nextInt(12); while (++depth < 8 || depth < DEPTH && random.nextInt(5) > 0);
    }

    private void collapsed(long bytes) throws IOException {
        while (written < bytes) {
            wander();
            for (int d = 0; d < depth; d++) put((d == 0 ? "pkg" : ";pkg") + path[d] % 12 + ".mod" + path[d] % 97 + ":fn_" + path[d]);
            put(" " + (1 + random.nextInt(40)) + "\n");
        }
    }

    /// As py-spy writes it: profiles before frames, each sample with the same weight.
    private void sampled(long bytes) throws IOException {
        put(SCHEMA + "\"profiles\":[");
        for (int t = 0; t < THREADS; t++) {
            put((t == 0 ? "" : ",") + "{\"type\":\"sampled\",\"name\":\"Thread 0x7F" + t + " \\\"worker\\\"\",\"unit\":\"seconds\","
                    + "\"startValue\":0.0,\"endValue\":1.0,\"samples\":[");
            int samples = 0;
            while (written < bytes / THREADS * (t + 1)) {
                wander();
                for (int same = 1 << random.nextInt(4); same > 0; same--) {
                    put(samples++ == 0 ? "[" : ",[");
                    for (int d = 0; d < depth; d++) put((d == 0 ? "" : ",") + path[d]);
                    put("]");
                }
            }
            put("],\"weights\":[0.01");
            for (int s = 1; s < samples; s++) put(",0.01");
            put("]}");
        }
        put("]," + frames() + ",\"exporter\":\"py-spy@0.3.14\"}");
    }

    private void evented(long bytes) throws IOException {
        put(SCHEMA + frames() + ",\"profiles\":[");
        for (int t = 0; t < THREADS; t++) {
            put((t == 0 ? "" : ",") + "{\"type\":\"evented\",\"name\":\"thread " + t + "\",\"unit\":\"microseconds\",\"startValue\":0,\"events\":[");
            long now = 0;
            boolean first = true;
            while (written < bytes / THREADS * (t + 1) || depth > 0) {
                now += random.nextInt(3000);
                boolean close = depth > 0 && (written > bytes / THREADS * (t + 1) || depth == DEPTH || random.nextBoolean());
                if (!close) path[depth] = depth * 9 + random.nextInt(9);
                put((first ? "" : ",") + "{\"type\":\"" + (close ? "C" : "O") + "\",\"frame\":" + path[close ? depth - 1 : depth] + ",\"at\":"
                        + now / 1000 + "." + (1000 + now % 1000 + "").substring(1) + "}");
                depth += close ? -1 : 1;
                first = false;
            }
            put("]}");
        }
        put("]}");
    }

    /// Complete events, the inner before the outer, as they end.
    private void chrome(long bytes) throws IOException {
        put("{\"traceEvents\":[{\"ph\":\"M\",\"pid\":7,\"tid\":1,\"name\":\"thread_name\",\"args\":{\"name\":\"MainThread\"}}");
        long[] begun = new long[DEPTH];
        long now = 1_000_000_000L;
        while (written < bytes || depth > 0) {
            now += 1 + random.nextInt(3000);
            boolean close = depth > 0 && (written >= bytes || depth == DEPTH || random.nextBoolean());
            if (close) {
                int f = path[--depth];
                put(",{\"pid\":7,\"tid\":1,\"ts\":" + now(begun[depth]) + ",\"ph\":\"X\",\"cat\":\"fee\",\"dur\":" + now(now - begun[depth])
                        + ",\"name\":\"fn_" + f + " (/srv/app/pkg" + f % 12 + "/mod" + f % 97 + ".py:" + (f % 900 + 1) + ")\"}");
            } else {
                path[depth] = depth * 9 + random.nextInt(9);
                begun[depth++] = now;
            }
        }
        put("],\"viztracer_metadata\":{\"version\":\"0.16.0\"}}");
    }

    /// Nanoseconds as microseconds.
    private static String now(long nanoseconds) {
        return nanoseconds / 1000 + "." + (1000 + nanoseconds % 1000 + "").substring(1);
    }

    private static String frames() {
        var text = new StringBuilder("\"shared\":{\"frames\":[");
        for (int f = 0; f < FUNCTIONS; f++)
            text.append(f == 0 ? "" : ",").append("{\"name\":\"fn_").append(f).append("\",\"file\":\"/srv/app/pkg").append(f % 12).append("/mod")
                    .append(f % 97).append(".py\",\"line\":").append(f % 900 + 1).append(",\"col\":null}");
        return text.append("]}").toString();
    }
}
