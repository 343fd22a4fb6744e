package serpentarium.traffic.format.packets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the tshark that is installed here says of the same capture, where there is one.
class TsharkTest {
    private static boolean installed() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator)).anyMatch(folder -> Files.isExecutable(Path.of(folder, "tshark")));
    }

    private static List<String> tshark(Path capture, Path keys, String filter, String... fields) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("tshark", "-r", capture.toString(), "-Y", filter, "-T", "fields", "-E", "aggregator=\u001f"));
        for (String port : List.of("7080", "7090", "8081")) command.addAll(List.of("-d", "tcp.port==" + port + ",http"));
        if (keys != null) command.addAll(List.of("-o", "tls.keylog_file:" + keys));
        for (String field : fields) command.addAll(List.of("-e", field));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return out.lines().toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http1-basic.pcap", "http1-concurrent.pcapng", "lossy-eth-server.pcap", "tls12-resumed-ec.pcap", "tls13-http1.pcapng", "tls13-http2.pcapng"})
    void seesTheSameRequests(String name, @TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(installed(), "tshark is not installed");
        Path capture = Files.write(folder.resolve(name), CaptureFiles.bytes(name));
        Path keys = CaptureFiles.keys(name).keys() == null ? null : Files.write(folder.resolve("keys"), CaptureFiles.keys(name).keys().open().readAllBytes());
        var theirs = new ArrayList<String>();
        for (String line : tshark(capture, keys, "http.request || http2.headers.method", "http.request.method", "http.request.full_uri", "http2.headers.method", "http2.headers.path")) {
            String[] words = line.split("\t", -1);
            String[] methods = (words[0] + words[2]).split("\u001f");
            String[] targets = (words[1] + words[3]).split("\u001f");
            for (int i = 0; i < methods.length; i++) theirs.add(methods[i] + " " + targets[i]);
        }
        boolean two = name.contains("http2");
        List<String> ours = CaptureFiles.read(name).http().stream().filter(flow -> flow.request != null)
                .map(flow -> flow.request.method() + " " + (two ? flow.request.path() : flow.request.url())).sorted().toList();
        // A method that tshark does not know is none to it.
        assertEquals(theirs.stream().sorted().toList(), ours.stream().filter(request -> !request.startsWith("PURGE ")).toList());
    }
}
