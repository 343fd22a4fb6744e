package serpentarium.traffic.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
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
import serpentarium.traffic.Timing;
import serpentarium.traffic.engine.DiskSession;
import serpentarium.traffic.engine.SessionLimits;

class FlowStatisticsTest {
    @TempDir Path folder;

    private static void flow(DiskSession session, double at, double duration, int status, String path) throws IOException {
        double no = Double.NaN;
        try (FlowWriter flow = session.begin(null, FlowKind.HTTP, FlowSource.FILE, at)) {
            flow.request(new RequestHead("GET", "https", "shop.test", 443, "", path, "HTTP/1.1", Headers.NONE));
            if (status != 0) flow.response(new ResponseHead(status, "", "HTTP/1.1", Headers.NONE));
            flow.timing(new Timing(at, no, no, no, no, no, no, no, no, at + duration));
        }
    }

    private FlowStatistics statistics(DiskSession session) {
        int size = session.table().size();
        return FlowStatistics.of(session.table(), RowSet.of(IntStream.range(0, size).toArray()), TaskContext.detached());
    }

    @Test void stepsPercentilesAndEndpoints() throws IOException {
        try (DiskSession session = DiskSession.create(folder.resolve("s"), SessionLimits.NONE)) {
            for (int i = 1; i <= 100; i++) flow(session, 1000, i / 100.0, i > 90 ? 500 : 200, "/orders/" + i + "?page=" + i);
            flow(session, 1160, 2, 0, "/health");
            FlowStatistics of = statistics(session);
            assertEquals(2, of.step());
            assertEquals(1000, of.start());
            assertEquals(81, of.p50().length);
            assertEquals(90, of.counts()[2][0]);
            assertEquals(10, of.counts()[5][0]);
            assertEquals(1, of.counts()[0][80]);
            assertEquals(0.50, of.p50()[0], 1e-6);
            assertEquals(0.95, of.p95()[0], 1e-6);
            assertEquals(0.99, of.p99()[0], 1e-6);
            assertTrue(Double.isNaN(of.p50()[1]));
            assertEquals(101, of.points().length);
            FlowStatistics.Endpoint orders = of.endpoints().getFirst();
            assertEquals("GET https://shop.test/orders/{id}", orders.name());
            assertEquals(100, orders.count());
            assertEquals(10, orders.errors());
            assertEquals(0.5, orders.p50(), 1e-6);
            assertEquals(0.95, orders.p95(), 1e-6);
            assertEquals(new FlowScope.PathOf(session.table().origin(0), "/orders/", true), orders.scope());
            assertEquals(2, of.endpoints().size());
        }
    }

    @Test void nothing() throws IOException {
        try (DiskSession session = DiskSession.create(folder.resolve("s"), SessionLimits.NONE)) {
            assertEquals(0, statistics(session).p50().length);
        }
    }

    @Test void fewPointsOfMany() throws IOException {
        try (DiskSession session = DiskSession.create(folder.resolve("s"), SessionLimits.NONE)) {
            for (int i = 0; i < 30_000; i++) flow(session, 1000 + i * 0.01, i == 17_001 ? 9 : 0.1, 200, "/");
            FlowStatistics of = statistics(session);
            assertTrue(of.points().length <= FlowStatistics.MOST_POINTS && of.points().length > 15_000);
            assertTrue(Arrays.stream(of.points()).anyMatch(row -> row == 17_001), "the slowest is among them");
            assertEquals(of.points().length, Arrays.stream(of.points()).distinct().count());
        }
    }

    @Test void formsOfPaths() {
        assertEquals("/v1/orders/{id}/items", PathForm.of("/v1/orders/123/items?x=/1"));
        assertEquals("/a/{id}", PathForm.of("/a/0b6e4f9c-1111-4222-8333-444455556666"));
        assertEquals("/static/app.3f.js", PathForm.of("/static/app.3f.js"));
        assertEquals("/", PathForm.of("/"));
        assertEquals("/a/", PathForm.of("/a/"));
        assertEquals("/v2/added", PathForm.of("/v2/added"));
    }
}
