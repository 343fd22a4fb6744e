package serpentarium.profile.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import com.fasterxml.jackson.jr.ob.JSON;

import serpentarium.base.Source;
import serpentarium.profile.Profile;
import serpentarium.task.TaskContext;

/// The pstats files of the test resources, some of them packed, each beside what the pstats module of the Python that wrote it says of it.
final class PstatsSamples {
    private PstatsSamples() {}

    /// A sample.
    ///
    /// @param name  its file name, unpacked
    /// @param bytes its content, unpacked
    /// @param truth where the truth lies; it may not exist
    record Sample(String name, byte[] bytes, Path truth) {
        Map<String, Object> facts() throws IOException {
            return JSON.std.mapFrom(unpack(truth));
        }

        boolean yappi() {
            return name.contains(".yappi.");
        }

        Profile.Graph read() throws IOException {
            return PstatsSamples.read(name, bytes);
        }
    }

    static Profile.Graph read(String name, byte[] bytes) throws IOException {
        return (Profile.Graph) new PstatsFormat().read(Source.of(name, bytes), TaskContext.detached());
    }

    /// The samples that tell the truth, by name.
    static List<Sample> good() throws IOException {
        return in("pstats");
    }

    /// The damaged ones, by name.
    static List<Sample> hostile() throws IOException {
        return in("pstats/hostile");
    }

    private static List<Sample> in(String folder) throws IOException {
        Path directory = folder(folder);
        try (var files = Files.list(directory)) {
            var samples = new java.util.ArrayList<Sample>();
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (Files.isDirectory(file) || name.endsWith(".truth.json.gz")) continue;
                byte[] bytes = name.endsWith(".gz") ? unpack(file) : Files.readAllBytes(file);
                String plain = name.replaceFirst("\\.gz$", "");
                String module = plain.contains(".yappi.") ? ".pstats-module" : "";
                samples.add(new Sample(plain, bytes, directory.resolve(plain + module + ".truth.json.gz")));
            }
            return samples;
        }
    }

    private static Path folder(String name) throws IOException {
        try {
            return Path.of(PstatsSamples.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static byte[] unpack(Path file) throws IOException {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            return in.readAllBytes();
        }
    }
}
