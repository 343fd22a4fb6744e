package serpentarium.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.profile.engine.ProfileExport;
import serpentarium.profile.engine.ProfileReader;
import serpentarium.traffic.engine.TrafficReader;
import serpentarium.traffic.format.har.HarFormat;
import serpentarium.traffic.format.mitm.MitmFormat;

class TrafficVerbsTest {
    private static final String HAR = """
            {"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": [
              {"startedDateTime": "2026-01-01T00:00:00.000Z", "time": 5, "request": {"method": "GET", "url": "http://a.test/?token=tell", "httpVersion": "HTTP/1.1",
               "headers": [{"name": "X-Mine", "value": "own"}], "headersSize": -1, "bodySize": 0},
               "response": {"status": 200, "statusText": "OK", "httpVersion": "HTTP/1.1", "headers": [{"name": "Content-Type", "value": "application/json"}],
               "content": {"size": 7, "mimeType": "application/json", "text": "{\\"a\\":1}"}, "redirectURL": "", "headersSize": -1, "bodySize": 7}, "cache": {}, "timings": {}},
              {"startedDateTime": "2026-01-01T00:00:01.000Z", "time": 5, "request": {"method": "GET", "url": "http://b.test/", "httpVersion": "HTTP/1.1",
               "headers": [], "headersSize": -1, "bodySize": 0}, "response": {"status": 404, "statusText": "", "httpVersion": "HTTP/1.1", "headers": [],
               "content": {"size": 0, "mimeType": ""}, "redirectURL": "", "headersSize": -1, "bodySize": 0}, "cache": {}, "timings": {}}]}}
            """;

    @TempDir Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path har;

    @BeforeEach void write() throws Exception {
        har = Files.writeString(folder.resolve("in.har"), HAR);
    }

    private int run(String... arguments) {
        var parts = new Verbs.Parts(new ProfileReader(List.of()), new ProfileReader(List.of()),
                new ProfileExport(List.of()), new TrafficReader(List.of(new HarFormat(), new MitmFormat())),
                List.of(), (_, _) -> { });
        return new Verbs(new PrintWriter(out), new PrintWriter(err), parts).run(arguments);
    }

    private List<?> flows(Path file) throws Exception {
        out.getBuffer().setLength(0);
        assertEquals(0, run("traffic", file.toString(), "--json"), err::toString);
        return (List<?>) JSON.std.mapFrom(out.toString()).get("flows");
    }

    @Test void aConversionTakesSecretsOutUnlessToldOtherwise() throws Exception {
        Path dump = folder.resolve("out.flows");
        assertEquals(0, run("traffic", "convert", har.toString(), dump.toString(), "--secret", "X-Mine"), err::toString);
        String text = Files.readString(dump, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertTrue(text.contains("token=redacted-") && !text.contains("tell") && !text.contains("own,"), text);
        assertEquals(2, flows(dump).size());
        assertEquals(0, run("traffic", "convert", har.toString(), dump.toString(), "--no-redact"), err::toString);
        assertTrue(Files.readString(dump, java.nio.charset.StandardCharsets.ISO_8859_1).contains("token=tell"));
        Path session = folder.resolve("out.session");
        assertEquals(0, run("traffic", "convert", dump.toString(), session.toString()), err::toString);
        assertTrue(flows(session).getFirst().toString().contains("token=tell"));
        assertEquals(0, run("traffic", "convert", session.toString(), folder.resolve("back.session").toString(), "--redact"), err::toString);
        assertFalse(flows(folder.resolve("back.session")).toString().contains("tell"));
        assertTrue(out.toString().contains("\"session\""));
    }

    @Test void aFilterChoosesFlowsAndBodies() throws Exception {
        Path bodies = folder.resolve("bodies");
        assertEquals(0, run("traffic", har.toString(), "--filter", "status < 300", "--bodies", bodies.toString()), err::toString);
        assertTrue(out.toString().contains("a.test") && !out.toString().contains("b.test"), out::toString);
        try (var files = Files.list(bodies)) {
            assertEquals(List.of("0001-response.json"), files.map(f -> f.getFileName().toString()).toList());
        }
        assertEquals("{\"a\":1}", Files.readString(bodies.resolve("0001-response.json")));
        assertEquals(0, run("traffic", "convert", har.toString(), folder.resolve("one.har").toString(), "--filter", "status = 404"), err::toString);
        assertEquals(1, flows(folder.resolve("one.har")).size());
    }

    @Test void whatCannotBeIsSaidAndNothingIsWrittenOver() {
        assertEquals(2, run("traffic", "convert", har.toString(), har.toString()));
        assertEquals(2, run("traffic", "convert", har.toString(), folder.resolve("x.txt").toString()));
        assertEquals(2, run("traffic", har.toString(), "--filter", "status >="));
        assertEquals(2, run("traffic", "convert", har.toString(), folder.resolve("x.flows").toString(), "--mitmproxy", "5"));
        assertEquals(2, run("traffic"));
        assertEquals(1, run("traffic", "convert", folder.resolve("none").toString(), folder.resolve("y.har").toString()));
        assertFalse(Files.exists(folder.resolve("y.har")));
    }
}
