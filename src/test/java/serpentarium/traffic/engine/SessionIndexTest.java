package serpentarium.traffic.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;

/// The index at the end of a session gives the same rows as its records.
class SessionIndexTest {
    private static final int FLOWS = FlowColumns.BLOCK * 2 + 1234;
    @TempDir Path folder;

    private static void fill(DiskSession session, int from, int to) throws IOException {
        var random = new Random(from);
        for (int n = from; n < to; n++) {
            try (FlowWriter flow = session.begin("flow-" + n, n % 5 == 0 ? FlowKind.WEBSOCKET : FlowKind.HTTP, FlowSource.PROXY, n)) {
                if (n % 7 == 0) continue;
                flow.request(new RequestHead(n % 2 == 0 ? "GET" : "PUT", "http", "h" + n % 9, 80, "", "/\udcff/" + random.nextInt(), "HTTP/1.1", Headers.NONE));
                flow.body(Side.REQUEST, new byte[n % 3], 0, n % 3);
                flow.response(new ResponseHead(200 + n % 300, "", "HTTP/1.1", new Headers(java.util.List.of(new Headers.Field("Content-Type", "text/t" + n % 11)))));
                if (n % 5 == 0) flow.message(Side.REQUEST, 1, 1, new byte[3], false, false);
                if (n % 100 == 1) flow.parent("flow-" + (n - 1));
                if (n % 1000 == 2) flow.notes(":star:", "note \udcfe " + n);
            }
        }
    }

    private static String[] lines(FlowTable table) {
        String[] lines = new String[table.size()];
        for (int row = 0; row < lines.length; row++) {
            lines[row] = table.kind(row) + " " + table.source(row) + " " + table.open(row) + table.deleted(row) + table.failed(row) + " " + table.started(row) + " " + table.duration(row) + " "
                    + table.firstByte(row) + " " + table.status(row) + " " + table.title(row) + " " + (table.contentType(row) < 0 ? "" : table.text(table.contentType(row))) + " "
                    + (table.httpVersion(row) < 0 ? "" : table.text(table.httpVersion(row))) + " " + table.connection(row) + " " + table.process(row) + " " + table.requestSize(row) + " "
                    + table.responseSize(row) + " " + table.messages(row) + " " + table.parent(row) + " " + table.mark(row) + " " + table.comment(row);
        }
        return lines;
    }

    @Test void manyBlocksOfRows() throws IOException {
        Path file = folder.resolve("s");
        String[] expected;
        try (DiskSession session = DiskSession.createFile(file)) {
            fill(session, 0, FLOWS);
            session.deleted(FlowColumns.BLOCK, true);
            expected = lines(session.table());
        }
        for (int round = 0; round < 2; round++) {
            try (DiskSession session = DiskSession.open(file, SessionLimits.NONE)) {
                assertArrayEquals(expected, lines(session.table()));
                assertEquals(FLOWS - 1, session.row("flow-" + (FLOWS - 1)));
                assertEquals(-1, session.row("no such flow"));
                assertEquals("flow-40000", session.flow(40_000).id());
                if (round == 1) break;
                fill(session, FLOWS, FLOWS + 20);
                try (FlowWriter again = session.begin("flow-7", FlowKind.TCP, FlowSource.PROXY, 1)) {
                    assertEquals("flow-7-2", again.id());
                }
                session.notes(3, "", "late");
                expected = lines(session.table());
                assertEquals(FLOWS + 20, session.row("flow-7-2"));
            }
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 5);
        }
        try (DiskSession session = DiskSession.open(file, SessionLimits.NONE)) {
            assertArrayEquals(expected, lines(session.table()), "from its records");
        }
    }

    @Test void aHostileBlockIsRefused() throws IOException {

        var rows = new SessionRows();
        for (String text : new String[] {"GET", "HTTP/1.1", "http://h"}) rows.texts.number(text);
        rows.columns.add();
        rows.ids.number("one");
        rows.columns.block(0).method[0] = 2;
        rows.columns.block(0).path[0] = rows.paths.add(new byte[] {'/', 'x'});
        rows.marks.put(0, ":star:");
        byte[] block = new IndexBlock(rows).bytes(0, 1);
        var random = new Random(5);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] changed = random.nextBoolean() ? java.util.Arrays.copyOf(block, random.nextInt(block.length + 1)) : block.clone();
            for (int k = random.nextInt(3); k >= 0 && changed.length > 0; k--) changed[random.nextInt(changed.length)] = (byte) (random.nextBoolean() ? -1 : random.nextInt());
            var into = new SessionRows();
            for (String text : new String[] {"GET", "HTTP/1.1", "http://h"}) into.texts.number(text);
            try {
                new IndexBlock(into).take(changed, 0, changed.length);
                assertEquals(1, into.columns.size());
                assertTrue(into.columns.block(0).method[0] < 3 && into.columns.block(0).origin[0] < 3);
            } catch (IOException e) {
                refused++;
            }
        }
        assertTrue(refused > 5000, "refused: " + refused);
    }
}
