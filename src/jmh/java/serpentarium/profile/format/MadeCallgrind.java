package serpentarium.profile.format;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/// Writes callgrind files of any size for benchmarks; the same arguments give the same bytes. Can be run by itself:
/// `java src/jmh/java/serpentarium/profile/format/MadeCallgrind.java long|scattered MEGABYTES FILE`.
///
/// *long*: 20,000 functions, each once, with as many different lines as the size asks for. *scattered*: 100,000 functions that come again and
/// again in random order, 29 lines and some eight callees each, which is the worst for caches.
public final class MadeCallgrind {
    private static final int FILES = 800;

    private final OutputStream out;
    private final Random random = new Random(11);
    private long written;

    private MadeCallgrind(OutputStream out) {
        this.out = out;
    }

    /// Writes a file.
    public static void main(String... arguments) throws IOException {
        write(Path.of(arguments[2]), Long.parseLong(arguments[1]) * 1_000_000, arguments[0].equals("scattered"));
    }

    /// Writes a file of about this many bytes.
    static void write(Path file, long bytes, boolean scattered) throws IOException {
        try (var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            var made = new MadeCallgrind(out);
            made.put("# callgrind format\nversion: 1\ncreator: made\npid: 1\ncmd: made\npart: 1\n\npositions: line\nevents: Ir\n\n");
            if (scattered) made.scattered(bytes);
            else made.inOrder(bytes);
        }
    }

    private void put(String text) throws IOException {
        byte[] line = text.getBytes(StandardCharsets.ISO_8859_1);
        out.write(line);
        written += line.length;
    }

    private static String file(int function, boolean first) {
        int id = function % FILES;
        return "fl=(" + (id + 1) + (first ? ") /srv/app/pkg" + id % 40 + "/module" + id + ".py\n" : ")\n");
    }

    private static String name(int function, boolean first) {
        return "(" + (function + 1) + (first ? ") module" + function % FILES + ".function_" + function + "\n" : ")\n");
    }

    private void inOrder(long bytes) throws IOException {
        int functions = 20_000;
        for (int f = 0; f < functions; f++) {
            put(file(f, f < FILES) + "fn=" + name(f, true));
            var block = new StringBuilder().append(10 + f % 900).append(" 0\n");
            long end = bytes * (f + 1) / functions - 100;
            while (written + block.length() < end) {
                int step = random.nextInt(9);
                block.append(step == 0 ? "*" : "+" + step).append(' ').append(1 + random.nextInt(90_000)).append('\n');
            }
            for (int call = 0; call < 4 && f > 0; call++)
                block.append("cfn=").append(name(random.nextInt(f), false)).append("calls=").append(1 + call).append(" 10\n* ").append(random.nextInt(1_000_000)).append('\n');
            put(block.append('\n').toString());
        }
    }

    private void scattered(long bytes) throws IOException {
        int functions = 100_000;
        for (int f = 0; f < functions; f++) put(file(f, f < FILES) + "fn=" + name(f, true) + (10 + f % 900) + " 1\n\n");
        while (written < bytes) {
            int f = random.nextInt(functions);
            var block = new StringBuilder(file(f, false)).append("fn=").append(name(f, false));
            int line = 10 + f % 900;
            for (int i = 0; i < 24; i++) {
                int at = line + random.nextInt(29);
                block.append(at).append(' ').append(1 + random.nextInt(90_000)).append('\n');
                if (i % 12 != 0) continue;
                int callee = (int) ((f * 31L + random.nextInt(8) * 7919L) % functions);
                block.append("cfi=").append(file(callee, false).substring(3)).append("cfn=").append(name(callee, false)).append("calls=1 10\n* ")
                        .append(random.nextInt(1_000_000)).append('\n');
            }
            put(block.append('\n').toString());
        }
    }
}
