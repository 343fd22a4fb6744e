package serpentarium.traffic.format.har;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import serpentarium.base.Source;
import serpentarium.task.TaskContext;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.format.CountedFlows;
import serpentarium.traffic.format.TrafficContract;
import serpentarium.traffic.format.TrafficFormat;
import serpentarium.traffic.format.mitm.MitmFormat;

class HarFormatTest implements TrafficContract {
    @Override public TrafficFormat format() {
        return new HarFormat();
    }

    @Override public List<TrafficFormat> others() {
        return List.of(new MitmFormat());
    }

    @Override public String folder() {
        return "har";
    }

    @Test void aTextLongerThanTheBoundIsLeftOutAndTheRestIsRead() throws IOException {
        String har = """
                {"log": {"entries": [
                  {"startedDateTime": "2026-01-01T00:00:00Z", "request": {"method": "GET", "url": "http://a.test/"},
                   "response": {"status": 200, "content": {"size": 90000, "text": "%s"}}},
                  {"startedDateTime": "2026-01-01T00:00:01Z", "request": {"method": "GET", "url": "http://a.test/2"},
                   "response": {"status": 200, "content": {"size": 5, "text": "short"}}}]}}
                """.formatted("\\u00e4\\\"ü".repeat(9000));
        var flows = new CountedFlows();
        try (var reader = new HarReader(Source.of("long.har", har.getBytes(StandardCharsets.UTF_8)), flows, TaskContext.detached(), 5000)) {
            reader.read();
        }
        assertEquals(2, flows.flows());
        assertEquals(5, flows.bytes());
        assertTrue(flows.warnings().getFirst().contains("entry 1"), flows.warnings().toString());
    }

    @ParameterizedTest @CsvSource(delimiter = '|', value = {
            "2026-11-22T07:49:03.587Z|1795333743.587",
            "2026-11-22T07:49:03.587191+00:00|1795333743.587191",
            "2026-11-22T00:49:03.587-07:00|1795333743.587",
            "2026-11-22T08:49:03,587+0100|1795333743.587",
            "2026-11-22T07:49:03|1795333743",
            "2026-13-22T07:49:03Z|NaN",
            "yesterday|NaN"})
    void timesOfAllKinds(String text, double seconds) {
        assertEquals(seconds, HarTime.seconds(text), 1e-6);
    }

    @Test void aTimeGoesBackAsItCame() {
        for (String text : List.of("2026-11-22T07:49:03.587Z", "2026-11-22T07:49:03.587191Z", "1970-01-01T00:00:00.000Z"))
            assertEquals(text, HarTime.text(HarTime.seconds(text)));
    }

    @ParameterizedTest @CsvSource({
            "http://a.test/x?y=1#z,http,a.test,80,/x?y=1#z",
            "https://[::1]:8443/,https,::1,8443,/",
            "wss://a.test:9000/ws,wss,a.test,9000,/ws",
            "http://a.test,http,a.test,80,''",
            "chrome-extension://abc/x.js,chrome-extension,abc,0,/x.js",
            "not a url,'','',0,not a url",
            "'data:text/plain,hi','','',0,'data:text/plain,hi'",
            "http://a.test:99999/,'','',0,http://a.test:99999/"})
    void urlsAreTakenApart(String url, String scheme, String host, int port, String path) {
        RequestHead head = HarUrl.head("GET", url, "", Headers.NONE);
        assertEquals(List.of(scheme, host, port, path), List.of(head.scheme(), head.host(), head.port(), head.path()));
        assertEquals(url, head.url());
    }
}
