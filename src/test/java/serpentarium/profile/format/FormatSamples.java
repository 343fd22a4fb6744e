package serpentarium.profile.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import com.fasterxml.jackson.jr.ob.JSON;

import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.profile.Profile;
import serpentarium.task.TaskContext;

/// The packed sample files of one format, and what every reader has to withstand.
public record FormatSamples(String folder) {
    private static final List<String> HUGE_TEXTS = List.of("2147483647", "4294967295", "9223372036854775807", "18446744073709551616",
            "9".repeat(40), "9".repeat(500), "1e308");
    /// Lengths of four and eight bytes in both orders, and numbers of variable length.
    private static final List<byte[]> HUGE_BYTES = List.of("7fffffff", "ffffff7f", "ffffffff", "7fffffffffffffff", "ffffffffffffff7f", "ffffffff07",
            "ffffffff0f", "ffffffffffffffff7f", "ffffffffffffffffff01").stream().map(HexFormat.of()::parseHex).toList();

    private Path directory() {
        try {
            return Path.of(FormatSamples.class.getResource(folder).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The names of the samples, without those of truth files.
    public Stream<String> names() {
        try (Stream<Path> files = Files.list(directory())) {
            List<String> names = files.map(f -> f.getFileName().toString()).filter(n -> n.endsWith(".gz") && !n.endsWith(".truth.json.gz"))
                    .map(n -> n.substring(0, n.length() - 3)).sorted().toList();
            if (names.isEmpty()) throw new IllegalStateException("no samples in " + folder);
            return names.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The bytes of a sample.
    public byte[] bytes(String name) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(directory().resolve(name + ".gz"))))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A sample as a source of its own name.
    Source source(String name) {
        return Source.of(name, bytes(name));
    }

    /// Whether there is a truth file of this name.
    boolean hasTruth(String name) {
        return Files.exists(directory().resolve(name + ".truth.json.gz"));
    }

    /// What the reference tool says of a sample.
    public Map<String, Object> truth(String name) {
        try {
            return JSON.std.mapFrom(new String(bytes(name + ".truth.json"), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads bytes that may be damaged: a profile, or null for a problem. Anything else that is thrown comes out.
    static Profile readDamaged(ProfileFormat format, byte[] bytes) {
        try {
            return format.read(Source.of("damaged", bytes), TaskContext.detached());
        } catch (ProblemException e) {
            if (e.problem().title().isBlank()) throw new AssertionError("a problem without a title", e);
            return null;
        } catch (CancellationException e) {
            throw new AssertionError("nobody cancelled", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The bytes with one to eight of them changed, by the seed.
    static byte[] flipped(byte[] bytes, long seed) {
        var random = new Random(seed);
        byte[] copy = bytes.clone();
        for (int n = 1 + random.nextInt(8); n > 0; n--) {
            int at = random.nextInt(copy.length);
            copy[at] = switch (random.nextInt(4)) {
                case 0 -> (byte) random.nextInt(256);
                case 1 -> (byte) (copy[at] ^ 1 << random.nextInt(8));
                case 2 -> (byte) "\n=:()+-*0123456789;# xcfn".charAt(random.nextInt(24));
                default -> copy[random.nextInt(copy.length)];
            };
        }
        return copy;
    }

    /// The bytes cut, with a span repeated, with a number that is far too large, or with bytes changed, by the seed.
    public static byte[] damaged(byte[] bytes, long seed) {
        var random = new Random(~seed);
        int at = random.nextInt(bytes.length);
        return switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> {
                byte[] span = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(400)));
                int to = random.nextBoolean() ? at : random.nextInt(bytes.length);
                byte[] copy = bytes;
                for (int n = 1 + random.nextInt(20); n > 0; n--) copy = replaced(copy, to, to, span);
                yield copy;
            }
            case 2 -> {
                int from = at;
                while (from < bytes.length && (bytes[from] < '0' || bytes[from] > '9')) from++;
                int to = from;
                while (to < bytes.length && bytes[to] >= '0' && bytes[to] <= '9') to++;
                yield replaced(bytes, from, to, HUGE_TEXTS.get(random.nextInt(HUGE_TEXTS.size())).getBytes(StandardCharsets.US_ASCII));
            }
            case 3 -> {
                byte[] huge = HUGE_BYTES.get(random.nextInt(HUGE_BYTES.size()));
                yield replaced(bytes, at, random.nextBoolean() ? at : Math.min(bytes.length, at + huge.length), huge);
            }
            default -> flipped(bytes, seed);
        };
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] with) {
        byte[] copy = Arrays.copyOf(bytes, bytes.length - (to - from) + with.length);
        System.arraycopy(with, 0, copy, from, with.length);
        System.arraycopy(bytes, to, copy, from + with.length, bytes.length - to);
        return copy;
    }
}
