package serpentarium.traffic.format.mitm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import serpentarium.base.Source;
import serpentarium.task.TaskContext;
import serpentarium.traffic.format.CountedFlows;
import serpentarium.traffic.format.TrafficContract;
import serpentarium.traffic.format.TrafficFormat;
import serpentarium.traffic.format.har.HarFormat;

class MitmFormatTest implements TrafficContract {
    @Override public TrafficFormat format() {
        return new MitmFormat();
    }

    @Override public List<TrafficFormat> others() {
        return List.of(new HarFormat());
    }

    @Override public String folder() {
        return "mitm";
    }

    @Test void aFlowLargerThanTheBoundIsLeftOutAndTheNextOnesAreRead() throws IOException {
        byte[] dump = bytes("forward.flows");
        var all = new CountedFlows();
        var some = new CountedFlows();
        try (var reader = new MitmReader(Source.of("dump", dump), all, TaskContext.detached())) {
            reader.read();
        }
        try (var reader = new MitmReader(Source.of("dump", dump), some, TaskContext.detached(), 6000)) {
            reader.read();
        }
        assertEquals(75, all.flows());
        assertTrue(some.flows() > 20 && some.flows() < 75, some.toString());
        assertTrue(some.warnings().getFirst().contains("too large"), some.warnings().getFirst());
    }

    @Test void whatLiesTooDeepIsLeftOutWithItsPlace() {
        String deep = "";
        for (int i = 0; i < 200; i++) deep = deep.length() + ":" + deep + "]";
        String flow = "7:version;2:17#4:type;4:http;8:metadata;" + deep;
        byte[] good = bytes("websocket.flows");
        byte[] bad = (flow.length() + ":" + flow + "}").getBytes(StandardCharsets.US_ASCII);
        byte[] both = new byte[bad.length + good.length];
        System.arraycopy(bad, 0, both, 0, bad.length);
        System.arraycopy(good, 0, both, bad.length, good.length);
        CountedFlows read = survive(both);
        assertEquals(6, read.flows());
        assertEquals(1, read.warnings().size());
        assertTrue(read.warnings().getFirst().contains("deep"), read.warnings().getFirst());
    }

    @Test void aLengthMakesNoRoom() {
        assertEquals(null, survive("99999999999:abc".getBytes(StandardCharsets.US_ASCII)));
        assertEquals(null, survive("2147483647:4:type;4:http;".getBytes(StandardCharsets.US_ASCII)));
        assertEquals(null, survive("0000000000000000000003:abc,".getBytes(StandardCharsets.US_ASCII)));
    }
}
