package serpentarium.traffic.format.packets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import serpentarium.traffic.FlowKind;
import serpentarium.traffic.Side;
import serpentarium.traffic.format.ContentEncoding;

/// What tshark says of each capture.
class CaptureTruthTest {
    /// Bodies that tshark puts together wrongly: it gives a 204 and the answer to a HEAD a body, which is the response after them.
    private static final Set<String> WRONG = Set.of("http1-basic.pcap 3(6)", "http1-pipelining-nanosec.pcap %2f(1)");
    private static final String SEPARATOR = "\u001f";

    static Stream<String> captures() {
        return Stream.concat(CaptureFiles.names(".pcap").stream(), CaptureFiles.names(".pcapng").stream());
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(Map<String, Object> truth, String key) {
        return truth.get(key) instanceof List<?> rows ? (List<Map<String, Object>>) rows : List.of();
    }

    private static List<String> values(List<Map<String, Object>> rows, String... keys) {
        var values = new ArrayList<String>();
        for (Map<String, Object> row : rows)
            for (String key : keys) if (row.get(key) instanceof String text) for (String each : text.split(SEPARATOR)) if (!each.isEmpty()) values.add(each);
        return values;
    }

    @ParameterizedTest
    @MethodSource("captures")
    void holdsWhatTsharkSees(String name) throws IOException {
        Map<String, Object> truth = CaptureFiles.truth(name);
        HeldFlows read = CaptureFiles.read(name);
        List<HeldFlows.Held> http = read.http();
        List<Map<String, Object>> requests = new ArrayList<>(rows(truth, "http_requests"));
        requests.addAll(rows(truth, "http2_requests"));
        List<Map<String, Object>> responses = new ArrayList<>(rows(truth, "http_responses"));
        responses.addAll(rows(truth, "http2_responses"));

        var methods = new ArrayList<>(http.stream().filter(flow -> flow.request != null).map(flow -> flow.request.method()).toList());
        for (String method : values(requests, "http.request.method", "http2.headers.method")) assertTrue(methods.remove(method), method);
        var statuses = new ArrayList<>(http.stream().filter(flow -> flow.response != null).map(flow -> String.valueOf(flow.response.status())).toList());
        List<String> seen = values(responses, "http.response.code", "http2.headers.status").stream().filter(status -> !status.startsWith("1") || status.equals("101")).toList();
        for (String status : seen) assertTrue(statuses.remove(status), status);
        for (String uri : values(requests, "http.request.uri", "http2.headers.path"))
            assertTrue(http.stream().anyMatch(flow -> flow.request != null && flow.request.url().endsWith(uri.replaceFirst("^[^/]*://", ""))), uri);
        int wanted = Math.max(values(requests, "http.request.method", "http2.headers.method").size(), seen.size());
        assertEquals(wanted, http.size(), () -> http.stream().map(flow -> flow.request + " " + flow.error).toList().toString());
    }

    @ParameterizedTest
    @MethodSource("captures")
    void bodiesAreThoseThatTsharkExports(String name) throws IOException {
        var digests = new HashSet<String>();
        for (HeldFlows.Held flow : CaptureFiles.read(name).http()) for (Side side : Side.values()) digests.add(digest(flow, side));
        for (Map<String, Object> object : rows(CaptureFiles.truth(name), "http_export_objects")) {
            if (WRONG.contains(name + " " + object.get("name")) || object.get("len").equals(0)) continue;
            assertTrue(digests.contains(object.get("sha256")), object::toString);
        }
    }

    private static String digest(HeldFlows.Held flow, Side side) {
        byte[] wire = flow.bodies[side.ordinal()].toByteArray();
        var headers = side == Side.REQUEST ? flow.request == null ? null : flow.request.headers() : flow.response == null ? null : flow.response.headers();
        try {
            byte[] content = wire;
            if (headers != null && headers.joined("content-encoding") != null) {
                try (var in = ContentEncoding.decode(new ByteArrayInputStream(wire), ContentEncoding.parse(headers.joined("content-encoding")).orElse(List.of()), 1 << 24)) {
                    content = in.readAllBytes();
                } catch (IOException e) {
                    content = wire;
                }
            }
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("captures")
    void timesAreInOrder(String name) throws IOException {
        for (HeldFlows.Held flow : CaptureFiles.read(name).flows) {
            assertTrue(flow.timing != null && flow.timing.started() > 1.7e9, flow.id);
            double last = Double.NEGATIVE_INFINITY;
            var t = flow.timing;
            double[] times = {t.connectStart(), t.connectEnd(), t.tlsEnd(), t.requestStart(), t.responseStart(), t.responseEnd()};
            for (double time : times) {
                if (Double.isNaN(time) || flow.kind == FlowKind.TCP || flow.kind == FlowKind.UDP) continue;
                assertTrue(time >= last, () -> flow.id + " " + t);
                last = time;
            }
        }
    }
}
