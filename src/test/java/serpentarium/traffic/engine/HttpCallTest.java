package serpentarium.traffic.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.base.ProblemException;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.HttpCall;

class HttpCallTest {
    @TempDir Path folder;
    private DiskSession session;

    @BeforeEach void open() throws IOException {
        session = DiskSession.create(folder.resolve("s"), SessionLimits.NONE);
    }

    @AfterEach void close() throws IOException {
        session.close();
    }

    private int answered(int size, BodyFacts.State state) throws IOException {
        try (FlowWriter flow = session.begin(null, FlowKind.HTTP, FlowSource.FILE, 1)) {
            flow.request(new RequestHead("GET", "http", "shop.test", 80, "", "/", "HTTP/1.1", Headers.NONE));
            flow.response(new ResponseHead(200, "OK", "HTTP/1.1", Headers.NONE));
            flow.body(Side.RESPONSE, new byte[size], 0, size);
            flow.bodyEnd(Side.RESPONSE, state, -1, false);
            return session.row(flow.id());
        }
    }

    private HttpCall read(int row, boolean answered) throws IOException {
        return HttpCall.read(session, new SessionContent(session), row, answered);
    }

    @Test void anAnswerIsWholeOrItIsSaidWhyNot() throws IOException {
        assertEquals(HttpCall.MOST, read(answered(HttpCall.MOST, BodyFacts.State.COMPLETE), true).answer().length);
        int large = answered(HttpCall.MOST + 1, BodyFacts.State.COMPLETE);
        assertEquals("code.large-answer", assertThrows(ProblemException.class, () -> read(large, true)).problem().id());
        int partial = answered(10, BodyFacts.State.PARTIAL);
        assertEquals("code.partial-answer", assertThrows(ProblemException.class, () -> read(partial, true)).problem().id());
    }

    @Test void whoeverWantsTheRequestOnlyIsNotStopped() throws IOException {
        assertEquals(0, read(answered(HttpCall.MOST + 1, BodyFacts.State.COMPLETE), false).answer().length);
        assertEquals(0, read(answered(10, BodyFacts.State.PARTIAL), false).answer().length);
    }
}
