package serpentarium.traffic.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.task.TaskContext;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;
import serpentarium.traffic.engine.DiskSession;
import serpentarium.traffic.engine.SessionContent;
import serpentarium.traffic.engine.SessionLimits;

class BodySearchTest {
    @TempDir Path folder;

    private DiskSession session() throws IOException {
        return DiskSession.create(folder.resolve("s"), SessionLimits.NONE);
    }

    private static void flow(DiskSession session, String path, String request, String response, String... messages) throws IOException {
        try (FlowWriter flow = session.begin(null, FlowKind.HTTP, FlowSource.FILE, 1)) {
            flow.request(new RequestHead("POST", "https", "shop.test", 443, "", path, "HTTP/1.1", new Headers(List.of(new Headers.Field("X-Tea", "Green")))));
            byte[] bytes = request.getBytes(StandardCharsets.UTF_8);
            flow.body(Side.REQUEST, bytes, 0, bytes.length);
            flow.response(new ResponseHead(200, "", "HTTP/1.1", Headers.NONE));
            bytes = response.getBytes(StandardCharsets.UTF_8);
            flow.body(Side.RESPONSE, bytes, 0, bytes.length);
            for (String message : messages) flow.message(Side.RESPONSE, 1, 1, message.getBytes(StandardCharsets.UTF_8), false, false);
        }
    }

    private static BodySearch.Result search(DiskSession session, String text, TaskContext context, List<BodySearch.Hit> told) throws IOException {
        int size = session.table().size();
        return BodySearch.run(session.table(), new SessionContent(session), BodySearch.literal(text), RowSet.of(IntStream.range(0, size).toArray()), context,
                told::addAll);
    }

    @Test void everyPartWithWhatStandsAroundIt() throws IOException {
        try (DiskSession session = session()) {
            flow(session, "/green", "a\ngreen\tb", "x".repeat(100) + "GREEN" + "y".repeat(100), "no", "so green");
            flow(session, "/black", "", "");
            var told = new ArrayList<BodySearch.Hit>();
            BodySearch.Result result = search(session, "green", TaskContext.detached(), told);
            assertEquals(result.hits(), told);
            assertEquals(List.of("0 URL", "0 REQUEST_HEADER", "0 REQUEST_BODY", "0 RESPONSE_BODY", "0 MESSAGE", "1 REQUEST_HEADER"),
                    result.hits().stream().map(hit -> hit.row() + " " + hit.where()).toList());
            assertEquals(new BodySearch.Hit(0, BodySearch.Where.REQUEST_BODY, 2, "a ", "green", " b"), result.hits().get(2));
            BodySearch.Hit long1 = result.hits().get(3);
            assertEquals("x".repeat(40), long1.before());
            assertEquals("y".repeat(40), long1.after());
            assertEquals(1, result.hits().get(4).at());
            assertFalse(result.more());
        }
    }

    @Test void aMatchAcrossTwoWindowsIsFoundOnce() throws IOException {
        for (int at : new int[] {(1 << 18) - 3, (1 << 18) - 2000, (1 << 18) + 1}) {
            try (DiskSession session = DiskSession.create(folder.resolve("w" + at), SessionLimits.NONE)) {
                flow(session, "/", "", "z".repeat(at) + "needle" + "z".repeat(1 << 18));
                BodySearch.Result result = search(session, "needle", TaskContext.detached(), new ArrayList<>());
                assertEquals(1, result.hits().size(), () -> "at " + at);
                assertEquals(at, result.hits().getFirst().at());
            }
        }
    }

    @Test void bounded() throws IOException {
        try (DiskSession session = session()) {
            for (int i = 0; i < 150; i++) flow(session, "/", "tea ".repeat(300), "");
            BodySearch.Result result = search(session, "tea", TaskContext.detached(), new ArrayList<>());
            assertEquals(BodySearch.MOST, result.hits().size());
            assertTrue(result.more());
        }
    }

    @Test void cancelled() throws IOException {
        try (DiskSession session = session()) {
            flow(session, "/", "tea", "");
            assertThrows(CancellationException.class, () -> search(session, "tea", TaskContext.cancelledAfter(0), new ArrayList<>()));
        }
    }
}
