package serpentarium.traffic.format.packets;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import com.fasterxml.jackson.jr.ob.JSON;

import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Source;
import serpentarium.task.TaskContext;
import serpentarium.traffic.format.ReadOptions;
import serpentarium.traffic.format.TrafficFormat;

/// The packed captures of the tests, and what tshark says of them.
final class CaptureFiles {
    private CaptureFiles() {}

    private static Path folder() {
        try {
            return Path.of(CaptureFiles.class.getResource("http1-basic.pcap.gz").toURI()).getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The names of the captures that end like this.
    static List<String> names(String end) {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(end + ".gz")).map(name -> name.substring(0, name.length() - 3))
                    .sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean exists(String name) {
        return Files.exists(folder().resolve(name + ".gz"));
    }

    static byte[] bytes(String name) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(folder().resolve(name + ".gz"))))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Object> truth(String name) {
        try {
            return JSON.std.mapFrom(new String(bytes(name + ".truth.json"), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The format that bids for the bytes.
    static TrafficFormat format(byte[] bytes) throws IOException {
        for (TrafficFormat format : List.of(new PcapFormat(), new PcapngFormat()))
            if (format.sniff(Head.of(Source.of("unknown", bytes))) instanceof Bid.Yes) return format;
        return null;
    }

    /// A key log of the same name, else nothing.
    static ReadOptions keys(String name) {
        String log = name.replaceFirst("\\.pcap(ng)?$", ".keylog");
        return exists(log) ? new ReadOptions(Source.of(log, bytes(log))) : ReadOptions.NONE;
    }

    static HeldFlows read(String name) throws IOException {
        return read(bytes(name), keys(name));
    }

    static HeldFlows read(byte[] bytes, ReadOptions options) throws IOException {
        var flows = new HeldFlows();
        format(bytes).read(Source.of("capture", bytes), options, flows, TaskContext.detached());
        for (HeldFlows.Held flow : flows.flows) if (!flow.closed) throw new AssertionError(flow.id + " was not closed");
        return flows;
    }
}
