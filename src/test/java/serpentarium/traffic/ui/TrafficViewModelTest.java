package serpentarium.traffic.ui;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.task.InlineTasks;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Headers;
import serpentarium.traffic.analysis.FilterParser;
import serpentarium.traffic.analysis.FlowColumn;
import serpentarium.traffic.analysis.FlowScope;
import serpentarium.traffic.analysis.FlowValue;
import serpentarium.traffic.analysis.RowSet;
import serpentarium.traffic.engine.DiskSession;
import serpentarium.traffic.engine.SessionContent;

class TrafficViewModelTest {
    @TempDir Path folder;
    private DiskSession session;
    private TrafficViewModel model;

    @BeforeEach void open() throws IOException {
        session = SampleTraffic.session(folder.resolve("s"), 1000);
        model = new TrafficViewModel(session, new SessionContent(session), new InlineTasks(), Runnable::run);
    }

    @AfterEach void close() throws IOException {
        model.close();
        session.close();
    }

    private int[] shown() {
        return model.shown().get().array();
    }

    private FlowTable table() {
        return model.table().get();
    }

    @Test void allRowsAtFirst() {
        assertEquals(1000, model.shown().get().size());
        assertEquals(7, shown()[7]);
        assertFalse(model.busy().get());
    }

    @Test void filters() {
        model.filterText().set("status >= 500");
        int expected = 0;
        for (int row = 0; row < 1000; row++) if (table().status(row) >= 500) expected++;
        assertTrue(expected > 10);
        assertEquals(expected, shown().length);
        for (int row : shown()) assertTrue(table().status(row) >= 500);
    }

    @Test void aWrongFilterSaysWhereAndChangesNothing() {
        model.filterText().set("host = shop.test");
        int before = shown().length;
        model.filterText().set("status >= abc");
        var wrong = assertInstanceOf(FilterParser.Result.Wrong.class, model.parsed().get());
        assertEquals("abc", "status >= abc".substring(wrong.from(), wrong.to()));
        assertEquals(before, shown().length);
    }

    @Test void scopeAndFilterTogether() {
        int origin = table().origin(0);
        model.scope().set(new FlowScope.PathOf(origin, "/v1/", true));
        assertTrue(shown().length > 10);
        for (int row : shown()) assertTrue(table().origin(row) == origin && table().path(row).startsWith("/v1/"));
        int all = shown().length;
        model.filterText().set("method = POST");
        assertTrue(shown().length > 0 && shown().length < all);
        model.scope().set(new FlowScope.Caused(8));
        model.filterText().set("");
        assertArrayEquals(new int[] {8, 9, 10, 11}, shown());
    }

    @Test void newFlowsAreTakenInAtThePulse() throws IOException {
        model.filterText().set("path ~ ^/search");
        RowSet before = model.shown().get();
        SampleTraffic.fill(session, 1000, 1200);
        assertEquals(before, model.shown().get());
        model.pulse();
        assertTrue(model.shown().get().size() > before.size());
        assertTrue(RowList.grown(before, model.shown().get()), "what was there stays where it was");
        for (int row : shown()) assertTrue(table().path(row).startsWith("/search"));
    }

    @Test void aFlowThatGrowsComesWhenItMatches() throws IOException {
        model.filterText().set("status = 418");
        try (FlowWriter flow = session.begin("pot", FlowKind.HTTP, FlowSource.PROXY, 1)) {
            flow.commit();
            model.pulse();
            assertEquals(0, shown().length);
            flow.response(new ResponseHead(418, "", "HTTP/1.1", Headers.NONE));
        }
        model.pulse();
        assertArrayEquals(new int[] {1000}, shown());
    }

    @Test void sortsByAnyColumnBothWays() {
        for (FlowColumn column : FlowColumn.values())
            for (boolean descending : new boolean[] {false, true}) {
                model.order().set(RowOrder.by(column, descending));
                int[] rows = shown();
                int[] sorted = rows.clone();
                Arrays.sort(sorted);
                for (int i = 0; i < sorted.length; i++) assertEquals(i, sorted[i], () -> column + " loses rows");
            }
        model.order().set(RowOrder.by(FlowColumn.DURATION, true));
        for (int i = 1; i < shown().length; i++) assertTrue(table().duration(shown()[i - 1]) >= table().duration(shown()[i]));
        model.order().set(RowOrder.by(FlowColumn.PATH, false));
        for (int i = 1; i < shown().length; i++) assertTrue(table().path(shown()[i - 1]).compareTo(table().path(shown()[i])) <= 0);
        model.order().set(RowOrder.by(FlowColumn.STATUS, false));
        assertEquals(0, table().status(shown()[999]), "what is not known comes last");
        model.order().set(RowOrder.by(FlowColumn.STATUS, true));
        assertEquals(0, table().status(shown()[999]), "what is not known comes last");
        assertEquals(500, table().status(shown()[0]));
    }

    @Test void sortsByValuesThatAreReadFromFlows() {
        model.order().set(new RowOrder(null, new FlowValue.Json("total"), true));
        assertTrue(table().path(shown()[0]).startsWith("/v1"));
        model.order().set(new RowOrder(null, new FlowValue.Header("x-request-id"), false));
        assertEquals(0, shown()[0]);
    }

    @Test void deletesAndBringsBack() {
        model.delete(new int[] {3, 5, 8});
        assertEquals(997, shown().length);
        assertTrue(model.undoable().get());
        model.delete(new int[] {4});
        assertEquals(1, model.undo());
        assertEquals(3, model.undo());
        assertEquals(1000, shown().length);
        assertEquals(3, shown()[3]);
        assertFalse(model.undoable().get());
        assertEquals(0, model.undo());
    }

    @Test void notes() {
        model.filterText().set("is:marked");
        int before = shown().length;
        model.note(new int[] {1, 2}, ":red_circle:", null);
        assertEquals(before + 2, shown().length);
        assertEquals(":red_circle:", table().mark(1));
        model.note(new int[] {1}, null, "slow");
        assertEquals(":red_circle:", table().mark(1));
        assertEquals("slow", table().comment(1));
        model.note(new int[] {1, 2}, "", null);
        assertEquals(before, shown().length);
    }
}
